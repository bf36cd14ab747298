extension ApprovalProfile {
  /// Approval voting (S. Brams, P. Fishburn, 1978): who is approved of by most people wins. O(approvals).
  package func approval(tieBreak: TieBreak) -> RankingOutcome {
    var scores = [Int](repeating: 0, count: candidateCount)
    for ballot in ballots { for candidate in ballot.approved { scores[candidate] += ballot.weight } }
    return RankingLevels.outcome(of: scores.map { Rational($0) }, tieBreak: tieBreak)
  }
}
