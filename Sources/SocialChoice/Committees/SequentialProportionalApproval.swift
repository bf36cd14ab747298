internal import BigInt

/// Sequential proportional approval (Thiele 1895, "reweighted approval"): each seat goes to the candidate who adds most points, a voter's first member
/// being worth 1, the second 1/2, the third 1/3 and so on. O(seats · approvals).
package struct SequentialProportionalApproval: Sendable {
  let election: CommitteeElection
  private let scale: HarmonicScale

  /// - Parameter workLimit: how many approvals may be read to follow all courses of the count that ties open.
  package static func outcome(_ election: CommitteeElection, tieBreak: TieBreak = .lexicographic, workLimit: Int = 20_000_000) -> CommitteeOutcome {
    SequentialProportionalApproval(election: election, scale: HarmonicScale(seats: election.seats)).outcome(tieBreak: tieBreak, workLimit: workLimit)
  }

  init(election: CommitteeElection, scale: HarmonicScale) {
    self.election = election
    self.scale = scale
  }
}

extension SequentialProportionalApproval: SeatRule {
  /// Points depend on who is seated, not on the order.
  struct Position: Hashable {
    var seated: [Int]
    /// How many members each group has.
    var members: [Int]
  }

  var start: Position { Position(seated: [], members: Array(repeating: 0, count: election.groups.count)) }

  func leaders(_ position: inout Position) -> SeatLeaders? {
    guard position.seated.count < election.seats else { return nil }
    let seated = Set(position.seated)
    var best: BigInt = -1
    var leaders: [Int] = []
    for candidate in 0..<election.candidateCount where !seated.contains(candidate) {
      let added = added(candidate, position)
      if added < best { continue }
      if added > best { leaders = [] }
      best = added
      leaders.append(candidate)
    }
    return SeatLeaders(stage: .points, candidates: leaders, value: scale.points(best))
  }

  private func added(_ candidate: Int, _ position: Position) -> BigInt {
    var weights = [Int](repeating: 0, count: position.seated.count + 1)
    for group in election.supporters[candidate] { weights[position.members[group]] += election.groups[group].weight }
    var sum: BigInt = 0
    for (members, weight) in weights.enumerated() where weight > 0 { sum += scale.share[members + 1] * BigInt(weight) }
    return sum
  }

  func position(_ position: Position, electing candidate: Int, at leaders: SeatLeaders) -> Position {
    var next = position
    next.seated = (next.seated + [candidate]).sorted()
    for group in election.supporters[candidate] { next.members[group] += 1 }
    return next
  }

  func seated(_ position: Position) -> [Int] { position.seated }

  func reason(_ candidate: Int, end: Position, before: Position, last: CommitteeRound?) -> CommitteeReason {
    guard let last else { return .approvedByNobody }
    return .behind(stage: .points, own: scale.points(added(candidate, before)), elected: last.elected, value: last.value)
  }
}
