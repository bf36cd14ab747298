import CMarkGFM
import Foundation

enum Markdown {
  /// CommonMark to HTML without extensions (Debian's `table` and `footnotes` have known faults); raw HTML and unsafe addresses are left out by
  /// cmark itself (its `UNSAFE` option is off). Empty when cmark gives nothing.
  static func html(_ source: String) -> String {
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
}
