internal import BigInt

/// The points 1, 1/2, 1/3 … as whole numbers over one denominator, the least common multiple of 1…`seats`.
struct HarmonicScale: Sendable {
  let unit: BigInt
  /// `share[j]` is `unit / j`; `share[0]` is not used.
  let share: [BigInt]

  init(seats: Int) {
    var unit: BigInt = 1
    for number in 1...max(seats, 1) { unit = unit / unit.greatestCommonDivisor(with: BigInt(number)) * BigInt(number) }
    self.unit = unit
    self.share = [0] + (1...max(seats, 1)).map { unit / BigInt($0) }
  }

  func points(_ units: BigInt) -> Rational { Rational(units, unit) }
}
