/// Why an approval election or its committee cannot be counted.
package enum CommitteeFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// There must be at least one seat, and no more than there are candidates.
  case seats(Int, candidates: Int)
  /// A ballot names a candidate that does not stand; candidates are numbered from 0.
  case unknownCandidate(Int, ballot: Int)
  /// A ballot's weight is below 1.
  case weight(Int, ballot: Int)
  /// All weights together are above 2^40, or there are more than 100,000 candidates: bounds that keep every sum exact.
  case tooLarge

  package var description: String {
    switch self {
    case .seats(let seats, let candidates):
      "seats: \(seats), candidates: \(candidates); there must be at least one seat, and no more than candidates"
    case .unknownCandidate(let candidate, let ballot): "ballot \(ballot + 1) approves of candidate \(candidate + 1), who does not stand"
    case .weight(let weight, let ballot): "ballot \(ballot + 1) weighs \(weight): a weight is a whole number from 1"
    case .tooLarge: "more than 2^40 votes or 100,000 candidates"
    }
  }
}

/// Ballots that approve of the same candidates.
package struct ApprovalGroup: Sendable, Hashable {
  /// Candidates by number, ascending, each once.
  package let approved: [Int]
  /// How many voters cast this ballot, from 1.
  package let weight: Int
}

/// Approval ballots and the number of seats to fill: the input of every committee rule.
///
/// Equal ballots are joined and stand in a fixed order, so that no rule can depend on the order in which ballots came in.
package struct CommitteeElection: Sendable, Hashable {
  package let candidateCount: Int
  /// At least 1, at most ``candidateCount``.
  package let seats: Int
  /// The different ballots, ascending by what they approve of; ballots that approve of nobody are counted in ``voterCount`` alone.
  package let groups: [ApprovalGroup]
  /// All voters, those who approve of nobody among them: equal shares divides its money by this number.
  package let voterCount: Int
  /// For each candidate the numbers of the groups that approve of it, ascending.
  let supporters: [[Int]]
  /// For each candidate the voters who approve of it.
  package let approvals: [Int]
  /// The approvals of all groups together: what reading every ballot once costs, the unit of work limits.
  let reading: Int

  /// - Parameter ballots: what each voter (or each set of `weight` equal voters) approves of, in any order; a candidate named twice counts once.
  /// - Throws: ``CommitteeFault``.
  package init(candidateCount: Int, seats: Int, ballots: [(approved: [Int], weight: Int)]) throws(CommitteeFault) {
    guard candidateCount <= 100_000 else { throw .tooLarge }
    guard seats >= 1, seats <= candidateCount else { throw .seats(seats, candidates: candidateCount) }
    var weights: [[Int]: Int] = [:]
    var voters = 0
    for (number, ballot) in ballots.enumerated() {
      guard ballot.weight >= 1 else { throw .weight(ballot.weight, ballot: number) }
      for candidate in ballot.approved where candidate < 0 || candidate >= candidateCount {
        throw .unknownCandidate(candidate, ballot: number)
      }
      guard ballot.weight <= 1 << 40 - voters else { throw .tooLarge }
      voters += ballot.weight
      weights[Set(ballot.approved).sorted(), default: 0] += ballot.weight
    }
    weights[[]] = nil
    let groups = weights.map { ApprovalGroup(approved: $0.key, weight: $0.value) }.sorted { $0.approved.lexicographicallyPrecedes($1.approved) }
    var supporters = [[Int]](repeating: [], count: candidateCount)
    var approvals = [Int](repeating: 0, count: candidateCount)
    for (number, group) in groups.enumerated() {
      for candidate in group.approved {
        supporters[candidate].append(number)
        approvals[candidate] += group.weight
      }
    }
    self.candidateCount = candidateCount
    self.seats = seats
    self.groups = groups
    self.voterCount = voters
    self.supporters = supporters
    self.approvals = approvals
    self.reading = groups.reduce(1) { $0 + $1.approved.count }
  }
}
