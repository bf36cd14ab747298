/// What quadratic voting counted.
package struct QuadraticCount: Sendable, Hashable {
  /// A ballot that spent more than it had.
  package struct Overspent: Sendable, Hashable {
    /// Its place in the input, from 0.
    package let ballot: Int
    package let spent: Int
  }

  /// What each ballot may spend.
  package let credits: Int
  /// The sum of votes for each candidate, votes against taken off.
  package let votes: [Int]
  /// Not counted.
  package let overspent: [Overspent]
  /// People whose ballot counted.
  package let countedBallots: Int
}

extension PointProfile {
  /// Quadratic voting (S. Lalley, E. G. Weyl, 2018): v votes on a candidate, for or against, cost v² credits; the largest sum of votes wins.
  ///
  /// A ballot that spends more than its credits is not counted, and is named. O(ballots · candidates).
  ///
  /// Example: of 100 credits someone gives 9 votes to A (81) and 4 against B (16): 97.
  package func quadratic(credits: Int, tieBreak: TieBreak) -> RankingOutcome {
    var overspent: [QuadraticCount.Overspent] = []
    var counted: [Ballot] = []
    for (place, ballot) in ballots.enumerated() {
      // Squares are at most 4·10¹⁸; where their sum does not fit, it is more than any credits.
      let spent = ballot.points.reduce(0) { sum, votes in
        let (next, overflow) = sum.addingReportingOverflow(votes * votes)
        return overflow ? Int.max : next
      }
      if spent > credits { overspent.append(QuadraticCount.Overspent(ballot: place, spent: spent)) } else { counted.append(ballot) }
    }
    let votes = sums(of: counted)
    let outcome = RankingLevels.outcome(of: votes.map { Rational($0) }, tieBreak: tieBreak)
    let count = QuadraticCount(credits: credits, votes: votes, overspent: overspent, countedBallots: counted.reduce(0) { $0 + $1.weight })
    return RankingOutcome(
      winners: outcome.winners, ranking: outcome.ranking, chosen: outcome.chosen, ties: outcome.ties, losers: outcome.losers, trace: .credits(count))
  }
}
