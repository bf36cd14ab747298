import CMarkGFM
import Foundation

enum Markdown {
  /// CommonMark to HTML without extensions; raw HTML and unsafe addresses are left out by cmark itself (its `UNSAFE` option is off).
  static func html(_ source: String) -> String {
    var source = source
    return source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        guard let html = cmark_markdown_to_html(text.baseAddress, text.count, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else { return "" }
        defer { free(html) }
        return String(cString: html)
      }
    }
  }
}
