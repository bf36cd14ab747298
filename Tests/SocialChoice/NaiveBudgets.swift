@testable import SocialChoice

/// The rules a second time, as slowly and plainly as their definitions, in fractions throughout.
struct NaiveBudgets {
  let election: BudgetElection
  let order: [Int]

  init(_ election: BudgetElection) {
    self.election = election
    order = election.projects.indices.sorted { election.projects[$0].id.utf8.lexicographicallyPrecedes(election.projects[$1].id.utf8) }
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

  private func fits(_ project: Int, _ chosen: [Int], budget: Int) -> Bool {
    !chosen.contains(project) && chosen.reduce(cost(project)) { $0 + cost($1) } <= budget && !excluded(project, chosen)
  }

  private func excluded(_ project: Int, _ chosen: [Int]) -> Bool {
    election.conflicts.contains { group in group.contains(project) && chosen.contains { $0 != project && group.contains($0) } }
  }

  func greedy(_ satisfaction: Satisfaction, from start: [Int] = []) -> [Int] {
    let worths = worths(satisfaction)
    let totals = election.projects.indices.map { project in worths.reduce(0) { $0 + $1[project] } }
    var chosen = start
    while true {
      let fitting = order.filter { fits($0, chosen, budget: election.budget) }
      func density(_ project: Int) -> Rational {
        if totals[project] <= 0 { return .zero }
        return cost(project) == 0 ? Rational(1_000_000) : Rational(totals[project], cost(project))
      }
      guard let best = fitting.map(density).max(), let next = fitting.first(where: { density($0) == best }) else { return chosen }
      chosen.append(next)
    }
  }

  /// The price by trying each supporter as the first of those who pay in full, in the order of money per worth.
  static func price(_ cost: Int, _ supporters: [(money: Rational, worth: Int)]) -> Rational? {
    let sorted = supporters.sorted { $0.money / Rational($0.worth) < $1.money / Rational($1.worth) }
    var given = Rational.zero
    for (index, supporter) in sorted.enumerated() {
      let price = (Rational(cost) - given) / Rational(sorted[index...].reduce(0) { $0 + $1.worth })
      if price * Rational(supporter.worth) <= supporter.money { return price }
      given += supporter.money
    }
    return nil
  }

  func equalShares(_ satisfaction: Satisfaction, added: Int = 0) -> [Int] {
    let worths = worths(satisfaction)
    guard !worths.isEmpty else { return [] }
    var money = [Rational](repeating: Rational(election.budget, worths.count) + Rational(added), count: worths.count)
    var chosen: [Int] = []
    for project in order where cost(project) == 0 && worths.contains(where: { $0[project] > 0 }) && !excluded(project, chosen) {
      chosen.append(project)
    }
    while true {
      var best: (project: Int, price: Rational)?
      for project in order where cost(project) > 0 && !chosen.contains(project) && !excluded(project, chosen) {
        let supporters = worths.indices.filter { worths[$0][project] > 0 }.map { (money[$0], worths[$0][project]) }
        guard let price = Self.price(cost(project), supporters) else { continue }
        if best.map({ price < $0.price }) ?? true { best = (project, price) }
      }
      guard let best else { return chosen }
      chosen.append(best.project)
      for voter in worths.indices where worths[voter][best.project] > 0 {
        money[voter] = max(.zero, money[voter] - best.price * Rational(worths[voter][best.project]))
      }
    }
  }

  func addOne(_ satisfaction: Satisfaction) -> [Int] {
    let worths = worths(satisfaction)
    guard !worths.isEmpty else { return [] }
    let supported = order.filter { project in cost(project) > 0 && worths.contains { $0[project] > 0 } }
    var previous: [Int] = []
    for added in 0... {
      let chosen = equalShares(satisfaction, added: added)
      if chosen.reduce(0, { $0 + cost($1) }) > election.budget { return previous }
      if !supported.contains(where: { fits($0, chosen, budget: election.budget) }) { return chosen }
      previous = chosen
    }
    return previous
  }

  func phragmen(from start: [Int] = []) -> [Int] {
    let worths = worths(.cardinality)
    var loads = [Rational](repeating: .zero, count: worths.count)
    var chosen = start
    while true {
      let open = order.filter { !chosen.contains($0) && cost($0) <= election.budget && !excluded($0, chosen) }
      func load(_ project: Int) -> Rational? {
        let supporters = worths.indices.filter { worths[$0][project] > 0 }
        return supporters.isEmpty ? nil : supporters.reduce(Rational(cost(project))) { $0 + loads[$1] } / Rational(supporters.count)
      }
      guard !open.isEmpty else { return chosen }
      let least = open.compactMap(load).min()
      let next = open.filter { load($0) == least }
      guard let project = next.first, next.allSatisfy({ fits($0, chosen, budget: election.budget) }) else { return chosen }
      chosen.append(project)
      if let least { for voter in worths.indices where worths[voter][project] > 0 { loads[voter] = least } }
    }
  }

  /// All subsets.
  func bestWelfare(_ satisfaction: Satisfaction) -> Int {
    let worths = worths(satisfaction)
    let totals = election.projects.indices.map { project in worths.reduce(0) { $0 + $1[project] } }
    var best = 0
    for set in 0..<(1 << election.projects.count) {
      let chosen = election.projects.indices.filter { set >> $0 & 1 == 1 }
      guard chosen.reduce(0, { $0 + cost($1) }) <= election.budget, !chosen.contains(where: { excluded($0, chosen) }) else { continue }
      best = max(best, chosen.reduce(0) { $0 + totals[$1] })
    }
    return best
  }

  /// Bounded overspending, replayed in fractions: the choices that are not the best by more than the grains allow.
  func overspendingFaults(_ satisfaction: Satisfaction, _ chosen: [Int]) -> [Int] {
    let worths = worths(satisfaction)
    guard !worths.isEmpty else { return chosen }
    var money = [Rational](repeating: Rational(election.budget, worths.count), count: worths.count)
    var faults: [Int] = []
    for (round, project) in chosen.enumerated() {
      let before = Array(chosen[..<round])
      let offers = order.filter { fits($0, before, budget: election.budget) }.compactMap { other in
        overspending(other, worths, money).map { (project: other, offer: $0) }
      }
      guard let mine = offers.first(where: { $0.project == project })?.offer, let least = offers.map(\.offer.key).min() else {
        faults.append(project)
        continue
      }
      // Rounded to a thousandth of a millionth: the rule counts in grains, and fractions would double in length with each round.
      if mine.key > least * Rational(1_000_000_001, 1_000_000_000) { faults.append(project) }
      for voter in worths.indices where worths[voter][project] > 0 {
        let left = max(.zero, money[voter] - mine.charge * Rational(worths[voter][project]))
        money[voter] = Rational((left * Rational(1 << 50)).floor) / Rational(1 << 50)
      }
    }
    let rest = order.filter { fits($0, chosen, budget: election.budget) && overspending($0, worths, money) != nil }
    return faults + rest.filter { cost($0) > 0 && worths.indices.contains { money[$0].approximate > 1e-6 && worths[$0][rest[0]] > 0 } }
  }

  /// ρ / α at its lowest and the ρ there.
  private func overspending(_ project: Int, _ worths: [[Int]], _ money: [Rational]) -> (key: Rational, charge: Rational)? {
    let supporters = worths.indices.filter { worths[$0][project] > 0 && money[$0] > .zero }
    if cost(project) == 0 { return worths.contains { $0[project] > 0 } ? (.zero, .zero) : nil }
    var rates = supporters.map { money[$0] / Rational(worths[$0][project]) }
    if let full = Self.price(cost(project), supporters.map { (money[$0], worths[$0][project]) }) { rates.append(full) }
    return rates.compactMap { rate -> (key: Rational, charge: Rational)? in
      let collected = supporters.reduce(Rational.zero) { $0 + min(money[$1], rate * Rational(worths[$1][project])) }
      // Beyond the whole cost nothing is collected.
      guard collected <= Rational(cost(project)) else { return nil }
      let part = collected / Rational(cost(project))
      return (rate / part / part, rate / part)
    }.min { $0.key < $1.key }
  }
}
