/// How far the share of each person can grow before equal shares may decide anything otherwise.
///
/// While the same supporters are poor, every purse and every price is a straight line in the share: purses grow, prices fall. A price lies above the
/// line of any partition of its supporters into poor and rich, also later, when they have less money. So the count stays as it is until
/// - a poor supporter of a bought project is no longer poor,
/// - the line of another project comes down to the price of the one bought before it, or
/// - the supporters of a project put out have its cost together.
///
/// The nearest of these is taken, a thousandth less for the rounding of the slopes; where a decision was so close that fractions made it, nothing is
/// foreseen.
struct Lookahead: Sendable {
  /// In smallest units of money for each person.
  private(set) var growth = Double.infinity
  private var prices: [Double] = []
  private var slopes: [Double] = []

  init() {}

  /// - Parameter prices: of each project for one unit of satisfaction if nobody is poor: lines that do not fall.
  init(_ prices: [Double]) {
    self.prices = prices
    slopes = [Double](repeating: 0, count: prices.count)
  }

  mutating func limit(_ distance: Double) { growth = min(growth, max(0, distance)) }

  /// The line of a project: a lower bound of its price now, and by how much it falls at most for each unit of the share.
  mutating func note(_ project: Int, price: Double, slope: Double) {
    prices[project] = price
    slopes[project] = slope
  }

  /// `chosen` is bought for at most `price`; all others of `open` must stay above.
  mutating func compare(_ chosen: Int, at price: Double, with open: [Int]) {
    for project in open where project != chosen {
      // Widened, since two slopes that are nearly the same leave nothing but their rounding.
      let approach = slopes[project] * (1 + 1e-9) - slopes[chosen] * (1 - 1e-9)
      if approach > 0 { limit((prices[project] - price) / approach) }
    }
  }

  /// How many whole steps are sure to change nothing; at most 2^40.
  func steps(of step: Int) -> Int {
    let steps = growth * 0.999 / Double(step) - 1
    return steps < 1 ? 0 : Int(min(steps, 0x1p40))
  }
}
