/// The orders that contradict the ballots least.
package struct KemenyOrders: Sendable, Hashable {
  /// Best orders, each candidate once, the chosen one first; at most ``shownOrders``.
  package let orders: [[Int]]
  /// How many best orders there are; nil where their number was not found out or does not fit.
  package let orderCount: Int?
  /// For each two candidates of the order and each ballot: one, if the ballot ranks them the other way round.
  package let disagreements: Int
  /// Whether ``orders`` are proven best. False where a component was too large for the work limit.
  package let isProvenBest: Bool
  /// Candidates in groups, each of which beats all later groups one by one: every best order lists them in this order.
  package let components: [[Int]]

  /// Of many equally good orders, so many are listed.
  package static let shownOrders = 50
}

extension PairwiseTable {
  /// Kemeny (J. G. Kemeny, *Mathematics without numbers*, 1959): the order with the fewest pairwise disagreements with the ballots.
  ///
  /// Finding it is NP-hard. The candidates are cut into components, each beating all later ones, so that best orders are made of best orders of the
  /// components; a component of k candidates takes 2ᵏ·k steps and 2ᵏ words of memory (12: 49,152 steps). Where that is over the limit, or k over 20, the
  /// order found is only one that no move of a single candidate improves, and ``KemenyOrders/isProvenBest`` is false.
  package func kemeny(tieBreak: TieBreak, steps: Int = 100_000_000) -> RankingOutcome {
    let places = tieBreak.places(count: candidateCount)
    let components = kemenyComponents()
    let parts = components.map { KemenyComponent(self, $0.sorted { places[$0] < places[$1] }, steps: steps) }
    let isProven = parts.allSatisfy(\.isProvenBest)
    let chosen = parts.flatMap(\.chosen)
    guard let first = parts.first, let winner = chosen.first else {
      let none = KemenyOrders(orders: [], orderCount: 1, disagreements: 0, isProvenBest: true, components: [])
      return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: .orders(none))
    }
    let orders = KemenyOrders(
      orders: isProven ? KemenyComponent.joined(parts.map { $0.orders(atMost: KemenyOrders.shownOrders) }) : [chosen],
      orderCount: isProven ? parts.reduce(Int?(1)) { product, part in KemenyComponent.product(product, part.orderCount) } : nil,
      disagreements: disagreements(of: chosen), isProvenBest: isProven, components: components)
    let winners = first.firsts
    let losers = (0..<candidateCount).filter { $0 != winner }.map { loser in
      LosingReason(loser, winners.contains(loser) ? .tieBroken(by: winner) : worseOrder(loser, parts: parts, best: orders))
    }
    let ties = parts.indices.flatMap { part in parts[part].ties(after: parts[..<part].reduce(0) { $0 + $1.members.count }) }
    return RankingOutcome(
      winners: winners, ranking: chosen.map { [$0] }, chosen: [winner], ties: ties, tiesEnumerated: isProven, losers: losers, trace: .orders(orders))
  }

  /// How many pairs of candidates and ballots contradict an order.
  package func disagreements(of order: [Int]) -> Int {
    order.indices.reduce(0) { sum, i in order[(i + 1)...].reduce(sum) { $0 + self[$1, order[i]] } }
  }

  /// How many disagreements the best order that puts `loser` first has: the best order of the others stays as it is, but for its own component.
  private func worseOrder(_ loser: Int, parts: [KemenyComponent], best: KemenyOrders) -> LosingReason.Reason {
    guard best.isProvenBest, let index = parts.firstIndex(where: { $0.members.contains(loser) }), let without = parts[index].cost(without: loser)
    else {
      return .notFirstInOrderFound
    }
    let within = parts[index].members.reduce(0) { $0 + ($1 == loser ? 0 : self[$1, loser]) }
    let earlier = parts[..<index].flatMap(\.members).reduce(0) { $0 + self[$1, loser] - self[loser, $1] }
    return .worseOrder(own: best.disagreements - parts[index].cost + without + within + earlier, best: best.disagreements)
  }

  /// The strongly connected components of "is not beaten by", best first.
  ///
  /// If no vote majority leads from a later group back, and no tie, then everyone of the earlier group beats everyone of the later one, and every best order
  /// keeps them apart (the extended Condorcet criterion: M. Truchon, 1998).
  func kemenyComponents() -> [[Int]] {
    // By Copeland's score the components lie in one row; a cut is where everyone before beats everyone after.
    let scores = (0..<candidateCount).map { a in (0..<candidateCount).reduce(0) { $0 + (beats(a, $1) ? 1 : 0) - (beats($1, a) ? 1 : 0) } }
    let order = (0..<candidateCount).sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
    var components: [[Int]] = []
    var start = 0
    // The farthest place after `end` that someone up to `end` does not beat.
    var reach = 0
    for end in order.indices {
      if let farthest = order.indices.last(where: { $0 > end && !beats(order[end], order[$0]) }) { reach = max(reach, farthest) }
      if reach <= end {
        components.append(order[start...end].sorted())
        start = end + 1
        reach = start
      }
    }
    return components
  }
}
