/// For whom each ballot counts while some candidates stand: for the highest of them; several equal ones share it.
struct FirstPreferences: Sendable, Hashable {
  /// One figure a candidate; 0 for those who do not stand.
  let votes: [Rational]
  /// Ballots that rank nobody who stands.
  let exhausted: Int

  init(_ profile: RankedProfile, isStanding: [Bool]) {
    let count = profile.candidateCount
    var whole = [Int](repeating: 0, count: count)
    // Shares by the number of those who share, so that each is added up exactly.
    var shared: [Int: [Int]] = [:]
    var exhausted = 0
    for ballot in 0..<profile.ballotCount {
      let weight = profile.weights[ballot]
      let entries = profile.entries(of: ballot)
      guard let first = entries.firstIndex(where: { isStanding[Int($0 < 0 ? ~$0 : $0)] }) else {
        exhausted += weight
        continue
      }
      let equals = entries[(first + 1)...].prefix { $0 < 0 }.filter { isStanding[Int(~$0)] }
      let entry = entries[first]
      let candidate = Int(entry < 0 ? ~entry : entry)
      if equals.isEmpty {
        whole[candidate] += weight
      } else {
        var sums = shared[equals.count + 1] ?? [Int](repeating: 0, count: count)
        sums[candidate] += weight
        for equal in equals { sums[Int(~equal)] += weight }
        shared[equals.count + 1] = sums
      }
    }
    var votes = whole.map { Rational($0) }
    for (sharers, sums) in shared {
      for candidate in 0..<count where sums[candidate] > 0 { votes[candidate] += Rational(sums[candidate], sharers) }
    }
    self.votes = votes
    self.exhausted = exhausted
  }
}

/// One round of a rule that counts first preferences round by round.
package struct RunoffRound: Sendable, Hashable {
  /// Those who stand, ascending.
  package let standing: [Int]
  /// Their votes, in the same order; fractions where equals share a ballot.
  package let votes: [Rational]
  /// Ballots that rank nobody who stands.
  package let exhausted: Int
  /// Those put out at the end of the round; several only if nobody voted for them, or after a first round of two.
  package let excluded: [Int]
}

extension RankedProfile {
  /// Plurality: the most first preferences win; equals share a ballot.
  package func plurality(tieBreak: TieBreak) -> RankingOutcome {
    let first = FirstPreferences(self, isStanding: Array(repeating: true, count: candidateCount))
    return RankingLevels.outcome(of: first.votes, tieBreak: tieBreak)
  }
}
