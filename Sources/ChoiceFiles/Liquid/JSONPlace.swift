/// Finds the line of a value in a JSON document, which decoders do not tell.
struct JSONPlace {
  enum Step {
    case key(String)
    case index(Int)
  }

  private let bytes: [UInt8]
  private var place = 0

  /// - Parameter path: from the document down; where it leads to nothing, the deepest value on it counts.
  /// - Returns: from 1; nil if the document is in no form that this can walk, as in UTF-16.
  static func line(of path: [Step], in bytes: [UInt8]) -> Int? {
    var here = JSONPlace(bytes: bytes)
    here.skipBlanks()
    guard here.next == UInt8(ascii: "{") || here.next == UInt8(ascii: "[") else { return nil }
    for step in path {
      let before = here.place
      guard here.enter(step) else {
        here.place = before
        break
      }
    }
    return line(at: here.place, in: bytes)
  }

  /// The value at a path as it is written, cut after a few signs; nil where the path leads to nothing.
  static func text(of path: [Step], in bytes: [UInt8]) -> String? {
    guard let range = range(of: path, in: bytes) else { return nil }
    let text = bytes[range].prefix(40).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return range.count > 40 ? text + " …" : text
  }

  /// Where the value at a path stands; nil where the path leads to nothing.
  static func range(of path: [Step], in bytes: [UInt8]) -> Range<Int>? {
    var here = JSONPlace(bytes: bytes)
    here.skipBlanks()
    for step in path { guard here.enter(step) else { return nil } }
    here.skipBlanks()
    let start = here.place
    guard here.skipValue() || here.place == bytes.count else { return nil }
    return start..<here.place
  }

  static func line(at place: Int, in bytes: [UInt8]) -> Int { bytes.prefix(place).count { $0 == 0x0A } + 1 }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipBlanks() { while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { place += 1 } }

  private mutating func take(_ sign: Character) -> Bool {
    skipBlanks()
    guard let byte = sign.asciiValue, next == byte else { return false }
    place += 1
    return true
  }

  private mutating func enter(_ step: Step) -> Bool {
    switch step {
    // Decoders take a name of digits for an index.
    case .index(let index) where next == UInt8(ascii: "{"): return enter(.key(String(index)))
    case .index(let index):
      guard take("[") else { return false }
      for _ in 0..<index { guard skipValue(), take(",") else { return false } }
      skipBlanks()
      return next != nil && next != UInt8(ascii: "]")
    case .key(let key):
      guard take("{") else { return false }
      while true {
        skipBlanks()
        let start = place
        guard skipString() else { return false }
        let isWanted = bytes[(start + 1)..<(place - 1)].elementsEqual(key.utf8)
        guard take(":") else { return false }
        skipBlanks()
        if isWanted { return true }
        guard skipValue(), take(",") else { return false }
      }
    }
  }

  private mutating func skipString() -> Bool {
    guard next == UInt8(ascii: "\"") else { return false }
    place += 1
    while let byte = next {
      place += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "\"") { return true }
    }
    return false
  }

  /// A value of any depth, without a call for each.
  private mutating func skipValue() -> Bool {
    skipBlanks()
    var depth = 0
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""): guard skipString() else { return false }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        place += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return true }
        depth -= 1
        place += 1
      case UInt8(ascii: ",") where depth == 0: return true
      default: place += 1
      }
    }
    return false
  }
}
