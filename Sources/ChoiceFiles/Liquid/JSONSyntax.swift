/// Finds where a text first is no JSON (RFC 8259), in plain words, which decoders do not tell.
struct JSONSyntax {
  struct Fault: Error {
    let line: Int
    let words: String
  }

  private let bytes: [UInt8]
  private var place = 0

  /// - Parameter bytes: UTF-8, nested no deeper than the caller has checked: each level is a call.
  /// - Returns: nil where it is JSON.
  static func fault(in bytes: [UInt8]) -> Fault? {
    var syntax = JSONSyntax(bytes: bytes)
    do throws(Fault) {
      try syntax.value()
      syntax.skipBlanks()
      if syntax.place < bytes.count { throw syntax.fault("the end of the document") }
      return nil
    } catch { return error }
  }

  /// The first number in a range that a whole number cannot hold, as its line and text; nil if there is none.
  static func oddNumber(in bytes: [UInt8], from range: Range<Int>, most: Int = .max) -> Fault? {
    var syntax = JSONSyntax(bytes: bytes)
    (syntax.watched, syntax.most) = (range, most)
    try? syntax.value()
    return syntax.odd.map { Fault(line: JSONPlace.line(at: $0.lowerBound, in: bytes), words: bytes[$0].prefix(40).text) }
  }

  /// Where numbers are looked at, and the first that is not whole or too large.
  private var watched = 0..<0
  private var most = Int.max
  private var odd: Range<Int>?

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipBlanks() { while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { place += 1 } }

  private func fault(_ wanted: String) -> Fault {
    let line = JSONPlace.line(at: place, in: bytes)
    guard place < bytes.count else { return Fault(line: line, words: "the document ends where \(wanted) is expected") }
    let found = bytes[place...].prefix { $0 > 0x20 && $0 != UInt8(ascii: ",") }.prefix(20)
    return Fault(line: line, words: "\(wanted) is expected, not “\(found.isEmpty ? bytes[place...].prefix(1).text : found.text)”")
  }

  private mutating func value() throws(Fault) {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): try members(end: UInt8(ascii: "}"), isObject: true)
    case UInt8(ascii: "["): try members(end: UInt8(ascii: "]"), isObject: false)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), .some(0x30...0x39): try number()
    default:
      for word in ["true", "false", "null"] where bytes[place...].starts(with: word.utf8) {
        place += word.utf8.count
        return
      }
      throw fault("a value")
    }
  }

  private mutating func members(end: UInt8, isObject: Bool) throws(Fault) {
    place += 1
    skipBlanks()
    if next == end {
      place += 1
      return
    }
    while true {
      if isObject {
        skipBlanks()
        guard next == UInt8(ascii: "\"") else { throw fault("a name in quotation marks") }
        try string()
        skipBlanks()
        guard next == UInt8(ascii: ":") else { throw fault("a colon") }
        place += 1
      }
      try value()
      skipBlanks()
      if next == end {
        place += 1
        return
      }
      guard next == UInt8(ascii: ",") else { throw fault(isObject ? "a comma or }" : "a comma or ]") }
      place += 1
    }
  }

  private mutating func string() throws(Fault) {
    let start = place
    place += 1
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return
      case UInt8(ascii: "\\"): place += 2
      case 0..<0x20: throw fault("the end of a text in quotation marks")
      default: place += 1
      }
    }
    throw Fault(line: JSONPlace.line(at: start, in: bytes), words: "a quotation mark that opens a text here is never closed")
  }

  private mutating func number() throws(Fault) {
    let start = place
    defer { watch(start..<place) }
    if next == UInt8(ascii: "-") { place += 1 }
    let isZero = next == 0x30
    let whole = digits()
    guard whole > 0 else { throw fault("a digit") }
    if isZero, whole > 1 {
      place -= whole
      throw fault("a number that does not begin with 0")
    }
    if next == UInt8(ascii: ".") {
      place += 1
      guard digits() > 0 else { throw fault("a digit") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      guard digits() > 0 else { throw fault("a digit") }
    }
  }

  private mutating func watch(_ range: Range<Int>) {
    guard odd == nil, watched.contains(range.lowerBound) else { return }
    let text = bytes[range].text
    let value = Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    if value.map({ $0.magnitude > most.magnitude }) ?? true { odd = range }
  }

  private mutating func digits() -> Int {
    let start = place
    while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
    return place - start
  }
}
