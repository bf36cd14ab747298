package import Database
package import Localization
package import RichText

/// One case in the queue: a resource, its words, and the reports that are open on it.
package struct ReportedCase: Sendable {
  package let resource: Resource
  package let title: String
  package let body: RichText
  package let language: Language
  package let author: Author
  package let reports: [Report]
}

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
  package static func hide(_ rule: CharterRule, permit: consuming Permit<Moderate>, in db: Writing) throws {
    let resource = permit.act.resource
    guard ResourceLife.next(resource.state, .hide) != nil else { throw Refusal("refusal.state") }
    _ = try db.run(
      "UPDATE resources SET hidden_at = $1, hidden_by = $2, hidden_rule = $3 WHERE id = $4", db.now, permit.actor.person, rule.rawValue, resource.id)
    try Standings.concealAll(from: resource.id, in: db)
    try decide("hide", resource.id, by: permit.actor.person, db)
    try db.record(
      hidden, by: permit.actor.person, on: ("resources", resource.id.number), in: resource.space, facts: "{\"rule\":\"\(rule.rawValue)\"}")
    if let subject = resource.subject { try db.record(Resources.answered, by: nil, on: ("resources", subject.number), in: resource.space) }
  }

  private static func decide(_ decision: String, _ resource: ResourceID, by person: PersonID?, _ db: Writing) throws {
    _ = try db.run(
      "UPDATE reports SET decided_at = $1, decided_by = $2, decision = $3 WHERE resource_id = $4 AND decided_at IS NULL", db.now, person, decision,
      resource)
  }

  /// Open cases that this person may read, the one reported first on top.
  package static func queue(for actor: Actor, limit: Int, in db: Reading) throws -> [ReportedCase] {
    let ids: [ResourceID] = try db.all(
      "SELECT resource_id FROM reports WHERE decided_at IS NULL GROUP BY resource_id ORDER BY MIN(made_at), resource_id LIMIT $1", limit
    ) { $0.id(0) }
    return try ids.map { try reportedCase($0, in: db) }.filter { ReadCase($0.resource).verdict(for: actor, at: db.now).isYes }
  }

  package static func reportedCase(_ id: ResourceID, in db: Reading) throws -> ReportedCase {
    let resource = try Resources.resource(id, in: db)
    let shown = try Revisions.shown(resource, in: db)
    let author = try Authors.author(resource.author, in: db)
    let reports = try db.all(
      "SELECT rule, note, person_id, made_at FROM reports WHERE resource_id = $1 AND decided_at IS NULL ORDER BY made_at, id LIMIT 50", id
    ) { row in
      Report(
        rule: CharterRule(rawValue: row.text(0)) ?? .offTopic, note: row.text(1), isByVisitor: row.idOrNil(2) as PersonID? == nil,
        made: row.instant(3))
    }
    guard let author else { throw NotFound() }
    return ReportedCase(resource: resource, title: shown.title, body: shown.body, language: shown.language, author: author, reports: reports)
  }

  /// The rule by which something was hidden.
  package static func hiddenRule(of resource: ResourceID, in db: Reading) throws -> String? {
    try db.first("SELECT COALESCE(hidden_rule, '') FROM resources WHERE id = $1 AND hidden_at IS NOT NULL", resource) { $0.text(0) }
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
