internal import SocialChoice

/// Puts the rows together, and refuses those that name what is not there or contradict each other.
struct LiquidWorldReading {
  private(set) var world: DelegationWorld
  private let members: [Int: Int]
  private var units: [Int: Int] = [:]
  private var areas: [Int: Int] = [:]
  private var issues: [Int: Int] = [:]
  /// By the initiative's id: its issue and its place there.
  private var initiatives: [Int: (issue: Int, place: Int)] = [:]

  /// What may have one row only.
  private struct Key: Hashable {
    var scope = DelegationScope.voting
    let matter: Int
    let member: Int
  }

  /// - Throws: ``LiquidRowFault``.
  init(_ rows: LiquidRows) throws {
    _ = try Self.numbered("members", rows.members.map(\.id))
    let ordered = rows.members.sorted { $0.id < $1.id }
    members = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1.id, $0) })
    world = DelegationWorld(memberIDs: ordered.map(\.id), isActive: ordered.map(\.isActive))
    try readScopes(rows)
    try readPrivileges(rows.privileges)
    for (row, pair) in rows.memberships.enumerated() {
      let area = try find(pair.matter, in: areas, "area", "memberships", row)
      world.themes[area].participants.append(try member(pair.member, "memberships", row))
    }
    for (row, pair) in rows.interests.enumerated() {
      let issue = try find(pair.matter, in: issues, "issue", "interests", row)
      world.votings[issue].interested.append(try member(pair.member, "interests", row))
    }
    for (row, pair) in rows.supporters.enumerated() {
      guard let (issue, place) = initiatives[pair.matter] else { throw LiquidRowFault("supporters", row, "no initiative \(pair.matter)") }
      world.votings[issue].supporters[place].append(try member(pair.member, "supporters", row))
    }
    try readDelegations(rows.delegations)
    try readVotes(rows.votes)
  }

  private mutating func readScopes(_ rows: LiquidRows) throws {
    units = try Self.numbered("units", rows.units.map(\.id))
    world.units = rows.units.map { DelegationWorld.Unit(id: $0.id, memberCount: members.count) }
    for (row, unit) in rows.units.enumerated() {
      if let parent = unit.parent { _ = try find(parent, in: units, "unit", "units", row) }
    }
    areas = try Self.numbered("areas", rows.areas.map(\.id))
    world.themes = try rows.areas.enumerated().map { row, area in
      DelegationWorld.Theme(id: area.id, unit: try find(area.unit, in: units, "unit", "areas", row))
    }
    issues = try Self.numbered("issues", rows.issues.map(\.id))
    for (row, issue) in rows.issues.enumerated() {
      let area = try find(issue.area, in: areas, "area", "issues", row)
      let ordered = issue.initiatives.sorted()
      for (place, initiative) in ordered.enumerated() where initiatives.updateValue((row, place), forKey: initiative) != nil {
        throw LiquidRowFault("issues", row, "the initiative \(initiative) is listed twice")
      }
      world.votings.append(DelegationWorld.Voting(id: issue.id, theme: area, initiativeIDs: ordered))
    }
  }

  private mutating func readPrivileges(_ rows: [LiquidRows.Privilege]) throws {
    var seen: Set<Key> = []
    for (row, privilege) in rows.enumerated() {
      let unit = try find(privilege.unit, in: units, "unit", "privileges", row)
      let holder = try member(privilege.member, "privileges", row)
      guard seen.insert(Key(matter: unit, member: holder)).inserted else {
        throw LiquidRowFault("privileges", row, "a second row for member \(privilege.member) in unit \(privilege.unit)")
      }
      world.units[unit].votingRights[holder] = privilege.votingRight
    }
  }

  private mutating func readDelegations(_ rows: [LiquidRows.Delegation]) throws {
    var seen: Set<Key> = []
    for (row, delegation) in rows.enumerated() {
      let truster = try member(delegation.truster, "delegations", row)
      let trust = try delegation.trustee.map { Trust.inMember(try member($0, "delegations", row)) } ?? .switchedOff
      let (scope, matters): (DelegationScope, [Int: Int]) =
        switch delegation.scope {
        case .unit: (.organization, units)
        case .area: (.theme, areas)
        case .issue: (.voting, issues)
        }
      let matter = try find(delegation.id, in: matters, delegation.scope.rawValue, "delegations", row)
      guard seen.insert(Key(scope: scope, matter: matter, member: truster)).inserted else {
        throw LiquidRowFault("delegations", row, "a second word of member \(delegation.truster) for \(delegation.scope.rawValue) \(delegation.id)")
      }
      let word = Delegation(truster: truster, scope: scope, trust: trust)
      switch scope {
      case .organization: world.units[matter].delegations.append(word)
      case .theme: world.themes[matter].delegations.append(word)
      case .voting: world.votings[matter].delegations.append(word)
      }
    }
  }

  private mutating func readVotes(_ rows: [LiquidRows.Vote]) throws {
    var seen: Set<Key> = []
    for (row, vote) in rows.enumerated() {
      let issue = try find(vote.issue, in: issues, "issue", "votes", row)
      let voter = try member(vote.member, "votes", row)
      guard seen.insert(Key(matter: issue, member: voter)).inserted else {
        throw LiquidRowFault("votes", row, "a second vote of member \(vote.member) on issue \(vote.issue)")
      }
      var grades = [Int32](repeating: 0, count: world.votings[issue].initiativeIDs.count)
      for (key, grade) in vote.grades {
        guard let id = Int(key), let (owner, place) = initiatives[id], owner == issue else {
          throw LiquidRowFault("votes", row, "issue \(vote.issue) has no initiative \(key)")
        }
        grades[place] = grade ?? 0
      }
      world.votings[issue].votes.append(voter: voter, grades: grades)
    }
  }

  private static func numbered(_ table: String, _ ids: [Int]) throws -> [Int: Int] {
    var numbers: [Int: Int] = [:]
    for (row, id) in ids.enumerated() where numbers.updateValue(row, forKey: id) != nil {
      throw LiquidRowFault(table, row, "a second row with the id \(id)")
    }
    return numbers
  }

  private func find(_ id: Int, in numbers: [Int: Int], _ kind: String, _ table: String, _ row: Int) throws -> Int {
    guard let number = numbers[id] else { throw LiquidRowFault(table, row, "no \(kind) \(id)") }
    return number
  }

  private func member(_ id: Int, _ table: String, _ row: Int) throws -> Int { try find(id, in: members, "member", table, row) }
}
