package import Database
package import Localization

/// A source that someone brought to a resource.
package struct Source: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case report, press, law, study, site, blog, guide, media, map, thesis, other }

  package let id: ResourceID
  package let title: String
  package let address: String
  package let kind: Kind
  package let author: Author
  package let language: Language
  package let note: String
  package let published: Instant
  package let useful: Int
}

/// Bringing a source.
package struct AddSource: Contribution {
  package let subject: Resource
  package let admission: Admission

  package init(_ subject: Resource, _ admission: Admission) {
    self.subject = subject
    self.admission = admission
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let admitted = admission.verdict(for: actor, .source)
    guard admitted.isYes else { return admitted }
    guard subject.state.allows(.answer) else { return .no(Refusal("refusal.state")) }
    return .yes
  }
}

package enum Sources {
  package static func add(
    _ address: String, kind: Source.Kind, about subject: ResourceID, _ writ: Writ, author: AuthorID, by actor: Actor, in db: Writing
  ) throws -> ResourceID {
    let subject = try Resources.resource(subject, in: db)
    guard subject.kind != .argument, subject.kind != .source else { throw NotFound() }
    let permit = try Permit(AddSource(subject, try Admission.load(subject.component, in: db)), for: actor, in: db)
    let isTwin = { (id: ResourceID) in try db.count("SELECT COUNT(*) FROM sources WHERE resource_id = $1 AND address = $2", id, address) > 0 }
    let id = try Resources.publish(.source, about: subject.id, by: author, writ, isTwin: isTwin, permit: permit, in: db)
    try insert(id, address: address, kind: kind, in: db)
    return id
  }

  package static func insert(_ id: ResourceID, address: String, kind: Source.Kind, in db: Writing) throws {
    _ = try db.run("INSERT INTO sources (resource_id, address, kind) VALUES ($1, $2, $3)", id, address, kind.rawValue)
  }

  package static func count(about subject: ResourceID, in db: Reading) throws -> Int {
    try db.count("SELECT COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id WHERE r.subject_id = $1 AND r.kind = 'source'", subject)
  }

  /// Visible sources of a resource, the most useful first.
  package static func list(about subject: ResourceID, limit: Int, offset: Int = 0, in db: Reading) throws -> [Source] {
    try db.all(
      "SELECT r.id, v.title, c.address, c.kind, v.language, v.plain, r.published_at, " + Votes.usefulNow + ", " + Author.columns
        + """
         FROM standings s JOIN resources r ON r.id = s.resource_id JOIN sources c ON c.resource_id = r.id JOIN authors a ON a.id = r.author_id
           JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
        """ + Author.joins + " WHERE r.subject_id = $1 AND r.kind = 'source' ORDER BY s.pro DESC, r.id LIMIT $2 OFFSET $3", subject, limit, offset
    ) { row in
      Source(
        id: row.id(0), title: row.text(1), address: row.text(2), kind: row.choice(3, or: Source.Kind.other), author: Author(row, from: 8),
        language: Language(row.text(4)), note: row.text(5), published: row.instant(6), useful: row.int(7))
    }
  }
}
