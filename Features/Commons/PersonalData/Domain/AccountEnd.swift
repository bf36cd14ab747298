package import Database

/// The end of an account.
package enum AccountEnd {
  /// Deletes the account: who it was is erased; contributions stay as those of a former participant, or are withdrawn;
  /// votes stay counted where voting is over, and are taken back where it is not.
  package static func delete(_ person: PersonID, withdrawing: Bool, in db: Writing) throws {
    if try Grants.isLastAdministrator(person, in: db) { throw Refusal("refusal.last-administrator") }
    let email = try db.first("SELECT email_key FROM people WHERE id = $1", person) { $0.textOrNil(0) }.flatMap { $0 }
    if withdrawing {
      let own: [ResourceID] = try db.all(
        """
        SELECT r.id FROM resources r JOIN authors a ON a.id = r.author_id
        WHERE a.person_id = $1 AND a.official = 0 AND r.withdrawn_at IS NULL
        """, person
      ) { $0.id(0) }
      for id in own { try Resources.takeBack(Resources.resource(id, in: db), by: person, in: db) }
    }
    try Votes.takeBackOpen(of: person, in: db)
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
    try Authors.forgetGroups(of: person, in: db)
    try RecoveryCodes.forget(of: person, in: db)
    if let email, let secret = try OrganizationStore.settings(in: db)?.secret {
      try Suspensions.outlive(person, emailKey: email, secret: secret, in: db)
    }
    try Suspensions.forget(of: person, in: db)
    _ = try db.run("DELETE FROM drafts WHERE person_id = $1", person)
    _ = try db.run("DELETE FROM follows WHERE person_id = $1", person)
    _ = try db.run("DELETE FROM unsubscriptions WHERE person_id = $1", person)
    _ = try db.run("UPDATE grants SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL", db.now, person)
    _ = try db.run("UPDATE reports SET person_id = NULL, note = '' WHERE person_id = $1", person)
    try db.record(People.deleted, by: nil, on: ("people", person.number), in: nil)
  }
}
