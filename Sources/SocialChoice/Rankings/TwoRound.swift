extension RankedProfile {
  /// Two rounds, as presidents are elected in France, on ranked ballots: who has more than half of the first preferences wins; otherwise the two with the
  /// most meet, and each ballot counts for the one it ranks higher.
  ///
  /// Equals on top share the ballot. `winners` lists who wins for some choice among equals for the second round. It is not monotonic, and may pass over who
  /// beats every other one. O(entries of all ballots); where equals may make several pairs for the second round, the pairwise table besides.
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
    let (sure, tied) = (levels[0].count == 1 ? levels[0] : [], levels[0].count == 1 ? levels[1] : levels[0])
    // Ascending.
    let pair = (sure + tied.sorted { places[$0] < places[$1] }.prefix(2 - sure.count)).sorted()
    var isStanding = Array(repeating: false, count: candidateCount)
    for candidate in pair { isStanding[candidate] = true }
    let second = FirstPreferences(profile, isStanding: isStanding)
    // Equals share a ballot: half for each changes nothing about who is ahead.
    let isDraw = second.sums.areEqual(pair[0], pair[1])
    let ahead = isDraw ? pair : pair.sorted { second.votes[$1] < second.votes[$0] }
    let winner = isDraw && places[pair[1]] < places[pair[0]] ? pair[1] : ahead[0]
    let other = winner == pair[0] ? pair[1] : pair[0]
    let hasPairs = sure.count + tied.count > 2
    let winners = hasPairs ? winnersOfPairs(profile, sure: sure, tied: tied) : isDraw ? pair : [winner]
    var ties = hasPairs ? [Tie(round: 1, options: tied, chosen: tied.contains(other) ? other : winner)] : []
    if isDraw { ties.append(Tie(round: 2, options: pair, chosen: winner)) }

    let rest = levels.map { $0.filter { !isStanding[$0] } }.filter { !$0.isEmpty }
    let rounds = [
      round(first, Array(0..<candidateCount), excluded: (0..<candidateCount).filter { !isStanding[$0] }),
      round(second, pair, excluded: [other]),
    ]
    let votes = first.votes
    let needed = min(votes[winner], votes[other])
    let (last, against) = (second.sums[other], second.sums[winner])
    let losers = (0..<candidateCount).filter { $0 != winner }.map { loser in
      if loser == other {
        return LosingReason(loser, isDraw ? .tieBroken(by: winner) : .lostLastRound(to: winner, votes: last, against: against))
      }
      return LosingReason(
        loser,
        votes[loser] == needed ? .excludedByTie(round: 1, votes: needed, among: tied) : .notInSecondRound(votes: votes[loser], needed: needed))
    }
    return RankingOutcome(
      winners: winners, ranking: (isDraw ? [pair] : [[winner], [other]]) + rest, chosen: [winner], ties: ties,
      losers: losers,
      trace: .rounds(rounds))
  }

  /// All who win the second round for some choice among the equals, ascending.
  private func winnersOfPairs(_ profile: RankedProfile, sure: [Int], tied: [Int]) -> [Int] {
    let table = PairwiseTable(profile)
    if let one = sure.first {
      let firstWins = tied.contains { !table.beats($0, one) }
      return (tied.filter { !table.beats(one, $0) } + (firstWins ? [one] : [])).sorted()
    }
    return tied.filter { one in tied.contains { $0 != one && !table.beats($0, one) } }.sorted()
  }

  private func decidedInFirstRound(_ leader: Int, _ levels: [[Int]], _ first: FirstPreferences) -> RankingOutcome {
    let others = (0..<candidateCount).filter { $0 != leader }
    let votes = first.votes
    let losers = others.map { LosingReason($0, .fewer(own: votes[$0], than: leader, with: votes[leader])) }
    return RankingOutcome(
      winners: [leader], ranking: levels, chosen: [leader], losers: losers,
      trace: .rounds([round(first, Array(0..<candidateCount), excluded: others)]))
  }

  private func round(_ count: FirstPreferences, _ standing: [Int], excluded: [Int]) -> RunoffRound {
    RunoffRound(standing: standing, sums: count.sums, exhausted: count.exhausted, excluded: excluded)
  }
}
