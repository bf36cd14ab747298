/// The number of a row, bound to what it numbers, so that a person's number is never taken for a proposal's.
///
///     let author: ID<Person> = row.id(1)
package struct ID<Of>: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  package let number: Int64

  package init(_ number: Int64) { self.number = number }

  /// Reads decimal digits, as they stand in an address: 1 to 19 ASCII digits, no sign, no space, within `Int64`; otherwise nil.
  package init?(parsing text: some StringProtocol) {
    guard (1...19).contains(text.utf8.count) else { return nil }
    var number: Int64 = 0
    for byte in text.utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if overflow || carry { return nil }
      number = sum
    }
    self.number = number
  }

  package init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  package static func < (left: ID, right: ID) -> Bool { left.number < right.number }

  /// The bare number, as it stands in addresses.
  package var description: String { String(number) }
}
