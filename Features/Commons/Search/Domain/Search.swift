package import Database
package import Localization
package import TextAnalysis

/// One thing found, with an extract around the words that were looked for.
package struct Hit: Sendable {
  package let resource: ResourceID
  package let kind: Resource.Kind
  package let subject: ResourceID?
  package let component: ComponentID
  package let space: SpaceID
  package let spaceSlug: String
  package let spaceTitle: LocalizedText
  package let author: Author
  package let published: Instant
  package let title: String
  package let language: Language
  package let extract: [Extract.Piece]
}

extension Hit {
  /// Whether its title or its extract has one of the words that were looked for.
  fileprivate func isShown(by stems: Set<String>) -> Bool {
    extract.contains(where: \.matches) || Analyser.stems(title, language: language.tag).contains(where: stems.contains)
  }
}

package struct SearchResults: Sendable {
  package let hits: [Hit]
  /// How many were found, counted to 1,000.
  package let total: Int
}

package enum Search {
  /// The most that is counted.
  package static let most = 1000

  /// For each word looked for its stems, those of every language the site holds. At most 12 words are read.
  ///
  /// A word that is common in one of the languages is left out: texts in that language are indexed without it, and would not be found.
  package static func stems(_ query: String, languages: [Language]) -> [[String]] {
    let words = Analyser.words(query).map { word in languages.map { Analyser.stems(word, language: $0.tag) } }
    let telling = words.filter { !$0.contains([]) }
    return (telling.isEmpty ? words : telling).prefix(12).compactMap { alternatives in
      let stems = Set(alternatives.joined()).sorted()
      return stems.isEmpty ? nil : stems
    }
  }

  /// Finds what everyone may see: published, not hidden, in a published space and component.
  package static func find(
    _ query: String, in space: SpaceID?, languages: [Language], limit: Int, offset: Int, _ db: Reading
  ) throws -> SearchResults {
    let stems = stems(query, languages: languages)
    guard !stems.isEmpty else { return SearchResults(hits: [], total: 0) }
    let matches = try db.matches(stems, spaces: space.map { [$0.number] }, limit: most).map(\.document)
    // What is in a draft space or a component that is not public is not even counted.
    let open = Set(
      try db.all(
        """
        SELECT s.resource_id FROM standings s JOIN components c ON c.id = s.component_id JOIN spaces p ON p.id = c.space_id
        WHERE s.resource_id IN numbers($1) AND c.published_at IS NOT NULL AND p.published_at IS NOT NULL
        """, Numbers(matches)
      ) { $0.int64(0) })
    let found = matches.filter(open.contains)
    let words = Set(stems.flatMap { $0 })
    let hits = try found.dropFirst(offset).prefix(limit).compactMap { try hit(ID($0), stems: words, db) }
    return SearchResults(hits: hits, total: found.count)
  }

  /// Ids in a component that match, best first; for the search field of a list.
  package static func ids(
    _ query: String, kind: Resource.Kind, in component: Component, languages: [Language], _ db: Reading
  ) throws -> [ResourceID] {
    let stems = stems(query, languages: languages)
    guard !stems.isEmpty else { return [] }
    let matches = try db.matches(stems, kinds: [kind.rawValue], spaces: [component.space.number], limit: most).map(\.document)
    let own = Set(
      try db.all("SELECT resource_id FROM standings WHERE resource_id IN numbers($1) AND component_id = $2", Numbers(matches), component.id) {
        $0.int64(0)
      })
    return matches.filter(own.contains).map { ID($0) }
  }

  private static func hit(_ id: ResourceID, stems: Set<String>, _ db: Reading) throws -> Hit? {
    try db.first(
      "SELECT r.kind, r.subject_id, r.component_id, r.space_id, s.slug, v.title, v.language, v.plain, COALESCE(w.title, ''), s.title, r.published_at, "
        + Author.columns
          + """
           FROM resources r JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision JOIN authors a ON a.id = r.author_id
            JOIN spaces s ON s.id = r.space_id JOIN components c ON c.id = r.component_id
            LEFT JOIN resources q ON q.id = r.subject_id LEFT JOIN revisions w ON w.resource_id = q.id AND w.number = q.revision
          """ + Author.joins
        + " WHERE r.id = $1 AND r.hidden_at IS NULL AND r.withdrawn_at IS NULL AND s.published_at IS NOT NULL AND c.published_at IS NOT NULL", id
    ) { row in
      let language = Language(row.text(6))
      return Hit(
        resource: id, kind: row.choice(0, or: Resource.Kind.proposal), subject: row.idOrNil(1), component: row.id(2), space: row.id(3),
        spaceSlug: row.text(4), spaceTitle: LocalizedText(kept: row.text(9)), author: Author(row, from: 11), published: row.instant(10),
        title: row.text(5).isEmpty ? row.text(8) : row.text(5), language: language,
        extract: Extract.around(stems, in: row.text(7), language: language.tag, bytes: 240))
    }.map { try $0.isShown(by: stems) ? $0 : translated($0, stems, db) }
  }

  /// A hit by its translation, in that translation's words; as it is where none has the words either.
  private static func translated(_ hit: Hit, _ stems: Set<String>, _ db: Reading) throws -> Hit {
    for translation in try Translations.list(of: hit.resource, in: db) {
      let found = Hit(
        resource: hit.resource, kind: hit.kind, subject: hit.subject, component: hit.component, space: hit.space, spaceSlug: hit.spaceSlug,
        spaceTitle: hit.spaceTitle, author: hit.author, published: hit.published, title: translation.title.isEmpty ? hit.title : translation.title,
        language: translation.language,
        extract: Extract.around(stems, in: translation["body"].body.plain, language: translation.language.tag, bytes: 240))
      if found.isShown(by: stems) { return found }
    }
    return hit
  }

  /// How many documents are looked at for one word in titles, and in all: of a word that more hold, the newest ones.
  private static let (titlesLookedAt, textsLookedAt) = (5_000, 1_000)
  /// How many of those found are asked for their kind at a time.
  private static let asked = 500

  /// Published resources of one kind that share most words with a title, someone's who is typing or another resource's.
  ///
  /// Their titles are compared, however old they are, and the newest texts.
  package static func similar(
    to title: String, kind: Resource.Kind, in space: SpaceID, language: Language, limit: Int, _ db: Reading
  ) throws -> [ResourceID] {
    let stems = Array(Set(Analyser.stems(title, language: language.tag))).sorted().prefix(8)
    guard !stems.isEmpty else { return [] }
    var shared: [Int64: Int] = [:]
    for stem in stems {
      let titled = try db.documents(holding: stem, inTitle: true, limit: titlesLookedAt)
      for document in Set(titled).union(try db.documents(holding: stem, inTitle: false, limit: textsLookedAt)) { shared[document, default: 0] += 1 }
    }
    let enough = min(max(2, (stems.count + 2) / 3), stems.count)
    let near = shared.filter { $0.value >= enough }.sorted { ($0.value, -$0.key) > ($1.value, -$1.key) }.map(\.key)
    var found: [ResourceID] = []
    for start in stride(from: 0, to: near.count, by: asked) where found.count < limit {
      let some = near[start..<min(start + asked, near.count)]
      let own: Set<Int64> = Set(
        try db.all("SELECT id FROM resources WHERE id IN numbers($1) AND kind = $2 AND space_id = $3", Numbers(Array(some)), kind.rawValue, space) {
          $0.int64(0)
        })
      found += some.lazy.filter(own.contains).prefix(limit - found.count).map { ID($0) }
    }
    return found
  }
}
