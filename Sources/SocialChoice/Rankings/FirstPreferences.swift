/// For whom each ballot counts while some candidates stand: for the highest of them; several equal ones share it.
struct FirstPreferences: Sendable, Hashable {
  /// Nothing for those who do not stand.
  let sums: VoteSums
  /// Ballots that rank nobody who stands.
  let exhausted: Int

  /// One figure a candidate.
  var votes: [Rational] { sums.all }

  init(_ profile: RankedProfile, isStanding: [Bool]) {
    var heads = Array(profile.starts.dropLast())
    self.init(profile, isStanding: isStanding, heads: &heads)
  }

  /// - Parameter heads: for each ballot the place among the profile's entries before which nobody stands; moved on to the first who does.
  init(_ profile: RankedProfile, isStanding: [Bool], heads: inout [Int]) {
    let count = profile.candidateCount
    var whole = [Int](repeating: 0, count: count)
    // Shares by the number of those who share, so that each is added up exactly.
    var shared: [Int: [Int]] = [:]
    var exhausted = 0
    profile.entries.withUnsafeBufferPointer { entries in
      func candidate(_ place: Int) -> Int { Int(entries[place] < 0 ? ~entries[place] : entries[place]) }
      for ballot in 0..<profile.ballotCount {
        let (weight, end) = (profile.weights[ballot], profile.starts[ballot + 1])
        var head = heads[ballot]
        while head < end, !isStanding[candidate(head)] { head += 1 }
        heads[ballot] = head
        guard head < end else {
          exhausted += weight
          continue
        }
        var next = head + 1
        var sharers = 1
        while next < end, entries[next] < 0 {
          if isStanding[candidate(next)] { sharers += 1 }
          next += 1
        }
        if sharers == 1 {
          whole[candidate(head)] += weight
        } else {
          for place in head..<next where isStanding[candidate(place)] {
            shared[sharers, default: [Int](repeating: 0, count: count)][candidate(place)] += weight
          }
        }
      }
    }
    var sums = VoteSums(whole)
    sums.add(shared)
    self.sums = sums
    self.exhausted = exhausted
  }
}

/// One round of a rule that counts first preferences round by round.
package struct RunoffRound: Sendable, Hashable {
  /// Those who stand, ascending.
  package let standing: [Int]
  /// Ballots that rank nobody who stands.
  package let exhausted: Int
  /// Those put out at the end of the round; several only if nobody voted for them, or after a first round of two.
  package let excluded: [Int]
  /// By place in ``standing``.
  let sums: VoteSums

  /// The votes of those who stand, in the same order; fractions where equals share a ballot.
  package var votes: [Rational] { sums.all }

  /// - Parameter sums: by candidate.
  init(standing: [Int], sums: VoteSums, exhausted: Int, excluded: [Int]) {
    self.standing = standing
    self.exhausted = exhausted
    self.excluded = excluded
    self.sums = sums.picked(standing)
  }
}

extension RankedProfile {
  /// Plurality: the most first preferences win; equals share a ballot.
  package func plurality(tieBreak: TieBreak) -> RankingOutcome {
    let first = FirstPreferences(self, isStanding: Array(repeating: true, count: candidateCount))
    return RankingLevels.outcome(of: first.votes, tieBreak: tieBreak)
  }
}
