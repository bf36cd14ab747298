/// The number of a row, bound to what it numbers, so that a person's number is never taken for a proposal's.
///
///     let author: ID<Person> = row.id(1)
package struct ID<Of>: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// As the database gave it.
  package let number: Int64

  package init(_ number: Int64) { self.number = number }

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
