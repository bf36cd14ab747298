/// The Method of Equal Shares (Peters, Pierczyński, Skowron, *Proportional Participatory Budgeting with Additive Utilities*, NeurIPS 2021).
///
/// Everyone gets an equal share of the budget. Again and again the project is bought whose supporters pay least per unit of satisfaction, each the
/// same price per unit or all they have. It ends when no project's supporters have its cost together. See `docs/algorithms/equal-shares.md`.
///
/// A round asks few projects for their price: money only shrinks, so an old price is a lower bound of the new one, and projects are asked from the
/// lowest bound up until the bounds are above the best price. Prices are intervals of doubles (``PriceRange``); where intervals overlap, exact
/// fractions decide (``ExactPurses``).
struct EqualShares {
  let election: BudgetElection
  let support: Support
  let places: [Int]
  /// With support and a cost above zero.
  let buyable: [Int]

  private var owners: [Int32]
  private var purses: Purses
  private var exact = ExactPurses()
  private var gathering: Gathering
  private let startingBounds: [Double]
  /// While the share grows by less than this, the same projects are bought in the same order: see ``Lookahead``.
  private(set) var lookahead = Lookahead()

  init(_ election: BudgetElection, _ satisfaction: Satisfaction, places: [Int]) throws(BudgetFault) {
    let support = try Support(election, satisfaction)
    self.election = election
    self.support = support
    self.places = places
    buyable = election.projects.indices.filter { support.sums[$0] > 0 && election.projects[$0].cost > 0 }
    owners = []
    purses = Purses(share: .zero)
    gathering = Gathering(support: support, weights: election.ballots.weights)
    startingBounds = election.projects.indices.map { project in
      let worth = Double(support.sums[project]) * Double(support.factors[project])
      return worth > 0 ? Double(election.projects[project].cost) / worth * (1 - 4 * Rounding.unit) : .infinity
    }
  }

  /// Mandatory projects, then those that cost nothing and have a value for someone.
  var beginning: BudgetProgress {
    var progress = BudgetProgress(election)
    let free = election.projects.indices.filter { election.projects[$0].cost == 0 && support.sums[$0] > 0 && support.factors[$0] > 0 }
    for project in free.sorted(by: { places[$0] < places[$1] }) where progress.isOpen(project) {
      // All are taken; only of those that exclude each other the tie-break takes one.
      let rivals = election.rivals[project].filter { free.contains($0) && progress.isOpen($0) }
      progress.take(project, .free, among: [project] + rivals)
    }
    return progress
  }

  /// What each person has: the budget without the mandatory projects, in equal parts; nil where nobody voted.
  var share: Rational? { election.people == 0 ? nil : Rational(election.budget - election.mandatoryCost, election.people) }

  /// Counts with the given share for each person.
  ///
  /// - Returns: nil as soon as the purchases cost more than the budget, which needs a share above ``share``.
  mutating func count(share: Rational) -> BudgetProgress? {
    owners = [Int32](repeating: Purses.full, count: election.ballots.count)
    purses.reset(share: share)
    exact.forget()
    lookahead = Lookahead(startingBounds)
    var progress = beginning
    var bounds = startingBounds
    var open = buyable.filter { progress.isOpen($0) }
    open.sort { bounds[$0] < bounds[$1] }
    while let best = cheapest(&open, &bounds) {
      buy(best, &progress)
      if progress.left < 0 { return nil }
      open.removeAll { $0 == best.project || (!election.conflicts.isEmpty && progress.rival(of: $0) != nil) }
    }
    return progress
  }

  /// For those left out in the last count: what their supporters had together when they were asked last, rounded down.
  mutating func losses(_ progress: BudgetProgress) -> [BudgetLoss] {
    var money = [Int](repeating: 0, count: election.projects.count)
    for project in election.projects.indices where !progress.isChosen[project] && support.sums[project] > 0 {
      money[project] = moneyLeft(of: project)
    }
    return progress.losses { support.sums[$0] == 0 || support.factors[$0] == 0 ? .noSupport : .supportersShort(money: money[$0]) }
  }

  /// What a project's supporters have in the end.
  private mutating func moneyLeft(of project: Int) -> Int {
    gathering.gather(project, owners, purses)
    let sure = sureMoney
    if sure >= 0 { return sure }
    let floor = exact.total(gathering.holdings.map { ($0.purse, $0.people) }, purses).floor
    return Int(exactly: floor) ?? .max
  }

  /// What the gathered supporters have together, rounded down; −1 where doubles cannot tell.
  private var sureMoney: Int {
    let holdings = gathering.holdings
    var (all, errors) = (0.0, 0.0)
    for holding in holdings {
      all += Double(holding.people) * holding.money
      errors += Double(holding.people) * holding.error
    }
    errors = 2 * errors + Double(holdings.count + 8) * Rounding.unit * all
    let (low, high) = ((all - errors).rounded(.down), (all + errors).rounded(.down))
    return low == high && low >= 0 && low < 0x1p52 ? Int(low) : -1
  }
}

// MARK: - One round

extension EqualShares {
  private struct Offer {
    let project: Int
    let range: PriceRange
    var price: Rational?
    /// Whether nobody is poor at the price, nor at those of its near rivals.
    var isSteady = false
    /// Those that stand level with it, itself among them.
    var equals: [Int]
  }

  /// Finds the project with the lowest price per unit of satisfaction, and puts out those whose supporters cannot pay.
  private mutating func cheapest(_ open: inout [Int], _ bounds: inout [Double]) -> Offer? {
    // All that seem best may turn out to be unaffordable, exactly: then the others are asked.
    while !open.isEmpty { if let offer = bestOffer(&open, &bounds) { return offer } }
    return nil
  }

  private mutating func bestOffer(_ open: inout [Int], _ bounds: inout [Double]) -> Offer? {
    var best = Double.infinity
    var offers: [(project: Int, range: PriceRange)] = []
    var unaffordable: [Int] = []
    var asked = 0
    for project in open {
      if bounds[project] > best { break }
      asked += 1
      gathering.gather(project, owners, purses)
      let range = PriceRange(cost: election.projects[project].cost, holdings: gathering.holdings)
      let error = purses.growthError + Rounding.rateError(gathering.holdings.count)
      if range.isUnaffordable {
        lookahead.limit(range.slope * (1 - error))
        unaffordable.append(project)
        continue
      }
      let factor = Double(support.factors[project])
      let lowest = range.low / factor * (1 - 4 * Rounding.unit)
      bounds[project] = max(bounds[project], lowest)
      best = min(best, range.high / factor * (1 + 4 * Rounding.unit))
      lookahead.note(project, price: lowest, slope: range.slope / factor, error: error)
      offers.append((project, range))
    }
    if !unaffordable.isEmpty { open.removeAll(where: unaffordable.contains) }
    let contenders = offers.filter { bounds[$0.project] <= best }
    let chosen: Offer?
    if contenders.count == 1, contenders[0].range.high.isFinite {
      chosen = Offer(project: contenders[0].project, range: contenders[0].range, price: nil, equals: [])
      lookahead.compare(contenders[0].project, at: best, with: open)
    } else if contenders.isEmpty {
      chosen = nil
    } else {
      chosen = exactlyCheapest(contenders, &open)
      // A tie among prices that do not move, since nobody is poor, lasts.
      if let chosen, chosen.isSteady { lookahead.compare(chosen.project, at: best, with: open) } else { lookahead.limit(0) }
    }
    sort(&open, bounds, moved: asked)
    return chosen
  }

  private mutating func exactlyCheapest(_ contenders: [(project: Int, range: PriceRange)], _ open: inout [Int]) -> Offer? {
    var best: (key: Rational, offers: [Offer])?
    var isSteady = true
    for (project, range) in contenders {
      guard let (price, hasPoor) = exactPrice(project, range) else {
        open.removeAll { $0 == project }
        isSteady = false
        continue
      }
      isSteady = isSteady && !hasPoor
      let key = price / Rational(support.factors[project])
      let offer = Offer(project: project, range: range, price: price, equals: [])
      if let known = best, key >= known.key {
        if key == known.key { best?.offers.append(offer) }
      } else {
        best = (key, [offer])
      }
    }
    guard let equals = best?.offers, var chosen = equals.min(by: { places[$0.project] < places[$1.project] }) else { return nil }
    chosen.equals = equals.map(\.project)
    chosen.isSteady = isSteady
    return chosen
  }

  /// Only the bounds of the first few have changed, and have grown.
  private func sort(_ open: inout [Int], _ bounds: [Double], moved: Int) {
    for start in stride(from: min(moved, open.count) - 1, through: 0, by: -1) {
      let project = open[start]
      var place = start
      while place + 1 < open.count, bounds[open[place + 1]] < bounds[project] {
        open[place] = open[place + 1]
        place += 1
      }
      open[place] = project
    }
  }

  /// The exact price for one unit of base value; nil if the supporters cannot pay the cost.
  private mutating func exactPrice(_ project: Int, _ range: PriceRange) -> (price: Rational, hasPoor: Bool)? {
    gathering.gather(project, owners, purses)
    var poor = gathering.holdings.filter { $0.isSurelyPoor(at: range.low) }
    var rich = gathering.holdings.filter { !$0.isSurelyPoor(at: range.low) }
    while !rich.isEmpty {
      let given = poor.isEmpty ? Rational.zero : exact.total(poor.map { ($0.purse, $0.people) }, purses)
      let price = (Rational(election.projects[project].cost) - given) / Rational(rich.reduce(0) { $0 + $1.value * $1.people })
      let count = poor.count
      var still: [Holding] = []
      for holding in rich { if isPoor(holding, at: price) { poor.append(holding) } else { still.append(holding) } }
      if poor.count == count { return (price, count > 0) }
      rich = still
    }
    return nil
  }

  private mutating func isPoor(_ holding: Holding, at price: Rational) -> Bool {
    let shown = price.approximate
    if holding.isSurelyRich(at: shown * (1 + 8 * Rounding.unit)) { return false }
    if holding.isSurelyPoor(at: shown * (1 - 8 * Rounding.unit)) { return true }
    return exact.money(holding.purse, purses) < price * Rational(holding.value)
  }

  /// Takes the money of the supporters.
  private mutating func buy(_ offer: Offer, _ progress: inout BudgetProgress) {
    let (project, range) = (offer.project, offer.range)
    var price = offer.price
    gathering.gather(project, owners, purses)
    if price == nil, gathering.holdings.contains(where: { !$0.isSurelyPoor(at: range.low) && !$0.isSurelyRich(at: range.high) }) {
      lookahead.limit(0)
      price = exactPrice(project, range)?.price
    }
    var bounds = (low: range.low, high: range.high)
    if let shown = price?.approximate { bounds = (shown * (1 - 8 * Rounding.unit), shown * (1 + 8 * Rounding.unit)) }
    var (poor, heirs): ([(purse: Int32, people: Int)], [Int32]) = ([], [])
    var (richValue, inFull, emptied) = (0, 0, 0)
    var rest: [Double] = []
    let middle = (bounds.low + bounds.high) / 2
    let growthError = purses.growthError + Rounding.rateError(gathering.holdings.count)
    for holding in gathering.holdings {
      let value = Double(holding.value)
      var left = max(0, holding.money - middle * value)
      var isEmptied = false
      if holding.isSurelyPoor(at: bounds.low) {
        (left, isEmptied) = (-1, true)
      } else if !holding.isSurelyRich(at: bounds.high), let price {
        lookahead.limit(0)
        let asked = price * Rational(holding.value)
        let money = exact.money(holding.purse, purses)
        if money < asked { left = -1 }
        isEmptied = money <= asked
      }
      // The poor stay poor until their money has caught up with what falls to be asked of them.
      if left < 0 {
        let distance = bounds.low * value * (1 - 4 * Rounding.unit) - holding.money - holding.error
        lookahead.limit(distance / (holding.growth + range.slope * value) * (1 - growthError))
        poor.append((holding.purse, holding.people))
      } else {
        richValue += holding.value * holding.people
      }
      if isEmptied { emptied += holding.people } else { inFull += holding.people }
      rest.append(isEmptied ? -1 : left)
    }
    purses.add(
      price: Purses.Price(cost: election.projects[project].cost, poor: poor, richValue: richValue, low: bounds.low, high: bounds.high),
      holdings: gathering.holdings.count)
    let half = (bounds.high - bounds.low) / 2 + Rounding.unit * bounds.high
    for (holding, left) in zip(gathering.holdings, rest) {
      guard left >= 0 else {
        heirs.append(Purses.empty)
        continue
      }
      // The difference and the product round once each, the bounds of both are themselves rounded: four units cover them.
      let error = (holding.error + half * Double(holding.value) + Rounding.unit * (holding.money + left)) * (1 + 4 * Rounding.unit)
      heirs.append(
        purses.add(
          parent: holding.purse, paid: holding.value, money: left, error: error, growth: holding.growth + range.slope * Double(holding.value)))
    }
    gathering.pass(heirs, to: &owners, of: project, count: purses.count)
    let key = middle / Double(support.factors[project])
    progress.take(project, .bought(price: key, inFull: inFull, emptied: emptied, coverage: 1), among: offer.equals)
  }
}
