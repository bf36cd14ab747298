/// An organization of units, themes and votings with its members, their delegations and their votes. Everything is a number from 0; the ids that the
/// outside world uses stand in ``memberIDs`` and its like, in ascending order, so that the order of numbers is the order of ids.
package struct DelegationWorld: Sendable {
  /// An organization: whoever may vote in it may vote in all its themes.
  package struct Unit: Sendable {
    /// As the outside world knows it.
    package let id: Int
    /// By member.
    package var votingRights: [Bool]
    package var delegations: [Delegation] = []

    package init(id: Int, memberCount: Int) {
      self.id = id
      votingRights = [Bool](repeating: false, count: memberCount)
    }
  }

  /// A field of matters within a unit.
  package struct Theme: Sendable {
    package let id: Int
    /// By number.
    package let unit: Int
    /// Who takes part in the theme.
    package var participants: [Int] = []
    package var delegations: [Delegation] = []

    package init(id: Int, unit: Int) {
      self.id = id
      self.unit = unit
    }
  }

  /// A matter to be voted on, with its initiatives.
  package struct Voting: Sendable {
    package let id: Int
    /// By number.
    package let theme: Int
    /// In ascending order.
    package let initiativeIDs: [Int]
    /// Who takes part in the discussion.
    package var interested: [Int] = []
    /// By initiative.
    package var supporters: [[Int]]
    package var votes: GradedVotes
    package var delegations: [Delegation] = []

    package init(id: Int, theme: Int, initiativeIDs: [Int]) {
      self.id = id
      self.theme = theme
      self.initiativeIDs = initiativeIDs
      supporters = initiativeIDs.map { _ in [] }
      votes = GradedVotes(optionCount: initiativeIDs.count)
    }
  }

  /// Ascending; the place of an id is the number of the member.
  package let memberIDs: [Int]
  /// By member.
  package let isActive: [Bool]
  package var units: [Unit] = []
  package var themes: [Theme] = []
  package var votings: [Voting] = []

  /// - Precondition: one activity flag for each member.
  package init(memberIDs: [Int], isActive: [Bool]) {
    precondition(memberIDs.count == isActive.count, "one activity flag for each member")
    self.memberIDs = memberIDs
    self.isActive = isActive
  }

  /// By member: inactive comes before unentitled.
  package func standings(inUnit unit: Int) -> [Standing] {
    zip(isActive, units[unit].votingRights).map { active, right in !active ? .inactive : right ? .entitled : .unentitled }
  }

  /// The words that may hold in a voting.
  package func trust(inVoting voting: Int) -> TrustTable {
    let theme = themes[votings[voting].theme]
    return TrustTable(memberCount: memberIDs.count, delegations: units[theme.unit].delegations + theme.delegations + votings[voting].delegations)
  }

  /// A member's chain in a voting, in a theme or in a unit as a whole, as it stands while the matter is discussed.
  package func chain(of member: Int, _ scope: DelegationScope, _ number: Int) -> DelegationChain {
    switch scope {
    case .organization:
      let trust = TrustTable(memberCount: memberIDs.count, delegations: units[number].delegations)
      return DelegationChain(of: member, trust: trust, standings: standings(inUnit: number)) { _ in false }
    case .theme:
      let theme = themes[number]
      let trust = TrustTable(memberCount: memberIDs.count, delegations: units[theme.unit].delegations + theme.delegations)
      let participants = Set(theme.participants)
      return DelegationChain(of: member, trust: trust, standings: standings(inUnit: theme.unit)) { participants.contains($0) }
    case .voting:
      let interested = Set(votings[number].interested)
      return DelegationChain(of: member, trust: trust(inVoting: number), standings: standings(inUnit: themes[votings[number].theme].unit)) {
        interested.contains($0)
      }
    }
  }
}
