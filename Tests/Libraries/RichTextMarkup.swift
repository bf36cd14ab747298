/// Reads what a `RichText` wrote, by other means than it was written with, and finds what may not stand there.
struct Markup {
  private static let inline: Set<String> = ["strong", "em", "u", "s", "sub", "sup", "ins", "del", "code", "a"]
  private static let paragraphs: Set<String> = ["p", "h3", "h4", "h5", "h6", "pre"]
  private static let containers: Set<String> = ["ul", "ol", "li", "blockquote"]

  /// The first fault, or nil.
  private(set) var problem: String?
  private(set) var depth = 0

  init(_ html: String) {
    var stack: [String] = []
    var rest = Array(html.utf8)[...]
    while problem == nil, let byte = rest.first {
      guard byte == UInt8(ascii: "<") else {
        if byte == UInt8(ascii: ">") || byte == 0 { problem = "a bare byte \(byte)" }
        let isSpace = byte == 0x20 || byte == 0x0A
        if !isSpace, !stack.contains(where: { Self.paragraphs.contains($0) || $0 == "li" }) { problem = "text outside a paragraph" }
        rest = rest.dropFirst()
        continue
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { problem = "a tag without end"; break }
      let tag = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
      read(tag, &stack)
      depth = max(depth, stack.count)
    }
    if problem == nil, !stack.isEmpty { problem = "open at the end: \(stack)" }
  }

  private mutating func read(_ tag: String, _ stack: inout [String]) {
    if tag.utf8.first == UInt8(ascii: "/") {
      if stack.popLast() != String(decoding: tag.utf8.dropFirst(), as: UTF8.self) { problem = "\(tag) closes nothing" }
      return
    }
    if tag == "br" { return problem = stack.contains { Self.paragraphs.contains($0) || $0 == "li" } ? nil : "br outside a line" }
    if tag == "hr" { return problem = stack.last.map { $0 == "li" || $0 == "blockquote" } ?? true ? nil : "hr in \(stack)" }
    let name = String(decoding: tag.utf8.prefix { $0 != 0x20 }, as: UTF8.self)
    let isLink = tag.wholeMatch(of: /a href="[^"<> ]+"( rel="nofollow ugc noopener")?/) != nil
    if name == "a" ? !isLink : name != tag { problem = "attributes of <\(tag)>" }
    let allowed = /^(https?:\/\/[^\/]|mailto:|\/([^\/\\]|$)|#)/.ignoresCase()
    if name == "a", let address = tag.firstMatch(of: /href="([^"]*)"/)?.1, address.firstMatch(of: allowed) == nil {
      problem = "an address: \(address)"
    }
    let isInLine = stack.contains { Self.paragraphs.contains($0) || Self.inline.contains($0) }
    if Self.inline.contains(name) {
      if stack.contains(name) { problem = "\(name) in \(name)" }
      if !isInLine, stack.last != "li" { problem = "\(name) outside a paragraph" }
    } else if Self.paragraphs.contains(name) || Self.containers.contains(name) {
      if isInLine { problem = "block \(name) in \(stack)" }
      let isInList = stack.last == "ul" || stack.last == "ol"
      if isInList != (name == "li") { problem = "\(name) in \(stack)" }
    } else {
      problem = "element \(name)"
    }
    stack.append(name)
  }
}

/// Numbers that look random and are the same on every run (SplitMix64, Steele and others 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
