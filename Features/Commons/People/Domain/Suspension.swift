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

  /// Days in which a suspension outlives the account that it ended with.
  package static let outlivingDays: Int64 = 365

  private static func digest(_ emailKey: String, _ secret: [UInt8]) -> String { Secret.sign(emailKey, purpose: "suspension", key: secret) }

  /// Keeps the suspension that runs when its account ends, under a digest of the address: leaving and joining again does not lift it.
  package static func outlive(_ person: PersonID, emailKey: String, secret: [UInt8], in db: Writing) throws {
    _ = try db.run(
      """
      INSERT INTO outlived_suspensions (address_digest, reason, suspended_by, suspended_at, left_at)
      SELECT $1, reason, suspended_by, suspended_at, $2 FROM suspensions WHERE person_id = $3 AND lifted_at IS NULL
      ON CONFLICT (address_digest) DO UPDATE SET
        reason = excluded.reason, suspended_by = excluded.suspended_by, suspended_at = excluded.suspended_at, left_at = excluded.left_at
      """, digest(emailKey, secret), db.now, person)
  }

  /// Gives a new account the suspension that outlived the one before with the same address.
  package static func resume(_ person: PersonID, emailKey: String, secret: [UInt8], in db: Writing) throws {
    let digest = digest(emailKey, secret)
    let resumed = try db.run(
      """
      INSERT INTO suspensions (person_id, reason, suspended_by, suspended_at)
      SELECT $1, reason, suspended_by, suspended_at FROM outlived_suspensions WHERE address_digest = $2 AND left_at > $3
      """, person, digest, db.now.adding(days: -outlivingDays))
    guard resumed == 1 else { return }
    _ = try db.run("UPDATE people SET suspended_at = $1 WHERE id = $2", db.now, person)
    _ = try db.run("DELETE FROM outlived_suspensions WHERE address_digest = $1", digest)
    try db.record(suspended, by: nil, on: ("people", person.number), in: nil)
  }

  /// Forgets those that outlived their account by a year; returns how many.
  package static func forgetOutlived(in db: Writing) throws -> Int {
    try db.run("DELETE FROM outlived_suspensions WHERE left_at <= $1", db.now.adding(days: -outlivingDays))
  }

  package static func forget(of person: PersonID, in db: Writing) throws { _ = try db.run("DELETE FROM suspensions WHERE person_id = $1", person) }
}
