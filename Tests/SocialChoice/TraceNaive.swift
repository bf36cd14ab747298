import Foundation
import SocialChoice

@testable import ChoiceCommands

/// A trace with the file's number of each candidate, for Foundation's encoder: the second way to write it.
struct NumberedTrace: Encodable {
  let value: TraceValue
  let numbers: [Int]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    switch value {
    case .list(let values):
      var list = encoder.unkeyedContainer()
      for value in values { try list.encode(with(value)) }
    case .rows(let count, let row):
      var list = encoder.unkeyedContainer()
      for number in 0..<count { try list.encode(row(number)) }
    case .object(let values):
      var object = encoder.container(keyedBy: Key.self)
      for (key, value) in values { try object.encode(with(value), forKey: Key(stringValue: key)) }
    case .byCandidate(let values):
      var object = encoder.container(keyedBy: Key.self)
      for (number, value) in zip(numbers, values) { try object.encode(with(value), forKey: Key(stringValue: String(number))) }
    default:
      var single = encoder.singleValueContainer()
      try encode(in: &single)
    }
  }

  private func with(_ value: TraceValue) -> NumberedTrace { NumberedTrace(value: value, numbers: numbers) }

  private func encode(in container: inout any SingleValueEncodingContainer) throws {
    switch value {
    case .number(let number): try container.encode(number)
    case .rational(let rational): try encode(rational, in: &container)
    case .text(let text): try container.encode(text)
    case .bool(let bool): try container.encode(bool)
    case .candidate(let place): try container.encode(numbers[place])
    case .candidates(let places): try container.encode(places.map { numbers[$0] })
    case .null, .list, .rows, .object, .byCandidate: try container.encodeNil()
    }
  }

  private func encode(_ rational: Rational, in container: inout any SingleValueEncodingContainer) throws {
    if rational.denominator == 1, let whole = Int(exactly: rational.numerator) { return try container.encode(whole) }
    // Exact with a point only if the double is the fraction, and short enough to be read back as the same.
    let double = rational.approximate
    if Rational(exactly: double) == rational { try container.encode(double) } else { try container.encode(rational.description) }
  }
}
