package import Database
import Localization

/// Reading spaces and what belongs to them.
package enum Spaces {
  private static let columns: SQL = """
    s.id, s.slug, s.title, s.question, s.summary, s.description, s.scope, s.image_id, s.source_note, s.published_at, s.image_words
    """

  private static func space(_ row: Row) -> Space {
    Space(
      id: row.id(0), slug: row.text(1), title: LocalizedText(kept: row.text(2)), question: LocalizedText(kept: row.text(3)),
      summary: LocalizedText(kept: row.text(4)), description: LocalizedText(kept: row.text(5)), scope: LocalizedText(kept: row.text(6)),
      image: row.idOrNil(7), imageWords: LocalizedText(kept: row.text(10)), sourceNote: row.textOrNil(8).map { LocalizedText(kept: $0) },
      isPublished: row.instantOrNil(9) != nil)
  }

  package static func space(slug: String, in db: Reading) throws -> Space? {
    try db.first("SELECT " + columns + " FROM spaces s WHERE s.slug = $1 AND s.removed_at IS NULL", slug, map: space)
  }

  package static func space(_ id: SpaceID, in db: Reading) throws -> Space? {
    try db.first("SELECT " + columns + " FROM spaces s WHERE s.id = $1 AND s.removed_at IS NULL", id, map: space)
  }

  /// All spaces, newest first, a thousand at most; drafts only where `withDrafts`.
  package static func all(withDrafts: Bool, in db: Reading) throws -> [Space] {
    let shown: SQL = withDrafts ? "" : " AND s.published_at IS NOT NULL"
    return try db.all(
      "SELECT " + columns + " FROM spaces s WHERE s.removed_at IS NULL" + shown + " ORDER BY s.id DESC LIMIT 1000", map: space)
  }

  /// Whether a space and a component in it are public, and where the space stands, without reading their words; nil when they are not there.
  package static func isPublic(_ space: SpaceID, _ component: ComponentID, in db: Reading) throws -> (space: Bool, component: Bool, slug: String)? {
    try db.first(
      "SELECT s.published_at, c.published_at, s.slug FROM spaces s JOIN components c ON c.space_id = s.id WHERE s.id = $1 AND c.id = $2", space,
      component
    ) { ($0.instantOrNil(0) != nil, $0.instantOrNil(1) != nil, $0.text(2)) }
  }

  /// Whether an import made this space already.
  package static func isImported(_ key: String, in db: Reading) throws -> Bool {
    try db.count("SELECT COUNT(*) FROM spaces WHERE imported_key = $1", key) > 0
  }

  package static func phases(of space: SpaceID, in db: Reading) throws -> [Phase] {
    try db.all("SELECT id, name, description, starts_at, ends_at FROM phases WHERE space_id = $1 ORDER BY starts_at, id", space, map: phase)
  }

  private static func phase(_ row: Row) -> Phase {
    Phase(
      id: row.id(0), name: LocalizedText(kept: row.text(1)), description: LocalizedText(kept: row.text(2)), starts: row.instant(3),
      ends: row.instantOrNil(4))
  }

  /// What each phase allows in each component.
  package static func permissions(of space: SpaceID, in db: Reading) throws -> [(phase: ID<Phase>, component: ComponentID, act: PhaseAct)] {
    try db.all(
      "SELECT a.phase_id, a.component_id, a.act FROM phase_permissions a JOIN phases p ON p.id = a.phase_id WHERE p.space_id = $1", space
    ) { row in (row.id(0) as ID<Phase>, row.id(1) as ComponentID, row.choice(2, or: PhaseAct.vote)) }
  }

  private static let componentColumns: SQL = "c.id, c.space_id, c.kind, c.title, c.introduction, c.settings, c.published_at"

  private static func component(_ row: Row) -> Component {
    Component(
      id: row.id(0), space: row.id(1), kind: row.choice(2, or: Component.Kind.texts), title: LocalizedText(kept: row.text(3)),
      introduction: LocalizedText(kept: row.text(4)), settings: ComponentSettings(stored: row.text(5)), isPublished: row.instantOrNil(6) != nil)
  }

  package static func components(of space: SpaceID, in db: Reading) throws -> [Component] {
    try db.all("SELECT " + componentColumns + " FROM components c WHERE c.space_id = $1 ORDER BY c.position, c.id", space, map: component)
  }

  /// The components of several spaces, each in their order.
  package static func components(of spaces: [SpaceID], in db: Reading) throws -> [SpaceID: [Component]] {
    let all = try db.all(
      "SELECT " + componentColumns + " FROM components c WHERE c.space_id IN numbers($1) ORDER BY c.position, c.id", Numbers(spaces), map: component)
    return Dictionary(grouping: all, by: \.space)
  }

  package static func component(_ id: ComponentID, in db: Reading) throws -> Component? {
    try db.first("SELECT " + componentColumns + " FROM components c WHERE c.id = $1", id, map: component)
  }

  package static func partners(of space: SpaceID, in db: Reading) throws -> [Partner] {
    try db.all("SELECT name, address FROM partners WHERE space_id = $1 ORDER BY id", space) { Partner(name: $0.text(0), address: $0.textOrNil(1)) }
  }

  package static func documents(of space: SpaceID, in db: Reading) throws -> [Document] {
    try db.all("SELECT id, title, address, upload_id FROM documents WHERE space_id = $1 ORDER BY position, id", space) { row in
      Document(id: row.int64(0), title: LocalizedText(kept: row.text(1)), address: row.textOrNil(2), upload: row.idOrNil(3))
    }
  }

  /// The newest first.
  package static func news(of space: SpaceID, limit: Int, from offset: Int = 0, in db: Reading) throws -> [NewsPost] {
    try db.all(
      "SELECT id, title, body, published_at FROM news WHERE space_id = $1 ORDER BY published_at DESC, id DESC LIMIT $2 OFFSET $3", space, limit,
      offset
    ) { row in
      NewsPost(id: row.int64(0), title: LocalizedText(kept: row.text(1)), body: LocalizedText(kept: row.text(2)), published: row.instant(3))
    }
  }
}

extension Spaces {
  /// The phases of several spaces, each in their order.
  package static func phases(of spaces: [SpaceID], in db: Reading) throws -> [SpaceID: [Phase]] {
    let rows = try db.all(
      "SELECT id, name, description, starts_at, ends_at, space_id FROM phases WHERE space_id IN numbers($1) ORDER BY starts_at, id", Numbers(spaces)
    ) { ($0.id(5) as SpaceID, phase($0)) }
    return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
  }

  /// The newest news of all spaces that are published, half a year old at most.
  package static func latestNews(limit: Int, in db: Reading) throws -> [SpaceNews] {
    try db.all(
      """
      SELECT n.id, n.title, n.published_at, s.slug, s.title FROM news n JOIN spaces s ON s.id = n.space_id
      WHERE s.published_at IS NOT NULL AND n.published_at > $2 ORDER BY n.published_at DESC, n.id DESC LIMIT $1
      """, limit, db.now.adding(days: -183)
    ) { row in
      SpaceNews(
        id: row.int64(0), title: LocalizedText(kept: row.text(1)), published: row.instant(2), slug: row.text(3),
        space: LocalizedText(kept: row.text(4)))
    }
  }

  package static func newsCount(of space: SpaceID, in db: Reading) throws -> Int {
    try db.count("SELECT COUNT(*) FROM news WHERE space_id = $1", space)
  }

  /// Spaces whose last phase ended before a moment; one with a phase without end is never over.
  package static func over(before moment: Instant, in db: Reading) throws -> [SpaceID] {
    try db.all(
      """
      SELECT space_id FROM phases GROUP BY space_id
      HAVING COUNT(*) = COUNT(ends_at) AND MAX(ends_at) < $1 ORDER BY space_id
      """, moment
    ) { $0.id(0) }
  }

  /// Closes a space for good.
  /// - Returns: false if it was closed already.
  package static func close(_ space: SpaceID, in db: Writing) throws -> Bool {
    try db.run("UPDATE spaces SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL", db.now, space) == 1
  }
}
