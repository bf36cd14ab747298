package import Database

/// What the program forgets by itself, and when. The periods stand here and nowhere else; the privacy page tells them in words.
///
/// Each rule leaves one event with what was forgotten and how much of it, and no more.
package enum Retention {
  /// Days after the last phase of a process ended: until then votes can be contested, and the count repeated from its rows.
  package static let voteDays: Int64 = 30
  /// Days after the end of a process in which an answer still reaches those who gave an address to an agent.
  package static let answerAddressDays: Int64 = 180
  /// Days after a decision in which it can be contested; then who reported and their note go, what was decided stays.
  package static let reportDays: Int64 = 365
  /// Days without a sign-in after which an account is warned, and those between the warning and its end.
  package static let unusedDays: Int64 = 3 * 365
  package static let warningDays: Int64 = 30

  package static let forgotten = EventKind("personal-data.forgotten", .staff)
  /// How many accounts are warned or ended in one night, so that a mail server is not flooded.
  static let mostAccounts = 500

  /// Applies every rule; run each night.
  package static func apply(in db: Writing) throws {
    for space in try Spaces.over(before: db.now.adding(days: -voteDays), in: db) { try unlinkVotes(of: space, in: db) }
    for space in try Spaces.over(before: db.now.adding(days: -answerAddressDays), in: db) { try eraseAnswerAddresses(of: space, in: db) }
    try eraseReports(in: db)
    try note("outlived-suspensions", Suspensions.forgetOutlived(in: db), on: ("people", 0), in: nil, db)
    try endUnusedAccounts(in: db)
    try warnUnusedAccounts(in: db)
  }

  /// Takes the rows that tie a vote to its account away. Totals stay, in one row each; the process can take no vote any more, or
  /// someone could vote twice.
  private static func unlinkVotes(of space: SpaceID, in db: Writing) throws {
    guard try Spaces.close(space, in: db) else { return }
    let gone = try Votes.unlink(in: space, in: db)
    try note("votes", gone, on: ("spaces", space.number), in: space, db)
  }

  private static func eraseAnswerAddresses(of space: SpaceID, in db: Writing) throws {
    let gone = try Authors.forgetAnswerAddresses(in: space, in: db)
    try note("answer-addresses", gone, on: ("spaces", space.number), in: space, db)
  }

  private static func eraseReports(in db: Writing) throws {
    let gone = try Moderation.forgetReporters(decidedBefore: db.now.adding(days: -reportDays), in: db)
    try note("reports", gone, on: ("reports", 0), in: nil, db)
  }

  private static func warnUnusedAccounts(in db: Writing) throws {
    let unused: [PersonID] = try db.all(
      """
      SELECT id FROM people WHERE deleted_at IS NULL AND warned_at IS NULL AND signed_in_at < $1
        AND id NOT IN (SELECT person_id FROM grants WHERE revoked_at IS NULL) ORDER BY signed_in_at, id LIMIT $2
      """, db.now.adding(days: -unusedDays), mostAccounts
    ) { $0.id(0) }
    for id in unused {
      guard let person = try People.person(id, in: db) else { continue }
      try People.noteWarning(id, in: db)
      try Notice(to: id, language: person.language, name: "account-unused", path: "/sign-in").post(key: "unused:\(id):\(db.now.milliseconds)", in: db)
    }
  }

  /// Whoever was warned and did not come back is a former participant.
  private static func endUnusedAccounts(in db: Writing) throws {
    let unused: [PersonID] = try db.all(
      """
      SELECT id FROM people WHERE deleted_at IS NULL AND warned_at < $1
        AND id NOT IN (SELECT person_id FROM grants WHERE revoked_at IS NULL) ORDER BY warned_at, id LIMIT $2
      """, db.now.adding(days: -warningDays), mostAccounts
    ) { $0.id(0) }
    for id in unused { try AccountEnd.delete(id, withdrawing: false, in: db) }
    try note("accounts", unused.count, on: ("people", 0), in: nil, db)
  }

  private static func note(_ what: String, _ amount: Int, on subject: (kind: String, id: Int64), in space: SpaceID?, _ db: Writing) throws {
    guard amount > 0 else { return }
    try db.record(forgotten, by: nil, on: subject, in: space, facts: "{\"what\":\"\(what)\",\"amount\":\(amount)}")
  }
}
