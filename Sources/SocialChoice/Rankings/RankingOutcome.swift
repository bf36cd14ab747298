/// What a rule decides, and why.
package struct RankingOutcome: Sendable {
  /// All who win if ties are left open, ascending. Under a rule that fills seats: all who hold a seat in some outcome of the ties.
  package let winners: [Int]
  /// Best first, equals together. Where ties part several rankings it is the one under the tie-break.
  package let ranking: [[Int]]
  /// Who wins under the tie-break; under a rule that fills seats, the elected in order.
  package let chosen: [Int]
  /// Every tie that was met on the way to ``chosen``.
  package let ties: [Tie]
  /// Whether ``winners`` saw every outcome of the ties. False when the work limit was reached: then ``winners`` are those found, ``chosen`` among them.
  package let tiesEnumerated: Bool
  /// For each who is not chosen, in the order of the input, the shortest reason why not.
  package let losers: [LosingReason]
  /// What a page shows of the count.
  package let trace: RankingTrace

  package init(
    winners: [Int], ranking: [[Int]], chosen: [Int], ties: [Tie] = [], tiesEnumerated: Bool = true, losers: [LosingReason], trace: RankingTrace
  ) {
    self.winners = winners
    self.ranking = ranking
    self.chosen = chosen
    self.ties = ties
    self.tiesEnumerated = tiesEnumerated
    self.losers = losers
    self.trace = trace
  }
}

/// How a rule came to its result.
package enum RankingTrace: Sendable, Hashable {
  /// One figure for each candidate: points, votes, victories less defeats.
  case scores([Rational])
  /// The worst defeat of each candidate, 0 where there is none.
  case worstDefeats([Int])
  case paths(PathStrengths)
  case victories(LockedVictories)
  case rounds([RunoffRound])
  case orders(KemenyOrders)
  case transfers(TransferableCount)
  case gauges(JudgmentTrace)
  case credits(QuadraticCount)
}

/// Why a candidate is not chosen.
package struct LosingReason: Sendable, Hashable {
  package let candidate: Int
  package let reason: Reason

  package init(_ candidate: Int, _ reason: Reason) {
    self.candidate = candidate
    self.reason = reason
  }

  /// Candidates are numbers of the input.
  package enum Reason: Sendable, Hashable {
    /// Would win if ties were left open; the tie-break took the other.
    case tieBroken(by: Int)
    /// Has fewer points or votes than the one chosen.
    case fewer(own: Rational, than: Int, with: Rational)
    /// Has a worse worst defeat than the one chosen: `own` against `by`, where `than` has `best` (0: undefeated).
    case worseDefeat(own: Int, by: Int, than: Int, best: Int)
    /// Beaten along a path whose weakest victory is `strength`; the best way back is `against`.
    case beatenThroughPath([Int], strength: Int, against: Int)
    /// Below the chosen one along victories that were all locked in.
    case belowInLockedOrder([Int])
    /// Put out in a round with these votes; the next lowest had `next`.
    case excluded(round: Int, votes: Rational, next: Rational)
    /// Put out in a round by a tie-break between these equals.
    case excludedByTie(round: Int, votes: Rational, among: [Int])
    /// Not among the two of the second round.
    case notInSecondRound(votes: Rational, needed: Rational)
    /// Lost against one other in the last round.
    case lostLastRound(to: Int, votes: Rational, against: Rational)
    /// The best order that puts it first has `own` disagreements, the best of all `best`. Nil where the order was not proven best.
    case worseOrder(own: Int, best: Int)
    /// The rule's work limit was reached: the order found puts another first, and this is all that is known.
    case notFirstInOrderFound
    /// Excluded in a stage of a transferable count, with these votes (scaled) against the quota (scaled).
    case excludedInStage(stage: Int, votes: Int, quota: Int)
    /// The seats were full while it still stood, with these votes (scaled).
    case seatsFull(stage: Int, votes: Int, quota: Int)
    /// A lower median grade, or the same with a weaker gauge.
    case weakerGrade(own: MajorityGauge, than: Int, best: MajorityGauge)
    /// Level by the majority gauge; the other has the better majority value (middle grades taken away one by one).
    case weakerMajorityValue(than: Int)
    /// Did not reach the majority it needs against the status quo.
    case noMajority(support: Int, opposition: Int, needed: Int)
    /// Ranked no better than the status quo.
    case notAboveStatusQuo
    /// A path of victories leads back to it from the status quo, with this strength.
    case pathBackFromStatusQuo([Int], strength: Int)
  }
}
