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
    try Sessions.forget(of: person, in: db)
    try MailedCodes.forget(of: person, emailKey: email, in: db)
    // Mails that wait may know the address only.
    try db.forgetJobs(waiting: Notice.job) { Notice.isAddressed($0, to: email) }
    try Authors.forgetGroups(of: person, in: db)
    try RecoveryCodes.forget(of: person, in: db)
    if let email, let secret = try OrganizationStore.settings(in: db)?.secret {
      try Suspensions.outlive(person, emailKey: email, secret: secret, in: db)
    }
    try Suspensions.forget(of: person, in: db)
    try Drafts.forget(of: person, in: db)
    try Follows.forget(of: person, in: db)
    try Unsubscriptions.forget(of: person, in: db)
    try Grants.endAll(of: person, in: db)
    try Moderation.forgetReporter(person, in: db)
    try People.erase(person, in: db)
  }
}
