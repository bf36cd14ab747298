package import Database
package import Localization
package import RichText

/// One case in the queue: a resource, its words, and the reports that are open on it.
package struct ReportedCase: Sendable {
  package let resource: Resource
  package let title: String
  /// Its title, or how it begins.
  package let name: String
  package let body: RichText
  package let language: Language
  package let author: Author
  /// Where its earlier words are read.
  package let history: String
  /// What it says something about, and the argument that it replies to: one and the same words may be an answer or an insult.
  package let about: (title: String, language: Language, path: String)?
  package let repliesTo: (body: RichText, language: Language)?
  package let reports: [Report]
  /// Where moderation hid it: by which rule, when, and why in words for its author.
  package let tombstone: Tombstone?
  package let hiddenReason: String
}

/// What moderators look through: what waits for a decision, or what was hidden.
package enum ModerationShelf: String, Sendable, CaseIterable { case open, hidden }

package struct Report: Sendable {
  package let rule: CharterRule
  package let note: String
  package let isByVisitor: Bool
  package let made: Instant
}

package struct GuarantorReport: Sendable {
  package let id: Int64
  package let title: String
  package let body: RichText
  package let language: Language
  package let published: Instant
  package let guarantor: String
}

package enum Moderation {
  package static let reported = EventKind("moderation.reported", .staff, headline: "events.moderation.reported")
  package static let kept = EventKind("moderation.kept", .staff, headline: "events.moderation.kept")
  package static let hidden = EventKind("moderation.hidden", .everyone, headline: "events.moderation.hidden")
  package static let restored = EventKind("moderation.restored", .everyone, headline: "events.moderation.restored")
  package static let guarantorReported = EventKind("moderation.guarantor-report", .everyone, headline: "events.moderation.guarantor-report")

  package static func report(_ rule: CharterRule, note: String, permit: consuming Permit<ReportResource>, in db: Writing) throws {
    let resource = permit.act.resource
    let person = permit.actor.person
    if let person,
      try db.count(
        "SELECT COUNT(*) FROM reports WHERE resource_id = $1 AND person_id = $2 AND decided_at IS NULL", resource.id, person) > 0
    {
      return
    }
    if try db.count("SELECT COUNT(*) FROM reports WHERE resource_id = $1 AND decided_at IS NULL", resource.id) >= 100 { return }
    _ = try db.insert(
      "INSERT INTO reports (resource_id, rule, note, person_id, made_at) VALUES ($1, $2, $3, $4, $5) RETURNING id", resource.id, rule.rawValue, note,
      person, db.now)
    try db.record(reported, by: nil, on: ("reports", resource.id.number), in: resource.space)
  }

  package static func reporters(of resource: ResourceID, in db: Reading) throws -> Set<PersonID> {
    Set(try db.all("SELECT person_id FROM reports WHERE resource_id = $1 AND person_id IS NOT NULL AND decided_at IS NULL", resource) { $0.id(0) })
  }

  package static func keep(permit: consuming Permit<Moderate>, in db: Writing) throws {
    let resource = permit.act.resource
    try decide("keep", resource.id, by: permit.actor.person, db)
    try db.record(kept, by: permit.actor.person, on: ("reports", resource.id.number), in: resource.space)
  }

  /// Hides the contribution: gone from lists, search and totals in this transaction; a public tombstone names the rule.
  /// - Parameter reason: why, in words for its author.
  package static func hide(_ rule: CharterRule, reason: String, permit: consuming Permit<Moderate>, in db: Writing) throws {
    let resource = permit.act.resource
    _ = try db.run(
      "UPDATE resources SET hidden_at = $1, hidden_by = $2, hidden_rule = $3, hidden_reason = $4 WHERE id = $5", db.now, permit.actor.person,
      rule.rawValue, reason, resource.id)
    try Standings.concealAll(from: resource.id, in: db)
    try Standings.recountComponent(resource.component, in: db)
    try decide("hide", resource.id, by: permit.actor.person, db)
    try db.record(
      hidden, by: permit.actor.person, on: ("resources", resource.id.number), in: resource.space, facts: "{\"rule\":\"\(rule.rawValue)\"}")
    if let subject = resource.subject { try db.record(Resources.answered, by: nil, on: ("resources", subject.number), in: resource.space) }
  }

  /// Shows again what was hidden, and what hangs on it; what its author withdrew stays withdrawn.
  package static func restore(permit: consuming Permit<Moderate>, in db: Writing) throws {
    let resource = permit.act.resource
    _ = try db.run(
      "UPDATE resources SET hidden_at = NULL, hidden_by = NULL, hidden_rule = NULL, hidden_reason = NULL WHERE id = $1", resource.id)
    try Standings.showAll(from: resource.id, in: db)
    try Standings.recountComponent(resource.component, in: db)
    try db.record(restored, by: permit.actor.person, on: ("resources", resource.id.number), in: resource.space)
    if let subject = resource.subject { try db.record(Resources.answered, by: nil, on: ("resources", subject.number), in: resource.space) }
  }

  /// Forgets that someone who leaves reported; what was decided stays.
  package static func forgetReporter(_ person: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE reports SET person_id = NULL, note = '' WHERE person_id = $1", person)
  }

  /// Forgets who reported, and their notes, in cases decided before a moment.
  /// - Returns: in how many reports something was forgotten.
  package static func forgetReporters(decidedBefore time: Instant, in db: Writing) throws -> Int {
    try db.run("UPDATE reports SET person_id = NULL, note = '' WHERE decided_at < $1 AND (person_id IS NOT NULL OR note <> '')", time)
  }

  /// What someone reported, and what they wrote with it.
  package static func reports(by person: PersonID, in db: Reading) throws -> [(resource: ResourceID, rule: String, note: String, made: Instant)] {
    try db.all("SELECT resource_id, rule, note, made_at FROM reports WHERE person_id = $1 ORDER BY id", person) {
      ($0.id(0), $0.text(1), $0.text(2), $0.instant(3))
    }
  }

  private static func decide(_ decision: String, _ resource: ResourceID, by person: PersonID?, _ db: Writing) throws {
    _ = try db.run(
      "UPDATE reports SET decided_at = $1, decided_by = $2, decision = $3 WHERE resource_id = $4 AND decided_at IS NULL", db.now, person, decision,
      resource)
  }

  /// The cases of one shelf that this person may read: open ones by the first report, hidden ones by the date, the latest first.
  package static func queue(_ shelf: ModerationShelf, for actor: Actor, in db: Reading) throws -> [ResourceID] {
    let all: [(id: ResourceID, space: SpaceID)] =
      switch shelf {
      case .open:
        try db.all(
          """
          SELECT r.id, r.space_id FROM reports p JOIN resources r ON r.id = p.resource_id
          WHERE p.decided_at IS NULL GROUP BY r.id, r.space_id ORDER BY MIN(p.made_at), r.id
          """
        ) { ($0.id(0), $0.id(1)) }
      case .hidden:
        try db.all("SELECT id, space_id FROM resources WHERE hidden_at IS NOT NULL ORDER BY hidden_at DESC, id DESC") { ($0.id(0), $0.id(1)) }
      }
    let readable = Set(all.map(\.space)).filter { ReadCases($0).verdict(for: actor, at: db.now).isYes }
    return all.filter { readable.contains($0.space) }.map(\.id)
  }

  package static func reportedCase(_ id: ResourceID, in db: Reading) throws -> ReportedCase {
    let resource = try Resources.resource(id, in: db)
    let shown = try Revisions.shown(resource, in: db)
    let author = try Authors.author(resource.author, in: db)
    let reports = try db.all(
      "SELECT rule, note, person_id, made_at FROM reports WHERE resource_id = $1 AND decided_at IS NULL ORDER BY made_at, id LIMIT 50", id
    ) { row in
      Report(
        rule: row.choice(0, or: CharterRule.offTopic), note: row.text(1), isByVisitor: row.idOrNil(2) as PersonID? == nil,
        made: row.instant(3))
    }
    guard let author else { throw NotFound() }
    let about = try resource.subject.map { id in
      let (subject, path) = (try Resources.resource(id, in: db), try ResourcePath.path(of: Resources.resource(id, in: db), in: db))
      let shown = try Revisions.shown(subject, in: db)
      return (title: shown.name, language: shown.language, path: path)
    }
    let repliesTo = try db.first(
      """
      SELECT v.html, v.language FROM arguments g JOIN resources r ON r.id = g.reply_to JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE g.resource_id = $1 AND r.hidden_at IS NULL AND r.withdrawn_at IS NULL
      """, id
    ) { (body: RichText(stored: $0.text(0)), language: Language($0.text(1))) }
    return ReportedCase(
      resource: resource, title: shown.title, name: shown.name, body: shown.body, language: shown.language, author: author,
      history: try ResourcePath.history(of: resource, in: db), about: about, repliesTo: repliesTo,
      reports: reports,
      tombstone: try tombstone(of: id, in: db), hiddenReason: try hiddenReason(of: id, in: db))
  }

  /// By which rule something was hidden, and when; nil where it was not.
  package static func tombstone(of resource: ResourceID, in db: Reading) throws -> Tombstone? {
    try db.first("SELECT COALESCE(hidden_rule, ''), hidden_at FROM resources WHERE id = $1 AND hidden_at IS NOT NULL", resource) {
      Tombstone(rule: $0.text(0), hidden: $0.instant(1))
    }
  }

  /// Why it was hidden, in the moderator's words; for its author, moderators and guarantors.
  package static func hiddenReason(of resource: ResourceID, in db: Reading) throws -> String {
    try db.first("SELECT hidden_reason FROM resources WHERE id = $1", resource) { $0.textOrNil(0) ?? "" } ?? ""
  }

  package static func publishReport(_ writ: Writ, permit: consuming Permit<PublishGuarantorReport>, in db: Writing) throws {
    guard let person = permit.actor.person else { return }
    let id = try db.insert(
      """
      INSERT INTO guarantor_reports (space_id, title, source, html, language, published_at, published_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
      """, permit.act.space, writ.title, writ.source, writ.body.html, writ.language.tag, db.now, person)
    try db.record(guarantorReported, by: person, on: ("guarantor_reports", id), in: permit.act.space)
  }

  package static func guarantorReports(of space: SpaceID, in db: Reading) throws -> [GuarantorReport] {
    try db.all(
      """
      SELECT g.id, g.title, g.html, g.language, g.published_at, p.display_name FROM guarantor_reports g JOIN people p ON p.id = g.published_by
      WHERE g.space_id = $1 ORDER BY g.id DESC LIMIT 20
      """, space
    ) { row in
      GuarantorReport(
        id: row.int64(0), title: row.text(1), body: RichText(stored: row.text(2)), language: Language(row.text(3)), published: row.instant(4),
        guarantor: row.text(5))
    }
  }
}
