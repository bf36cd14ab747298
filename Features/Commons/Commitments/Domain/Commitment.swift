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
  /// Who typed it, where that is known and the account is still there.
  package private(set) var enteredBy: String?

  package init(
    version: Int, decided: LocalizedText, settled: LocalizedText, decider: LocalizedText, rule: LocalizedText, answer: LocalizedText,
    answerDue: Instant, signedBy: String, office: LocalizedText, signed: Instant, reason: LocalizedText?, enteredBy: String? = nil
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
    self.enteredBy = enteredBy
  }
}

/// Signing the commitment of a space, for the first time or anew: those who set it up, and the authority that promises.
package struct SignCommitment: Act {
  package let space: SpaceID
  package init(_ space: SpaceID) { self.space = space }
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.verdict(holding: .organiser, .administrator, .authority, in: space) }
}

package enum Commitments {
  package static let published = EventKind("commitments.published", .everyone, headline: "events.commitments.published")

  /// All versions, the one in force first.
  package static func versions(of space: SpaceID, in db: Reading) throws -> [Commitment] {
    try db.all(
      """
      SELECT c.version, c.decided, c.settled, c.decider, c.rule, c.answer, c.answer_due_at, c.signed_by, c.office, c.signed_at, c.reason,
        p.display_name
      FROM commitments c LEFT JOIN people p ON p.id = c.entered_by AND p.deleted_at IS NULL
      WHERE c.space_id = $1 ORDER BY c.version DESC
      """, space
    ) { row in
      Commitment(
        version: row.int(0), decided: LocalizedText(kept: row.text(1)), settled: LocalizedText(kept: row.text(2)),
        decider: LocalizedText(kept: row.text(3)), rule: LocalizedText(kept: row.text(4)), answer: LocalizedText(kept: row.text(5)),
        answerDue: row.instant(6), signedBy: row.text(7), office: LocalizedText(kept: row.text(8)), signed: row.instant(9),
        reason: row.textOrNil(10).map { LocalizedText(kept: $0) }, enteredBy: row.textOrNil(11))
    }
  }

  /// When the answers of several spaces are due, by the commitments in force.
  package static func answersDue(in spaces: [SpaceID], _ db: Reading) throws -> [SpaceID: Instant] {
    let rows = try db.all(
      "SELECT space_id, answer_due_at FROM commitments WHERE space_id IN numbers($1) ORDER BY version", Numbers(spaces)
    ) { ($0.id(0) as SpaceID, $0.instant(1)) }
    return Dictionary(rows, uniquingKeysWith: { _, last in last })
  }

  /// Whether an answer may be promised for this moment: one that is not past yet, or the date of the version in force, which may be kept.
  package static func mayPromise(_ due: Instant, after last: Commitment?, at now: Instant) -> Bool {
    due > now || last.map { $0.answerDue.milliseconds / 1_000 == due.milliseconds / 1_000 } ?? false
  }

  /// Publishes the next version. From the second on a reason is asked for.
  package static func publish(_ commitment: Commitment, permit: consuming Permit<SignCommitment>, in db: Writing) throws {
    let space = permit.act.space
    let last = try db.count("SELECT COALESCE(MAX(version), 0) FROM commitments WHERE space_id = $1", space)
    if last > 0 && commitment.reason == nil { throw Refusal("refusal.commitment-reason") }
    guard mayPromise(commitment.answerDue, after: try versions(of: space, in: db).first, at: db.now) else {
      throw Refusal("refusal.answer-date-past")
    }
    try insert(commitment, version: last + 1, space: space, by: permit.actor.person, in: db)
    try db.record(published, by: permit.actor.person, on: ("spaces", space.number), in: space)
  }

  package static func insert(_ commitment: Commitment, version: Int, space: SpaceID, by person: PersonID? = nil, in db: Writing) throws {
    _ = try db.insert(
      """
      INSERT INTO commitments (space_id, version, decided, settled, decider, rule, answer, answer_due_at, signed_by, office, signed_at, reason,
        entered_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id
      """,
      space, version, commitment.decided.stored, commitment.settled.stored, commitment.decider.stored, commitment.rule.stored,
      commitment.answer.stored, commitment.answerDue, commitment.signedBy, commitment.office.stored, commitment.signed, commitment.reason?.stored,
      person)
  }
}
