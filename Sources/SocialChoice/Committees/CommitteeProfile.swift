extension CommitteeElection {
  /// The election of a profile's ballots; ballots of weight 0 count nowhere.
  ///
  /// - Throws: ``CommitteeFault``.
  package init(_ profile: ApprovalProfile, seats: Int) throws(CommitteeFault) {
    let ballots = profile.ballots.filter { $0.weight > 0 }.map { (approved: $0.approved, weight: $0.weight) }
    try self.init(candidateCount: profile.candidateCount, seats: seats, ballots: ballots)
  }
}
