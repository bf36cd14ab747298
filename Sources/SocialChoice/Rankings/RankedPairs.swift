/// A victory of one candidate over another.
package struct Victory: Sendable, Hashable {
  // Narrow, since there may be millions: no profile has more candidates or people.
  private let ends: SIMD2<Int16>
  private let people: UInt32

  package var winner: Int { Int(ends.x) }
  package var loser: Int { Int(ends.y) }
  /// In people, by the measure asked for.
  package var strength: Int { Int(people) }

  /// Candidates by their numbers.
  ///
  /// - Precondition: they and the strength are of a ``PairwiseTable``.
  package init(winner: Int, loser: Int, strength: Int) {
    ends = SIMD2(Int16(winner), Int16(loser))
    people = UInt32(strength)
  }
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

  /// Of many rankings, so many are listed.
  package static let shownRankings = 50
}

extension PairwiseTable {
  /// Ranked pairs (T. N. Tideman, *Independence of clones as a criterion for voting rules*, Social Choice and Welfare 4, 1987).
  ///
  /// Victories are taken from the strongest to the weakest, and locked in unless they close a cycle with those that are. A tie between two is no victory.
  /// Equally strong ones may be taken in any order: `winners` are all who win in some order, which is NP-hard to know (Brill, Fischer 2012), hence the
  /// limit. Under the tie-break they are taken by their winner, the first first, then by their loser, the last first. O(m² + m³ / 64) without equal strengths.
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
    var chains = VictoryChains(course.locked, count: candidateCount)
    let winnerSet = Set(winners)
    let losers = (0..<candidateCount).filter { $0 != chosen }.map { loser in
      guard !winnerSet.contains(loser), let top = above.reaches(chosen, loser) ? chosen : sources.first(where: { above.reaches($0, loser) }) else {
        return LosingReason(loser, .tieBroken(by: chosen))
      }
      return LosingReason(loser, .belowInLockedOrder(chains.chain(from: top, to: loser)))
    }
    let trace = LockedVictories(
      locked: course.locked, dropped: course.dropped, rankings: Array(([ranking] + rankings).prefix(LockedVictories.shownRankings)),
      rankingCount: rankings.count + 1)
    return RankingOutcome(
      winners: winners, ranking: ranking, chosen: [chosen], ties: ties, tiesEnumerated: search.isComplete, losers: losers, trace: .victories(trace))
  }

  /// All victories, the strongest first, equal ones in the tie-break's order: by the winner's place, then by the loser's, the last first.
  func victories(by measure: VictoryStrength, places: [Int]) -> [Victory] {
    let order = (0..<candidateCount).sorted { places[$0] < places[$1] }
    var victories: [Victory] = []
    victories.reserveCapacity(candidateCount * candidateCount / 2)
    for a in order {
      for b in order.reversed() {
        let strength = strength(a, b, by: measure)
        if strength > 0 { victories.append(Victory(winner: a, loser: b, strength: strength)) }
      }
    }
    return Victory.strongestFirst(victories)
  }
}

extension Victory {
  /// The strongest first, those of equal strength as they stand: counted and dealt out by sixteen binary digits at a time.
  static func strongestFirst(_ victories: consuming [Victory]) -> [Victory] {
    var sorted = victories
    let strongest = sorted.lazy.map(\.strength).max() ?? 0
    var shift = 0
    while shift < Int.bitWidth, strongest >> shift > 0 {
      // Where the victories of each digit begin, those of the largest digit first.
      var starts = [Int](repeating: 0, count: min(strongest >> shift, 0xFFFF) + 1)
      for victory in sorted { starts[victory.strength >> shift & 0xFFFF] += 1 }
      var begun = 0
      for digit in starts.indices.reversed() { (starts[digit], begun) = (begun, begun + starts[digit]) }
      var dealt = sorted
      for victory in sorted {
        let digit = victory.strength >> shift & 0xFFFF
        dealt[starts[digit]] = victory
        starts[digit] += 1
      }
      sorted = dealt
      shift += 16
    }
    return sorted
  }
}

/// Victories locked in one by one in a given order, those of equal strength one after the other.
private struct LockedCourse {
  private(set) var above: TwoWayReachability
  private(set) var locked: [Victory] = []
  private(set) var dropped: [Victory] = []
  /// Equally strong victories of which not all could be locked in: the candidates of each such knot, and the winner of the victory that came first.
  private(set) var ties: [Tie] = []

  init(_ victories: [Victory], count: Int) {
    above = TwoWayReachability(count: count)
    // As it was before the group of equally strong ones; what was locked in is told it when the group is through, as copies would cost more.
    var before = above
    var start = 0
    while start < victories.count {
      let end = victories[start...].firstIndex { $0.strength != victories[start].strength } ?? victories.count
      let (lockedBefore, droppedBefore) = (locked.count, dropped.count)
      for victory in victories[start..<end] { take(victory) }
      if end - start > 1, dropped.count > droppedBefore { report(victories[start..<end], beginning: before) }
      for victory in locked[lockedBefore...] { before.join(victory.winner, to: victory.loser) }
      start = end
    }
  }

  private mutating func take(_ victory: Victory) {
    if above.reaches(victory.loser, victory.winner) {
      dropped.append(victory)
    } else {
      above.join(victory.winner, to: victory.loser)
      locked.append(victory)
    }
  }

  private mutating func report(_ group: ArraySlice<Victory>, beginning state: TwoWayReachability) {
    let open = group.filter { !state.reaches($0.loser, $0.winner) && !state.reaches($0.winner, $0.loser) }
    if open.isEmpty { return }
    // With all of them cycles close: who reaches each other both ways is in one knot.
    var knots = state
    for victory in open { knots.join(victory.winner, to: victory.loser) }
    func areTogether(_ a: Int, _ b: Int) -> Bool { a == b || (knots.reaches(a, b) && knots.reaches(b, a)) }
    var known: [Int] = []
    for first in open where areTogether(first.winner, first.loser) && !known.contains(where: { areTogether($0, first.winner) }) {
      known.append(first.winner)
      let knot = open.filter { areTogether($0.winner, first.winner) && areTogether($0.loser, first.winner) }
      ties.append(Tie(round: ties.count + 1, options: Set(knot.flatMap { [$0.winner, $0.loser] }).sorted(), chosen: first.winner))
    }
  }
}

/// The shortest chains of victories from a candidate to those below, each beginning searched when it is first asked for.
private struct VictoryChains {
  /// For each candidate those it beats, in the order of the victories.
  private var next: [[Int32]]
  private var previous: [Int: [Int]] = [:]

  init(_ victories: [Victory], count: Int) {
    next = Array(repeating: [], count: count)
    for victory in victories { next[victory.winner].append(Int32(victory.loser)) }
  }

  mutating func chain(from start: Int, to end: Int) -> [Int] {
    let previous = self.previous[start] ?? search(from: start)
    self.previous[start] = previous
    var chain = [end]
    while let last = chain.last, last != start, previous[last] >= 0 { chain.append(previous[last]) }
    return chain.reversed()
  }

  private func search(from start: Int) -> [Int] {
    var previous = [Int](repeating: -1, count: next.count)
    var queue = [start]
    var index = 0
    while index < queue.count {
      for there in next[queue[index]] where there != start && previous[Int(there)] < 0 {
        previous[Int(there)] = queue[index]
        queue.append(Int(there))
      }
      index += 1
    }
    return previous
  }
}
