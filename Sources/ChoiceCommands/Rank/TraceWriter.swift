import Foundation
import SocialChoice

/// Writes a trace as JSON with sorted keys, a part at a time. The table of five thousand options has twenty-five million numbers: an encoder
/// that keeps each as a value of its own held 1.4 GB.
struct TraceWriter {
  /// Bytes that are gathered before they are written.
  private static let most = 1 << 16

  private let numbers: [Int]
  private let write: ([UInt8]) throws -> Void
  private var bytes: [UInt8] = []
  private var depth = 0

  /// - Parameters:
  ///   - numbers: the file's number of each candidate.
  ///   - write: takes the parts in order; their bytes together are the JSON.
  static func write(_ value: TraceValue, numbers: [Int], to write: @escaping ([UInt8]) throws -> Void) throws {
    var writer = TraceWriter(numbers: numbers, write: write)
    try writer.put(value)
    try write(writer.bytes)
  }

  private init(numbers: [Int], write: @escaping ([UInt8]) throws -> Void) {
    self.numbers = numbers
    self.write = write
  }

  private mutating func put(_ value: TraceValue) throws {
    switch value {
    case .number(let number): put("\(number)")
    case .rational(let rational): try put(rational)
    case .text(let text): put(quoted: text)
    case .bool(let bool): put(bool ? "true" : "false")
    case .null: put("null")
    case .candidate(let place): put("\(numbers[place])")
    case .candidates(let places): try list(places.count) { writer, index in writer.put("\(writer.numbers[places[index]])") }
    case .list(let values): try list(values.count) { writer, index in try writer.put(values[index]) }
    case .rows(let count, let row):
      try list(count) { writer, number in
        let row = row(number)
        try writer.list(row.count) { writer, index in writer.put("\(row[index])") }
      }
    case .object(let values): try object(values.map { ($0.key, $0.value) })
    case .byCandidate(let values): try object(zip(numbers, values).map { (String($0), $1) })
    }
  }

  private mutating func list(_ count: Int, _ element: (inout TraceWriter, Int) throws -> Void) throws {
    try enclosed("[", "]", count) { writer, index in try element(&writer, index) }
  }

  private mutating func object(_ members: [(key: String, value: TraceValue)]) throws {
    let members = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    try enclosed("{", "}", members.count) { writer, index in
      writer.put(quoted: members[index].key)
      writer.put(" : ")
      try writer.put(members[index].value)
    }
  }

  private mutating func enclosed(
    _ open: StaticString, _ close: StaticString, _ count: Int, _ element: (inout TraceWriter, Int) throws -> Void
  ) throws {
    put("\(open)\n")
    depth += 1
    for index in 0..<count {
      if index > 0 { put(",\n") }
      indent()
      try element(&self, index)
      if bytes.count >= Self.most {
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    depth -= 1
    put("\n")
    indent()
    put("\(close)")
  }

  private mutating func put(_ rational: Rational) throws {
    if rational.denominator == 1, let whole = Int(exactly: rational.numerator) { return put("\(whole)") }
    // Exact with a point only if the double is the fraction, and short enough to be read back as the same.
    let double = rational.approximate
    if Rational(exactly: double) == rational { put("\(double)") } else { put(quoted: rational.description) }
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }
  private mutating func indent() { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth)) }

  /// In quotes, with what JSON must escape escaped (RFC 8259, 7).
  private mutating func put(quoted text: String) {
    put("\"")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case 0x08: put("\\b")
      case 0x09: put("\\t")
      case 0x0A: put("\\n")
      case 0x0C: put("\\f")
      case 0x0D: put("\\r")
      case 0..<0x20: put("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    put("\"")
  }
}
