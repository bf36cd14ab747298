package import Database

/// The end of an account, and the copy of what it holds.
package enum AccountEnd {
  /// Deletes the account: who it was is erased; contributions stay as those of a former participant, or are withdrawn;
  /// votes already counted stay counted.
  package static func delete(_ person: ID<Person>, withdrawing: Bool, in db: Writing) throws {
    let administers = try Grants.held(by: person, in: db).contains(Grant(.administrator))
    let administrators = try db.count(
      "SELECT COUNT(DISTINCT person_id) FROM grants WHERE role = 'administrator' AND space_id IS NULL AND revoked_at IS NULL")
    if administers && administrators <= 1 { throw Refusal("refusal.last-administrator") }
    let email = try db.first("SELECT email_key FROM people WHERE id = $1", person) { $0.textOrNil(0) }.flatMap { $0 }
    if withdrawing {
      let own: [ID<Resource>] = try db.all(
        """
        SELECT r.id FROM resources r JOIN authors a ON a.id = r.author_id
        WHERE a.person_id = $1 AND a.official = 0 AND r.withdrawn_at IS NULL
        """, person
      ) { $0.id(0) }
      for id in own {
        _ = try db.run("UPDATE resources SET withdrawn_at = $1, withdrawn_by = $2 WHERE id = $3", db.now, person, id)
        try Standings.concealAll(from: id, in: db)
        try db.record(Resources.withdrawn, by: nil, on: ("resources", id.number), in: nil)
      }
    }
    _ = try db.run(
      """
      UPDATE people SET email = NULL, email_key = NULL, display_name = '', password = NULL, totp_secret = NULL, totp_confirmed_at = NULL,
        deleted_at = $1
      WHERE id = $2
      """, db.now, person)
    _ = try db.run("DELETE FROM sessions WHERE person_id = $1", person)
    // Codes asked for before there was an account, and mails that wait, know the address only.
    _ = try db.run("DELETE FROM mailed_codes WHERE person_id = $1 OR email_key = $2", person, email)
    try db.forgetJobs(waiting: Notice.job) { Notice.isAddressed($0, to: email) }
    _ = try db.run("DELETE FROM drafts WHERE person_id = $1", person)
    _ = try db.run("DELETE FROM follows WHERE person_id = $1", person)
    _ = try db.run("DELETE FROM unsubscriptions WHERE person_id = $1", person)
    _ = try db.run("UPDATE grants SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL", db.now, person)
    _ = try db.run("UPDATE reports SET person_id = NULL WHERE person_id = $1", person)
    try db.record(People.deleted, by: nil, on: ("people", person.number), in: nil)
  }

  /// All that the account holds, as values to be written as JSON.
  package static func export(_ person: ID<Person>, in db: Reading) throws -> AccountCopy {
    guard let account = try People.person(person, in: db) else { throw NotFound() }
    let contributions = try db.all(
      """
      SELECT r.kind, v.title, v.source, v.language, r.published_at, r.withdrawn_at, r.hidden_at
      FROM resources r JOIN authors a ON a.id = r.author_id JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE a.person_id = $1 ORDER BY r.id
      """, person
    ) { row in
      AccountCopy.Contribution(
        kind: row.text(0), title: row.text(1), text: row.text(2), language: row.text(3), published: row.int64OrNil(4),
        state: ResourceState(isWithdrawn: row.instantOrNil(5) != nil, isHidden: row.instantOrNil(6) != nil).rawValue)
    }
    let votes = try db.all(
      """
      SELECT v.title, r.kind, t.choice FROM votes t JOIN resources r ON r.id = t.resource_id
        JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE t.person_id = $1 ORDER BY t.resource_id, t.edition
      """, person
    ) { AccountCopy.Vote(on: $0.text(0), kind: $0.text(1), choice: $0.text(2)) }
    let drafts = try Drafts.list(of: person, in: db).map { AccountCopy.Draft(form: $0.path, fields: $0.fields) }
    let sessions = try Sessions.list(of: person, in: db).map { AccountCopy.Session(device: $0.device, started: $0.started.milliseconds) }
    return AccountCopy(
      email: account.email, name: account.name, language: account.language.tag, created: account.created.milliseconds,
      termsVersion: account.termsVersion, underFifteen: account.underFifteen,
      roles: try Grants.held(by: person, in: db).map(\.role.rawValue).sorted(),
      contributions: contributions, votes: votes, drafts: drafts, sessions: sessions)
  }
}

/// A person's own data; times are milliseconds since 1970.
package struct AccountCopy: Codable, Sendable {
  package struct Contribution: Codable, Sendable {
    let kind: String, title: String, text: String, language: String, published: Int64?, state: String
  }
  package struct Vote: Codable, Sendable { let on: String, kind: String, choice: String }
  package struct Draft: Codable, Sendable { let form: String, fields: String }
  package struct Session: Codable, Sendable { let device: String, started: Int64 }

  let email: String, name: String, language: String, created: Int64, termsVersion: Int, underFifteen: Bool, roles: [String]
  let contributions: [Contribution], votes: [Vote], drafts: [Draft], sessions: [Session]
}
