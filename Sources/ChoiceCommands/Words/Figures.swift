import Foundation
import SocialChoice

/// Numbers for people.
enum Figures {
  /// Whole, or with two places after the point.
  ///
  /// - Parameter up: rounded up instead, for what nothing exceeds.
  static func words(_ value: Rational, up: Bool = false) -> String {
    if value.denominator == 1 { return value.description }
    return decimal(value, 2, up: up)
  }

  /// A figure with what it counts: `1 vote`, `2 votes`, `10.07 points`.
  ///
  /// - Parameter plural: ends in s, or has a plural that is not changed.
  static func counted(_ value: Rational, _ text: String, _ plural: String) -> String {
    value == .one && plural.hasSuffix("s") && !plural.contains(" less ") ? "\(text) \(plural.dropLast())" : "\(text) \(plural)"
  }

  /// Rounded to the nearest; halves go away from zero.
  ///
  /// - Parameter up: away from zero in any case.
  static func decimal(_ value: Rational, _ places: Int, up: Bool = false) -> String {
    let size = value.isNegative ? -value : value
    let unit = (0..<places).reduce(Rational.one) { unit, _ in unit * Rational(10) }
    let scaled = size * unit
    let nearest = Rational((scaled + Rational(1, 2)).floor)
    let units = up && nearest < scaled ? nearest + .one : nearest
    let whole = (units / unit).floor
    let rest = "\((units - Rational(whole) * unit).numerator)"
    return "\(value.isNegative ? "-" : "")\(whole)." + String(repeating: "0", count: max(0, places - rest.utf8.count)) + rest
  }

  /// A whole number of units with as many places as the unit has.
  static func scaled(_ votes: Int, unit: Int) -> String {
    guard unit > 1 else { return "\(votes)" }
    let places = String(unit).utf8.count - 1
    let rest = String(abs(votes % unit))
    return "\(votes < 0 ? "-" : "")\(abs(votes / unit)).\(String(repeating: "0", count: places - rest.utf8.count))\(rest)"
  }

  /// A whole number of units, exactly; with two places or more where it is not whole.
  static func decimal(_ number: Int128, unit: Int) -> String {
    let (whole, rest) = number.quotientAndRemainder(dividingBy: Int128(unit))
    guard rest != 0 else { return "\(whole)" }
    let digits = "\(rest.magnitude)"
    return "\(whole == 0 && number < 0 ? "-" : "")\(whole)." + String(repeating: "0", count: String(unit).utf8.count - 1 - digits.utf8.count) + digits
  }

  /// Beside a bar: whole, or with two places.
  static func bar(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : String(format: "%.2f", value)
  }
}
