import Encodings

/// JSON of two storeys at most: an object of strings, or of objects of strings. Catalogues and localized texts are no more,
/// so reading them needs no recursion; a value of any other kind, a name given twice, and what is not JSON are refused.
struct FlatJSON {
  enum Value: Hashable { case text(String), object([String: String]) }

  /// What was wrong, and where: `name` is the member that was being read, empty before the first.
  struct Fault: Error, CustomStringConvertible {
    let name: String
    let reason: String
    var description: String { name.isEmpty ? reason : "\(name) \(reason)" }
  }

  private let bytes: [UInt8]
  /// Where the next byte stands.
  private var place = 0
  private var name = ""

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Linear in the number of bytes.
  static func read(_ bytes: [UInt8]) throws(Fault) -> [String: Value] {
    var reader = FlatJSON(bytes)
    var found: [String: Value] = [:]
    try reader.members { reader, name throws(Fault) in
      reader.name = name
      let value: Value
      if reader.next() == UInt8(ascii: "{") {
        var inner: [String: String] = [:]
        try reader.members { reader, key throws(Fault) in
          guard inner.updateValue(try reader.string(), forKey: key) == nil else { throw reader.fault("has \(key) twice") }
        }
        value = .object(inner)
      } else {
        value = .text(try reader.string())
      }
      guard found.updateValue(value, forKey: name) == nil else { throw reader.fault("stands there twice") }
    }
    guard reader.next() == nil else { throw reader.fault("is followed by something after the end of the object") }
    return found
  }

  private func fault(_ reason: String) -> Fault { Fault(name: name, reason: reason) }

  /// The byte at the reader's place, which it leaves; nil at the end.
  private mutating func pop() -> UInt8? {
    guard place < bytes.count else { return nil }
    defer { place += 1 }
    return bytes[place]
  }

  /// The first byte that is not white space, not yet taken.
  private mutating func next() -> UInt8? {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    place += 1
    return true
  }

  private mutating func members(_ member: (inout FlatJSON, String) throws(Fault) -> Void) throws(Fault) {
    guard take(UInt8(ascii: "{")) else { throw fault("is not a JSON object") }
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw fault("lacks the colon after \(key)") }
      try member(&self, key)
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fault("is not followed by a comma or a closing brace") }
  }

  private mutating func string() throws(Fault) -> String {
    guard take(UInt8(ascii: "\"")) else { throw fault("is neither text nor an object of texts") }
    var read: [UInt8] = []
    while true {
      let start = place
      while place < bytes.count, bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") { place += 1 }
      let plain = bytes[start..<place]
      switch pop() {
      case UInt8(ascii: "\""):
        guard let string = String(validating: read.isEmpty ? plain : read[...] + plain, as: UTF8.self) else { throw fault("is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): read += try plain + escaped()
      case nil: throw fault("is cut short")
      default: throw fault("has a control character that is not escaped")
      }
    }
  }

  private mutating func escaped() throws(Fault) -> [UInt8] {
    guard let byte = pop() else { throw fault("is cut short") }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var scalar = try hexadecimal()
      if 0xD800...0xDBFF ~= scalar {
        guard pop() == UInt8(ascii: "\\"), pop() == UInt8(ascii: "u") else { throw fault("has half a surrogate pair") }
        let low = try hexadecimal()
        guard 0xDC00...0xDFFF ~= low else { throw fault("has half a surrogate pair") }
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let found = Unicode.Scalar(scalar) else { throw fault("has half a surrogate pair") }
      return Array(String(Character(found)).utf8)
    default: throw fault("has an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<4 {
      switch pop() {
      case let digit? where UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit: number = number << 4 | UInt32(digit - UInt8(ascii: "0"))
      case let digit? where UInt8(ascii: "a")...UInt8(ascii: "f") ~= digit | 0x20:
        number = number << 4 | UInt32((digit | 0x20) - UInt8(ascii: "a") + 10)
      default: throw fault("has an escape without four hexadecimal digits")
      }
    }
    return number
  }

  // MARK: Writing

  /// The members in the order given; of an inner object, in the order of their names' bytes. Equal values give equal bytes.
  static func write(_ members: [(name: String, value: Value)]) -> String {
    var text: [UInt8] = []
    func write(_ string: String) {
      text.append(UInt8(ascii: "\""))
      for byte in string.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
        case 0..<0x20:
          text += "\\u00".utf8
          Hexadecimal.append(byte, to: &text)
        default: text.append(byte)
        }
      }
      text.append(UInt8(ascii: "\""))
    }
    func write<T>(_ members: [(String, T)], _ value: (T) -> Void) {
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        write(member.0)
        text.append(UInt8(ascii: ":"))
        value(member.1)
      }
      text.append(UInt8(ascii: "}"))
    }
    write(members.map { ($0.name, $0.value) }) { value in
      switch value {
      case .text(let string): write(string)
      case .object(let object): write(object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }) { write($0) }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
