package import BigInt

/// An exact fraction, always in lowest terms with a positive denominator.
///
/// Counting decides by these, or by integers: a double may only sort out what a proven error bound lets it sort out. Each operation costs one greatest
/// common divisor, so keep them out of inner loops: filter with doubles first, and ask here when the filter cannot tell.
///
/// ```swift
/// Rational(1, 3) + Rational(1, 6) == Rational(1, 2)   // true
/// ```
package struct Rational: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// In lowest terms; below zero where the fraction is.
  package let numerator: BigInt
  /// Above zero.
  package let denominator: BigInt

  /// - Precondition: `denominator` is not zero; callers divide only by what they have compared with zero.
  package init(_ numerator: BigInt, _ denominator: BigInt) {
    precondition(!denominator.isZero, "a fraction over zero")
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator.sign == .minus ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// - Precondition: the denominator is not zero.
  package init(_ numerator: Int, _ denominator: Int) { self.init(BigInt(numerator), BigInt(denominator)) }

  package init(_ whole: Int) { self.init(lowest: BigInt(whole), 1) }

  package init(_ whole: BigInt) { self.init(lowest: whole, 1) }

  /// The exact value of a double; nil for infinities and what is no number.
  package init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    if value.isZero {
      self = .zero
      return
    }
    // significand · 2^exponent, the significand as an integer of at most 53 bits.
    let shift = Int(value.exponent) - Double.significandBitCount
    let whole = BigInt(value.significandBitPattern | (1 << Double.significandBitCount))
    guard value.isNormal else {
      let fraction = Rational(BigInt(value.significandBitPattern), BigInt(1) << 1_074)
      self = value.sign == .minus ? -fraction : fraction
      return
    }
    let magnitude = shift >= 0 ? Rational(whole << shift) : Rational(whole, BigInt(1) << -shift)
    self = value.sign == .minus ? -magnitude : magnitude
  }

  private init(lowest numerator: BigInt, _ denominator: BigInt) {
    self.numerator = numerator
    self.denominator = denominator
  }

  package static let zero = Rational(0)
  package static let one = Rational(1)

  package var isZero: Bool { numerator.isZero }
  package var isNegative: Bool { numerator.sign == .minus && !numerator.isZero }

  /// The nearest double, for showing; never for deciding.
  package var approximate: Double {
    let bits = max(numerator.magnitude.bitWidth, denominator.magnitude.bitWidth) - 1_000
    return bits > 0 ? Double(numerator >> bits) / Double(denominator >> bits) : Double(numerator) / Double(denominator)
  }

  /// The largest whole number that is not above it.
  package var floor: BigInt {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return rest.sign == .minus && !rest.isZero ? quotient - 1 : quotient
  }

  /// `3`, or `7/3` in lowest terms.
  package var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  package static func + (a: Rational, b: Rational) -> Rational {
    Rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  package static func - (a: Rational, b: Rational) -> Rational {
    Rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
  }

  package static func * (a: Rational, b: Rational) -> Rational { Rational(a.numerator * b.numerator, a.denominator * b.denominator) }

  /// - Precondition: `b` is not zero.
  package static func / (a: Rational, b: Rational) -> Rational { Rational(a.numerator * b.denominator, a.denominator * b.numerator) }

  package static prefix func - (a: Rational) -> Rational { Rational(lowest: -a.numerator, a.denominator) }

  package static func += (a: inout Rational, b: Rational) { a = a + b }

  package static func -= (a: inout Rational, b: Rational) { a = a - b }

  package static func < (a: Rational, b: Rational) -> Bool { a.numerator * b.denominator < b.numerator * a.denominator }
}
