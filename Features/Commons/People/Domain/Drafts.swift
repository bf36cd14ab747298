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
  package static let longest = 400_000
  /// The same of one that no account holds.
  package static let longestOfNobody = 120_000

  /// Keeps what was typed; it takes the place of the newest draft of the same form, and the oldest goes when there are too many.
  package static func save(path: String, title: String, fields: String, token: String, for person: PersonID?, in db: Writing) throws -> Int64 {
    guard fields.utf8.count <= longest else { throw Refusal("refusal.too-long") }
    if let person {
      try remove(path: path, of: person, in: db)
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
    try db.first(
      "SELECT id, path, title, fields, saved_at FROM drafts WHERE person_id = $1 AND path = $2 ORDER BY saved_at DESC, id DESC LIMIT 1", person, path,
      map: draft)
  }

  package static func path(of id: Int64, in db: Reading) throws -> String? {
    try db.first("SELECT path FROM drafts WHERE id = $1", id) { $0.text(0) }
  }

  package static func list(of person: PersonID, in db: Reading) throws -> [Draft] {
    try db.all("SELECT id, path, title, fields, saved_at FROM drafts WHERE person_id = $1 ORDER BY saved_at DESC, id DESC", person, map: draft)
  }

  /// Hands a draft typed before signing in to the person who signed in, whatever the browser or device. Their own draft of the same form stays
  /// beneath it, and shows again once this one is published or thrown away: a mailed link may bring what a stranger typed.
  package static func adopt(_ id: Int64, by person: PersonID, in db: Writing) throws -> Draft? {
    let taken = try db.run(
      "UPDATE drafts SET person_id = $1, saved_at = $2 WHERE id = $3 AND person_id IS NULL AND expires_at > $2", person, db.now, id)
    guard taken == 1 else { return nil }
    return try db.first("SELECT id, path, title, fields, saved_at FROM drafts WHERE id = $1", id, map: draft)
  }

  /// Removes the newest draft of a form: it was published, or is saved anew.
  package static func remove(path: String, of person: PersonID, in db: Writing) throws {
    if let newest = try find(path: path, of: person, in: db) { try remove(newest.id, of: person, in: db) }
  }

  package static func remove(_ id: Int64, of person: PersonID, in db: Writing) throws {
    _ = try db.run("DELETE FROM drafts WHERE person_id = $1 AND id = $2", person, id)
  }

  package static func forget(of person: PersonID, in db: Writing) throws { _ = try db.run("DELETE FROM drafts WHERE person_id = $1", person) }

  /// Forgets what was kept of the forms below a path, whoever typed it.
  package static func forget(below path: String, in db: Writing) throws {
    _ = try db.run("DELETE FROM drafts WHERE substr(path, 1, $1) = $2", path.utf8.count, path)
  }

  package static func sweep(in db: Writing) throws { _ = try db.run("DELETE FROM drafts WHERE expires_at < $1", db.now) }

  private static func draft(_ row: Row) -> Draft {
    Draft(id: row.int64(0), path: row.text(1), title: row.text(2), fields: row.text(3), saved: row.instant(4))
  }
}
