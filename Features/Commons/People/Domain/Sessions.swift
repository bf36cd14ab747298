package import Database
package import Localization

/// One sign-in on one device, as its owner sees it in the list.
package struct Session: Sendable {
  package let id: Int64
  package let device: String
  package let started: Instant
  package let seen: Instant
}

/// Whoever sends the cookie of a session: the person, what they may do, and how fresh the proof is.
package struct SignedIn: Sendable {
  package let session: Int64
  package let actor: Actor
  package let person: PersonID
  package let name: String
  package let language: Language
  package let proved: Instant
  /// When the session was last noted as used.
  package let seen: Instant
  /// Holds a role and has no second factor yet: is asked to set one up.
  package let mustSetUpSecondFactor: Bool
  /// Has a second factor and has not shown it in this session.
  package let owesSecondFactor: Bool
}

package enum Sessions {
  /// A session ends two weeks after it was last seen, and three months after it started whatever happens.
  static let idleDays: Int64 = 14
  static let longestDays: Int64 = 90
  /// How long a proof of identity counts as fresh for changes to the account.
  package static let freshMinutes: Int64 = 15
  static let mostPerPerson = 20

  /// Starts a session for someone who just proved who they are. The oldest of too many end.
  /// - Throws: `NotFound` when the account is gone.
  package static func start(_ token: String, for person: PersonID, device: String, in db: Writing) throws {
    guard try db.count("SELECT COUNT(*) FROM people WHERE id = $1 AND deleted_at IS NULL", person) == 1 else { throw NotFound() }
    _ = try db.insert(
      """
      INSERT INTO sessions (person_id, token_hash, device, started_at, proved_at, seen_at, ends_at)
      VALUES ($1, $2, $3, $4, $4, $4, $5) RETURNING id
      """, person, Secret.hash(token), device, db.now, db.now.adding(days: longestDays))
    _ = try db.run("UPDATE people SET signed_in_at = $1, warned_at = NULL WHERE id = $2", db.now, person)
    _ = try db.run(
      """
      UPDATE sessions SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL AND id NOT IN (
        SELECT id FROM sessions WHERE person_id = $2 AND ended_at IS NULL ORDER BY seen_at DESC, id DESC LIMIT $3)
      """, db.now, person, mostPerPerson)
  }

  /// Who the cookie's token stands for, with their roles; nil when it stands for nobody (any more). Roles rest while their holder is suspended.
  package static func find(_ token: String, excusedFromSecondFactor: Bool, terms: Int, in db: Reading) throws -> SignedIn? {
    let found = try db.first(
      """
      SELECT s.id, s.person_id, p.display_name, p.language, s.proved_at, s.second_factor_at, p.totp_confirmed_at, p.suspended_at, p.terms_version, s.seen_at
      FROM sessions s JOIN people p ON p.id = s.person_id
      WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.ends_at > $2 AND s.seen_at > $3 AND p.deleted_at IS NULL
      """, Secret.hash(token), db.now, db.now.adding(days: -idleDays)
    ) { row in
      (
        session: row.int64(0), person: row.id(1) as PersonID, name: row.text(2), language: row.text(3), proved: row.instant(4),
        shown: row.instantOrNil(5) != nil, hasFactor: row.instantOrNil(6) != nil, suspended: row.instantOrNil(7) != nil, terms: row.int(8),
        seen: row.instant(9)
      )
    }
    guard let found else { return nil }
    let grants = found.suspended ? [] : try Grants.held(by: found.person, in: db)
    let secured = found.shown || excusedFromSecondFactor
    let actor = Actor(
      person: found.person, grants: grants, isSuspended: found.suspended, hasSecondFactor: secured, acceptedTerms: found.terms >= terms,
      owesSecondFactor: found.hasFactor && !found.shown)
    return SignedIn(
      session: found.session, actor: actor, person: found.person, name: found.name, language: Language(found.language), proved: found.proved,
      seen: found.seen,
      mustSetUpSecondFactor: !grants.isEmpty && !found.hasFactor && !excusedFromSecondFactor, owesSecondFactor: found.hasFactor && !found.shown)
  }

  /// Notes that the session was used; at most once an hour, so that reading writes nothing.
  package static func touch(_ session: Int64, in db: Writing) throws {
    _ = try db.run("UPDATE sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $3", db.now, session, db.now.adding(minutes: -60))
  }

  package static func list(of person: PersonID, in db: Reading) throws -> [Session] {
    try db.all(
      "SELECT id, device, started_at, seen_at FROM sessions WHERE person_id = $1 AND ended_at IS NULL AND ends_at > $2 ORDER BY seen_at DESC, id DESC",
      person,
      db.now
    ) { Session(id: $0.int64(0), device: $0.text(1), started: $0.instant(2), seen: $0.instant(3)) }
  }

  package static func end(_ session: Int64, of person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE sessions SET ended_at = $1 WHERE id = $2 AND person_id = $3 AND ended_at IS NULL", db.now, session, person)
  }

  /// Ends all sessions of a person but one.
  package static func endAll(of person: PersonID, but kept: Int64?, in db: Writing) throws {
    _ = try db.run("UPDATE sessions SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL AND id <> $3", db.now, person, kept ?? 0)
  }

  package static func forget(of person: PersonID, in db: Writing) throws { _ = try db.run("DELETE FROM sessions WHERE person_id = $1", person) }

  /// Forgets sessions that ended a month ago.
  package static func sweep(in db: Writing) throws {
    let past = db.now.adding(days: -30)
    _ = try db.run("DELETE FROM sessions WHERE ends_at < $1 OR ended_at < $1", past)
  }

  package static func showSecondFactor(_ session: Int64, in db: Writing) throws {
    _ = try db.run("UPDATE sessions SET second_factor_at = $1 WHERE id = $2", db.now, session)
  }
}
