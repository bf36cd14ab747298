/// A proof that no choice is worth more, which a stranger checks with integers alone and without searching.
///
/// Projects stand in a fixed ``order``. The tree, walked with the hand on the wall, decides them one after the other:
/// - `branch`: the next project is taken in what follows first, and left out in what follows then;
/// - `impossible`: the next project cannot be taken (too dear for the rest, or a rival is taken) and is left out;
/// - `closed`: with any multiplier m per unit of money, what is taken, plus m · money left, plus for all undecided projects the value above m · cost,
///   is an upper bound; here m is the value per cost of the project whose place stands in ``multipliers`` (the number of projects: m = 0);
/// - `end`: all projects are decided.
package struct WelfareCertificate: Sendable, Hashable {
  /// A step of the walk, as explained at ``WelfareCertificate``.
  package enum Node: UInt8, Sendable { case branch, impossible, closed, end }

  /// Only projects with a value that the budget could pay alone.
  package let order: [Int]
  /// The choice, without what is mandatory.
  package let best: [Int]
  /// In the order of the walk, the branch "taken" before "left out". Where the search did not end, one `closed` that proves the bound.
  package let tree: [Node]
  /// One for each `closed`, in the order of the walk.
  package let multipliers: [Int32]
  /// Of the best choice found.
  package let value: Int128
  /// No choice is worth more; above ``value`` where the work limit ended the search.
  package let bound: Int128

  /// Whether the best is proven.
  package var isOptimal: Bool { value == bound }

  /// The same proof with its projects numbered anew.
  func renumbered(_ number: (Int) -> Int) -> WelfareCertificate {
    WelfareCertificate(order: order.map(number), best: best.map(number), tree: tree, multipliers: multipliers, value: value, bound: bound)
  }

  /// Walks the tree and computes each bound anew from the ballots.
  package func isValid(for election: BudgetElection, _ satisfaction: Satisfaction) -> Bool {
    guard let support = try? Support(election, satisfaction) else { return false }
    var check = CertificateCheck(election: election, support: support, certificate: self)
    return check.run()
  }
}

private struct CertificateCheck {
  let election: BudgetElection
  let support: Support
  let certificate: WelfareCertificate

  private func value(_ project: Int) -> Int128 { Int128(support.totals[project]) * Int128(support.factors[project]) }
  private func cost(_ project: Int) -> Int128 { Int128(election.projects[project].cost) }

  mutating func run() -> Bool {
    guard certificate.isOptimal, isExact, isComplete, isFeasible(certificate.best) else { return false }
    let best = certificate.best.reduce(Int128(0)) { $0 + value($1) }
    guard best == certificate.value else { return false }
    return closesEverything(best)
  }

  /// Whether all products and their sums can be computed: see ``KnapsackItems/largestValue``.
  private var isExact: Bool {
    election.projects.indices.reduce(Int128(0)) { $0 + abs(value($1)) } < KnapsackItems.largestValue
  }

  /// What is not in the order may be worth nothing, be unaffordable or excluded; all else must stand there once. Nothing that is worth nothing or less may:
  /// to leave it out would raise the bound.
  private var isComplete: Bool {
    let listed = Set(certificate.order)
    guard listed.count == certificate.order.count, listed.allSatisfy({ election.projects.indices.contains($0) && value($0) > 0 }) else {
      return false
    }
    let budget = Int128(election.budget - election.mandatoryCost)
    return election.projects.indices.allSatisfy { project in
      listed.contains(project) || value(project) <= 0 || cost(project) > budget || election.mandatory.contains(project)
        || election.rivals[project].contains(where: election.mandatory.contains)
    }
  }

  private func isFeasible(_ chosen: [Int]) -> Bool {
    let all = Set(chosen).union(election.mandatory)
    return election.cost(of: Array(all)) <= election.budget && Set(chosen).count == chosen.count
      && chosen.allSatisfy { project in !election.rivals[project].contains(where: all.contains) }
  }

  private func closesEverything(_ best: Int128) -> Bool {
    var nodes = certificate.tree.makeIterator()
    var multipliers = certificate.multipliers.makeIterator()
    var taken: [Int] = []
    var next = 0
    while let node = nodes.next() {
      switch node {
      case .branch, .impossible:
        guard next < certificate.order.count else { return false }
        let possible = canTake(next, beside: taken)
        guard possible == (node == .branch) else { return false }
        if possible { taken.append(next) }
        next += 1
        continue
      case .closed:
        guard let place = multipliers.next(), bound(taken, from: next, multiplier: Int(place), isAtMost: best) else { return false }
      case .end:
        guard next == certificate.order.count, taken.reduce(Int128(0), { $0 + value(certificate.order[$1]) }) <= best else { return false }
      }
      guard let last = taken.popLast() else { return nodes.next() == nil && multipliers.next() == nil }
      next = last + 1
    }
    return false
  }

  private func left(_ taken: [Int]) -> Int128 {
    taken.reduce(Int128(election.budget - election.mandatoryCost)) { $0 - cost(certificate.order[$1]) }
  }

  private func canTake(_ place: Int, beside taken: [Int]) -> Bool {
    let project = certificate.order[place]
    return cost(project) <= left(taken) && !taken.contains { election.rivals[project].contains(certificate.order[$0]) }
  }

  /// Values are whole, so a bound below best + 1 closes the branch. All is multiplied by the multiplier's cost.
  private func bound(_ taken: [Int], from next: Int, multiplier place: Int, isAtMost best: Int128) -> Bool {
    guard place >= 0, place <= certificate.order.count else { return false }
    let (worth, price): (Int128, Int128) =
      place < certificate.order.count ? (value(certificate.order[place]), cost(certificate.order[place])) : (0, 1)
    guard price > 0 else { return false }
    let reached = taken.reduce(Int128(0)) { $0 + value(certificate.order[$1]) }
    let surplus = certificate.order[next...].reduce(Int128(0)) { $0 + max(0, value($1) * price - cost($1) * worth) }
    return surplus + left(taken) * worth < (best - reached + 1) * price
  }
}
