internal import BigInt

/// What fills the seats that equal shares leaves empty.
package enum EqualSharesCompletion: String, Sendable, Hashable, CaseIterable {
  /// They stay empty.
  case none
  /// Sequential Phragmén, with the money left as load below zero.
  case phragmen
  /// Those with most approvals.
  case approval
  /// The count is run again with money for one seat more, until every seat is filled.
  case increment
}

/// The Method of Equal Shares: each voter gets the same part of the price of all seats; a seat costs 1; the next seat goes to the candidate whose
/// supporters can pay it with the lowest highest contribution, each paying the same or all that is left.
///
/// D. Peters, P. Skowron, *Proportionality and the Limits of Welfarism* (EC 2020; there "Rule X"). O(seats · approvals) and the different amounts of
/// money left. Extended justified representation: a group of l/seats of the voters who agree on l candidates has a voter with l members.
package struct CommitteeEqualShares: Sendable {
  let election: CommitteeElection
  let completion: EqualSharesCompletion
  /// The seats whose price is divided among the voters.
  let funded: Int

  /// - Parameter workLimit: how many approvals may be read to follow all courses of the count that ties open, and by the increments of the funds. Where
  ///   the increments alone would take more, Phragmén fills the rest, as the rounds then show.
  package static func outcome(
    _ election: CommitteeElection, completion: EqualSharesCompletion = .phragmen, tieBreak: TieBreak = .lexicographic, workLimit: Int = 20_000_000
  ) -> CommitteeOutcome {
    if completion == .increment { return incremented(election, tieBreak: tieBreak, workLimit: workLimit) }
    return CommitteeEqualShares(election: election, completion: completion, funded: election.seats).outcome(tieBreak: tieBreak, workLimit: workLimit)
  }

  /// More seats are funded, one by one, until the rule fills them all. A tie may fill the seats in one course and not in another: each course that does not
  /// goes on with the next increment, so the tied committees may come from different funds.
  private static func incremented(_ election: CommitteeElection, tieBreak: TieBreak, workLimit: Int) -> CommitteeOutcome {
    let wanted = election.approvals.filter { $0 > 0 }.sorted(by: >)
    guard wanted.count >= election.seats else { return outcome(election, completion: .approval, tieBreak: tieBreak, workLimit: workLimit) }
    // Each of the seats is paid by its own supporters: the least supported of the best supported needs funded · approvals ≥ voters.
    let scarce = wanted[election.seats - 1]
    var funded = max(election.seats, (election.voterCount + scarce - 1) / scarce)
    var chosen: CommitteeOutcome?
    var committees: Set<[Int]> = []
    var enumerated = true
    var steps = 0
    while true {
      let rule = CommitteeEqualShares(election: election, completion: .none, funded: funded)
      if chosen == nil {
        let outcome = rule.outcome(tieBreak: tieBreak, workLimit: 0)
        if outcome.chosen.count == election.seats { chosen = outcome }
        if chosen != nil, funded == election.seats, outcome.tiesMet.isEmpty { return outcome }
      }
      steps += election.reading * election.seats
      let results = enumerated ? rule.everyResult(limit: workLimit - steps) : nil
      if let results {
        committees.formUnion(results.filter { $0.count == election.seats })
        if results.allSatisfy({ $0.count == election.seats }) { break }
      } else {
        enumerated = false
        if chosen != nil { break }
      }
      guard steps <= 20 * workLimit else { break }
      funded += 1
    }
    guard let chosen else { return outcome(election, completion: .phragmen, tieBreak: tieBreak, workLimit: workLimit) }
    let all = enumerated ? committees.sorted { $0.lexicographicallyPrecedes($1) } : [chosen.chosen]
    return CommitteeOutcome(
      chosen: chosen.chosen, ties: enumerated ? .enumerated : .notEnumerated, committees: all, rounds: chosen.rounds, tiesMet: chosen.tiesMet,
      losers: chosen.losers)
  }
}

extension CommitteeEqualShares: SeatRule {
  struct Position: Hashable {
    var seated: [Int] = []
    var stage: CommitteeStage = .price
    /// Money left; in the stage of loads, loads.
    var accounts: VoterAccounts
  }

  /// A price of `numerator` over the accounts' denominator and `payers`, those who pay it in full; the others give all they have.
  private struct Price {
    let numerator: BigInt
    let payers: Int
    let exhausted: Int
  }

  var start: Position {
    Position(accounts: VoterAccounts(groupCount: election.groups.count, amount: Rational(funded, max(election.voterCount, 1))))
  }

  func leaders(_ position: inout Position) -> SeatLeaders? {
    guard position.seated.count < election.seats else { return nil }
    if position.stage == .price {
      if let leaders = affordable(position) { return leaders }
      switch completion {
      case .none, .increment: return nil
      case .phragmen:
        position.stage = .load
        position.accounts.negate()
      case .approval: position.stage = .approvals
      }
    }
    if position.stage == .load { return SequentialPhragmen.leaders(position.accounts, seated: position.seated, election) }
    let rest = Set(0..<election.candidateCount).subtracting(position.seated).sorted()
    let most = rest.map { election.approvals[$0] }.max() ?? 0
    return SeatLeaders(stage: .approvals, candidates: rest.filter { election.approvals[$0] == most }, value: Rational(most))
  }

  private func affordable(_ position: Position) -> SeatLeaders? {
    var best: Price?
    var leaders: [Int] = []
    var exhausted: [Int: Int] = [:]
    let seated = Set(position.seated)
    for candidate in 0..<election.candidateCount where !seated.contains(candidate) {
      guard let price = price(candidate, position.accounts) else { continue }
      if let least = best {
        let (mine, theirs) = (price.numerator * BigInt(least.payers), least.numerator * BigInt(price.payers))
        if mine > theirs { continue }
        if mine < theirs { leaders = [] }
      }
      best = price
      leaders.append(candidate)
      exhausted[candidate] = price.exhausted
    }
    guard let best else { return nil }
    let counts = exhausted
    return SeatLeaders(
      stage: .price, candidates: leaders, value: Rational(best.numerator, position.accounts.denominator * BigInt(best.payers)),
      exhausted: { counts[$0] ?? 0 })
  }

  /// The lowest highest contribution that pays for the candidate; nil where its supporters have less than 1 together.
  private func price(_ candidate: Int, _ accounts: VoterAccounts) -> Price? {
    let weights = accounts.weights(of: election.supporters[candidate], in: election)
    var missing = accounts.denominator
    var payers = election.approvals[candidate]
    var exhausted = 0
    for (place, weight) in weights.enumerated() where weight > 0 {
      if accounts.amounts[place] * BigInt(payers) >= missing { return Price(numerator: missing, payers: payers, exhausted: exhausted) }
      missing -= accounts.amounts[place] * BigInt(weight)
      payers -= weight
      exhausted += weight
    }
    return nil
  }

  func position(_ position: Position, electing candidate: Int, at leaders: SeatLeaders) -> Position {
    var next = position
    next.seated = (next.seated + [candidate]).sorted()
    switch leaders.stage {
    case .price:
      let (price, whole) = (leaders.value, position.accounts.denominator)
      let factor = price.denominator / price.denominator.greatestCommonDivisor(with: whole)
      let paid = price.numerator * (whole * factor / price.denominator)
      next.accounts.change(election.supporters[candidate], factor: factor) { max($0 - paid, 0) }
    case .load: SequentialPhragmen.elect(candidate, at: leaders, &next.accounts, election)
    case .approvals, .points: break
    }
    return next
  }

  func seated(_ position: Position) -> [Int] { position.seated }

  func reason(_ candidate: Int, end: Position, before: Position, last: CommitteeRound?) -> CommitteeReason {
    guard let last, end.seated.count == election.seats else { return .notAffordable(left: left(candidate, end)) }
    switch last.stage {
    case .load: return SequentialPhragmen.reason(candidate, before.accounts, last: last, election)
    case .approvals, .points:
      return .behind(stage: .approvals, own: Rational(election.approvals[candidate]), elected: last.elected, value: last.value)
    case .price:
      guard let price = price(candidate, before.accounts) else { return .notAffordable(left: left(candidate, before)) }
      let own = Rational(price.numerator, before.accounts.denominator * BigInt(price.payers))
      return .behind(stage: .price, own: own, elected: last.elected, value: last.value)
    }
  }

  private func left(_ candidate: Int, _ position: Position) -> Rational {
    position.accounts.total(position.accounts.weights(of: election.supporters[candidate], in: election))
  }
}
