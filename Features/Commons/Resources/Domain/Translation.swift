package import Database
package import Localization
package import RichText

/// What a resource says in another language, as its own author words it. Votes are cast on the resource's own words.
package struct Translation: Sendable {
  package let language: Language
  /// By name: `title`, `body`, and what the resource has beside them. Search finds the first two.
  private let passages: [String: Passage]

  /// Passages without words are left out.
  package init(language: Language, _ passages: [String: Passage]) {
    self.language = language
    self.passages = passages.filter { !$0.value.body.isEmpty }
  }

  package var isEmpty: Bool { passages.isEmpty }
  /// Empty where only the text is translated.
  package var title: String { self["title"].source }

  package subscript(_ name: String) -> Passage { passages[name] ?? .empty }

  fileprivate var all: [(name: String, passage: Passage)] { passages.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
}

package enum Translations {
  /// In the order of their languages' tags.
  package static func list(of resource: ResourceID, in db: Reading) throws -> [Translation] {
    let rows = try db.all("SELECT language, part, source, html FROM translations WHERE resource_id = $1 ORDER BY language, part", resource) { row in
      (language: row.text(0), part: row.text(1), passage: Passage(source: row.text(2), body: RichText(stored: row.text(3))))
    }
    return Dictionary(grouping: rows, by: \.language).sorted { $0.key < $1.key }.map { language, rows in
      Translation(language: Language(language), Dictionary(rows.map { ($0.part, $0.passage) }) { first, _ in first })
    }
  }

  /// What resources are called in a language, where their authors say so.
  package static func titles(of resources: [ResourceID], in language: Language, _ db: Reading) throws -> [ResourceID: String] {
    let rows = try db.all(
      "SELECT resource_id, source FROM translations WHERE language = $1 AND part = 'title' AND resource_id IN numbers($2)", language.tag,
      Numbers(resources)
    ) { ($0.id(0) as ResourceID, $0.text(1)) }
    return Dictionary(rows) { first, _ in first }
  }

  /// Replaces them all, and lets search find the resource by the new ones.
  package static func replace(_ translations: [Translation], of resource: ResourceID, in db: Writing) throws {
    let had = try db.run("DELETE FROM translations WHERE resource_id = $1", resource)
    for translation in translations {
      for (name, passage) in translation.all {
        _ = try db.run(
          "INSERT INTO translations (resource_id, language, part, source, html, plain) VALUES ($1, $2, $3, $4, $5, $6)", resource,
          translation.language.tag, name, passage.source, passage.body.html, passage.body.plain)
      }
    }
    if had > 0 || !translations.isEmpty { try Standings.show(resource, in: db) }
  }
}
