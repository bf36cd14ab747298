internal import BigInt

/// Equal shares with bounded overspending (Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs, EC 2025).
///
/// A project may be bought although its supporters cannot pay all of it: they collect a part α of the cost at λ per unit of satisfaction, and are
/// charged as if the others paid too, ρ = λ / α, or all they have. The project with the lowest ρ / α is next, so a small part weighs twice. Only
/// projects that the budget itself can still pay are asked.
///
/// Exact fractions would double in length with each such purchase. So money is counted in grains, as many to the smallest unit as the numbers allow;
/// shares are rounded down and charges up to a grain: the rule so defined is one of integers, and gives the same result on any machine. Their number is
/// a multiple of that of the people and of 1, 2, 3 and so on as far as they fit: simple shares are exact, and equals stay equal.
struct BoundedOverspending {
  private let election: BudgetElection
  private let support: Support
  private let places: [Int]
  private let grain: Int
  private var purses: [Int]

  init(_ election: BudgetElection, _ satisfaction: Satisfaction, places: [Int]) throws(BudgetFault) {
    self.election = election
    self.places = places
    support = try Support(election, satisfaction)
    let largest = max(1, election.budget, election.projects.map(\.cost).max() ?? 1)
    grain = Self.grain(largest: largest, people: election.people)
    let share = election.people == 0 ? 0 : (election.budget - election.mandatoryCost) * grain / election.people
    purses = [Int](repeating: share, count: election.ballots.count)
  }

  /// Money in grains stays below 2^61.
  private static func grain(largest: Int, people: Int) -> Int {
    let most = UInt(max(1, (1 << 61) / largest))
    var unit: UInt = 1
    for divisor in [UInt(max(1, people))] + Array(2...60) {
      let next = (unit / unit.commonDivisor(divisor)).multipliedReportingOverflow(by: divisor)
      if next.overflow || next.partialValue > most { break }
      unit = next.partialValue
    }
    return Int(most / unit * unit)
  }

  private struct Offer {
    let project: Int
    /// ρ / α per unit of satisfaction, times the cost; a double within 2⁻⁴⁵ of itself: whole numbers are rounded once as they become doubles, and then only
    /// added, multiplied and divided, none below zero. The amount collected takes six roundings, the part eight, its square seventeen, and all of it fewer
    /// than thirty-two of 2⁻⁵³ each; no value leaves the range of doubles.
    let shown: Double
    let collected: Collected
  }

  /// What supporters with this much per unit of value and all poorer ones can give.
  private struct Collected {
    /// Payment per unit of value, in grains, as a fraction.
    let rate: (numerator: Int128, denominator: Int)
    /// Together, times the denominator of the rate.
    let sum: BigInt
    let isFull: Bool
  }

  /// Purses only shrink. Then less is collected at each λ, and what an offer asks only grows: the last one asked for is a lower bound of the next, and
  /// projects whose bound is above the best offer need not be asked.
  ///
  /// - Parameter report: called after each purchase, with how many there were.
  mutating func count(from beginning: BudgetProgress, report: ((Int) -> Void)? = nil) -> BudgetProgress {
    var progress = beginning
    var waiting = election.projects.indices.map { (project: $0, bound: 0.0) }
    while true {
      waiting.removeAll { progress.isChosen[$0.project] || !progress.fits($0.project) }
      waiting.sort { ($0.bound, $0.project) < ($1.bound, $1.project) }
      var offers: [Offer] = []
      var lowest = Double.infinity
      for place in waiting.indices {
        // Both are within 2⁻⁴⁵ of the truth, and purses have only shrunk since the bound was asked for: beyond 2⁻³⁸ it cannot be below.
        if waiting[place].bound > lowest * (1 + 0x1p-38) { break }
        let offer = offer(waiting[place].project)
        waiting[place].bound = offer?.shown ?? .infinity
        guard let offer else { continue }
        offers.append(offer)
        lowest = min(lowest, offer.shown)
      }
      // Who is truly lowest is shown within 2⁻⁴³ of the lowest shown.
      let near = offers.filter { $0.shown <= lowest * (1 + 0x1p-40) }
      let exact = near.map { key($0) }
      guard let least = exact.min() else { return progress }
      let equals = zip(near, exact).filter { $0.1 == least }.map(\.0)
      guard let chosen = equals.min(by: { places[$0.project] < places[$1.project] }) else { return progress }
      charge(chosen, among: equals.map(\.project), &progress)
      report?(progress.winners.count)
    }
  }

  /// The supporters' money by money per value, ascending.
  private func holdings(_ project: Int) -> [(money: Int, value: Int, people: Int)] {
    struct Kind: Hashable {
      let money: Int
      let value: Int
    }
    var people: [Kind: Int] = [:]
    for place in support.range(project) {
      let voter = Int(support.voters[place])
      let value = support.values.isEmpty ? 1 : support.values[place]
      if purses[voter] > 0 { people[Kind(money: purses[voter], value: value), default: 0] += election.ballots.weights[voter] }
    }
    return people.map { ($0.key.money, $0.key.value, $0.value) }.sorted { a, b in
      let (left, right) = (Int128(a.money) * Int128(b.value), Int128(b.money) * Int128(a.value))
      return left == right ? (a.money, a.people) < (b.money, b.people) : left < right
    }
  }

  /// The lowest ρ / α lies where someone's purse is just emptied, or where all of the cost is collected: between, it rises and then falls.
  private func offer(_ project: Int) -> Offer? {
    guard support.factors[project] > 0 else { return nil }
    let holdings = holdings(project)
    let cost = Int128(election.projects[project].cost) * Int128(grain)
    let factor = Double(max(1, support.factors[project]))
    guard cost > 0 else {
      guard support.sums[project] > 0 else { return nil }
      return Offer(project: project, shown: 0, collected: Collected(rate: (0, 1), sum: 0, isFull: true))
    }
    var poor: Int128 = 0
    var rich = holdings.reduce(Int128(0)) { $0 + Int128($1.value) * Int128($1.people) }
    var best: Offer?
    for holding in holdings {
      // All poorer ones give all, this one and the richer ones at its rate: sum = poor + rate · rich.
      let reached = Double(poor) + Double(rich) * Double(holding.money) / Double(holding.value)
      let isFull = BigInt(poor) * BigInt(holding.value) + BigInt(rich) * BigInt(holding.money) >= BigInt(cost) * BigInt(holding.value)
      let candidate: Offer
      if isFull {
        candidate = Offer(
          project: project, shown: Double(cost - poor) / Double(rich) / factor,
          collected: Collected(rate: (cost - poor, Int(rich)), sum: BigInt(cost) * BigInt(rich), isFull: true))
      } else {
        let part = reached / Double(cost)
        candidate = Offer(
          project: project, shown: Double(holding.money) / Double(holding.value) / (part * part) / factor,
          collected: Collected(
            rate: (Int128(holding.money), holding.value), sum: BigInt(poor) * BigInt(holding.value) + BigInt(rich) * BigInt(holding.money),
            isFull: false))
      }
      if best.map({ isLower(candidate, $0) }) ?? true { best = candidate }
      if isFull { break }
      poor += Int128(holding.money) * Int128(holding.people)
      rich -= Int128(holding.value) * Int128(holding.people)
    }
    return best
  }

  private func isLower(_ a: Offer, _ b: Offer) -> Bool {
    if a.shown < b.shown * (1 - 0x1p-40) { return true }
    return a.shown <= b.shown * (1 + 0x1p-40) && key(a) < key(b)
  }

  /// ρ / α = λ / α² = rate · cost² / collected², over the factor of the satisfaction.
  private func key(_ offer: Offer) -> Rational {
    let rate = Rational(BigInt(offer.collected.rate.numerator), BigInt(offer.collected.rate.denominator))
    let perFactor = rate / Rational(max(1, support.factors[offer.project]))
    if offer.collected.isFull { return perFactor }
    let cost = Rational(election.projects[offer.project].cost) * Rational(grain)
    let part = Rational(offer.collected.sum, BigInt(offer.collected.rate.denominator)) / cost
    return perFactor / (part * part)
  }

  private mutating func charge(_ offer: Offer, among equals: [Int], _ progress: inout BudgetProgress) {
    let project = offer.project
    let cost = BigInt(election.projects[project].cost) * BigInt(grain)
    // ρ = λ / α = rate · cost / collected, the denominators cancel.
    let (numerator, denominator): (BigInt, BigInt) =
      offer.collected.isFull
      ? (BigInt(offer.collected.rate.numerator), BigInt(offer.collected.rate.denominator))
      : (BigInt(offer.collected.rate.numerator) * cost, offer.collected.sum)
    var (inFull, emptied) = (0, 0)
    var charges: [Int: Int] = [:]
    for place in support.range(project) {
      let voter = Int(support.voters[place])
      let value = support.values.isEmpty ? 1 : support.values[place]
      let asked = charges[value] ?? Self.roundedUp(BigInt(value) * numerator, denominator)
      charges[value] = asked
      if purses[voter] > asked { inFull += election.ballots.weights[voter] } else { emptied += election.ballots.weights[voter] }
      purses[voter] = max(0, purses[voter] - asked)
    }
    let coverage = offer.collected.isFull ? 1 : Double(offer.collected.sum) / Double(offer.collected.rate.denominator) / Double(cost)
    let price = denominator.isZero ? 0 : Double(numerator) / Double(denominator) / Double(grain) / Double(max(1, support.factors[project]))
    progress.take(project, .bought(price: price, inFull: inFull, emptied: emptied, coverage: coverage), among: equals)
  }

  private static func roundedUp(_ numerator: BigInt, _ denominator: BigInt) -> Int {
    guard !denominator.isZero else { return 0 }
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Int(exactly: rest.isZero ? quotient : quotient + 1) ?? .max
  }

  /// For those left out: too dear for the budget left, or without a supporter who has money.
  func losses(_ progress: BudgetProgress) -> [BudgetLoss] {
    progress.losses { project in
      if support.sums[project] == 0 || support.factors[project] == 0 { return .noSupport }
      let missing = election.projects[project].cost - progress.left
      return missing > 0 ? .unaffordable(missing: missing) : .supportersShort(money: 0)
    }
  }
}
