/// The choice with the greatest value of all ballots together that the budget allows: a knapsack, solved exactly by branch and bound.
///
/// Projects are decided in the order of value per cost, "taken" before "left out". A branch is closed when filling the rest of the budget in that
/// order, the last project in part (Dantzig 1957), cannot bring more than the best choice known. The closed branches are the certificate. Exponential
/// in the worst case, hence the limit of steps; a step costs O(log projects).
struct MaximumWelfare {
  let election: BudgetElection
  let places: [Int]
  private let items: KnapsackItems
  private let stepLimit: Int

  init(_ election: BudgetElection, _ satisfaction: Satisfaction, places: [Int], stepLimit: Int) throws(BudgetFault) {
    self.election = election
    self.places = places
    items = try KnapsackItems(election, Support(election, satisfaction), places: places)
    // Enough to reach a first choice.
    self.stepLimit = max(2 * items.count + 2, stepLimit)
  }

  func outcome() -> BudgetOutcome {
    var search = KnapsackSearch(items, stepLimit: stepLimit)
    search.prove()
    var choices = [search.best]
    var enumerated = false
    if search.isComplete { (choices, enumerated) = equals(of: search) }
    let chosen = choices.min { preference($0).lexicographicallyPrecedes(preference($1)) } ?? search.best
    var progress = BudgetProgress(election)
    var value: Int128 = 0
    for item in chosen {
      value += items.values[item]
      progress.take(items.projects[item], .optimum(value: value))
    }
    let bound = search.isComplete ? search.bestValue : items.bound(from: 0, left: items.budget)
    // Of a search that did not end, the bound at the root is what is proven.
    let isClosedAtRoot = !search.isComplete
    let certificate = WelfareCertificate(
      order: items.projects, best: chosen.map { items.projects[$0] }, tree: isClosedAtRoot ? [.closed] : search.tree,
      multipliers: isClosedAtRoot ? [Int32(items.critical(from: 0, left: items.budget))] : search.multipliers,
      value: search.bestValue, bound: bound)
    let alternatives = Set(choices.joined()).subtracting(chosen)
    let lost = progress.losses { reason($0, best: search.bestValue, alternatives: alternatives) }
    return BudgetOutcome(
      winners: progress.winners, cost: election.cost(of: progress.winners), trace: progress.trace, ties: ties(choices, chosen),
      tiesEnumerated: enumerated,
      losers: lost, certificate: certificate)
  }

  /// All choices worth as much, as far as a limit of their own allows.
  private func equals(of search: KnapsackSearch) -> ([[Int]], Bool) {
    var again = KnapsackSearch(items, stepLimit: min(stepLimit, 200_000))
    again.enumerate(value: search.bestValue, limit: 64)
    return again.found.isEmpty ? ([search.best], false) : (again.found, again.isComplete)
  }

  private func preference(_ choice: [Int]) -> [Int] { choice.map { places[items.projects[$0]] }.sorted() }

  private func ties(_ choices: [[Int]], _ chosen: [Int]) -> [Tie] {
    guard choices.count > 1 else { return [] }
    let always = choices.dropFirst().reduce(Set(choices[0])) { $0.intersection($1) }
    let open = Set(choices.joined()).subtracting(always)
    let first = chosen.filter(open.contains).min { places[items.projects[$0]] < places[items.projects[$1]] }
    guard let first else { return [] }
    return [Tie(round: 1, options: open.map { items.projects[$0] }.sorted(), chosen: items.projects[first])]
  }

  private func reason(_ project: Int, best: Int128, alternatives: Set<Int>) -> BudgetLoss.Reason {
    guard let item = items.projects.firstIndex(of: project) else {
      let missing = election.projects[project].cost - (election.budget - election.mandatoryCost)
      return missing > 0 ? .unaffordable(missing: missing) : .noSupport
    }
    if alternatives.contains(item) { return .tied }
    return .belowOptimum(optimum: best, atMost: items.bound(with: item))
  }
}

/// The projects worth deciding about, in the order of value per cost.
struct KnapsackItems: Sendable {
  /// Their numbers in the election.
  let projects: [Int]
  let values: [Int128]
  let costs: [Int]
  /// Of each item, the items that exclude it.
  let rivals: [[Int]]
  let budget: Int
  private let valueSums: [Int128]
  private let costSums: [Int128]

  /// Of all projects together. Times the largest amount it is below 2^126, so that two such products can be added.
  static let largestValue: Int128 = 1 << 74

  init(_ election: BudgetElection, _ support: Support, places: [Int]) throws(BudgetFault) {
    let budget = election.budget - election.mandatoryCost
    let value = election.projects.indices.map { Int128(support.totals[$0]) * Int128(support.factors[$0]) }
    let bound = value.reduce(Int128(0)) { $0 + max(0, $1) }
    guard bound < Self.largestValue else { throw .tooLarge }
    let worth = election.projects.indices.filter { project in
      value[project] > 0 && election.projects[project].cost <= budget && !election.mandatory.contains(project)
        && !election.rivals[project].contains(where: election.mandatory.contains)
    }
    let projects = worth.sorted { a, b in
      let (left, right) = (value[a] * Int128(election.projects[b].cost), value[b] * Int128(election.projects[a].cost))
      return left == right ? places[a] < places[b] : left > right
    }
    var items: [Int: Int] = [:]
    for (item, project) in projects.enumerated() { items[project] = item }
    rivals = projects.map { election.rivals[$0].compactMap { items[$0] } }
    values = projects.map { value[$0] }
    costs = projects.map { election.projects[$0].cost }
    valueSums = values.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    costSums = costs.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int128($1)) }
    (self.projects, self.budget) = (projects, budget)
  }

  var count: Int { projects.count }

  /// The first item from `item` on that does not fit whole when all before it are taken.
  func critical(from item: Int, left: Int) -> Int {
    let limit = costSums[item] + Int128(left)
    var (low, high) = (item, count)
    while low < high {
      let middle = (low + high) / 2
      if costSums[middle + 1] <= limit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// More than this the items from `item` on cannot bring for `left`.
  func bound(from item: Int, left: Int) -> Int128 {
    let last = critical(from: item, left: left)
    let whole = valueSums[last] - valueSums[item]
    guard last < count else { return whole }
    let rest = Int128(left) - (costSums[last] - costSums[item])
    return whole + rest * values[last] / Int128(costs[last])
  }

  /// More than this no choice with `item` can bring: Dantzig's bound over the others.
  func bound(with item: Int) -> Int128 {
    var left = Int128(budget - costs[item])
    var value = values[item]
    for other in 0..<count where other != item && !rivals[item].contains(other) {
      if Int128(costs[other]) <= left {
        left -= Int128(costs[other])
        value += values[other]
      } else {
        return value + left * values[other] / Int128(costs[other])
      }
    }
    return value
  }
}
