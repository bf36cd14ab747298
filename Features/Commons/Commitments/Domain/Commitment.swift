package import Database
package import Localization

/// What the authority promised before the first contribution.
package struct Commitment: Sendable {
  package let version: Int
  package var decided: LocalizedText
  package var settled: LocalizedText
  package var decider: LocalizedText
  package var rule: LocalizedText
  package var answer: LocalizedText
  package var answerDue: Instant
  package var signedBy: String
  package var office: LocalizedText
  package var signed: Instant
  package var reason: LocalizedText?

  package init(
    version: Int, decided: LocalizedText, settled: LocalizedText, decider: LocalizedText, rule: LocalizedText, answer: LocalizedText,
    answerDue: Instant, signedBy: String, office: LocalizedText, signed: Instant, reason: LocalizedText?
  ) {
    self.version = version
    self.decided = decided
    self.settled = settled
    self.decider = decider
    self.rule = rule
    self.answer = answer
    self.answerDue = answerDue
    self.signedBy = signedBy
    self.office = office
    self.signed = signed
    self.reason = reason
  }
}

package enum Commitments {
  package static let published = EventKind("commitments.published", .everyone, headline: "events.commitments.published")

  /// All versions, the one in force first.
  package static func versions(of space: SpaceID, in db: Reading) throws -> [Commitment] {
    try db.all(
      """
      SELECT version, decided, settled, decider, rule, answer, answer_due_at, signed_by, office, signed_at, reason
      FROM commitments WHERE space_id = $1 ORDER BY version DESC
      """, space
    ) { row in
      Commitment(
        version: row.int(0), decided: LocalizedText(kept: row.text(1)), settled: LocalizedText(kept: row.text(2)),
        decider: LocalizedText(kept: row.text(3)), rule: LocalizedText(kept: row.text(4)), answer: LocalizedText(kept: row.text(5)),
        answerDue: row.instant(6), signedBy: row.text(7), office: LocalizedText(kept: row.text(8)), signed: row.instant(9),
        reason: row.textOrNil(10).map { LocalizedText(kept: $0) })
    }
  }

  /// Publishes the next version. From the second on a reason is asked for.
  package static func publish(_ commitment: Commitment, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    let space = permit.act.space
    let last = try db.count("SELECT COALESCE(MAX(version), 0) FROM commitments WHERE space_id = $1", space)
    if last > 0 && commitment.reason == nil { throw Refusal("refusal.commitment-reason") }
    try insert(commitment, version: last + 1, space: space, in: db)
    try db.record(published, by: permit.actor.person, on: ("spaces", space.number), in: space)
  }

  package static func insert(_ commitment: Commitment, version: Int, space: SpaceID, in db: Writing) throws {
    _ = try db.insert(
      """
      INSERT INTO commitments (space_id, version, decided, settled, decider, rule, answer, answer_due_at, signed_by, office, signed_at, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id
      """,
      space, version, commitment.decided.stored, commitment.settled.stored, commitment.decider.stored, commitment.rule.stored,
      commitment.answer.stored, commitment.answerDue, commitment.signedBy, commitment.office.stored, commitment.signed, commitment.reason?.stored)
  }
}
