import CGumbo

/// Parses HTML as browsers do (gumbo, HTML5) and writes anew only what the allow-list names.
///
/// The writer owns the structure: text outside a block gets a paragraph, paragraphs never nest, so that parsing what it wrote and writing it
/// again changes nothing (a fixed point). Depth is capped at 64; below it only text is kept.
enum Sanitizer {
  static let deepest = 64

  static func sanitize(_ html: String) -> String {
    var html = html
    return html.withUTF8 { bytes -> String in
      bytes.withMemoryRebound(to: CChar.self) { text -> String in
        var options = kGumboDefaultOptions
        options.max_errors = 0
        guard let base = text.baseAddress, let output = gumbo_parse_with_options(&options, base, text.count) else { return "" }
        defer { gumbo_destroy_output(&options, output) }
        var writer = MarkupWriter()
        if let root = output.pointee.root { write(root, into: &writer, depth: 0) }
        return writer.finish()
      }
    }
  }

  private static func write(_ node: UnsafeMutablePointer<GumboNode>, into writer: inout MarkupWriter, depth: Int) {
    switch node.pointee.type {
    case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA: writer.text(String(cString: node.pointee.v.text.text))
    case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE: element(node, into: &writer, depth: depth)
    default: return
    }
  }

  private static func element(_ node: UnsafeMutablePointer<GumboNode>, into writer: inout MarkupWriter, depth: Int) {
    let element = node.pointee.v.element
    guard element.tag_namespace == GUMBO_NAMESPACE_HTML, !AllowList.dropped.contains(element.tag.rawValue) else { return }
    if element.tag == GUMBO_TAG_IMG { return writer.text(attribute("alt", of: element) ?? "") }
    let name = depth < deepest ? AllowList.names[element.tag.rawValue] : nil
    if let name, AllowList.isVoid(name) { return writer.void(name) }
    var address: String?
    if name == "a" { address = attribute("href", of: element).flatMap(AllowList.address) }
    let opened = name.map { $0 != "a" || address != nil } ?? false
    if let name, opened { writer.open(name, href: address) }
    let isBlock = name == nil && AllowList.unwrappedBlocks.contains(element.tag.rawValue)
    if isBlock { writer.breakBlock() }
    for index in 0..<Int(element.children.length) {
      guard let child = element.children.data[index]?.assumingMemoryBound(to: GumboNode.self) else { continue }
      if depth < 400 { write(child, into: &writer, depth: depth + 1) }
    }
    if let name, opened { writer.close(name) }
    if isBlock { writer.breakBlock() }
  }

  private static func attribute(_ name: String, of element: GumboElement) -> String? {
    for index in 0..<Int(element.attributes.length) {
      guard let attribute = element.attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self) else { continue }
      if String(cString: attribute.pointee.name) == name { return String(cString: attribute.pointee.value) }
    }
    return nil
  }

  static func escape(_ text: String, into output: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): output += "&amp;".utf8
      case UInt8(ascii: "<"): output += "&lt;".utf8
      case UInt8(ascii: ">"): output += "&gt;".utf8
      case UInt8(ascii: "\""): output += "&quot;".utf8
      case UInt8(ascii: "'"): output += "&#39;".utf8
      case 0: output += "\u{FFFD}".utf8
      default: output.append(byte)
      }
    }
  }

  /// The text of markup that the sanitizer wrote: tags dropped, its five entities read back, white space folded.
  static func plain(_ html: String) -> String {
    var output: [UInt8] = []
    let bytes = Array(html.utf8)
    var index = 0
    func space() { if let last = output.last, last != 0x20 { output.append(0x20) } }
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<"):
        let close = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
        let name = bytes[(index + 1)...close].drop { $0 == UInt8(ascii: "/") }.prefix { 97...122 ~= $0 || 48...57 ~= $0 }
        if !AllowList.inline.contains(String(decoding: name, as: UTF8.self)) { space() }
        index = close + 1
      case UInt8(ascii: "&"):
        let rest = bytes[index...].prefix(6)
        let entity = entities.first { rest.starts(with: $0.0) }
        output += entity?.1 ?? [UInt8(ascii: "&")]
        index += entity?.0.count ?? 1
      case 0x09, 0x0A, 0x0D, 0x20:
        space()
        index += 1
      default:
        output.append(bytes[index])
        index += 1
      }
    }
    if output.last == 0x20 { output.removeLast() }
    return String(decoding: output, as: UTF8.self)
  }

  private static let entities: [([UInt8], [UInt8])] = [
    (Array("&amp;".utf8), Array("&".utf8)), (Array("&lt;".utf8), Array("<".utf8)), (Array("&gt;".utf8), Array(">".utf8)),
    (Array("&quot;".utf8), Array("\"".utf8)), (Array("&#39;".utf8), Array("'".utf8)),
  ]
}
