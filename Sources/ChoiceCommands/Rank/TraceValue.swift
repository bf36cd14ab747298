import Foundation
package import SocialChoice

/// What a rule tells about its count, ready for JSON. Candidates are places in the input until they are written: then they become the file's numbers.
package indirect enum TraceValue: Sendable {
  case number(Int)
  /// A number if it can be written exactly with a point, else text such as `7/3`.
  case rational(Rational)
  case text(String)
  case bool(Bool)
  case null
  case candidate(Int)
  case candidates([Int])
  case list([TraceValue])
  case object([String: TraceValue])
  /// One value a candidate, in the order of the input: an object whose keys are the candidates' numbers.
  case byCandidate([TraceValue])

  /// As `JSONSerialization` takes it.
  ///
  /// - Parameter numbers: the file's number of each candidate.
  package func json(_ numbers: [Int]) -> Any {
    switch self {
    case .number(let number): number
    case .rational(let rational): TraceValue.json(rational)
    case .text(let text): text
    case .bool(let bool): bool
    case .null: NSNull()
    case .candidate(let place): numbers[place]
    case .candidates(let places): places.map { numbers[$0] }
    case .list(let values): values.map { $0.json(numbers) }
    case .object(let values): values.mapValues { $0.json(numbers) }
    case .byCandidate(let values):
      Dictionary(uniqueKeysWithValues: zip(numbers, values).map { (String($0), $1.json(numbers)) })
    }
  }

  private static func json(_ rational: Rational) -> Any {
    if rational.denominator == 1, let whole = Int(exactly: rational.numerator) { return whole }
    // Exact with a point only if the double is the fraction, and short enough to be read back as the same.
    let double = rational.approximate
    return Rational(exactly: double) == rational ? double : rational.description
  }
}
