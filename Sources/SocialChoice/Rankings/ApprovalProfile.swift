/// Approval ballots: each names the candidates it approves of, without order.
///
/// Candidates are numbered from 0 in the order of the input. A ballot may approve of nobody.
package struct ApprovalProfile: Sendable, Hashable {
  /// One ballot, or several equal ones.
  package struct Ballot: Sendable, Hashable {
    /// Ascending, each once.
    package let approved: [Int]
    /// How many people cast it; 0 or more.
    package let weight: Int
  }

  package let candidateCount: Int
  package private(set) var ballots: [Ballot] = []
  /// All weights added.
  package private(set) var total = 0

  package init(candidateCount: Int) throws(ProfileFault) {
    guard (0...ProfileFault.largestCandidateCount).contains(candidateCount) else { throw .tooManyCandidates(candidateCount) }
    self.candidateCount = candidateCount
  }

  /// Adds a ballot; the order of `approved` says nothing, twice the same candidate is a fault.
  package mutating func append(approved: [Int], weight: Int = 1) throws(ProfileFault) {
    let sorted = approved.sorted()
    if let unknown = sorted.first(where: { !(0..<candidateCount).contains($0) }) { throw .unknownCandidate(unknown) }
    for (one, next) in zip(sorted, sorted.dropFirst()) where one == next { throw .repeatedCandidate(one) }
    guard weight >= 0 else { throw .negativeWeight(weight) }
    let (sum, overflow) = total.addingReportingOverflow(weight)
    guard !overflow, sum <= ProfileFault.largestTotal else { throw .tooManyBallots }
    total = sum
    ballots.append(Ballot(approved: sorted, weight: weight))
  }
}
