package import Database
package import Localization

/// What a person gave and what they follow, for their own page: each with the way back to it.
package struct OwnActivity: Sendable {
  package struct Entry: Sendable {
    package let id: ResourceID
    package let title: String
    package let language: Language
    package let kind: Resource.Kind
    package let path: String
    package let published: Instant?
    package let state: ResourceState
    /// Why moderation hid it, in its words; empty where it did not.
    package let hiddenReason: String
  }

  package struct Followed: Sendable {
    package let title: LocalizedText
    /// The page followed; `/follow` behind it takes the press that stops.
    package let path: String
  }

  /// A vote or support on what stands today; nobody else is shown it.
  package struct OwnVote: Sendable {
    package let title: String
    package let language: Language
    package let path: String
    package let choice: Choice
  }

  /// The most of each that is shown, newest first.
  package static let most = 100

  package let contributions: [Entry]
  package let votes: [OwnVote]
  package let followed: [Followed]

  package static func of(_ person: PersonID, in db: Reading) throws -> OwnActivity {
    let given = try db.all(
      """
      SELECT r.id, v.title, v.plain, v.language FROM resources r JOIN authors a ON a.id = r.author_id
        JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE a.person_id = $1 ORDER BY r.created_at DESC, r.id DESC LIMIT $2
      """, person, most
    ) { row in (id: row.id(0) as ResourceID, words: Revision.name(title: row.text(1), plain: row.text(2)), language: Language(row.text(3))) }
    let contributions = try given.map { entry in
      let resource = try Resources.resource(entry.id, in: db)
      return Entry(
        id: resource.id, title: entry.words, language: entry.language, kind: resource.kind, path: try ResourcePath.path(of: resource, in: db),
        published: resource.published, state: resource.state, hiddenReason: try Moderation.hiddenReason(of: resource.id, in: db))
    }
    let followed = try Follows.list(of: person, limit: most, in: db).compactMap { subject in
      switch subject {
      case .space(let id): try space(id, db)
      case .resource(let id): try resource(id, db)
      }
    }
    return OwnActivity(contributions: contributions, votes: try votes(of: person, db), followed: followed)
  }

  private static func votes(of person: PersonID, _ db: Reading) throws -> [OwnVote] {
    let rows = try db.all(
      """
      SELECT v.resource_id, v.choice, t.title, t.language FROM votes v JOIN resources r ON r.id = v.resource_id AND r.edition = v.edition
        JOIN revisions t ON t.resource_id = r.id AND t.number = r.revision
      WHERE v.person_id = $1 AND v.choice <> 'useful' ORDER BY v.id DESC LIMIT $2
      """, person, most
    ) { (id: $0.id(0) as ResourceID, choice: $0.choice(1, or: Choice.support), title: $0.text(2), language: Language($0.text(3))) }
    return try rows.compactMap { row in
      let resource = try Resources.resource(row.id, in: db)
      guard try isPublic(resource, db) else { return nil }
      return OwnVote(title: row.title, language: row.language, path: try ResourcePath.path(of: resource, in: db), choice: row.choice)
    }
  }

  private static func space(_ id: SpaceID, _ db: Reading) throws -> Followed? {
    try Spaces.space(id, in: db).flatMap { $0.isPublished ? Followed(title: $0.title, path: "/processes/\($0.slug)") : nil }
  }

  private static func resource(_ id: ResourceID, _ db: Reading) throws -> Followed? {
    let resource = try Resources.resource(id, in: db)
    guard try isPublic(resource, db) else { return nil }
    let title = try db.first(
      "SELECT v.title, v.language FROM resources r JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision WHERE r.id = $1", id
    ) { LocalizedText($0.text(0), in: Language($0.text(1))) }
    return try title.map { Followed(title: $0, path: try ResourcePath.path(of: resource, in: db)) }
  }

  /// What has been hidden or closed to the public since it was followed is not named any more, nor what hangs on it.
  static func isPublic(_ resource: Resource, _ db: Reading) throws -> Bool {
    guard resource.state == .published, let open = try Spaces.isPublic(resource.space, resource.component, in: db), open.space, open.component else {
      return false
    }
    return try resource.subject.map { try isPublic(Resources.resource($0, in: db), db) } ?? true
  }
}
