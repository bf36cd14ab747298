package import Database

/// Tries that are counted in the database, so that a restart does not forget them: wrong passwords, mostly.
package enum Attempts {
  /// Counts the tries of one kind within the last minutes.
  package static func count(_ what: String, minutes: Int64, in db: Reading) throws -> Int {
    try db.count("SELECT COUNT(*) FROM attempts WHERE what = $1 AND made_at > $2", what, db.now.adding(minutes: -minutes))
  }

  package static func note(_ what: String, in db: Writing) throws {
    _ = try db.insert("INSERT INTO attempts (what, made_at) VALUES ($1, $2) RETURNING id", what, db.now)
  }

  /// Forgets what no limit looks at any more.
  package static func sweep(in db: Writing) throws {
    _ = try db.run("DELETE FROM attempts WHERE made_at < $1", db.now.adding(days: -1))
  }
}
