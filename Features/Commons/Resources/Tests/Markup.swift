import CGumbo

/// What a browser makes of a page: its elements and attributes, by name.
struct Markup {
  /// `a href`, `form action`: each pair of names that occurs, and each element alone.
  private(set) var names: Set<String> = []
  private(set) var addresses: Set<String> = []
  /// What no page may hold whatever is stored: handlers, styles, scripts within the page.
  private(set) var faults: [String] = []

  init(_ html: String) {
    var html = html
    html.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        var options = kGumboDefaultOptions
        options.max_errors = 0
        guard let base = text.baseAddress, let output = gumbo_parse_with_options(&options, base, text.count) else { return }
        defer { gumbo_destroy_output(&options, output) }
        if let root = output.pointee.root { read(root) }
      }
    }
  }

  private mutating func read(_ node: UnsafeMutablePointer<GumboNode>) {
    guard node.pointee.type == GUMBO_NODE_ELEMENT || node.pointee.type == GUMBO_NODE_TEMPLATE else { return }
    let element = node.pointee.v.element
    let start = element.original_tag
    let written = start.data.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: min(start.length, 40)), as: UTF8.self) } ?? ""
    let tag = String(cString: gumbo_normalized_tagname(element.tag))
    let name = tag.isEmpty ? "unknown " + written : tag
    names.insert(name)
    for index in 0..<Int(element.attributes.length) {
      guard let attribute = element.attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self) else { continue }
      let (key, value) = (String(cString: attribute.pointee.name), String(cString: attribute.pointee.value))
      names.insert(name + " " + key)
      if key.hasPrefix("on") || key == "style" || key == "srcdoc" { faults.append("\(name) \(key)=\(value)") }
      guard ["href", "src", "action", "formaction"].contains(key) else { continue }
      addresses.insert(value)
      let scheme = value.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
      if scheme.contains(UInt8(ascii: ":")), !["https:", "http:", "mailto:"].contains(where: { value.lowercased().hasPrefix($0) }) {
        faults.append("\(name) \(key)=\(value)")
      }
    }
    for index in 0..<Int(element.children.length) {
      if let child = element.children.data[index]?.assumingMemoryBound(to: GumboNode.self) { read(child) }
    }
  }
}
