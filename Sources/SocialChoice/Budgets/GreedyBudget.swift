/// What a greedy rule puts first.
package enum GreedyOrder: Sendable, Hashable {
  /// The most value for each unit of money, as the field's survey defines greedy utilitarian welfare. With ``Satisfaction/cost`` it is the number of
  /// approvals.
  case valuePerCost
  /// The most value, whatever it costs: as most cities do.
  case value
}

/// Takes projects from the best down and skips what no longer fits.
///
/// A project with no or negative value stands last, and is taken where money is left: greedy spends what fits. Costs of zero come first if anyone
/// wants them. O(marks + projects · log projects).
struct GreedyBudget {
  let election: BudgetElection
  let support: Support
  let order: GreedyOrder
  let places: [Int]

  func count(from beginning: BudgetProgress) -> BudgetProgress {
    var progress = beginning
    var ranks = election.projects.indices.filter { !beginning.isChosen[$0] }
    ranks.sort { isBefore($0, $1) ?? (places[$0] < places[$1]) }
    for (position, project) in ranks.enumerated() {
      guard progress.fits(project) else {
        progress.pass(project)
        continue
      }
      let value = value(project)
      let equals = equals(of: project, at: position, in: ranks).filter { $0 == project || progress.fits($0) }
      let reported = order == .value ? value.saturated : support.totals[project]
      progress.take(project, .greedy(value: reported, perCost: order == .valuePerCost), among: equals)
    }
    return progress
  }

  /// Of all ballots together, in the rule's measure: at most 2^62 · 2^52.
  private func value(_ project: Int) -> Int128 { Int128(support.totals[project]) * Int128(support.factors[project]) }

  /// Nil for equals. Per cost, the sums of base values are compared and not their products with the factor, which would not fit.
  private func isBefore(_ a: Int, _ b: Int) -> Bool? {
    switch order {
    case .value:
      let (first, second) = (max(0, value(a)), max(0, value(b)))
      return first == second ? nil : first > second
    case .valuePerCost:
      let (first, second) = (density(a), density(b))
      let (left, right) = (first.value * second.cost, second.value * first.cost)
      return left == right ? nil : left > right
    }
  }

  /// Value over cost as a fraction; a free project that is wanted is worth 1/0, above all.
  private func density(_ project: Int) -> (value: Int128, cost: Int128) {
    let cost = Int128(election.projects[project].cost)
    let total = Int128(support.totals[project])
    guard total > 0, support.factors[project] > 0 else { return (0, 1) }
    if cost == 0 { return (1, 0) }
    return support.factors[project] == 1 ? (total, cost) : (total, 1)
  }

  /// Those that stand level with it and come after it.
  private func equals(of project: Int, at position: Int, in ranks: [Int]) -> [Int] {
    var equals = [project]
    for other in ranks[(position + 1)...] {
      guard isBefore(project, other) == nil else { break }
      equals.append(other)
    }
    return equals
  }
}

extension Int128 {
  var saturated: Int { Int(exactly: self) ?? (self < 0 ? .min : .max) }
}
