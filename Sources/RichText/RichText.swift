/// Markup that may stand in a page as it is. It is made from Markdown, from foreign HTML, from plain paragraphs, or re-read from our own database.
/// All but the last end in the same writer and the same allow-list, so that sanitising what it holds once more changes nothing.
///
/// ```swift
/// let body = try RichText(markdown: "# Why\n\nSee [the report](https://example.org/a).", limits: .body)
/// body.html   // <h3>Why</h3><p>See <a href="https://example.org/a" rel="nofollow ugc noopener">the report</a>.</p>
/// body.plain  // Why See the report.
/// ```
package struct RichText: Sendable, Hashable {
  /// Valid HTML of the allow-list: paragraphs, lists, quotes, headings from `h3`, code, emphasis and links; no attribute but `href` and `rel`.
  package let html: String

  package static let empty = RichText(stored: "")

  /// Re-reads what an earlier `RichText` wrote into our own database. Trusted: give it nothing else.
  package init(stored html: String) { self.html = html }

  /// Renders Markdown (CommonMark; raw HTML left out; bare `http(s)://` addresses become links) and sanitises what comes of it.
  /// - Throws: `RichTextError.tooLong` when the source is beyond `limits`, `.amplified` when a small source makes a huge page.
  package init(markdown source: String, limits: Limits = .body) throws {
    try Self.check(source, limits)
    html = try Self.sanitised(try Markdown.html(source), limits, size: source.utf8.count, linksAddresses: true)
  }

  /// Sanitises HTML from elsewhere: a fragment or a whole document.
  /// - Throws: as `init(markdown:limits:)`; markup of more than `Limits.tags` tags or some 500 levels is `.amplified` too.
  package init(foreignHTML source: String, limits: Limits = .imported) throws {
    try Self.check(source, limits)
    html = try Self.sanitised(source, limits, size: source.utf8.count, linksAddresses: false)
  }

  /// Plain paragraphs, one a line break apart; nothing in it is markup.
  package init(paragraphs text: String) {
    var writer = MarkupWriter()
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      writer.text(line)
      writer.breakParagraph()
    }
    html = writer.finish()
  }

  private static func check(_ source: String, _ limits: Limits) throws {
    guard source.utf8.count <= limits.source else { throw RichTextError.tooLong(bytes: source.utf8.count, limit: limits.source) }
  }

  private static func sanitised(_ html: String, _ limits: Limits, size: Int, linksAddresses: Bool) throws -> String {
    let result = try Sanitizer.sanitise(html, mostTags: limits.tags, linksAddresses: linksAddresses)
    guard result.utf8.count <= max(limits.floor, size * limits.growth) else { throw RichTextError.amplified }
    return result
  }

  /// The text without markup, white space folded to single spaces; for search, mails and extracts.
  package var plain: String { PlainText.of(html) }

  package var isEmpty: Bool { plain.isEmpty }
}

/// How large a source may be, in bytes, and how many times its size the output. Debian 12's cmark-gfm is quadratic on some input, and some
/// sources are rendered on each page that shows them.
package struct Limits: Sendable {
  /// The longest source, in bytes of UTF-8.
  package let source: Int
  /// The output has at most this many times the bytes of the source.
  package let growth: Int
  /// Outputs up to this many bytes are never refused: a link of ten bytes gets attributes of fifty.
  package let floor = 2_000
  /// The most tags that are parsed; gumbo's work may grow with their number times the open elements.
  package let tags = 30_000

  /// A proposal, a page, an article: 20 kB.
  package static let body = Limits(source: 20_000, growth: 5)
  /// A comment or an argument: 5 kB.
  package static let comment = Limits(source: 5_000, growth: 5)
  /// Imported HTML: 200 kB.
  package static let imported = Limits(source: 200_000, growth: 5)
}

package enum RichTextError: Error, Sendable, Equatable {
  /// The source has `bytes` bytes, and `limit` are allowed.
  case tooLong(bytes: Int, limit: Int)
  /// A small source that makes a huge page.
  case amplified
}
