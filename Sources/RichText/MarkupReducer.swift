/// Rewrites foreign markup, before it is parsed, into markup whose parse is bounded: no comments, no attributes but `href` of `a` and `alt`
/// of `img`, no raw-text elements, at most `mostTags` tags, at most `mostOpen` levels.
///
/// It is no filter: what may come through is decided on gumbo's tree alone. It keeps that tree small. HTML's rules copy every open formatting
/// element into every later paragraph, and hold that to three copies only when their attributes are alike (the "Noah's Ark clause"); 50 kB of
/// `<b a=1><b a=2>…<p>x<p>x…` would make millions of nodes. One pass over the bytes, linear.
struct MarkupReducer {
  private let input: [UInt8]
  private var index = 0
  private let mostTags: Int
  private var tags = 0
  /// Elements that are open, by name, and in all; those that begin anew without an end (`p`, `li`, …) are not counted.
  private var openByName: [String: Int] = [:]
  private var openInAll = 0
  /// gumbo looks through the open elements at many a tag.
  private static let mostOpen = 500
  /// `<path/>` closes itself in a drawing, while `<div/>` does not in HTML; which one it is only the parser knows.
  private var selfClosed = 0
  private static let mostSelfClosed = 5_000
  private static let uncounted: Set<String> = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "br", "hr", "img", "input", "wbr", "col", "meta",
    "link", "base", "area", "source", "track", "param", "embed", "html", "head", "body", "rt", "rp", "a", "image", "keygen", "bgsound",
  ]
  private(set) var output: [UInt8] = []
  /// The highest heading met: 1 to 6, or 7 when there is none.
  private(set) var highestHeading = 7

  /// Elements whose content is text for a tokenizer and never for people.
  private static let rawText: Set<String> = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"]
  /// Formatting elements that mean nothing to us; a tree without them is smaller.
  private static let meaningless: Set<String> = ["font", "big", "small", "nobr", "tt"]
  private static let sameAs = ["b": "strong", "i": "em", "strike": "s"]

  /// - Throws: `RichTextError.amplified` beyond `mostTags`.
  init(_ html: String, mostTags: Int) throws {
    input = Array(html.utf8)
    self.mostTags = mostTags
    output.reserveCapacity(input.count)
    while index < input.count {
      switch input[index] {
      case UInt8(ascii: "<"): try markup()
      case 0:
        output += "\u{FFFD}".utf8
        index += 1
      default:
        output.append(input[index])
        index += 1
      }
    }
  }

  private func byte(_ ahead: Int = 0) -> UInt8? { index + ahead < input.count ? input[index + ahead] : nil }

  private static func isLetter(_ byte: UInt8?) -> Bool { byte.map { 97...122 ~= LinkAddress.lower($0) } ?? false }

  private mutating func markup() throws {
    switch byte(1) {
    case UInt8(ascii: "!") where byte(2) == UInt8(ascii: "-") && byte(3) == UInt8(ascii: "-"): skipComment()
    case UInt8(ascii: "!"), UInt8(ascii: "?"): skip(past: UInt8(ascii: ">"))
    case UInt8(ascii: "/") where Self.isLetter(byte(2)): try tag(isEnd: true)
    case UInt8(ascii: "/"): skip(past: UInt8(ascii: ">"))
    case let next where Self.isLetter(next): try tag(isEnd: false)
    default:
      output += "&lt;".utf8
      index += 1
    }
  }

  private mutating func skip(past end: UInt8) {
    while let byte = byte(), byte != end { index += 1 }
    index += 1
  }

  /// `<!-->` and `<!--->` are whole comments.
  private mutating func skipComment() {
    index += 2
    while index < input.count, !(byte() == UInt8(ascii: "-") && byte(1) == UInt8(ascii: "-") && byte(2) == UInt8(ascii: ">")) {
      if byte() == UInt8(ascii: "-"), byte(1) == UInt8(ascii: "-"), byte(2) == UInt8(ascii: "!"), byte(3) == UInt8(ascii: ">") { index += 1 }
      index += 1
    }
    index = min(index + 3, input.count)
  }

  private mutating func tag(isEnd: Bool) throws {
    index += isEnd ? 2 : 1
    let start = index
    while let byte = byte(), !Self.endsName(byte) { index += 1 }
    let written = String(decoding: input[start..<index].prefix(32).map(LinkAddress.lower), as: UTF8.self)
    let name = Self.sameAs[written] ?? written
    var attributes: [UInt8] = []
    let wanted = isEnd ? "" : name == "a" ? "href" : name == "img" ? "alt" : ""
    guard let closesItself = skipAttributes(keeping: wanted, into: &attributes) else { return index = input.count }
    if Self.meaningless.contains(name) { return }
    if !isEnd, name == "plaintext" { return index = input.count }
    if !isEnd, Self.rawText.contains(name) { return skipRawText(until: Array(name.utf8)) }
    if name.utf8.count == 2, name.utf8.first == UInt8(ascii: "h"), let level = name.utf8.last, 49...54 ~= level {
      highestHeading = min(highestHeading, Int(level) - 48)
    }
    tags += 1
    count(name, isEnd: isEnd, closesItself: closesItself)
    guard tags <= mostTags, openInAll <= Self.mostOpen, selfClosed <= Self.mostSelfClosed else { throw RichTextError.amplified }
    output += (isEnd ? "</" : "<").utf8
    output += name.utf8
    output += attributes
    output += (closesItself ? "/>" : ">").utf8
  }

  private mutating func count(_ name: String, isEnd: Bool, closesItself: Bool) {
    if Self.uncounted.contains(name) { return }
    if closesItself { return selfClosed += 1 }
    let open = openByName[name, default: 0]
    if isEnd && open == 0 { return }
    openByName[name] = open + (isEnd ? -1 : 1)
    openInAll += isEnd ? -1 : 1
  }

  private static func endsName(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") }

  /// Reads to the end of the tag; true when it closes itself, nil when the source ends first.
  private mutating func skipAttributes(keeping wanted: String, into kept: inout [UInt8]) -> Bool? {
    var closesItself = false
    while let next = byte() {
      if next == UInt8(ascii: ">") {
        index += 1
        return closesItself
      }
      if next <= 0x20 || next == UInt8(ascii: "/") {
        closesItself = next == UInt8(ascii: "/")
        index += 1
        continue
      }
      closesItself = false
      let start = index
      index += 1
      while let byte = byte(), !Self.endsName(byte), byte != UInt8(ascii: "=") { index += 1 }
      let name = input[start..<index]
      let value = attributeValue()
      if kept.isEmpty, !wanted.isEmpty, name.count == wanted.utf8.count, name.lazy.map(LinkAddress.lower).elementsEqual(wanted.utf8) {
        kept = Array(" \(wanted)=\"".utf8)
        for byte in value { if byte == UInt8(ascii: "\"") { kept += "&quot;".utf8 } else { kept.append(byte == 0 ? 0x20 : byte) } }
        kept.append(UInt8(ascii: "\""))
      }
    }
    return nil
  }

  private mutating func attributeValue() -> ArraySlice<UInt8> {
    while let byte = byte(), byte <= 0x20 { index += 1 }
    guard byte() == UInt8(ascii: "=") else { return [] }
    index += 1
    while let byte = byte(), byte <= 0x20 { index += 1 }
    let start: Int
    if let quote = byte(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index += 1
      start = index
      while let byte = byte(), byte != quote { index += 1 }
      defer { index = min(index + 1, input.count) }
      return input[start..<index]
    }
    start = index
    while let byte = byte(), byte > 0x20, byte != UInt8(ascii: ">") { index += 1 }
    return input[start..<index]
  }

  private mutating func skipRawText(until name: [UInt8]) {
    while index < input.count {
      if byte() == UInt8(ascii: "<"), byte(1) == UInt8(ascii: "/"), index + 2 + name.count <= input.count,
        input[(index + 2)..<(index + 2 + name.count)].lazy.map(LinkAddress.lower).elementsEqual(name), byte(2 + name.count).map(Self.endsName) ?? true
      {
        return skip(past: UInt8(ascii: ">"))
      }
      index += 1
    }
  }
}
