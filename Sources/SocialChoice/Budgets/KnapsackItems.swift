/// The projects worth deciding about, in the order of value per cost.
struct KnapsackItems: Sendable {
  /// Their numbers in the election, or in the items that these are chosen from.
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
    self.init(projects, values: value, costs: election.projects.map(\.cost), rivals: election.rivals, budget: budget)
  }

  /// - Parameter projects: places in what follows, in the order of value per cost.
  private init(_ projects: [Int], values value: [Int128], costs cost: [Int], rivals rival: [[Int]], budget: Int) {
    var items: [Int: Int] = [:]
    for (item, project) in projects.enumerated() { items[project] = item }
    rivals = projects.map { rival[$0].compactMap { items[$0] } }
    values = projects.map { value[$0] }
    costs = projects.map { cost[$0] }
    valueSums = values.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    costSums = costs.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int128($1)) }
    (self.projects, self.budget) = (projects, budget)
  }

  /// What is still to be decided when some items are taken and some left out; nil where those cannot be taken together. ``projects`` are items of these.
  func rest(taken: Set<Int>, without out: Set<Int>) -> KnapsackItems? {
    let left = taken.reduce(budget) { $0 - costs[$1] }
    guard left >= 0, !taken.contains(where: { rivals[$0].contains(where: taken.contains) }) else { return nil }
    let open = (0..<count).filter { !taken.contains($0) && !out.contains($0) && !rivals[$0].contains(where: taken.contains) }
    return KnapsackItems(open, values: values, costs: costs, rivals: rivals, budget: left)
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
