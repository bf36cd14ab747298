/// Writes allowed elements so that the result is valid HTML in one form, whatever order they come in.
///
/// Text stands in paragraphs (`p`, `h3`–`h6`, `pre`, or bare as the first thing of an `li`); paragraphs stand in containers; emphasis and links
/// stand inside one paragraph and are opened again in the next. Everything is opened only when text comes, so nothing empty is written.
struct MarkupWriter {
  /// What text becomes when it stands in no line yet.
  enum Paragraph: Equatable { case bare, paragraph, heading(Int), preformatted }

  private struct Container {
    let name: String
    /// Made by us, for text that stands in a list but in no item of it.
    let isImplied: Bool
    var isWritten = false
    var hasContent = false
  }

  private struct Inline {
    let name: String
    let address: String?
    var isWritten = false
    /// Where its words begin in the output.
    var start = 0
  }

  private var output: [UInt8] = []
  private var containers: [Container] = []
  private var inlines: [Inline] = []
  /// What each open block asks text to be; the innermost heading or `pre` wins over a paragraph in it.
  private var wanted: [Paragraph] = [.bare]
  /// The element name of the open paragraph; empty for a bare one, nil when none is open.
  private var line: String?
  private var pendingSpace = false
  private var pendingBreaks = 0

  /// `html`, `body`, a paragraph and the ten inline elements stand beside the containers.
  private static let mostContainers = Sanitizer.deepest - 13

  private var isInList: Bool { containers.last?.name == "ul" || containers.last?.name == "ol" }
  private var kind: Paragraph { wanted.last ?? .bare }

  /// Whether a bare address may become a link here.
  var takesLinks: Bool { kind != .preformatted && !inlines.contains { $0.name == "a" || $0.name == "code" } }

  // MARK: Blocks

  mutating func enterBlock(_ paragraph: Paragraph) {
    breakParagraph()
    switch kind {
    case .heading, .preformatted: wanted.append(kind)
    case .bare, .paragraph: wanted.append(paragraph == .bare ? kind : paragraph)
    }
  }

  mutating func leaveBlock() {
    breakParagraph()
    if wanted.count > 1 { wanted.removeLast() }
  }

  /// Begins `ul`, `ol`, `li` or `blockquote`. An item outside a list, and containers too deep, are plain blocks instead: then false,
  /// and `leaveBlock` ends it.
  mutating func enterContainer(_ name: String) -> Bool {
    breakParagraph()
    wanted.append(.bare)
    // Room for the implied item around it, or for the item in it.
    if name == "li" ? !isInList : containers.count + 2 > Self.mostContainers { return false }
    if isInList, name != "li" { containers.append(Container(name: "li", isImplied: true)) }
    containers.append(Container(name: name, isImplied: false))
    return true
  }

  mutating func leaveContainer() {
    breakParagraph()
    if wanted.count > 1 { wanted.removeLast() }
    closeContainer()
    closeImpliedItem()
  }

  /// Ends the paragraph that is open, if any; emphasis and links go on in the next.
  mutating func breakParagraph() {
    pendingSpace = false
    pendingBreaks = 0
    if let name = line {
      for index in inlines.indices.reversed() where inlines[index].isWritten { closeInline(index) }
      if !name.isEmpty { output += "</\(name)>".utf8 }
      line = nil
    }
    closeImpliedItem()
  }

  mutating func rule() {
    breakParagraph()
    if isInList { return }
    openContainers()
    output += "<hr>".utf8
  }

  // MARK: Lines

  /// Begins emphasis, code or a link; false when one of the same name is open already, and then there is nothing to leave.
  mutating func enterInline(_ name: String, address: String?) -> Bool {
    if inlines.contains(where: { $0.name == name }) { return false }
    inlines.append(Inline(name: name, address: address))
    return true
  }

  mutating func leaveInline() {
    guard let last = inlines.indices.last else { return }
    if inlines[last].isWritten { closeInline(last) }
    inlines.removeLast()
  }

  mutating func lineBreak() {
    if kind == .preformatted { return text([0x0A]) }
    guard line != nil else { return }
    pendingBreaks = min(pendingBreaks + 1, 2)
    pendingSpace = false
  }

  /// Writes text, escaped. White space is folded outside `pre`; control bytes are left out.
  mutating func text(_ text: some Collection<UInt8>) {
    let bytes = MarkupBytes.withoutControls(text)
    if kind == .preformatted { return preformatted(bytes) }
    if line == nil, MarkupBytes.isBlank(bytes) { return }
    for byte in bytes {
      if byte == 0x20 || 0x09...0x0D ~= byte {
        pendingSpace = true
      } else {
        beginText()
        MarkupBytes.escape(byte, into: &output)
      }
    }
  }

  mutating func finish() -> String {
    breakParagraph()
    while !containers.isEmpty { closeContainer() }
    return String(decoding: output, as: UTF8.self)
  }

  private mutating func preformatted(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if line == nil {
      // A parser leaves out the first line break of a `pre`.
      rest = rest.drop { $0 == 0x0A }
      if MarkupBytes.isBlank(rest) { return }
    }
    if rest.isEmpty { return }
    beginText()
    for byte in rest { MarkupBytes.escape(byte, into: &output) }
  }

  /// Opens whatever must be open for text to be written here.
  private mutating func beginText() {
    if line == nil {
      pendingSpace = false
      pendingBreaks = 0
      if isInList { containers.append(Container(name: "li", isImplied: true)) }
      let isBare = kind == .bare && containers.last?.name == "li" && containers.last?.hasContent == false
      openContainers()
      let name = isBare ? "" : Self.name(of: kind)
      if !isBare { output += "<\(name)>".utf8 }
      line = name
    } else if pendingBreaks > 0 {
      for _ in 0..<pendingBreaks { output += "<br>".utf8 }
    } else if pendingSpace {
      output.append(0x20)
    }
    pendingSpace = false
    pendingBreaks = 0
    for index in inlines.indices where !inlines[index].isWritten { openInline(index) }
  }

  private static func name(of kind: Paragraph) -> String {
    switch kind {
    case .bare, .paragraph: "p"
    case .heading(let level): "h\(min(6, max(3, level)))"
    case .preformatted: "pre"
    }
  }

  // MARK: Tags

  private mutating func openInline(_ index: Int) {
    output += "<\(inlines[index].name)".utf8
    if let address = inlines[index].address {
      output += " href=\"".utf8
      for byte in address.utf8 { MarkupBytes.escape(byte, into: &output) }
      output.append(UInt8(ascii: "\""))
      if LinkAddress.isExternal(address) { output += " rel=\"nofollow ugc noopener\"".utf8 }
    }
    output.append(UInt8(ascii: ">"))
    inlines[index].isWritten = true
    inlines[index].start = output.count
  }

  private mutating func closeInline(_ index: Int) {
    let inline = inlines[index]
    if let host = inline.address.flatMap(LinkAddress.host) {
      let words = PlainText.of(String(decoding: output[inline.start...], as: UTF8.self)).utf8.map(LinkAddress.lower)
      // The words show one site and the link leads to another: the host is told.
      if LinkAddress.misleads(words, host: host) { output += " [".utf8 + host + "]".utf8 }
    }
    output += "</\(inline.name)>".utf8
    inlines[index].isWritten = false
  }

  private mutating func openContainers() {
    for index in containers.indices {
      if !containers[index].isWritten { output += "<\(containers[index].name)>".utf8 }
      containers[index].isWritten = true
      containers[index].hasContent = true
    }
  }

  private mutating func closeContainer() {
    guard let container = containers.popLast(), container.isWritten else { return }
    output += "</\(container.name)>".utf8
  }

  private mutating func closeImpliedItem() {
    if containers.last?.isImplied == true { closeContainer() }
  }
}
