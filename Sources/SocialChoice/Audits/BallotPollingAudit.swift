internal import BigInt

/// A risk-limiting audit of a plurality result by reading ballots drawn at random: BRAVO (M. Lindeman, P. B. Stark, V. Yates, *BRAVO: Ballot-polling
/// Risk-limiting Audits to Verify Outcomes*, EVT/WOTE 2012).
///
/// If the published winners are wrong, the audit ends in "confirmed" with a probability of at most the risk limit, whatever is wrong and however the
/// error came about; otherwise all ballots are counted by hand. For each winner w and loser l it keeps Wald's statistic: ballots for w multiply it by
/// 2s, those for l by 2(1 − s), where s is w's published part of the votes for the two; the pair is confirmed once it has reached 1/risk. The statistic is
/// exact: a pair is confirmed by comparing whole numbers.
///
/// Draw with replacement: ``BallotSample/withReplacement(_:of:seed:)``.
package struct BallotPollingAudit: Sendable {
  /// Why a result cannot be audited. Candidates are numbered from 0.
  package enum Fault: Error, Sendable, Hashable {
    case riskOutOfRange
    case negativeVotes(candidate: Int)
    /// A published winner does not have more votes than a loser: there is no margin to audit.
    case noMargin(winner: Int, loser: Int)
    case noSuchWinner(Int)
    case noLoser
  }

  /// A winner and a loser, and what the ballots read so far say of the two.
  package struct Pair: Sendable, Hashable {
    /// By number, as ``loser``.
    package let winner: Int
    package let loser: Int
    /// Ballots read for the one and for the other.
    package fileprivate(set) var winnerBallots = 0
    package fileprivate(set) var loserBallots = 0
    package fileprivate(set) var isConfirmed = false
    /// The statistic as a fraction that is not reduced: one short multiplication a ballot.
    fileprivate var above: BigInt = 1
    fileprivate var below: BigInt = 1

    /// Wald's statistic: (2s)^winnerBallots · (2 − 2s)^loserBallots, exact.
    package var statistic: Rational { Rational(above, below) }
  }

  /// Every winner with every loser.
  package private(set) var pairs: [Pair]
  /// Ballots read so far.
  package private(set) var ballotsRead = 0
  private let votes: [Int]
  private let risk: Rational

  /// - Parameters:
  ///   - votes: by candidate, as published.
  ///   - winners: candidates who won, one or several.
  ///   - risk: the largest probability of confirming a wrong result; above 0, below 1.
  /// - Throws: ``Fault``.
  package init(votes: [Int], winners: [Int], risk: Rational) throws {
    guard risk > .zero, risk < .one else { throw Fault.riskOutOfRange }
    if let candidate = votes.firstIndex(where: { $0 < 0 }) { throw Fault.negativeVotes(candidate: candidate) }
    if let unknown = winners.first(where: { !votes.indices.contains($0) }) { throw Fault.noSuchWinner(unknown) }
    let losers = votes.indices.filter { !winners.contains($0) }
    guard !winners.isEmpty, !losers.isEmpty else { throw Fault.noLoser }
    pairs = try Set(winners).sorted().flatMap { winner in
      try losers.map { loser in
        guard votes[winner] > votes[loser] else { throw Fault.noMargin(winner: winner, loser: loser) }
        return Pair(winner: winner, loser: loser)
      }
    }
    self.votes = votes
    self.risk = risk
  }

  /// Whether enough ballots were read: each pair is confirmed.
  package var isConfirmed: Bool { pairs.allSatisfy(\.isConfirmed) }

  /// One ballot was read by hand.
  ///
  /// - Parameter choice: the candidate; nil for a ballot that is blank or void.
  package mutating func read(_ choice: Int?) {
    ballotsRead += 1
    guard let choice else { return }
    for number in pairs.indices where !pairs[number].isConfirmed {
      let pair = pairs[number]
      guard choice == pair.winner || choice == pair.loser else { continue }
      if choice == pair.winner { pairs[number].winnerBallots += 1 } else { pairs[number].loserBallots += 1 }
      pairs[number].above *= 2 * BigInt(votes[choice])
      pairs[number].below *= BigInt(votes[pair.winner]) + BigInt(votes[pair.loser])
      pairs[number].isConfirmed = pairs[number].above * risk.numerator >= pairs[number].below * risk.denominator
    }
  }
}
