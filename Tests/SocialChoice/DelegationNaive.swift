import SocialChoice

/// A small world of one voting, and the same counted a second way: person by person, following each chain afresh, in no hurry.
struct SmallWorld {
  var trust: TrustTable
  var standings: [Standing]
  var votes: [Bool]
  var delegations: [Delegation]

  init(_ random: inout PublicRandom, most: Int = 9) {
    let count = 1 + random.below(most)
    standings = (0..<count).map { _ in [.entitled, .entitled, .entitled, .entitled, .inactive, .unentitled][random.below(6)] }
    votes = (0..<count).map { _ in random.below(3) == 0 }
    delegations = []
    for scope in DelegationScope.allCases {
      for member in 0..<count where random.below(5) < 2 {
        delegations.append(Delegation(truster: member, scope: scope, trust: random.below(5) == 0 ? .switchedOff : .inMember(random.below(count))))
      }
    }
    trust = TrustTable(memberCount: count, delegations: delegations)
  }

  private func word(of member: Int) -> Trust? {
    for scope in [DelegationScope.voting, .theme, .organization] {
      if let word = delegations.last(where: { $0.truster == member && $0.scope == scope }) { return word.trust }
    }
    return nil
  }

  func end(of member: Int) -> VoiceEnd {
    if standings[member] != .entitled { return .barred(standings[member]) }
    if votes[member] { return .direct }
    guard case .inMember(var at)? = word(of: member) else { return .away }
    var seen = [member]
    while true {
      if standings[at] != .entitled { return .lost(.barred(at, standings[at])) }
      if votes[at] { return .carried(voter: at, distance: seen.count) }
      if seen.contains(at) { return .lost(.ring(entry: at)) }
      seen.append(at)
      switch word(of: at) {
      case .inMember(let next)?: at = next
      case .switchedOff?: return .lost(.switchedOff(at))
      case nil: return .lost(.silent(at))
      }
    }
  }

  func weight(of member: Int) -> Int {
    guard end(of: member) == .direct else { return 0 }
    return standings.indices.count { if case .carried(member, _) = end(of: $0) { true } else { $0 == member } }
  }
}
