package import Database
package import Localization
package import RichText

/// What someone wrote: the source they typed, what the sanitizer made of it, in one language.
package struct Writ: Sendable {
  package let title: String
  package let source: String
  package let body: RichText
  package let language: Language

  package init(title: String, source: String, body: RichText, language: Language) {
    self.title = title
    self.source = source
    self.body = body
    self.language = language
  }
}

extension Resource.Kind {
  package var hasTitle: Bool { self != .argument }
  /// Whether a new version of it can be published, with votes of its own.
  package var hasVersions: Bool { self != .argument && self != .source }
  /// The most characters of its title.
  package var longestTitle: Int { self == .article ? 250 : 150 }
  /// The most characters of its body.
  package var longestBody: Int {
    switch self {
    case .article, .wording: 20_000
    case .proposal: 8_000
    case .argument: 2_000
    case .source: 500
    }
  }
  /// What its Markdown may weigh.
  package var limits: Limits { self == .argument || self == .source ? .comment : .body }
}

/// A text beside another's body: what was typed (Markdown, or the HTML that an import brought) and what the sanitizer made of it.
package struct Passage: Sendable {
  package let source: String
  package let body: RichText

  package static let empty = Passage(source: "", body: .empty)

  package init(source: String, body: RichText) {
    self.source = source
    self.body = body
  }

  /// What an import brought, as the sanitizer kept it.
  package init(html body: RichText) { self.init(source: body.html, body: body) }

  package init(markdown source: String, limits: Limits = .body) throws {
    self.init(source: source, body: try RichText(markdown: source, limits: limits))
  }
}

/// One step in the history of a text.
package struct Revision: Sendable {
  package let number: Int
  package let edition: Int
  package let title: String
  package let source: String
  package let body: RichText
  package let plain: String
  package let language: Language
  package let reason: String
  package let made: Instant

  package var passage: Passage { Passage(source: source, body: body) }
  /// Its title, or how it begins.
  package var name: String { Self.name(title: title, plain: plain) }

  static func name(title: String, plain: String) -> String { title.isEmpty ? plain.beginning(words: 8) : title }
}

/// What a revision changed beside title and body.
package struct PassageChange: Sendable, Hashable {
  /// The name of the field.
  package let name: String
  package let was: String
  package let became: String

  package init(_ name: String, was: String, became: String) {
    self.name = name
    self.was = was
    self.became = became
  }
}

package enum Revisions {
  /// Keeps what the revision just written changed beside title and body.
  package static func keep(_ changes: [PassageChange], of resource: ResourceID, in db: Writing) throws {
    for change in changes {
      _ = try db.run(
        """
        INSERT INTO passage_changes (resource_id, revision, name, was, became)
        SELECT id, revision, $2, $3, $4 FROM resources WHERE id = $1
        """, resource, change.name, change.was, change.became)
    }
  }

  package static func passageChanges(of resource: ResourceID, revision: Int, in db: Reading) throws -> [PassageChange] {
    try db.all(
      "SELECT name, was, became FROM passage_changes WHERE resource_id = $1 AND revision = $2 ORDER BY name", resource, revision
    ) { PassageChange($0.text(0), was: $0.text(1), became: $0.text(2)) }
  }

  /// How passages read when a revision was the last, by name, where they changed since.
  package static func passages(asOf revision: Int, of resource: ResourceID, in db: Reading) throws -> [String: String] {
    let rows = try db.all(
      "SELECT name, was FROM passage_changes WHERE resource_id = $1 AND revision > $2 ORDER BY revision", resource, revision
    ) { ($0.text(0), $0.text(1)) }
    return Dictionary(rows) { first, _ in first }
  }

  private static let columns: SQL = "number, edition, title, source, html, plain, language, reason, made_at"

  private static func revision(_ row: Row) -> Revision {
    Revision(
      number: row.int(0), edition: row.int(1), title: row.text(2), source: row.text(3), body: RichText(stored: row.text(4)), plain: row.text(5),
      language: Language(row.text(6)), reason: row.text(7), made: row.instant(8))
  }

  /// The revisions, the newest first.
  package static func history(of resource: ResourceID, limit: Int, offset: Int, in db: Reading) throws -> [Revision] {
    try db.all(
      "SELECT " + columns + " FROM revisions WHERE resource_id = $1 ORDER BY number DESC LIMIT $2 OFFSET $3", resource, limit, offset,
      map: revision)
  }

  /// The number of the last revision of each edition: the votes of an edition stand beside it.
  package static func lastOfEditions(of resource: ResourceID, in db: Reading) throws -> [(edition: Int, number: Int)] {
    try db.all("SELECT edition, MAX(number) FROM revisions WHERE resource_id = $1 GROUP BY edition", resource) { ($0.int(0), $0.int(1)) }
  }

  /// What stood at a moment: the last revision made by then; the first where none was.
  package static func standing(_ resource: ResourceID, at time: Instant, in db: Reading) throws -> Revision? {
    try db.first(
      "SELECT " + columns + " FROM revisions WHERE resource_id = $1 AND made_at <= $2 ORDER BY number DESC LIMIT 1", resource, time, map: revision)
      ?? db.first("SELECT " + columns + " FROM revisions WHERE resource_id = $1 ORDER BY number LIMIT 1", resource, map: revision)
  }

  /// When an edition was begun; corrections of it came later.
  package static func begun(_ edition: Int, of resource: ResourceID, in db: Reading) throws -> Instant? {
    try db.first("SELECT made_at FROM revisions WHERE resource_id = $1 AND edition = $2 ORDER BY number LIMIT 1", resource, edition) { $0.instant(0) }
  }

  package static func shown(_ resource: Resource, in db: Reading) throws -> Revision {
    let found = try db.first(
      "SELECT " + columns + " FROM revisions WHERE resource_id = $1 AND number = $2", resource.id, resource.revision, map: revision)
    guard let found else { throw NotFound() }
    return found
  }
}

extension String {
  /// The first words, an ellipsis after them where there are more.
  package func beginning(words: Int) -> String {
    let all = split(maxSplits: words, whereSeparator: \.isWhitespace)
    return all.prefix(words).joined(separator: " ") + (all.count > words ? "…" : "")
  }
}
