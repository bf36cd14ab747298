package import CommonsDomain
package import Database
package import Localization

/// Another wording of an article, proposed by a participant: its own text, reason, votes and arguments.
package struct WordingRow: Sendable {
  package let id: ResourceID
  package let title: String
  package let language: Language
  package let author: Author
  package let published: Instant
  package let pro: Int
  package let mixed: Int
  package let con: Int
}

/// Proposing another wording of an article.
package struct ProposeWording: Contribution {
  package let article: Resource
  package let admission: Admission

  package init(_ article: Resource, _ admission: Admission) {
    self.article = article
    self.admission = admission
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let admitted = admission.verdict(for: actor, .reword)
    guard admitted.isYes else { return admitted }
    guard article.kind == .article, article.state.allows(.answer) else { return .no(Refusal("refusal.state")) }
    return .yes
  }
}

/// Adding an article of one's own to a text.
package struct ProposeArticle: Contribution {
  package let admission: Admission
  package init(_ admission: Admission) { self.admission = admission }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    guard admission.kind == .texts, admission.settings.articlesByParticipants else { return .no(Refusal("refusal.no-articles")) }
    return admission.verdict(for: actor, .propose)
  }
}

/// Adding one of the authority's own articles; an organiser does, before and after opening.
package struct WriteOfficialArticle: Contribution {
  package let admission: Admission
  package init(_ admission: Admission) { self.admission = admission }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    actor.verdict(holding: .organiser, .administrator, in: admission.space)
  }
}

package enum Wordings {
  package static func add(_ writ: Writ, reason: String, to article: ResourceID, author: AuthorID, by actor: Actor, in db: Writing) throws
    -> ResourceID
  {
    let article = try Resources.resource(article, in: db)
    let permit = try Permit(ProposeWording(article, try Admission.load(article.component, in: db)), for: actor, in: db)
    return try Resources.publish(.wording, about: article.id, by: author, writ, reason: reason, permit: permit, in: db)
  }

  /// Visible wordings of an article, most voted for first.
  package static func list(of article: ResourceID, limit: Int, in db: Reading) throws -> [WordingRow] {
    try db.all(
      "SELECT r.id, v.title, v.language, r.published_at, s.pro, s.mixed, s.con, " + Author.columns
        + """
         FROM standings s JOIN resources r ON r.id = s.resource_id JOIN authors a ON a.id = r.author_id
           JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
        """ + Author.joins + " WHERE r.subject_id = $1 AND r.kind = 'wording' ORDER BY s.pro DESC, r.id LIMIT $2", article, limit
    ) { row in
      WordingRow(
        id: row.id(0), title: row.text(1), language: Language(row.text(2)), author: Author(row, from: 7), published: row.instant(3), pro: row.int(4),
        mixed: row.int(5), con: row.int(6))
    }
  }

  /// How many wordings of an article everyone may see.
  package static func count(of article: ResourceID, in db: Reading) throws -> Int {
    try db.count(
      "SELECT COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id WHERE r.subject_id = $1 AND r.kind = 'wording'", article)
  }

  /// One wording, with the text of the article it would replace.
  package static func wording(_ id: ResourceID, in db: Reading) throws -> (resource: Resource, author: Author, shown: Revision) {
    let resource = try Resources.resource(id, in: db)
    guard resource.kind == .wording else { throw NotFound() }
    guard let author = try Authors.author(resource.author, in: db) else { throw NotFound() }
    return (resource, author, try Revisions.shown(resource, in: db))
  }
}

package enum ArticleWriting {
  package static func add(_ writ: Writ, section: ID<Section>, author: AuthorID, component: ComponentID, by actor: Actor, in db: Writing) throws
    -> ResourceID
  {
    let permit = try Permit(ProposeArticle(try Admission.load(component, in: db)), for: actor, in: db)
    guard try Texts.sections(of: component, in: db).contains(where: { $0.id == section }) else { throw NotFound() }
    let id = try Resources.publish(.article, about: nil, by: author, writ, theme: section.number, permit: permit, in: db)
    try Texts.insertArticle(id, section: section, position: nil, in: db)
    return id
  }

  /// Adds an article of the authority, at the end of its order.
  @discardableResult
  package static func addOfficial(_ parts: ArticleParts, component: ComponentID, by actor: Actor, in db: Writing) throws -> ResourceID {
    let permit = try Permit(WriteOfficialArticle(try Admission.load(component, in: db)), for: actor, in: db)
    guard try Texts.sections(of: component, in: db).contains(where: { $0.id == parts.section }) else { throw NotFound() }
    let author = try Authors.authority(named: OrganizationStore.settings(in: db)?.name ?? "", in: db)
    let position = try Texts.officialArticles(of: component, in: db).count
    let id = try Resources.publish(.article, about: nil, by: author, parts.writ, theme: parts.section.number, permit: permit, in: db)
    try Texts.insertArticle(id, section: parts.section, position: position, notes: parts.notes, in: db)
    return id
  }
}

/// What an organiser writes of an article.
package struct ArticleParts: Sendable {
  package let writ: Writ
  package let section: ID<Section>
  package let notes: ArticleNotes

  package init(writ: Writ, section: ID<Section>, notes: ArticleNotes) {
    self.writ = writ
    self.section = section
    self.notes = notes
  }
}
