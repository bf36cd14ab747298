import Encodings

/// What a cell of either database can hold. Booleans are integers (0, 1), instants are integers (milliseconds), JSON is text.
package enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// What can be handed to a statement as an argument.
///
/// An enumeration with raw values needs no code: `enum State: String, ValueConvertible { case draft, open }`.
/// A nil must carry a type (`nil as Int64?`, or `Value.null`).
package protocol ValueConvertible {
  var databaseValue: Value { get }
}

extension Value: ValueConvertible {
  package var databaseValue: Value { self }
}

extension Int: ValueConvertible {
  package var databaseValue: Value { .integer(Int64(self)) }
}

extension Int64: ValueConvertible {
  package var databaseValue: Value { .integer(self) }
}

extension Bool: ValueConvertible {
  package var databaseValue: Value { .integer(self ? 1 : 0) }
}

extension Double: ValueConvertible {
  package var databaseValue: Value { .real(self) }
}

extension String: ValueConvertible {
  package var databaseValue: Value { .text(self) }
}

extension Array: ValueConvertible where Element == UInt8 {
  package var databaseValue: Value { .blob(self) }
}

extension Instant: ValueConvertible {
  package var databaseValue: Value { .integer(milliseconds) }
}

extension ID: ValueConvertible {
  package var databaseValue: Value { .integer(number) }
}

extension Optional: ValueConvertible where Wrapped: ValueConvertible {
  package var databaseValue: Value { self?.databaseValue ?? .null }
}

extension ValueConvertible where Self: RawRepresentable, RawValue: ValueConvertible {
  package var databaseValue: Value { rawValue.databaseValue }
}

/// Several numbers in one argument, for `IN numbers($1)`; an empty list matches no row.
///
///     try db.all("SELECT id, name FROM people WHERE id IN numbers($1)", Numbers(authors), map: Person.init)
package struct Numbers: ValueConvertible, Sendable {
  private let numbers: [Int64]

  package init(_ numbers: [Int64]) { self.numbers = numbers }

  package init<Of>(_ ids: some Sequence<ID<Of>>) { numbers = ids.map(\.number) }

  package var databaseValue: Value {
    .text("[" + numbers.map { String($0) }.joined(separator: ",") + "]")
  }
}

/// Several texts in one argument, for `IN texts($1)`; an empty list matches no row.
package struct Texts: ValueConvertible, Sendable {
  private let texts: [String]

  package init(_ texts: [String]) { self.texts = texts }

  package var databaseValue: Value {
    // A NUL is left raw here so that the border refuses it; escaped as JSON it would slip past.
    .text("[" + texts.map(JSONText.quoted).joined(separator: ",") + "]")
  }
}

/// Writing a text as a JSON string (RFC 8259, section 7).
enum JSONText {
  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    bytes.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 1..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        Hexadecimal.append(byte, to: &bytes)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }
}
