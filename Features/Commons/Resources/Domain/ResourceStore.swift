package import Database
import Localization

/// The same text by the same author stands there already, a few minutes old: the form was sent twice.
package struct AlreadyPublished: Error, Sendable {
  package let id: ResourceID
}

/// Reading and writing what components hold.
package enum Resources {
  package static let published = EventKind("resources.published", .everyone, headline: "events.resources.published")
  package static let corrected = EventKind("resources.corrected", .everyone, headline: "events.resources.corrected")
  package static let reworded = EventKind("resources.reworded", .everyone, headline: "events.resources.reworded")
  package static let withdrawn = EventKind("resources.withdrawn", .everyone, headline: "events.resources.withdrawn")

  package static func resource(_ id: ResourceID, in db: Reading) throws -> Resource {
    let found = try db.first(
      """
      SELECT r.id, r.kind, r.space_id, r.component_id, r.subject_id, r.author_id, a.person_id, a.official, r.revision, r.edition,
        r.published_at, r.withdrawn_at, r.hidden_at, a.kind
      FROM resources r JOIN authors a ON a.id = r.author_id
      WHERE r.id = $1
      """, id
    ) { row in
      Resource(
        id: row.id(0), kind: row.choice(1, or: Resource.Kind.proposal), space: row.id(2), component: row.id(3), subject: row.idOrNil(4),
        author: row.id(5), authorPerson: row.idOrNil(6), isOfficial: row.bool(7), isAssisted: row.text(13) == "assisted",
        revision: row.int(8), edition: row.int(9), published: row.instantOrNil(10),
        state: ResourceState(isWithdrawn: row.instantOrNil(11) != nil, isHidden: row.instantOrNil(12) != nil))
    }
    guard let found else { throw NotFound() }
    return found
  }

  /// Publishes what someone contributes; spends the permit of any act of contribution.
  ///
  /// - Parameter isTwin: whether a contribution of the same words by the same author, minutes old, is the same one: what else tells two apart
  ///   is known to the room of its kind.
  package static func publish<A: Contribution>(
    _ kind: Resource.Kind, about subject: ResourceID?, by author: AuthorID, _ writ: Writ, reason: String = "", place: String = "",
    theme: Int64? = nil, isTwin: (ResourceID) throws -> Bool = { _ in true },
    permit: consuming Permit<A>, in db: Writing
  ) throws -> ResourceID {
    let admission = permit.act.admission
    let person = permit.actor.person
    try refuseHaste(kind, about: subject, by: author, writ, in: admission.component, person: person, isTwin, db)
    let id = try insert(
      kind, in: admission.space, admission.component, about: subject, by: author, writ, reason: reason, place: place, theme: theme, person: person, db
    )
    try db.record(published, by: person, on: ("resources", id.number), in: admission.space)
    if let subject { try db.record(answered, by: person, on: ("resources", subject.number), in: admission.space) }
    return id
  }

  /// A form sent twice, or by a script: the same text by the same author is published once, and a person contributes so much in an hour.
  private static func refuseHaste(
    _ kind: Resource.Kind, about subject: ResourceID?, by author: AuthorID, _ writ: Writ, in component: ComponentID, person: PersonID?,
    _ isTwin: (ResourceID) throws -> Bool, _ db: Writing
  ) throws {
    let alike: [ResourceID] = try db.all(
      """
      SELECT r.id FROM resources r JOIN revisions v ON v.resource_id = r.id AND v.number = 1
      WHERE r.author_id = $1 AND r.created_at > $2 AND r.kind = $3 AND r.component_id = $4 AND COALESCE(r.subject_id, 0) = $5
        AND v.title = $6 AND v.source = $7 AND r.withdrawn_at IS NULL AND r.hidden_at IS NULL
      """, author, db.now.adding(minutes: -twinMinutes), kind.rawValue, component, subject?.number ?? 0, writ.title, writ.source
    ) { $0.id(0) }
    if let twin = try alike.first(where: isTwin) { throw AlreadyPublished(id: twin) }
    guard let person else { return }
    let lately = try db.count(
      "SELECT COUNT(*) FROM resources r JOIN authors a ON a.id = r.author_id WHERE a.person_id = $1 AND r.created_at > $2", person,
      db.now.adding(minutes: -60))
    if lately >= mostInAnHour { throw Refusal("refusal.too-fast", ["count": .count(mostInAnHour)]) }
  }

  static let twinMinutes: Int64 = 10
  static let mostInAnHour = 60

  /// The event on what a contribution is about, so that followers of the subject hear of it.
  package static let answered = EventKind("resources.answered", .everyone, headline: "events.resources.answered")

  /// Writes the rows of a published resource; imports call it, where the operator stands for the rule.
  package static func insert(
    _ kind: Resource.Kind, in space: SpaceID, _ component: ComponentID, about subject: ResourceID?, by author: AuthorID, _ writ: Writ,
    reason: String = "", place: String = "", theme: Int64? = nil, person: PersonID?, created: Instant? = nil, withdrawn: Bool = false,
    importedKey: String? = nil,
    _ db: Writing
  ) throws -> ResourceID {
    let created = created ?? db.now
    let id = ResourceID(
      try db.insert(
        """
        INSERT INTO resources (kind, space_id, component_id, subject_id, author_id, revision, edition, place, theme_id, created_at, published_at,
          withdrawn_at, imported_key)
        VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $7, $8, $8, $9, $10) RETURNING id
        """, kind.rawValue, space, component, subject, author, place, theme, created, withdrawn ? created : nil, importedKey))
    try insertRevision(1, edition: 1, of: id, writ, reason: reason, at: created, by: person, db)
    if !withdrawn { try Standings.show(id, in: db) }
    return id
  }

  /// A correction made elsewhere, or before the demonstration begins: a step of the history, without event or mail.
  package static func insertCorrection(
    of resource: ResourceID, _ writ: Writ, reason: String, at time: Instant, by person: PersonID?, _ db: Writing
  ) throws {
    let known = try Resources.resource(resource, in: db)
    try insertRevision(known.revision + 1, edition: known.edition, of: resource, writ, reason: reason, at: time, by: person, db)
    _ = try db.run("UPDATE resources SET revision = $1 WHERE id = $2", known.revision + 1, resource)
    try Standings.show(resource, in: db)
  }

  private static func insertRevision(
    _ number: Int, edition: Int, of resource: ResourceID, _ writ: Writ, reason: String, at time: Instant, by person: PersonID?, _ db: Writing
  ) throws {
    _ = try db.run(
      """
      INSERT INTO revisions (resource_id, number, edition, title, source, html, plain, language, reason, made_at, made_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """, resource, number, edition, writ.title, writ.source, writ.body.html, writ.body.plain, writ.language.tag, reason, time, person)
  }

  /// A correction: the votes stay with the text, and the history shows it.
  /// - Parameter read: the revision that the writer had before them; a newer one is a `Conflict`.
  package static func correct(_ writ: Writ, reason: String, read: Int, permit: consuming Permit<Correct>, in db: Writing) throws {
    try revise(permit.act.resource, writ, reason: reason, read: read, newEdition: false, by: permit.actor.person, db)
  }

  /// A new version: the votes stay with the version they were cast on.
  package static func reword(_ writ: Writ, reason: String, read: Int, permit: consuming Permit<Reword>, in db: Writing) throws {
    try revise(permit.act.resource, writ, reason: reason, read: read, newEdition: true, by: permit.actor.person, db)
  }

  private static func revise(
    _ resource: Resource, _ writ: Writ, reason: String, read: Int, newEdition: Bool, by person: PersonID?, _ db: Writing
  ) throws {
    guard resource.revision == read else { throw Conflict() }
    let edition = resource.edition + (newEdition ? 1 : 0)
    try insertRevision(resource.revision + 1, edition: edition, of: resource.id, writ, reason: reason, at: db.now, by: person, db)
    _ = try db.run("UPDATE resources SET revision = $1, edition = $2 WHERE id = $3", resource.revision + 1, edition, resource.id)
    try Standings.show(resource.id, in: db)
    let kind = newEdition ? reworded : corrected
    try db.record(kind, by: person, on: ("resources", resource.id.number), in: resource.space, facts: "{\"edition\":\(edition)}")
  }

  package static func withdraw(permit: consuming Permit<Withdraw>, in db: Writing) throws {
    try takeBack(permit.act.resource, by: permit.actor.person, in: db)
  }

  /// Withdraws a resource, where the end of its author's account stands for the rule.
  package static func takeBack(_ resource: Resource, by person: PersonID?, in db: Writing) throws {
    _ = try db.run("UPDATE resources SET withdrawn_at = $1, withdrawn_by = $2 WHERE id = $3", db.now, person, resource.id)
    try Standings.concealAll(from: resource.id, in: db)
    try db.record(withdrawn, by: person, on: ("resources", resource.id.number), in: resource.space)
    if let subject = resource.subject { try db.record(answered, by: nil, on: ("resources", subject.number), in: resource.space) }
  }
}
