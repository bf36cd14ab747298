package import Database

/// What someone typed and has not published: kept under a token until they sign in, then under their account.
package struct Draft: Sendable {
  package let id: Int64
  package let path: String
  package let title: String
  /// JSON object: field name to what was typed.
  package let fields: String
  package let saved: Instant
}

package enum Drafts {
  static let days: Int64 = 30
  static let mostPerPerson = 50
  /// Largest draft in bytes.
  package static let longest = 60_000

  /// Keeps what was typed; a second draft of the same form replaces the first, and the oldest goes when there are too many.
  package static func save(path: String, title: String, fields: String, token: String, for person: PersonID?, in db: Writing) throws -> Int64 {
    guard fields.utf8.count <= longest else { throw Refusal("refusal.too-long") }
    if let person {
      _ = try db.run("DELETE FROM drafts WHERE person_id = $1 AND path = $2", person, path)
      let old: [Int64] = try db.all(
        "SELECT id FROM drafts WHERE person_id = $1 ORDER BY saved_at DESC, id DESC LIMIT 50 OFFSET $2", person, mostPerPerson - 1
      ) {
        $0.int64(0)
      }
      for id in old { try remove(id, of: person, in: db) }
    }
    return try db.insert(
      "INSERT INTO drafts (person_id, token_hash, path, title, fields, saved_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      person,
      Secret.hash(token), path, title, fields, db.now, db.now.adding(days: days))
  }

  package static func find(token: String, in db: Reading) throws -> Draft? {
    try db.first(
      "SELECT id, path, title, fields, saved_at FROM drafts WHERE token_hash = $1 AND person_id IS NULL AND expires_at > $2", Secret.hash(token),
      db.now,
      map: draft)
  }

  package static func find(path: String, of person: PersonID, in db: Reading) throws -> Draft? {
    try db.first("SELECT id, path, title, fields, saved_at FROM drafts WHERE person_id = $1 AND path = $2", person, path, map: draft)
  }

  package static func list(of person: PersonID, in db: Reading) throws -> [Draft] {
    try db.all("SELECT id, path, title, fields, saved_at FROM drafts WHERE person_id = $1 ORDER BY saved_at DESC, id DESC", person, map: draft)
  }

  /// Hands a draft typed before signing in to the person who signed in, whatever the browser or device.
  package static func adopt(_ id: Int64, by person: PersonID, in db: Writing) throws -> Draft? {
    guard
      let draft = try db.first(
        "SELECT id, path, title, fields, saved_at FROM drafts WHERE id = $1 AND person_id IS NULL AND expires_at > $2", id, db.now, map: draft)
    else { return nil }
    _ = try db.run("DELETE FROM drafts WHERE person_id = $1 AND path = $2", person, draft.path)
    _ = try db.run("UPDATE drafts SET person_id = $1 WHERE id = $2", person, id)
    return draft
  }

  package static func remove(path: String, of person: PersonID, in db: Writing) throws {
    _ = try db.run("DELETE FROM drafts WHERE person_id = $1 AND path = $2", person, path)
  }

  package static func remove(_ id: Int64, of person: PersonID, in db: Writing) throws {
    _ = try db.run("DELETE FROM drafts WHERE person_id = $1 AND id = $2", person, id)
  }

  package static func sweep(in db: Writing) throws { _ = try db.run("DELETE FROM drafts WHERE expires_at < $1", db.now) }

  private static func draft(_ row: Row) -> Draft {
    Draft(id: row.int64(0), path: row.text(1), title: row.text(2), fields: row.text(3), saved: row.instant(4))
  }
}
