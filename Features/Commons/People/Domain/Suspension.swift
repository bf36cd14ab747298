package import Database

/// Suspending someone: they read as visitors do, and do nothing else, until it is lifted. What is theirs stays theirs: they may still sign in,
/// secure their account, take a copy of their data, and leave.
package struct SuspendPerson: Act {
  package let person: PersonID
  /// Administers, and nobody else who could act does.
  package let isLastAdministrator: Bool

  package init(_ person: PersonID, isLastAdministrator: Bool) {
    self.person = person
    self.isLastAdministrator = isLastAdministrator
  }

  /// With the facts of this transaction.
  package static func load(_ person: PersonID, in db: Reading) throws -> SuspendPerson {
    SuspendPerson(person, isLastAdministrator: try Grants.isLastAdministrator(person, in: db))
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let held = actor.verdict(holding: .administrator, in: nil)
    guard held.isYes else { return held }
    if actor.person == person { return .no(Refusal("refusal.suspend-self")) }
    return isLastAdministrator ? .no(Refusal("refusal.last-administrator")) : .yes
  }
}

/// Giving a suspended person back what they may do.
package struct LiftSuspension: Act {
  package let person: PersonID
  package init(_ person: PersonID) { self.person = person }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let held = actor.verdict(holding: .administrator, in: nil)
    guard held.isYes else { return held }
    return actor.person == person ? .no(Refusal("refusal.suspend-self")) : .yes
  }
}

/// One suspension, running or over.
package struct Suspension: Sendable {
  package let reason: String
  /// Who suspended, by their present name.
  package let by: String
  package let at: Instant
  package let lifted: Instant?
}

package enum Suspensions {
  package static let suspended = EventKind("people.suspended", .staff, headline: "events.people.suspended")
  package static let lifted = EventKind("people.suspension-lifted", .staff, headline: "events.people.suspension-lifted")
  /// Longest reason, in scalars.
  package static let longestReason = 500

  /// Suspends someone: sessions end, codes and links already sent open nothing any more.
  /// - Throws: `Conflict` when they are suspended already.
  package static func suspend(for reason: String, permit: consuming Permit<SuspendPerson>, in db: Writing) throws {
    let person = permit.act.person
    guard try db.run("UPDATE people SET suspended_at = $1 WHERE id = $2 AND suspended_at IS NULL AND deleted_at IS NULL", db.now, person) == 1 else {
      throw Conflict()
    }
    _ = try db.insert(
      "INSERT INTO suspensions (person_id, reason, suspended_by, suspended_at) VALUES ($1, $2, $3, $4) RETURNING id", person, reason,
      permit.actor.person, db.now)
    try Sessions.endAll(of: person, but: nil, in: db)
    try MailedCodes.endAll(of: person, in: db)
    try db.record(suspended, by: permit.actor.person, on: ("people", person.number), in: nil)
  }

  /// Lifts the suspension that runs.
  /// - Throws: `Conflict` when none does.
  package static func lift(permit: consuming Permit<LiftSuspension>, in db: Writing) throws {
    let person = permit.act.person
    guard try db.run("UPDATE people SET suspended_at = NULL WHERE id = $1 AND suspended_at IS NOT NULL AND deleted_at IS NULL", person) == 1 else {
      throw Conflict()
    }
    _ = try db.run(
      "UPDATE suspensions SET lifted_at = $1, lifted_by = $2 WHERE person_id = $3 AND lifted_at IS NULL", db.now, permit.actor.person, person)
    try db.record(lifted, by: permit.actor.person, on: ("people", person.number), in: nil)
  }

  /// Newest first.
  package static func list(of person: PersonID, in db: Reading) throws -> [Suspension] {
    try db.all(
      """
      SELECT s.reason, p.display_name, s.suspended_at, s.lifted_at FROM suspensions s JOIN people p ON p.id = s.suspended_by
      WHERE s.person_id = $1 ORDER BY s.suspended_at DESC, s.id DESC
      """, person
    ) { Suspension(reason: $0.text(0), by: $0.text(1), at: $0.instant(2), lifted: $0.instantOrNil(3)) }
  }

  package static func forget(of person: PersonID, in db: Writing) throws { _ = try db.run("DELETE FROM suspensions WHERE person_id = $1", person) }
}
