extension RankedProfile {
  /// Instant run-off: each round the one with the fewest ballots goes and its ballots pass on, until one is left.
  ///
  /// One exclusion at a time, but those without any ballot go together. Ballots that rank nobody who stands leave the count; several equals on top share
  /// the ballot in equal parts. Of equals for the lowest, the tie-break puts out the one it likes least. O(rounds · candidates + entries)
  /// for the count.
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
    var piles = RunoffPiles(profile)
    var standing = Array(0..<profile.candidateCount)
    // From the last to the first until the end.
    var out: [[Int]] = []
    while standing.count > 1 {
      let lowest = piles.sums.lowest(of: standing)
      let allEqual = lowest.count == standing.count
      let isWithoutVotes = piles.sums.isZero(lowest[0])
      // The last two with as many votes, or nobody with any: equals, and one more round would say nothing.
      let isDraw = allEqual && (standing.count == 2 || isWithoutVotes)
      var excluded = isWithoutVotes && !allEqual ? lowest : [lowest.max { places[$0] < places[$1] } ?? lowest[0]]
      if isDraw {
        winner = lowest.min { places[$0] < places[$1] } ?? lowest[0]
        excluded = lowest.filter { $0 != winner }
      }
      if lowest.count > 1, isDraw || !isWithoutVotes {
        ties.append(Tie(round: rounds.count + 1, options: lowest, chosen: isDraw ? winner : excluded[0]))
      }
      rounds.append(RunoffRound(standing: standing, sums: piles.sums, exhausted: piles.exhausted, excluded: excluded))
      out.append(isDraw ? lowest : excluded)
      if isDraw { break }
      piles.exclude(excluded)
      let gone = Set(excluded)
      standing.removeAll { gone.contains($0) }
    }
    if standing.count == 1 {
      winner = standing[0]
      out.append(standing)
    }
    ranking = out.reversed()
  }

  func losers(_ winners: [Int]) -> [LosingReason] {
    rounds.enumerated().flatMap { index, round in
      let gone = Set(round.excluded)
      let left = round.standing.indices.filter { !gone.contains(round.standing[$0]) }
      // All who are put out together have as many votes.
      guard let first = round.standing.firstIndex(where: { gone.contains($0) }) else { return [LosingReason]() }
      let own = round.sums[first]
      let equals = round.standing.indices.filter { round.sums.areEqual($0, first) }.map { round.standing[$0] }
      let reason: LosingReason.Reason
      if left.count == 1, let last = left.first {
        reason =
          round.sums.areEqual(last, first)
          ? .tieBroken(by: round.standing[last]) : .lostLastRound(to: round.standing[last], votes: own, against: round.sums[last])
      } else if equals.count > round.excluded.count {
        reason = .excludedByTie(round: index + 1, votes: own, among: equals)
      } else {
        reason = .excluded(round: index + 1, votes: own, next: round.sums.lowest(of: left).first.map { round.sums[$0] } ?? own)
      }
      return round.excluded.map { LosingReason($0, reason) }
    }.sorted { $0.candidate < $1.candidate }
  }
}

/// Every outcome of the ties for the lowest.
enum InstantRunoffOutcomes {
  /// All who win for some order of exclusions; those who stand decide everything that follows, so that each set is looked at once.
  static func winners(_ profile: RankedProfile, found: Int, steps: Int) -> (winners: [Int], enumerated: Bool) {
    var winners: Set<Int> = [found]
    // Who is out as bits, and the ballots' heads in the state before.
    var waiting = [(out: [UInt64](repeating: 0, count: profile.candidateCount / 64 + 1), heads: Array(profile.starts.dropLast()))]
    var seen: Set<[UInt64]> = []
    var left = steps
    while let (out, before) = waiting.popLast() {
      let isStanding = (0..<profile.candidateCount).map { out[$0 >> 6] >> UInt64($0 & 63) & 1 == 0 }
      let standing = isStanding.indices.filter { isStanding[$0] }
      if standing.count == 1 {
        winners.insert(standing[0])
        continue
      }
      // A fraction a candidate costs more than a look at a ballot.
      left -= profile.ballotCount + 32 * profile.candidateCount
      guard left >= 0 else { return (winners.sorted(), false) }
      var heads = before
      let sums = FirstPreferences(profile, isStanding: isStanding, heads: &heads).sums
      let lowest = sums.lowest(of: standing)
      let noVotes = sums.isZero(lowest[0])
      if noVotes, lowest.count == standing.count {
        winners.formUnion(standing)
        continue
      }
      for gone in noVotes ? [lowest] : lowest.map({ [$0] }) {
        var next = out
        for candidate in gone { next[candidate >> 6] |= 1 << UInt64(candidate & 63) }
        if seen.insert(next).inserted { waiting.append((next, heads)) }
      }
    }
    return (winners.sorted(), true)
  }
}
