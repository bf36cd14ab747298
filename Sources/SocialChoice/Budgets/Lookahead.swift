/// How far the share of each person can grow before equal shares may decide anything otherwise.
///
/// While the same supporters are poor, every purse and every price is a straight line in the share: purses grow, prices fall. A price lies above the
/// line of any partition of its supporters into poor and rich, also later, when they have less money. So the count stays as it is until
/// - a poor supporter of a bought project is no longer poor,
/// - the line of another project comes down to the price of the one bought before it, or
/// - the supporters of a project put out have its cost together.
///
/// The nearest of these is taken. All of it is in doubles, rounded so that what is foreseen is never too much: prices are bounds, and slopes come with a bound
/// of their error. Where a decision was so close that fractions made it, nothing is foreseen.
struct Lookahead: Sendable {
  /// In smallest units of money for each person.
  private(set) var growth = Double.infinity
  private var prices: [Double] = []
  private var slopes: [Double] = []
  /// No slope is farther from the truth than this part of it.
  private var error = 0.0

  init() {}

  /// - Parameter prices: of each project for one unit of satisfaction if nobody is poor: lines that do not fall.
  init(_ prices: [Double]) {
    self.prices = prices
    slopes = [Double](repeating: 0, count: prices.count)
  }

  /// - Parameter distance: correct but for two last roundings.
  mutating func limit(_ distance: Double) { growth = min(growth, max(0, distance * (1 - 2 * Rounding.unit))) }

  /// The line of a project: a lower bound of its price now, by how much it falls for each unit of the share, and how far that is from the truth, as a part
  /// of it.
  mutating func note(_ project: Int, price: Double, slope: Double, error: Double) {
    prices[project] = price
    slopes[project] = slope
    self.error = max(self.error, error)
  }

  /// `chosen` is bought for at most `price`; all others of `open` must stay above.
  mutating func compare(_ chosen: Int, at price: Double, with open: [Int]) {
    // Two slopes that are nearly the same leave nothing but their errors: the others at their steepest, this one at its flattest. The last units are for the
    // roundings here.
    let (steepest, flattest) = (1 + error + 4 * Rounding.unit, 1 - error - 4 * Rounding.unit)
    for project in open where project != chosen {
      let approach = slopes[project] * steepest - slopes[chosen] * flattest
      if approach > 0 { limit((prices[project] - price) / approach * (1 - 2 * Rounding.unit)) }
    }
  }

  /// How many whole steps are sure to change nothing; at most 2^40.
  func steps(of step: Int) -> Int { Int(min(growth / Double(step) * (1 - 4 * Rounding.unit), 0x1p40)) }
}
