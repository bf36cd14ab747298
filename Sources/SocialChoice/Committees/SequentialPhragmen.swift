internal import BigInt

/// Phragmén's sequential rule: each seat is a load of 1 that the supporters of its holder share so that they end up with equal loads; the next seat
/// goes where the loads of its supporters stay lowest.
///
/// L. E. Phragmén 1894–1899; definition as in S. Janson, *Phragmén's and Thiele's election methods* (2016). O(seats · approvals). It gives proportional
/// justified representation, and a larger committee keeps the members of a smaller one.
package struct SequentialPhragmen: Sendable {
  let election: CommitteeElection

  /// - Parameter workLimit: how many approvals may be read to follow all courses of the count that ties open.
  package static func outcome(_ election: CommitteeElection, tieBreak: TieBreak = .lexicographic, workLimit: Int = 20_000_000) -> CommitteeOutcome {
    SequentialPhragmen(election: election).outcome(tieBreak: tieBreak, workLimit: workLimit)
  }

  /// The load that all supporters of a candidate carry if it is elected now; nil where nobody supports it.
  static func load(_ candidate: Int, _ accounts: VoterAccounts, _ election: CommitteeElection) -> (numerator: BigInt, weight: Int)? {
    let weight = election.approvals[candidate]
    guard weight > 0 else { return nil }
    var sum = accounts.denominator
    let weights = accounts.weights(of: election.supporters[candidate], in: election)
    for (place, weight) in weights.enumerated() where weight > 0 { sum += accounts.amounts[place] * BigInt(weight) }
    return (sum, weight)
  }

  /// Those whose election keeps loads lowest; when nobody supports any of the rest, all of the rest at 0 approvals.
  static func leaders(_ accounts: VoterAccounts, seated: [Int], _ election: CommitteeElection) -> SeatLeaders? {
    guard seated.count < election.seats else { return nil }
    var best: (numerator: BigInt, weight: Int)?
    var leaders: [Int] = []
    let members = Set(seated)
    for candidate in 0..<election.candidateCount where !members.contains(candidate) {
      guard let load = load(candidate, accounts, election) else { continue }
      if let least = best {
        let (mine, theirs) = (load.numerator * BigInt(least.weight), least.numerator * BigInt(load.weight))
        if mine > theirs { continue }
        if mine < theirs { leaders = [] }
      }
      best = load
      leaders.append(candidate)
    }
    guard let best else {
      return SeatLeaders(stage: .approvals, candidates: (0..<election.candidateCount).filter { !members.contains($0) }, value: .zero)
    }
    return SeatLeaders(stage: .load, candidates: leaders, value: Rational(best.numerator, accounts.denominator * BigInt(best.weight)))
  }

  static func elect(_ candidate: Int, at leaders: SeatLeaders, _ accounts: inout VoterAccounts, _ election: CommitteeElection) {
    guard leaders.stage == .load else { return }
    let factor = leaders.value.denominator / leaders.value.denominator.greatestCommonDivisor(with: accounts.denominator)
    let load = leaders.value.numerator * (accounts.denominator * factor / leaders.value.denominator)
    accounts.change(election.supporters[candidate], factor: factor) { _ in load }
  }

  static func reason(_ candidate: Int, _ before: VoterAccounts, last: CommitteeRound, _ election: CommitteeElection) -> CommitteeReason {
    guard let load = load(candidate, before, election) else { return .approvedByNobody }
    let own = Rational(load.numerator, before.denominator * BigInt(load.weight))
    return .behind(stage: .load, own: own, elected: last.elected, value: last.value)
  }
}

extension SequentialPhragmen: SeatRule {
  struct Position: Hashable {
    var seated: [Int]
    var loads: VoterAccounts
  }

  var start: Position { Position(seated: [], loads: VoterAccounts(groupCount: election.groups.count, amount: .zero)) }

  func leaders(_ position: inout Position) -> SeatLeaders? { Self.leaders(position.loads, seated: position.seated, election) }

  func position(_ position: Position, electing candidate: Int, at leaders: SeatLeaders) -> Position {
    var next = position
    next.seated = (next.seated + [candidate]).sorted()
    Self.elect(candidate, at: leaders, &next.loads, election)
    return next
  }

  func seated(_ position: Position) -> [Int] { position.seated }

  func reason(_ candidate: Int, end: Position, before: Position, last: CommitteeRound?) -> CommitteeReason {
    guard let last else { return .approvedByNobody }
    return Self.reason(candidate, before.loads, last: last, election)
  }
}
