/// Writes allowed elements so that the result is valid HTML whatever order they come in.
struct MarkupWriter {
  private var output: [UInt8] = []
  /// Elements that are open, outermost first, with the address of a link.
  private var stack: [(name: String, href: String?)] = []
  /// Elements that an inner block closed and that open again behind it.
  private static let paragraphs: Set<String> = ["p", "h3", "h4", "h5", "h6"]
  private static let containers: Set<String> = ["ul", "ol", "li", "blockquote"]

  private var holdsText: Bool { stack.contains { Self.paragraphs.contains($0.name) || $0.name == "pre" || $0.name == "li" } }

  mutating func text(_ text: String) {
    if text.utf8.allSatisfy({ $0 == 0x20 || 0x09...0x0D ~= $0 }) {
      if output.isEmpty || !holdsText { return }
      if !stack.contains(where: { $0.name == "pre" }) {
        if output.last != 0x20 && output.last != UInt8(ascii: ">") || AllowList.inline.contains(lastClosed) { output.append(0x20) }
        return
      }
    }
    ensureParagraph()
    Sanitizer.escape(text, into: &output)
    lastClosed = ""
  }

  private var lastClosed = ""

  mutating func void(_ name: String) {
    if name == "hr" {
      breakBlock()
      guard stack.isEmpty else { return }
      output += "<hr>".utf8
    } else if holdsText {
      output += "<br>".utf8
    }
  }

  mutating func open(_ name: String, href: String?) {
    if AllowList.inline.contains(name) {
      if name == "a" && stack.contains(where: { $0.name == "a" }) { return stack.append(("", nil)) }
      ensureParagraph()
      return push(name, href)
    }
    closeParagraph()
    if name == "li", !["ul", "ol"].contains(stack.last(where: { !$0.name.isEmpty })?.name ?? "") { push("ul", nil) }
    if Self.paragraphs.contains(name) || name == "pre", stack.contains(where: { $0.name == "li" }), name != "p" && name != "pre" {
      return stack.append(("", nil))
    }
    if name != "li", ["ul", "ol"].contains(stack.last(where: { !$0.name.isEmpty })?.name ?? "") { push("li", nil) }
    push(name, nil)
  }

  mutating func close(_ name: String) {
    // The element may have been closed already by a block inside it; then there is nothing left to close.
    guard let index = stack.lastIndex(where: { $0.name == name }) else { return }
    if AllowList.inline.contains(name), stack[index...].contains(where: { !AllowList.inline.contains($0.name) && !$0.name.isEmpty }) { return }
    while stack.count > index { pop() }
  }

  /// Ends the paragraph that is open, if any.
  mutating func breakBlock() { closeParagraph() }

  mutating func finish() -> String {
    while !stack.isEmpty { pop() }
    return String(decoding: output, as: UTF8.self)
  }

  private mutating func ensureParagraph() {
    if holdsText { return }
    if let container = stack.last(where: { !$0.name.isEmpty })?.name, container == "ul" || container == "ol" { return push("li", nil) }
    push("p", nil)
  }

  private mutating func closeParagraph() {
    while let index = stack.lastIndex(where: { Self.paragraphs.contains($0.name) || $0.name == "pre" || AllowList.inline.contains($0.name) }),
      !stack[index...].dropFirst().contains(where: { Self.containers.contains($0.name) })
    {
      while stack.count > index { pop() }
    }
  }

  private mutating func push(_ name: String, _ href: String?) {
    stack.append((name, href))
    output += "<".utf8
    output += name.utf8
    if let href {
      output += " href=\"".utf8
      Sanitizer.escape(href, into: &output)
      output.append(UInt8(ascii: "\""))
      if !href.utf8.starts(with: "/".utf8) && !href.utf8.starts(with: "#".utf8) { output += " rel=\"nofollow ugc noopener\"".utf8 }
    }
    output.append(UInt8(ascii: ">"))
  }

  private mutating func pop() {
    let name = stack.removeLast().name
    guard !name.isEmpty else { return }
    let opening = Array("<\(name)>".utf8)
    if output.suffix(opening.count).elementsEqual(opening) {
      // Nothing stands in it.
      output.removeLast(opening.count)
    } else {
      while output.last == 0x20 && !AllowList.inline.contains(name) && name != "pre" { output.removeLast() }
      output += "</\(name)>".utf8
    }
    lastClosed = name
  }
}
