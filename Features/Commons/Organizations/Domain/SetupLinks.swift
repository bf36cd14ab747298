package import Database

/// The link that makes the first administrator: works once, within a week, and dies when an administrator is there.
package enum SetupLinks {
  package static func make(_ token: String, in db: Writing) throws {
    _ = try db.insert(
      "INSERT INTO setup_links (token_hash, created_at, expires_at) VALUES ($1, $2, $3) RETURNING id", Secret.hash(token), db.now,
      db.now.adding(days: 7))
  }

  package static func isOpen(_ token: String, in db: Reading) throws -> Bool {
    let links = try db.count(
      "SELECT COUNT(*) FROM setup_links WHERE token_hash = $1 AND spent_at IS NULL AND expires_at > $2", Secret.hash(token), db.now)
    let administrators = try db.count("SELECT COUNT(*) FROM grants WHERE role = 'administrator' AND revoked_at IS NULL")
    return links == 1 && administrators == 0
  }

  /// Spends the link and makes the account.
  package static func spend(_ token: String, email: String, key: String, name: String, in db: Writing) throws -> PersonID {
    guard try isOpen(token, in: db), let settings = try OrganizationStore.settings(in: db) else { throw NotFound() }
    _ = try db.run("UPDATE setup_links SET spent_at = $1 WHERE token_hash = $2", db.now, Secret.hash(token))
    let person = try People.join(
      email: email, key: key, name: name, language: settings.defaultLanguage, termsVersion: settings.termsVersion, in: db)
    try Grants.grantAsOperator(Grant(.administrator), to: person, in: db)
    return person
  }
}
