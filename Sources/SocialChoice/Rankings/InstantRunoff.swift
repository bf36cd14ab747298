extension RankedProfile {
  /// Instant run-off: each round the one with the fewest ballots goes and its ballots pass on, until one is left.
  ///
  /// One exclusion at a time, but those without any ballot go together. Ballots that rank nobody who stands leave the count; several equals on top share
  /// the ballot in equal parts. Of equals for the lowest, the tie-break puts out the one it likes least. O(rounds · ballots).
  ///
  /// It resists clones and rewards no insincere lower preference, but it is not monotonic (more support can make a winner lose), and it may pass over who
  /// beats every other one, as in Burlington in 2009.
  ///
  /// - Parameter steps: how many ballots may be looked at in all to find every outcome of the ties.
  package func instantRunoff(tieBreak: TieBreak, steps: Int = 100_000_000) -> RankingOutcome {
    let profile = grouped()
    let places = tieBreak.places(count: candidateCount)
    guard candidateCount > 0 else { return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: .rounds([])) }
    let count = InstantRunoffCount(profile, places: places)
    let (winners, enumerated) =
      count.ties.isEmpty ? ([count.winner], true) : InstantRunoffOutcomes.winners(profile, found: count.winner, steps: steps)
    return RankingOutcome(
      winners: winners, ranking: count.ranking, chosen: [count.winner], ties: count.ties, tiesEnumerated: enumerated, losers: count.losers(winners),
      trace: .rounds(count.rounds))
  }
}

/// The count under one tie-break.
private struct InstantRunoffCount {
  var rounds: [RunoffRound] = []
  var ties: [Tie] = []
  /// Best first.
  var ranking: [[Int]] = []
  var winner = 0

  init(_ profile: RankedProfile, places: [Int]) {
    var isStanding = Array(repeating: true, count: profile.candidateCount)
    var standing = Array(0..<profile.candidateCount)
    while standing.count > 1 {
      let first = FirstPreferences(profile, isStanding: isStanding)
      let lowest = InstantRunoffOutcomes.lowest(standing, first.votes)
      let allEqual = lowest.count == standing.count
      let withoutVotes = first.votes[lowest[0]].isZero && !allEqual
      // The last two with as many votes, or nobody with any: equals, and one more round would say nothing.
      let isDraw = allEqual && (standing.count == 2 || first.votes[lowest[0]].isZero)
      var excluded = withoutVotes ? lowest : [lowest.max { places[$0] < places[$1] } ?? lowest[0]]
      if isDraw {
        winner = lowest.min { places[$0] < places[$1] } ?? lowest[0]
        excluded = lowest.filter { $0 != winner }
      }
      if lowest.count > 1, !withoutVotes { ties.append(Tie(round: rounds.count + 1, options: lowest, chosen: isDraw ? winner : excluded[0])) }
      rounds.append(
        RunoffRound(standing: standing, votes: standing.map { first.votes[$0] }, exhausted: first.exhausted, excluded: excluded))
      if isDraw {
        ranking.insert(lowest, at: 0)
        return
      }
      ranking.insert(excluded, at: 0)
      for candidate in excluded { isStanding[candidate] = false }
      standing.removeAll { !isStanding[$0] }
    }
    winner = standing[0]
    ranking.insert(standing, at: 0)
  }

  func losers(_ winners: [Int]) -> [LosingReason] {
    rounds.enumerated().flatMap { index, round in
      let votes = Dictionary(uniqueKeysWithValues: zip(round.standing, round.votes))
      return round.excluded.map { candidate in
        let own = votes[candidate] ?? .zero
        let equals = round.standing.filter { votes[$0] == own }
        let reason: LosingReason.Reason
        if round.standing.count - round.excluded.count == 1, let last = round.standing.first(where: { !round.excluded.contains($0) }) {
          let against = votes[last] ?? .zero
          reason = against == own ? .tieBroken(by: last) : .lostLastRound(to: last, votes: own, against: against)
        } else if equals.count > round.excluded.count {
          reason = .excludedByTie(round: index + 1, votes: own, among: equals)
        } else {
          let next = zip(round.standing, round.votes).filter { !round.excluded.contains($0.0) }.map(\.1).min() ?? own
          reason = .excluded(round: index + 1, votes: own, next: next)
        }
        return LosingReason(candidate, reason)
      }
    }.sorted { $0.candidate < $1.candidate }
  }
}

/// Every outcome of the ties for the lowest.
enum InstantRunoffOutcomes {
  static func lowest(_ standing: [Int], _ votes: [Rational]) -> [Int] {
    guard let least = standing.map({ votes[$0] }).min() else { return [] }
    return standing.filter { votes[$0] == least }
  }

  /// All who win for some order of exclusions; those who stand decide everything that follows, so that each set is looked at once.
  static func winners(_ profile: RankedProfile, found: Int, steps: Int) -> (winners: [Int], enumerated: Bool) {
    var winners: Set<Int> = [found]
    var waiting = [Array(repeating: true, count: profile.candidateCount)]
    var seen: Set<[Bool]> = []
    var left = steps
    while let isStanding = waiting.popLast() {
      let standing = isStanding.indices.filter { isStanding[$0] }
      if standing.count == 1 {
        winners.insert(standing[0])
        continue
      }
      // A fraction a candidate costs more than a look at a ballot.
      left -= profile.ballotCount + 32 * profile.candidateCount
      guard left >= 0 else { return (winners.sorted(), false) }
      let votes = FirstPreferences(profile, isStanding: isStanding).votes
      let lowest = lowest(standing, votes)
      let noVotes = votes[lowest[0]].isZero
      if noVotes, lowest.count == standing.count {
        winners.formUnion(standing)
        continue
      }
      for out in noVotes ? [lowest] : lowest.map({ [$0] }) {
        var next = isStanding
        for candidate in out { next[candidate] = false }
        if seen.insert(next).inserted { waiting.append(next) }
      }
    }
    return (winners.sorted(), true)
  }
}
