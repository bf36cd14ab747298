package import Database

/// Granting and taking back roles.
package struct ManageGrants: Act {
  package init() {}
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.verdict(holding: .administrator, in: nil) }
}

/// One row of the list of roles.
package struct GrantRow: Sendable {
  package let id: Int64
  package let person: PersonID
  package let name: String
  package let email: String
  package let role: Role
  package let space: SpaceID?
}

package enum Grants {
  package static let given = EventKind("permissions.granted", .staff, headline: "events.permissions.granted")
  package static let revoked = EventKind("permissions.revoked", .staff, headline: "events.permissions.revoked")

  /// The roles in force of one person.
  package static func held(by person: PersonID, in db: Reading) throws -> Set<Grant> {
    let grants = try db.all("SELECT role, space_id FROM grants WHERE person_id = $1 AND revoked_at IS NULL", person) { row in
      Role(rawValue: row.text(0)).map { Grant($0, in: row.idOrNil(1)) }
    }
    return Set(grants.compactMap { $0 })
  }

  package static func holdsAny(_ person: PersonID, in db: Reading) throws -> Bool {
    try db.count("SELECT COUNT(*) FROM grants WHERE person_id = $1 AND revoked_at IS NULL", person) > 0
  }

  package static func list(in db: Reading) throws -> [GrantRow] {
    try db.all(
      """
      SELECT g.id, p.id, p.display_name, COALESCE(p.email, ''), g.role, g.space_id
      FROM grants g JOIN people p ON p.id = g.person_id
      WHERE g.revoked_at IS NULL
      ORDER BY g.role, p.display_name, g.id
      """
    ) { row in
      GrantRow(
        id: row.int64(0), person: row.id(1), name: row.text(2), email: row.text(3), role: row.choice(4, or: Role.agent),
        space: row.idOrNil(5))
    }
  }

  package static func grant(_ grant: Grant, to person: PersonID, permit: consuming Permit<ManageGrants>, in db: Writing) throws {
    try write(grant, to: person, by: permit.actor.person, in: db)
  }

  /// Grants from the command line, the set-up link or the demonstration, where the operator stands for the rule.
  package static func grantAsOperator(_ grant: Grant, to person: PersonID, in db: Writing) throws {
    try write(grant, to: person, by: nil, in: db)
  }

  private static func write(_ grant: Grant, to person: PersonID, by giver: PersonID?, in db: Writing) throws {
    if try held(by: person, in: db).contains(grant) { return }
    _ = try db.insert(
      "INSERT INTO grants (person_id, role, space_id, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
      person, grant.role.rawValue, grant.space, giver, db.now)
    try db.record(given, by: giver, on: ("people", person.number), in: grant.space, facts: "{\"role\":\"\(grant.role.rawValue)\"}")
  }

  /// Whether the person administers the organization and nobody else who could act does: suspended accounts do not count.
  package static func isLastAdministrator(_ person: PersonID, in db: Reading) throws -> Bool {
    let active: [PersonID] = try db.all(
      """
      SELECT DISTINCT p.id FROM grants g JOIN people p ON p.id = g.person_id
      WHERE g.role = 'administrator' AND g.space_id IS NULL AND g.revoked_at IS NULL AND p.suspended_at IS NULL AND p.deleted_at IS NULL
      ORDER BY p.id
      """
    ) { $0.id(0) }
    return active == [person]
  }

  /// Ends all roles of someone who leaves, or in a space that goes; each is told in the log.
  package static func endAll(of person: PersonID, in db: Writing) throws {
    for row in try list(in: db) where row.person == person { try end(row, by: nil, in: db) }
  }

  package static func endAll(in space: SpaceID, by actor: PersonID?, in db: Writing) throws {
    for row in try list(in: db) where row.space == space { try end(row, by: actor, in: db) }
  }

  /// Takes a role back. The last administrator stays, even when two are taken back at once.
  package static func revoke(_ id: Int64, permit: consuming Permit<ManageGrants>, in db: Writing) throws {
    guard let row = try list(in: db).first(where: { $0.id == id }) else { throw NotFound() }
    if row.role == .administrator && row.space == nil, try isLastAdministrator(row.person, in: db) { throw Refusal("refusal.last-administrator") }
    try end(row, by: permit.actor.person, in: db)
  }

  private static func end(_ row: GrantRow, by actor: PersonID?, in db: Writing) throws {
    _ = try db.run("UPDATE grants SET revoked_at = $1, revoked_by = $2 WHERE id = $3 AND revoked_at IS NULL", db.now, actor, row.id)
    try db.record(revoked, by: actor, on: ("people", row.person.number), in: row.space, facts: "{\"role\":\"\(row.role.rawValue)\"}")
  }
}
