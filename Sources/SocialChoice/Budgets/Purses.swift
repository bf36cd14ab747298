internal import BigInt

/// The voters' money under equal shares. Voters who paid the same amounts for the same projects own equal purses, so purses are kept, not voters:
/// each purse says from which purse it came, by which payment.
///
/// Its money is a double with a bound of its error, which decides nearly everything; where it cannot, the chain of payments gives the exact fraction.
/// A payment is `paid` units of base value at the price of its purchase; a purse emptied is purse 0, exactly nothing.
struct Purses: Sendable {
  static let empty: Int32 = 0
  static let full: Int32 = 1

  /// Of one person, before anything is bought.
  private(set) var share: Rational
  private(set) var parents: [Int32] = []
  private(set) var purchases: [Int32] = []
  private(set) var paid: [Int] = []
  private(set) var money: [Double] = []
  private(set) var error: [Double] = []
  /// How much each grows when the share grows by one, while everyone stays as poor or rich as they are. Never below 1, or 0 for the empty one.
  private(set) var growth: [Double] = []
  /// Each growth is at most this part of the truth away from it. Growths are sums, products and quotients of numbers that are never negative: parts add up.
  private(set) var growthError = 0.0

  /// For each purchase the linear form of its price: (cost − poor purses) / value of the rich.
  private(set) var prices: [Price] = []

  struct Price: Sendable {
    let cost: Int
    /// Purses that gave all they had, and how many people own them.
    let poor: [(purse: Int32, people: Int)]
    /// The sum of value · people of those who pay in full.
    let richValue: Int
    let low: Double
    let high: Double
  }

  init(share: Rational) {
    self.share = share
    reset(share: share)
  }

  /// Back to the beginning with another share, keeping the memory.
  mutating func reset(share: Rational) {
    self.share = share
    parents.removeAll(keepingCapacity: true)
    purchases.removeAll(keepingCapacity: true)
    paid.removeAll(keepingCapacity: true)
    money.removeAll(keepingCapacity: true)
    error.removeAll(keepingCapacity: true)
    growth.removeAll(keepingCapacity: true)
    growthError = 0
    prices.removeAll(keepingCapacity: true)
    add(parent: -1, paid: 0, money: 0, error: 0, growth: 0)
    let shown = share.approximate
    // `approximate` is within a few units in the last place.
    add(parent: -1, paid: 0, money: shown, error: shown * Rounding.unit * 4, growth: 1)
  }

  /// - Parameter holdings: how many were asked for it.
  mutating func add(price: Price, holdings: Int) {
    prices.append(price)
    growthError += Rounding.rateError(holdings)
  }

  /// A new purse: what is left of `parent` after the payment of the newest purchase.
  @discardableResult mutating func add(parent: Int32, paid value: Int, money left: Double, error bound: Double, growth slope: Double) -> Int32 {
    parents.append(parent)
    purchases.append(Int32(prices.count - 1))
    paid.append(value)
    money.append(left)
    error.append(bound)
    growth.append(slope)
    return Int32(parents.count - 1)
  }

  var count: Int { parents.count }
}

/// How doubles err.
enum Rounding {
  /// Twice the unit roundoff: each operation's relative error is at most half of it, so sums of bounds may themselves be rounded.
  static let unit = 0x1p-52

  /// By what part of itself, at most, the rate at which a price falls is off for its own roundings, and the growth of a purse that pays it: k products and
  /// their sum over k others, a quotient, one more product and sum are fewer than 2 · k + 12 roundings of half a unit. This is twice as much, so that these
  /// bounds may be added instead of multiplied and rounded themselves, as long as their sum stays below one.
  static func rateError(_ holdings: Int) -> Double { Double(2 * holdings + 12) * unit }
}

/// Exact prices and purses, worked out only when asked for and kept for the run.
struct ExactPurses {
  private var prices: [Rational] = []

  mutating func forget() { prices.removeAll(keepingCapacity: true) }

  /// What one person's purse holds.
  mutating func money(_ purse: Int32, _ purses: Purses) -> Rational {
    total([(purse, 1)], purses)
  }

  /// What the purses hold together: people · share, minus for each purchase the value paid at its price.
  ///
  /// The integers cannot overflow: a sum of value · people over different people is within the bounds of ``BudgetElection``.
  mutating func total(_ owners: [(purse: Int32, people: Int)], _ purses: Purses) -> Rational {
    var people = 0
    var paid = [Int](repeating: 0, count: purses.prices.count)
    for owner in owners where owner.purse != Purses.empty {
      people += owner.people
      var purse = Int(owner.purse)
      while purse != Int(Purses.full) {
        paid[Int(purses.purchases[purse])] += purses.paid[purse] * owner.people
        purse = Int(purses.parents[purse])
      }
    }
    var sum = Rational(people) * purses.share
    for (purchase, value) in paid.enumerated() where value != 0 { sum -= Rational(value) * price(purchase, purses) }
    return sum
  }

  /// What one unit of base value cost each who paid in full.
  mutating func price(_ purchase: Int, _ purses: Purses) -> Rational {
    // A price stands on earlier ones only, so filling them in order needs no recursion.
    while prices.count <= purchase {
      let form = purses.prices[prices.count]
      let given = form.poor.isEmpty ? Rational.zero : total(form.poor, purses)
      prices.append((Rational(form.cost) - given) / Rational(form.richValue))
    }
    return prices[purchase]
  }
}
