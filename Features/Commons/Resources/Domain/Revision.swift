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
}

package enum Revisions {
  private static let columns: SQL = "number, edition, title, source, html, plain, language, reason, made_at"

  private static func revision(_ row: Row) -> Revision {
    Revision(
      number: row.int(0), edition: row.int(1), title: row.text(2), source: row.text(3), body: RichText(stored: row.text(4)), plain: row.text(5),
      language: Language(row.text(6)), reason: row.text(7), made: row.instant(8))
  }

  /// The whole history, newest first.
  package static func history(of resource: ResourceID, in db: Reading) throws -> [Revision] {
    try db.all("SELECT " + columns + " FROM revisions WHERE resource_id = $1 ORDER BY number DESC", resource, map: revision)
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
