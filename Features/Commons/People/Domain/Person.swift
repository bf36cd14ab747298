package import Database
package import Localization
import Mail

/// A person with an account, as they see themselves.
package struct Person: Sendable {
  package let id: PersonID
  package let email: String
  package let name: String
  package let language: Language
  package let hasPassword: Bool
  package let hasSecondFactor: Bool
  package let underFifteen: Bool
  package let termsVersion: Int
  package let created: Instant
  package let lastSignIn: Instant

  /// Whether some version of the terms was accepted.
  package var hasAcceptedTerms: Bool { termsVersion > 0 }
}

package enum People {
  package static let joined = EventKind("people.joined", .staff)
  package static let deleted = EventKind("people.deleted", .staff)
  package static let secured = EventKind("people.secured", .nobody)

  package static func person(_ id: PersonID, in db: Reading) throws -> Person? {
    try db.first(
      """
      SELECT id, COALESCE(email, ''), display_name, language, password, totp_confirmed_at, under_fifteen, terms_version, created_at, signed_in_at
      FROM people WHERE id = $1 AND deleted_at IS NULL
      """, id
    ) { row in
      Person(
        id: row.id(0), email: row.text(1), name: row.text(2), language: Language(row.text(3)), hasPassword: row.textOrNil(4) != nil,
        hasSecondFactor: row.instantOrNil(5) != nil, underFifteen: row.bool(6), termsVersion: row.int(7), created: row.instant(8),
        lastSignIn: row.instant(9))
    }
  }

  package static func find(email key: String, in db: Reading) throws -> (id: PersonID, password: String?)? {
    try db.first("SELECT id, password FROM people WHERE email_key = $1 AND deleted_at IS NULL", key) { ($0.id(0), $0.textOrNil(1)) }
  }

  /// Makes an account for an address that was just proved.
  package static func join(email: String, key: String, name: String, language: Language, termsVersion: Int, in db: Writing) throws -> PersonID {
    let id = PersonID(
      try db.insert(
        """
        INSERT INTO people (email, email_key, email_confirmed_at, display_name, language, under_fifteen, terms_version, created_at, signed_in_at)
        VALUES ($1, $2, $3, $4, $5, 0, $6, $3, $3) RETURNING id
        """, email, key, db.now, name, language.tag, termsVersion))
    try db.record(joined, by: id, on: ("people", id.number), in: nil)
    return id
  }

  /// Changes what others see of someone.
  package static func edit(
    name: String, language: Language, isUnderFifteen: Bool, permit: consuming Permit<EditProfile>, in db: Writing
  ) throws {
    guard let person = permit.actor.person else { return }
    try setName(name, language: language, of: person, in: db)
    try setUnderFifteen(isUnderFifteen, of: person, in: db)
  }

  package static func setName(_ name: String, language: Language, of person: PersonID, in db: Writing) throws {
    try Authors.checkFree([name], besides: person, in: db)
    _ = try db.run("UPDATE people SET display_name = $1, language = $2 WHERE id = $3", name, language.tag, person)
  }

  package static func setUnderFifteen(_ under: Bool, of person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE people SET under_fifteen = $1 WHERE id = $2", under, person)
  }

  package static func setPassword(_ hash: String?, of person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE people SET password = $1 WHERE id = $2", hash, person)
    try db.record(secured, by: person, on: ("people", person.number), in: nil)
  }

  /// Keeps the same password hashed anew, unless it was changed meanwhile.
  package static func renewPassword(of person: PersonID, from old: String, to new: String, in db: Writing) throws {
    _ = try db.run("UPDATE people SET password = $1 WHERE id = $2 AND password = $3", new, person, old)
  }

  /// Erases who someone was; what refers to the account refers to a former participant.
  package static func erase(_ person: PersonID, in db: Writing) throws {
    _ = try db.run(
      """
      UPDATE people SET email = NULL, email_key = NULL, display_name = '', password = NULL, totp_secret = NULL, totp_confirmed_at = NULL,
        deleted_at = $1
      WHERE id = $2
      """, db.now, person)
    try db.record(deleted, by: nil, on: ("people", person.number), in: nil)
  }

  /// Notes that someone was told that their account will end; the next sign-in takes it back.
  package static func noteWarning(_ person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE people SET warned_at = $1 WHERE id = $2", db.now, person)
  }

  package static func acceptTerms(_ version: Int, by person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE people SET terms_version = $1 WHERE id = $2", version, person)
  }
}
