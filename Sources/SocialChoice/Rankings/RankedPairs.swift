/// A victory of one candidate over another.
package struct Victory: Sendable, Hashable {
  package let winner: Int
  package let loser: Int
  package let strength: Int
}

/// What ranked pairs locked in and what it left out.
package struct LockedVictories: Sendable, Hashable {
  /// In the order in which they were taken, those that say nothing new included.
  package let locked: [Victory]
  /// Victories that would have closed a cycle.
  package let dropped: [Victory]
  /// The rankings that the orders of equal victories lead to, the one under the tie-break first; at most ``shownRankings``.
  package let rankings: [[[Int]]]
  /// How many different rankings were found.
  package let rankingCount: Int

  package static let shownRankings = 50
}

extension PairwiseTable {
  /// Ranked pairs (T. N. Tideman, *Independence of clones as a criterion for voting rules*, Social Choice and Welfare 4, 1987).
  ///
  /// Victories are taken from the strongest to the weakest, and locked in unless they close a cycle with those that are. A tie between two is no victory.
  /// Equally strong ones may be taken in any order: `winners` are all who win in some order, which is NP-hard to know (Brill, Fischer 2012), hence the
  /// limit. Under the tie-break they are taken by their winner, the first first, then by their loser, the last first. O(m³) without equal strengths.
  ///
  /// - Parameter steps: how many words may be looked at to find every outcome.
  package func rankedPairs(by measure: VictoryStrength = .winningVotes, tieBreak: TieBreak, steps: Int = 100_000_000) -> RankingOutcome {
    let places = tieBreak.places(count: candidateCount)
    let victories = victories(by: measure, places: places)
    let course = LockedCourse(victories, count: candidateCount)
    let above = course.above
    let sources = above.sources
    guard let chosen = sources.min(by: { places[$0] < places[$1] }) else {
      let none = LockedVictories(locked: [], dropped: [], rankings: [], rankingCount: 0)
      return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: .victories(none))
    }
    let search = RankedPairsSearch(victories, count: candidateCount, steps: steps)
    let winners = Set(search.outcomes.flatMap(\.sources)).union(sources).sorted()
    let ranking = above.levels
    let rankings = Set(search.outcomes.map(\.levels)).subtracting([ranking]).sorted { $0.description < $1.description }
    var ties = course.ties
    if sources.count > 1 { ties.append(Tie(round: ties.count + 1, options: sources, chosen: chosen)) }
    let chains = Dictionary(uniqueKeysWithValues: sources.map { ($0, VictoryChains(from: $0, course.locked, count: candidateCount)) })
    let losers = (0..<candidateCount).filter { $0 != chosen }.map { loser in
      guard !winners.contains(loser), let top = above.isAbove(chosen, loser) ? chosen : sources.first(where: { above.isAbove($0, loser) }) else {
        return LosingReason(loser, .tieBroken(by: chosen))
      }
      return LosingReason(loser, .belowInLockedOrder(chains[top]?.chain(to: loser) ?? [top, loser]))
    }
    let trace = LockedVictories(
      locked: course.locked, dropped: course.dropped, rankings: Array(([ranking] + rankings).prefix(LockedVictories.shownRankings)),
      rankingCount: rankings.count + 1)
    return RankingOutcome(
      winners: winners, ranking: ranking, chosen: [chosen], ties: ties, tiesEnumerated: search.isComplete, losers: losers, trace: .victories(trace))
  }

  /// All victories, the strongest first, equal ones in the tie-break's order.
  func victories(by measure: VictoryStrength, places: [Int]) -> [Victory] {
    var victories: [Victory] = []
    for a in 0..<candidateCount {
      for b in 0..<candidateCount where beats(a, b) { victories.append(Victory(winner: a, loser: b, strength: strength(a, b, by: measure))) }
    }
    return victories.sorted { one, two in
      if one.strength != two.strength { return one.strength > two.strength }
      return (places[one.winner], -places[one.loser]) < (places[two.winner], -places[two.loser])
    }
  }
}

/// Victories locked in one by one in a given order, those of equal strength one after the other.
private struct LockedCourse {
  private(set) var above: Reachability
  private(set) var locked: [Victory] = []
  private(set) var dropped: [Victory] = []
  /// Equally strong victories of which not all could be locked in: the candidates of each such knot, and the winner of the victory that came first.
  private(set) var ties: [Tie] = []

  init(_ victories: [Victory], count: Int) {
    above = Reachability(count: count)
    var start = 0
    while start < victories.count {
      let end = victories[start...].firstIndex { $0.strength != victories[start].strength } ?? victories.count
      let before = end - start > 1 ? above : nil
      let droppedBefore = dropped.count
      for victory in victories[start..<end] { take(victory) }
      if let before, dropped.count > droppedBefore { report(victories[start..<end], beginning: before) }
      start = end
    }
  }

  private mutating func take(_ victory: Victory) {
    if above.isAbove(victory.loser, victory.winner) {
      dropped.append(victory)
    } else {
      above.lock(victory.winner, above: victory.loser)
      locked.append(victory)
    }
  }

  private mutating func report(_ group: ArraySlice<Victory>, beginning state: Reachability) {
    let open = group.filter { !state.isAbove($0.loser, $0.winner) && !state.isAbove($0.winner, $0.loser) }
    let knots = Knots(state, open)
    var known: [Int] = []
    for first in open where knots.areTogether(first.winner, first.loser) && !known.contains(where: { knots.areTogether($0, first.winner) }) {
      known.append(first.winner)
      let knot = open.filter { knots.areTogether($0.winner, first.winner) && knots.areTogether($0.loser, first.winner) }
      ties.append(Tie(round: ties.count + 1, options: Set(knot.flatMap { [$0.winner, $0.loser] }).sorted(), chosen: first.winner))
    }
  }
}

/// The shortest chains of victories from one candidate to those below.
private struct VictoryChains {
  private let start: Int
  private var previous: [Int]

  init(from start: Int, _ victories: [Victory], count: Int) {
    self.start = start
    var next = [[Int]](repeating: [], count: count)
    for victory in victories { next[victory.winner].append(victory.loser) }
    previous = Array(repeating: -1, count: count)
    var queue = [start]
    var index = 0
    while index < queue.count {
      for there in next[queue[index]] where there != start && previous[there] < 0 {
        previous[there] = queue[index]
        queue.append(there)
      }
      index += 1
    }
  }

  func chain(to end: Int) -> [Int] {
    var chain = [end]
    while let last = chain.last, last != start, previous[last] >= 0 { chain.append(previous[last]) }
    return chain.reversed()
  }
}
