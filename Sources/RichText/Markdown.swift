import CMarkGFM
import Foundation

enum Markdown {
  /// CommonMark to HTML without extensions (Debian's `table` and `footnotes` have known faults); raw HTML and unsafe addresses are left out by
  /// cmark itself (its `UNSAFE` option is off). Empty when cmark gives nothing.
  /// - Throws: `RichTextError.amplified` for what no person writes and cmark needs the square of the time for.
  static func html(_ source: String) throws -> String {
    guard !isHard(Array(source.utf8)) else { throw RichTextError.amplified }
    var source = source
    return source.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return "" }
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
        guard let html = cmark_markdown_to_html(text, bytes.count, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else { return "" }
        defer { free(html) }
        return String(cString: html)
      }
    }
  }

  /// Quotes and lists opened in one line.
  private static let mostMarkers = 100
  /// `<?`, `<!` and `![`, for each of which cmark may look through the rest of its paragraph, or through all brackets open before it.
  private static let mostOpenings = 300

  /// Whether a line opens hundreds of quotes or lists, or hundreds of declarations or images begin. One pass.
  private static func isHard(_ source: [UInt8]) -> Bool {
    var openings = 0
    var markers = 0
    var isAtMarkers = true
    for (index, byte) in source.enumerated() {
      let next = index + 1 < source.count ? source[index + 1] : 0x0A
      switch byte {
      case 0x0A, 0x0D: (isAtMarkers, markers) = (true, 0)
      case 0x20, 0x09, 48...57: break
      case UInt8(ascii: ">") where isAtMarkers: markers += 1
      case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ")"):
        if isAtMarkers, next == 0x20 || next == 0x09 { markers += 1 }
      case UInt8(ascii: "<"):
        isAtMarkers = false
        if next == UInt8(ascii: "?") || next == UInt8(ascii: "!") { openings += 1 }
      case UInt8(ascii: "!"):
        isAtMarkers = false
        if next == UInt8(ascii: "[") { openings += 1 }
      default: isAtMarkers = false
      }
      if markers > mostMarkers || openings > mostOpenings { return true }
    }
    return false
  }
}
