extension RankedProfile {
  /// Two rounds, as presidents are elected in France, on ranked ballots: who has more than half of the first preferences wins; otherwise the two with the
  /// most meet, and each ballot counts for the one it ranks higher.
  ///
  /// Equals on top share the ballot. `winners` lists who wins for some choice among equals for the second round. It is not monotonic, and may pass over who
  /// beats every other one. O(ballots · candidates).
  package func twoRound(tieBreak: TieBreak) -> RankingOutcome {
    guard candidateCount > 0 else { return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: .rounds([])) }
    let profile = grouped()
    let first = FirstPreferences(profile, isStanding: Array(repeating: true, count: candidateCount))
    let levels = RankingLevels.byLargest(first.votes)
    let voters = total - first.exhausted
    if let leader = levels[0].first, candidateCount == 1 || first.votes[leader] * Rational(2) > Rational(voters) {
      return decidedInFirstRound(leader, levels, first)
    }
    let places = tieBreak.places(count: candidateCount)
    let (pairs, tied) = TwoRoundPairs.pairs(levels)
    let byPlace = { (pair: (Int, Int)) in [places[pair.0], places[pair.1]].sorted() }
    let pair = pairs.min { byPlace($0).lexicographicallyPrecedes(byPlace($1)) } ?? pairs[0]
    let table = PairwiseTable(profile)
    var winners: Set<Int> = []
    for (a, b) in pairs {
      if !table.beats(b, a) { winners.insert(a) }
      if !table.beats(a, b) { winners.insert(b) }
    }
    let isDraw = table[pair.0, pair.1] == table[pair.1, pair.0]
    let winner = table.beats(pair.0, pair.1) || (isDraw && places[pair.0] < places[pair.1]) ? pair.0 : pair.1
    let other = winner == pair.0 ? pair.1 : pair.0
    var ties = pairs.count > 1 ? [Tie(round: 1, options: tied, chosen: tied.contains(other) ? other : winner)] : []
    if isDraw { ties.append(Tie(round: 2, options: [winner, other].sorted(), chosen: winner)) }

    var isStanding = Array(repeating: false, count: candidateCount)
    isStanding[winner] = true
    isStanding[other] = true
    let second = FirstPreferences(profile, isStanding: isStanding)
    let rest = levels.map { $0.filter { !isStanding[$0] } }.filter { !$0.isEmpty }
    let rounds = [
      round(first, Array(0..<candidateCount), excluded: (0..<candidateCount).filter { !isStanding[$0] }),
      round(second, [winner, other].sorted(), excluded: [other]),
    ]
    let needed = min(first.votes[winner], first.votes[other])
    let losers = (0..<candidateCount).filter { $0 != winner }.map { loser in
      if loser == other {
        return LosingReason(
          loser, isDraw ? .tieBroken(by: winner) : .lostLastRound(to: winner, votes: second.votes[other], against: second.votes[winner]))
      }
      return LosingReason(
        loser,
        first.votes[loser] == needed
          ? .excludedByTie(round: 1, votes: needed, among: tied) : .notInSecondRound(votes: first.votes[loser], needed: needed))
    }
    return RankingOutcome(
      winners: winners.sorted(), ranking: (isDraw ? [[winner, other].sorted()] : [[winner], [other]]) + rest, chosen: [winner], ties: ties,
      losers: losers,
      trace: .rounds(rounds))
  }

  private func decidedInFirstRound(_ leader: Int, _ levels: [[Int]], _ first: FirstPreferences) -> RankingOutcome {
    let others = (0..<candidateCount).filter { $0 != leader }
    let losers = others.map { LosingReason($0, .fewer(own: first.votes[$0], than: leader, with: first.votes[leader])) }
    return RankingOutcome(
      winners: [leader], ranking: levels, chosen: [leader], losers: losers,
      trace: .rounds([round(first, Array(0..<candidateCount), excluded: others)]))
  }

  private func round(_ count: FirstPreferences, _ standing: [Int], excluded: [Int]) -> RunoffRound {
    RunoffRound(standing: standing, votes: standing.map { count.votes[$0] }, exhausted: count.exhausted, excluded: excluded)
  }
}

/// Who may meet in the second round, given levels of first preferences.
enum TwoRoundPairs {
  /// All pairs that the ties allow, and those who were equal for a place. At least two candidates.
  static func pairs(_ levels: [[Int]]) -> (pairs: [(Int, Int)], tied: [Int]) {
    let top = levels[0]
    if top.count > 1 { return (top.indices.flatMap { i in top[(i + 1)...].map { (top[i], $0) } }, top) }
    return (levels[1].map { (top[0], $0) }, levels[1])
  }
}
