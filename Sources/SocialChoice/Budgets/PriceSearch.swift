/// The equal purses among a project's supporters who give it the same value.
struct Holding {
  let purse: Int32
  /// Base value of the project to each of them, above zero.
  let value: Int
  var people: Int
  let money: Double
  /// `money` is at most this far from the truth.
  let error: Double
  /// Of the money, with the share: see ``Purses/growth``.
  let growth: Double

  /// Surely cannot pay `price`, which is not above the true one.
  func isSurelyPoor(at price: Double) -> Bool { (money + error) * (1 + 4 * Rounding.unit) < price * Double(value) }

  /// Surely has more than `price` asks, which is not below the true one.
  func isSurelyRich(at price: Double) -> Bool { (money - error) * (1 - 4 * Rounding.unit) > price * Double(value) }
}

/// Between what bounds the price of a project lies under equal shares: the one r where all its supporters, paying r per unit of value or all they
/// have, pay its cost together.
///
/// The sum of min(money, r · value) is concave in r and grows, so r is the largest of (cost − poor) / value of the rich over all ways to call some of
/// the supporters poor. From "nobody is poor" the search calls poor whoever cannot pay the present price, which only raises it, until all others can.
struct PriceRange {
  let low: Double
  /// Infinite where doubles cannot tell whether the supporters can pay.
  let high: Double
  /// The supporters surely cannot pay.
  let isUnaffordable: Bool
  /// How much the price falls when the share grows by one, as long as no poor supporter gets rich: the growth of the poor over the value of the rich. Of an
  /// unaffordable project: by how much the share must grow until it may be affordable. Its error is that of ``Rounding/rateError(_:)`` and of the purses.
  let slope: Double

  /// - Parameter holdings: without empty purses.
  ///
  /// **Bound.** Let e be the sum of people · error. Replacing the true amounts by the doubles changes the sum of payments by at most e at any r. Sums
  /// of k products, their comparison with r · value and one difference err by at most (k + 8) · 2⁻⁵² · (cost + all money). With `slack` the sum of
  /// both: each partition's (cost − slack − poor) / rich is at most the true price, and where in doubles the payments at r reach cost + slack, the
  /// true price is at most r. Each quotient is widened by (k + 4) · 2⁻⁵² of itself for the rounding of `rich` and of the division.
  init(cost: Int, holdings: [Holding]) {
    var all = 0.0
    var errors = 0.0
    var (rich, growth) = (0.0, 0.0)
    for holding in holdings {
      let people = Double(holding.people)
      all += people * holding.money
      errors += people * holding.error
      rich += people * Double(holding.value)
      growth += people * holding.growth
    }
    let target = Double(cost)
    let count = Double(holdings.count)
    let slack = (errors + (count + 8) * Rounding.unit * (target + all)) * (1 + (count + 8) * Rounding.unit)
    guard !holdings.isEmpty, all + slack >= target else {
      (low, high, isUnaffordable) = (.infinity, .infinity, true)
      slope = growth > 0 ? (target - all - slack) / growth : .infinity
      return
    }
    let widening = (count + 4) * Rounding.unit
    let lowest = (target - slack) / rich
    var search = PartitionSearch(holdings: holdings, rich: rich)
    let below = search.settle(target - slack)
    slope = search.slope
    low = max(0, (below.isFinite ? below : lowest) * (1 - widening))
    high = search.settle(target + slack) * (1 + widening)
    isUnaffordable = false
  }
}

/// Who is poor at a price that only rises.
private struct PartitionSearch {
  private let holdings: [Holding]
  /// Value · people of those not yet poor.
  private var rich: Double
  private var poorMoney = 0.0
  private var poorGrowth = 0.0
  /// Nil: all of them.
  private var remaining: [Int]?

  var slope: Double { poorGrowth / rich }

  init(holdings: [Holding], rich: Double) {
    self.holdings = holdings
    self.rich = rich
  }

  /// The price at which the payments reach `target`, infinite when all are poor.
  mutating func settle(_ target: Double) -> Double {
    while true {
      let price = (target - poorMoney) / rich
      guard let left = remaining else {
        // The usual case, everyone can pay, needs no list.
        if !holdings.contains(where: { $0.money < price * Double($0.value) }) { return price }
        remaining = Array(holdings.indices)
        continue
      }
      var still: [Int] = []
      still.reserveCapacity(left.count)
      var stillRich = 0.0
      for index in left {
        let holding = holdings[index]
        if holding.money < price * Double(holding.value) {
          poorMoney += Double(holding.people) * holding.money
          poorGrowth += Double(holding.people) * holding.growth
        } else {
          stillRich += Double(holding.people) * Double(holding.value)
          still.append(index)
        }
      }
      if still.count == left.count { return price }
      remaining = still
      rich = stillRich
      if still.isEmpty { return .infinity }
    }
  }
}
