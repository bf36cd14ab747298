/// Markup that may stand in a page as it is. There are three ways to make one: from Markdown, from foreign HTML, and from our own database.
/// The first two end in the same sanitizer and the same allow-list.
package struct RichText: Sendable, Hashable {
  package let html: String

  package static let empty = RichText(stored: "")

  /// Re-reads what an earlier `RichText` wrote into our own database. Trusted: give it nothing else.
  package init(stored html: String) { self.html = html }

  /// Renders Markdown (CommonMark, raw HTML left out) and sanitizes what comes of it.
  package init(markdown source: String, limits: Limits = .body) throws {
    guard source.utf8.count <= limits.source else { throw RichTextError.tooLong(bytes: source.utf8.count, limit: limits.source) }
    html = try Self.sanitized(Markdown.html(source), limits, source.utf8.count)
  }

  /// Sanitizes HTML from elsewhere.
  package init(foreignHTML source: String, limits: Limits = .imported) throws {
    guard source.utf8.count <= limits.source else { throw RichTextError.tooLong(bytes: source.utf8.count, limit: limits.source) }
    html = try Self.sanitized(source, limits, source.utf8.count)
  }

  /// Plain paragraphs, one a line break apart; nothing in it is markup.
  package init(paragraphs text: String) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    var output: [UInt8] = []
    for line in lines where !line.utf8.allSatisfy({ $0 <= 0x20 }) {
      output += "<p>".utf8
      Sanitizer.escape(line, into: &output)
      output += "</p>".utf8
    }
    html = String(decoding: output, as: UTF8.self)
  }

  private static func sanitized(_ html: String, _ limits: Limits, _ size: Int) throws -> String {
    let result = Sanitizer.sanitize(html)
    guard result.utf8.count <= max(4_000, size * limits.growth) else { throw RichTextError.amplified }
    return result
  }

  /// The text without markup, white space folded to single spaces; for search, mails and extracts.
  package var plain: String { Sanitizer.plain(html) }

  package var isEmpty: Bool { plain.isEmpty }
}

/// How large a source may be, in bytes, and how many times its size the output. Rendered once, on saving: Debian 12's cmark-gfm
/// is quadratic on some input, and at 20 kB its slowest known pattern takes 0.15 s.
package struct Limits: Sendable {
  package let source: Int
  package let growth: Int

  package static let body = Limits(source: 20_000, growth: 5)
  package static let comment = Limits(source: 5_000, growth: 5)
  package static let imported = Limits(source: 200_000, growth: 5)
}

package enum RichTextError: Error, Sendable, Equatable {
  case tooLong(bytes: Int, limit: Int)
  /// A small source that makes a huge page.
  case amplified
}
