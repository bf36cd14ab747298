package import RichText

/// A page in the making: elements, attributes and text, written straight into bytes.
///
/// Nothing makes markup of a `String`: text and attribute values are escaped on bytes as they are written, and foreign markup comes in
/// only as `RichText`, which the sanitizer makes. Elements are methods that take their attributes and a closure that writes what is inside:
/// ```swift
/// let page = HTML()
/// page.p(.class("lead")) { page.text("1 < 2") }   // <p class="lead">1 &lt; 2</p>
/// ```
/// It is `open` so that `Interface` may make pages of it; its members stay within the package.
open class HTML {
  // Unchecked: bytes are only ever appended, from text that is not these bytes, or cut off again, so no two accesses meet; the check cost a page
  // one part in ten.
  @exclusivity(unchecked) private final var sheet: Sheet

  /// - Parameter capacity: bytes reserved before the first growth; a common page weighs some 30 kB.
  package init(capacity: Int = 32_768) { sheet = Sheet(capacity: capacity) }

  /// What was written so far.
  package final var bytes: [UInt8] { Array(sheet.written) }

  /// What was written so far, as text; for tests and mails.
  package final var string: String { String(decoding: sheet.written, as: UTF8.self) }

  /// Writes text, escaped.
  package final func text(_ text: String) { escape(text) }

  /// Writes markup that the sanitizer allowed.
  package final func rich(_ text: RichText) { raw(text.html) }

  /// The document type; first in each page.
  package final func doctype() { raw("<!doctype html>\n") }

  /// An element with a closing tag.
  package final func element(_ name: StaticString, _ attributes: [Attribute], _ content: () -> Void) {
    open(name, attributes)
    content()
    raw("</")
    raw(name)
    raw(">")
  }

  /// An element with a closing tag that is written only if something stands in it: an empty list or paragraph is a stumbling block to
  /// whoever listens to the page.
  package final func elementUnlessEmpty(_ name: StaticString, _ attributes: [Attribute], _ content: () -> Void) {
    let before = sheet.count
    open(name, attributes)
    let inside = sheet.count
    content()
    if sheet.count == inside { return sheet.cut(to: before) }
    raw("</")
    raw(name)
    raw(">")
  }

  /// Where the next byte goes; for ``write(at:_:)``.
  package final var place: Int { sheet.count }

  /// Writes at an earlier place what was known only later.
  package final func write(at place: Int, _ content: () -> Void) {
    let behind = Array(sheet.written[place...])
    sheet.cut(to: place)
    content()
    behind.withUnsafeBufferPointer { sheet.append($0) }
  }

  /// An element that has no content and no closing tag (`br`, `img`, `input` …).
  package final func void(_ name: StaticString, _ attributes: [Attribute]) { open(name, attributes) }

  private final func open(_ name: StaticString, _ attributes: [Attribute]) {
    raw("<")
    raw(name)
    for attribute in attributes { write(attribute) }
    raw(">")
  }

  private final func write(_ attribute: Attribute) {
    switch attribute.value {
    case .absent: return
    case .flag: space(attribute.name)
    case .text(let value):
      space(attribute.name)
      raw("=\"")
      escape(value)
      raw("\"")
    case .fixed(let value):
      space(attribute.name)
      raw("=\"")
      raw(value)
      raw("\"")
    }
  }

  private final func space(_ name: StaticString) {
    raw(" ")
    raw(name)
  }

  private final func raw(_ fixed: StaticString) {
    fixed.withUTF8Buffer { sheet.append($0) }
  }

  private final func raw(_ trusted: String) {
    var trusted = trusted
    trusted.withUTF8 { sheet.append($0) }
  }

  /// Escapes the five bytes that mean something to a parser. NUL, which no parser keeps, becomes U+FFFD.
  private final func escape(_ text: String) {
    var text = text
    text.withUTF8 { source in
      var start = 0
      for index in source.indices {
        let entity: StaticString
        switch source[index] {
        case UInt8(ascii: "&"): entity = "&amp;"
        case UInt8(ascii: "<"): entity = "&lt;"
        case UInt8(ascii: ">"): entity = "&gt;"
        case UInt8(ascii: "\""): entity = "&quot;"
        case UInt8(ascii: "'"): entity = "&#39;"
        case 0: entity = "\u{FFFD}"
        default: continue
        }
        sheet.append(UnsafeBufferPointer(rebasing: source[start..<index]))
        raw(entity)
        start = index + 1
      }
      sheet.append(UnsafeBufferPointer(rebasing: source[start...]))
    }
  }
}
