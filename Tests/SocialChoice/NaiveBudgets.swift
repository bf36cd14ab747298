@testable import SocialChoice

/// The rules of budgets a second time, as slowly and plainly as their definitions, in fractions throughout.
struct NaiveBudgets {
  struct Count: Equatable {
    var winners: [Int]
    var ties: [Tie] = []

    mutating func take(_ project: Int, among level: [Int]) {
      winners.append(project)
      if level.count > 1 { ties.append(Tie(round: winners.count, options: level.sorted(), chosen: project)) }
    }
  }

  let election: BudgetElection
  /// The tie-break's, the preferred first.
  let order: [Int]

  init(_ election: BudgetElection, _ tieBreak: TieBreak = .lexicographic) {
    self.election = election
    let byId = election.projects.indices.sorted {
      Array(election.projects[$0].id.utf8).lexicographicallyPrecedes(Array(election.projects[$1].id.utf8))
    }
    switch tieBreak {
    case .lexicographic: order = byId
    case .cheapest: order = Set(election.projects.map(\.cost)).sorted().flatMap { cost in byId.filter { election.projects[$0].cost == cost } }
    case .seeded: order = tieBreak.order(byId.count).map { byId[$0] }
    }
  }

  func count(_ rule: BudgetRule) -> Count {
    switch rule {
    case .greedy(let satisfaction, let order): greedy(satisfaction, perCost: order == .valuePerCost, from: beginning)
    case .equalShares(let satisfaction, .none): equalShares(satisfaction)
    case .equalShares(let satisfaction, .addOne): addOne(satisfaction)
    // Where nobody votes there are no shares, and no completion of them.
    case .equalShares(let satisfaction, .addOneGreedy):
      election.people > 0 ? greedy(satisfaction, perCost: true, from: addOne(satisfaction)) : beginning
    case .equalShares(let satisfaction, .phragmen): phragmenAfterShares(satisfaction)
    case .phragmen: phragmen(from: beginning)
    case .maximumWelfare(let satisfaction): maximumWelfare(satisfaction)
    case .boundedOverspending(let satisfaction): boundedOverspending(satisfaction)
    }
  }

  /// One voter for each person.
  func worths(_ satisfaction: Satisfaction) -> [[Int]] {
    let ballots = election.ballots
    return (0..<ballots.count).flatMap { ballot in
      var worth = [Int](repeating: 0, count: election.projects.count)
      let range = ballots.range(ballot)
      for (rank, place) in range.enumerated() {
        let project = Int(ballots.choices[place])
        switch satisfaction {
        case .cost: worth[project] = election.projects[project].cost
        case .cardinality: worth[project] = 1
        case .points: worth[project] = ballots.points[place]
        case .borda: worth[project] = range.count - rank - 1
        }
      }
      return [[Int]](repeating: worth, count: ballots.weights[ballot])
    }
  }

  func cost(_ project: Int) -> Int { election.projects[project].cost }

  func fits(_ project: Int, _ chosen: [Int]) -> Bool {
    !chosen.contains(project) && chosen.reduce(cost(project)) { $0 + cost($1) } <= election.budget && !excluded(project, chosen)
  }

  func excluded(_ project: Int, _ chosen: [Int]) -> Bool {
    election.conflicts.contains { group in group.contains(project) && chosen.contains { $0 != project && group.contains($0) } }
  }

  private var beginning: Count { Count(winners: election.mandatory) }

  func greedy(_ satisfaction: Satisfaction, perCost: Bool, from start: Count) -> Count {
    let worths = worths(satisfaction)
    let totals = election.projects.indices.map { project in worths.reduce(0) { $0 + $1[project] } }
    func merit(_ project: Int) -> Fraction {
      if totals[project] <= 0 { return .zero }
      return !perCost ? Fraction(totals[project]) : cost(project) == 0 ? Fraction(1_000_000) : Fraction(totals[project], cost(project))
    }
    var count = start
    while true {
      let fitting = order.filter { fits($0, count.winners) }
      let best = fitting.map(merit).max()
      let level = fitting.filter { merit($0) == best }
      guard let next = level.first else { return count }
      count.take(next, among: level)
    }
  }

  /// The price by trying each supporter as the first of those who pay in full, in the order of money per worth.
  static func price(_ cost: Int, _ supporters: [(money: Fraction, worth: Int)]) -> Fraction? {
    let sorted = supporters.sorted { $0.money / Fraction($0.worth) < $1.money / Fraction($1.worth) }
    var given = Fraction.zero
    for (index, supporter) in sorted.enumerated() {
      let price = (Fraction(cost) - given) / Fraction(sorted[index...].reduce(0) { $0 + $1.worth })
      if price * Fraction(supporter.worth) <= supporter.money { return price }
      given += supporter.money
    }
    return nil
  }

  func equalShares(_ satisfaction: Satisfaction, added: Int = 0) -> Count {
    let worths = worths(satisfaction)
    var count = beginning
    guard !worths.isEmpty else { return count }
    // Those that cost nothing have no price: all are taken, but of two that exclude each other one.
    func isFree(_ project: Int) -> Bool {
      cost(project) == 0 && worths.contains { $0[project] > 0 } && !count.winners.contains(project) && !excluded(project, count.winners)
    }
    while let project = order.first(where: isFree) { count.take(project, among: [project] + order.filter { isFree($0) && excluded($0, [project]) }) }
    let available = election.budget - election.mandatory.reduce(0) { $0 + cost($1) }
    var money = [Fraction](repeating: Fraction(available, worths.count) + Fraction(added), count: worths.count)
    while true {
      let open = order.filter { cost($0) > 0 && !count.winners.contains($0) && !excluded($0, count.winners) }
      let prices = open.compactMap { project -> (project: Int, price: Fraction)? in
        let supporters = worths.indices.filter { worths[$0][project] > 0 }.map { (money[$0], worths[$0][project]) }
        return Self.price(cost(project), supporters).map { (project, $0) }
      }
      guard let price = prices.map(\.price).min() else { return count }
      let level = prices.filter { $0.price == price }.map(\.project)
      count.take(level[0], among: level)
      for voter in worths.indices where worths[voter][level[0]] > 0 {
        money[voter] = max(.zero, money[voter] - price * Fraction(worths[voter][level[0]]))
      }
    }
  }

  func addOne(_ satisfaction: Satisfaction) -> Count {
    let worths = worths(satisfaction)
    guard !worths.isEmpty else { return beginning }
    let supported = order.filter { project in cost(project) > 0 && worths.contains { $0[project] > 0 } }
    var previous = beginning
    for added in 0... {
      let count = equalShares(satisfaction, added: added)
      if count.winners.reduce(0, { $0 + cost($1) }) > election.budget { return previous }
      if !supported.contains(where: { fits($0, count.winners) }) { return count }
      previous = count
    }
    return previous
  }

  private func phragmenAfterShares(_ satisfaction: Satisfaction) -> Count {
    let shares = equalShares(satisfaction)
    return election.people > 0 && order.contains { fits($0, shares.winners) } ? phragmen(from: shares) : shares
  }

  func phragmen(from start: Count) -> Count {
    let kind: Satisfaction = election.ballots.hasPoints ? .points : .cardinality
    let worths = worths(kind)
    var loads = [Fraction](repeating: .zero, count: worths.count)
    var count = start
    while true {
      let open = order.filter { !count.winners.contains($0) && cost($0) <= election.budget && !excluded($0, count.winners) }
      func load(_ project: Int) -> Fraction? {
        let supporters = worths.indices.filter { worths[$0][project] > 0 }
        return supporters.isEmpty ? nil : supporters.reduce(Fraction(cost(project))) { $0 + loads[$1] } / Fraction(supporters.count)
      }
      let least = open.compactMap(load).min()
      let level = open.filter { load($0) == least }
      guard let project = level.first, level.allSatisfy({ fits($0, count.winners) }) else { return count }
      count.take(project, among: level)
      if let least { for voter in worths.indices where worths[voter][project] > 0 { loads[voter] = least } }
    }
  }

  /// Of all sets of projects that are worth something and can be had, the best; of several the one that comes first in the
  /// tie-break's order, member by member.
  func maximumWelfare(_ satisfaction: Satisfaction) -> Count {
    let worths = worths(satisfaction)
    let totals = election.projects.indices.map { project in worths.reduce(0) { $0 + $1[project] } }
    let useful = order.filter { totals[$0] > 0 && !election.mandatory.contains($0) }
    let choices = (0..<(1 << useful.count)).map { set in useful.indices.filter { set >> $0 & 1 == 1 }.map { useful[$0] } }
      .filter { choice in
        let all = election.mandatory + choice
        return all.reduce(0) { $0 + cost($1) } <= election.budget && !all.contains { excluded($0, all) }
      }
    func welfare(_ choice: [Int]) -> Int { choice.reduce(0) { $0 + totals[$1] } }
    let most = choices.map(welfare).max() ?? 0
    let best = choices.filter { welfare($0) == most }
    func places(_ choice: [Int]) -> [Int] { order.indices.filter { choice.contains(order[$0]) } }
    let chosen = best.min { places($0).lexicographicallyPrecedes(places($1)) } ?? []
    let open = order.filter { project in best.contains { $0.contains(project) } && !best.allSatisfy { $0.contains(project) } }
    let first = open.first { chosen.contains($0) }
    let ties = first.map { [Tie(round: 1, options: open.sorted(), chosen: $0)] } ?? []
    return Count(winners: election.mandatory + chosen, ties: ties)
  }
}
