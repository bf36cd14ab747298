@testable import SocialChoice

/// Exact fractions of 128 bits for second counts of small cases: plain, and other than the `Rational` that the rules use. Overflow ends the test.
struct Fraction: Hashable, Comparable, CustomStringConvertible {
  let above: Int128
  /// Above zero.
  let below: Int128

  init(_ above: Int128, _ below: Int128 = 1) {
    var (a, b) = (above.magnitude, below.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let sign: Int128 = below < 0 ? -1 : 1
    (self.above, self.below) = (sign * above / Int128(a), sign * below / Int128(a))
  }

  init(_ above: Int, _ below: Int = 1) { self.init(Int128(above), Int128(below)) }

  static let zero = Fraction(0)

  var rational: Rational { Rational(Int(above), Int(below)) }

  var description: String { "\(above)/\(below)" }

  static func + (a: Fraction, b: Fraction) -> Fraction { Fraction(a.above * b.below + b.above * a.below, a.below * b.below) }
  static func - (a: Fraction, b: Fraction) -> Fraction { Fraction(a.above * b.below - b.above * a.below, a.below * b.below) }
  static func * (a: Fraction, b: Fraction) -> Fraction { Fraction(a.above * b.above, a.below * b.below) }
  static func / (a: Fraction, b: Fraction) -> Fraction { Fraction(a.above * b.below, a.below * b.above) }
  static prefix func - (a: Fraction) -> Fraction { Fraction(-a.above, a.below) }
  static func += (a: inout Fraction, b: Fraction) { a = a + b }
  static func < (a: Fraction, b: Fraction) -> Bool { a.above * b.below < b.above * a.below }
}
