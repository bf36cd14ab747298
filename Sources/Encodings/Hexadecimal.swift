/// Bytes as hexadecimal digits, two a byte.
///
/// ```swift
/// Hexadecimal.text([0, 171])   // "00ab"
/// ```
package enum Hexadecimal {
  /// The digits of all bytes, in small letters.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.underestimatedCount)
    for byte in bytes { append(byte, to: &digits) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Appends the two digits of one byte, as ASCII; in capitals where a format wants them.
  package static func append(_ byte: UInt8, to text: inout [UInt8], capitals: Bool = false) {
    text.append(digit(byte >> 4, capitals))
    text.append(digit(byte & 15, capitals))
  }

  private static func digit(_ value: UInt8, _ capitals: Bool) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : (capitals ? UInt8(ascii: "A") : UInt8(ascii: "a")) + (value - 10)
  }
}
