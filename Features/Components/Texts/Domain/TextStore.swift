package import CommonsDomain
package import Database
package import Localization
package import RichText

package enum Texts {
  package static func sections(of component: ComponentID, in db: Reading) throws -> [Section] {
    try db.all("SELECT id, title, position FROM sections WHERE component_id = $1 ORDER BY position, id", component) { row in
      Section(id: row.id(0), title: LocalizedText(kept: row.text(1)), position: row.int(2))
    }
  }

  package static func insertSection(
    _ title: LocalizedText, position: Int, in component: ComponentID, importedKey: String? = nil, _ db: Writing
  ) throws -> ID<Section> {
    ID(
      try db.insert(
        "INSERT INTO sections (component_id, position, title, imported_key) VALUES ($1, $2, $3, $4) RETURNING id", component, position, title.stored,
        importedKey))
  }

  package static func addSection(_ title: LocalizedText, to component: ComponentID, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    guard try db.count("SELECT COUNT(*) FROM components WHERE id = $1 AND space_id = $2", component, permit.act.space) == 1 else { throw NotFound() }
    _ = try insertSection(title, position: try sections(of: component, in: db).count, in: component, db)
  }

  private static let selection: SQL =
    "SELECT r.id, x.section_id, v.title, v.language, r.published_at, s.pro, s.mixed, s.con, s.arguments, s.wordings, " + Author.columns
      + """
       FROM standings s JOIN resources r ON r.id = s.resource_id JOIN articles x ON x.resource_id = r.id JOIN authors a ON a.id = r.author_id
         JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      """ + Author.joins

  static func articleRow(_ row: Row) -> ArticleRow {
    ArticleRow(
      id: row.id(0), section: row.id(1), title: row.text(2), language: Language(row.text(3)), author: Author(row, from: 10),
      published: row.instant(4),
      pro: row.int(5), mixed: row.int(6), con: row.int(7), arguments: row.int(8), wordings: row.int(9))
  }

  /// The authority's articles, section by section, which always stand in their order.
  package static func officialArticles(of component: ComponentID, in db: Reading) throws -> [ArticleRow] {
    try db.all(
      selection + " WHERE s.component_id = $1 AND s.kind = 'article' AND s.official = 1 ORDER BY "
        + "(SELECT n.position FROM sections n WHERE n.id = x.section_id), x.section_id, x.position, r.id LIMIT 500", component,
      map: articleRow)
  }

  /// Rows of the given articles, in the order of `ids`.
  package static func articles(_ ids: [ResourceID], in db: Reading) throws -> [ArticleRow] {
    try Standings.rows(ids) {
      try db.all(selection + " WHERE r.id IN numbers($1)", $0, map: articleRow)
    } id: {
      $0.id
    }
  }

  /// One article, whole.
  package static func article(_ id: ResourceID, in db: Reading) throws -> Article {
    let resource = try Resources.resource(id, in: db)
    guard resource.kind == .article else { throw NotFound() }
    let found = try db.first(
      "SELECT x.section_id, x.position, x.explanation, x.plain_words, x.versions_elsewhere, x.explanation_source, x.plain_words_source, "
        + Author.columns
        + " FROM articles x JOIN resources r ON r.id = x.resource_id JOIN authors a ON a.id = r.author_id" + Author.joins
        + " WHERE x.resource_id = $1", id
    ) { row in
      (
        section: row.id(0) as ID<Section>, position: row.intOrNil(1),
        explanation: Passage(source: row.text(5), body: RichText(stored: row.text(2))),
        plain: Passage(source: row.text(6), body: RichText(stored: row.text(3))), elsewhere: row.intOrNil(4), author: Author(row, from: 7)
      )
    }
    guard let found else { throw NotFound() }
    return Article(
      resource: resource, author: found.author, shown: try Revisions.shown(resource, in: db), section: found.section, position: found.position,
      versionsElsewhere: found.elsewhere,
      notes: ArticleNotes(
        explanation: found.explanation, plainWords: found.plain, changes: try changes(of: id, db), translations: try Translations.list(of: id, in: db)
      ))
  }

  private static func changes(of article: ResourceID, _ db: Reading) throws -> [LawChange] {
    try db.all(
      "SELECT title, before_source, before_html, after_source, after_html FROM law_changes WHERE article_id = $1 ORDER BY position, id", article
    ) { row in
      LawChange(
        title: row.text(0), before: Passage(source: row.text(1), body: RichText(stored: row.text(2))),
        after: Passage(source: row.text(3), body: RichText(stored: row.text(4))))
    }
  }

  package static func insertArticle(
    _ id: ResourceID, section: ID<Section>, position: Int?, versionsElsewhere: Int? = nil, notes: ArticleNotes = ArticleNotes(), in db: Writing
  ) throws {
    let (explanation, plainWords) = (notes.explanation, notes.plainWords)
    _ = try db.run(
      """
      INSERT INTO articles (resource_id, section_id, position, explanation, explanation_source, plain_words, plain_words_source, versions_elsewhere)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """, id, section, position, explanation.body.html, explanation.source, plainWords.body.html, plainWords.source, versionsElsewhere)
    try insertRest(of: notes, to: id, in: db)
  }

  /// What an article has several of: the laws that it changes, its translations.
  private static func insertRest(of notes: ArticleNotes, to article: ResourceID, in db: Writing) throws {
    for (index, change) in notes.changes.enumerated() { try insertChange(change, at: index, of: article, in: db) }
    try Translations.replace(notes.translations, of: article, in: db)
  }

  private static func insertChange(_ change: LawChange, at position: Int, of article: ResourceID, in db: Writing) throws {
    _ = try db.insert(
      """
      INSERT INTO law_changes (article_id, position, title, before_source, before_html, after_source, after_html)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
      """, article, position, change.title, change.before.source, change.before.body.html, change.after.source, change.after.body.html)
  }

  /// Revises what stands beside an article of the authority, in the transaction that corrects or rewords it.
  package static func revise(_ notes: ArticleNotes, permit: consuming Permit<Correct>, in db: Writing) throws {
    let article = permit.act.resource.id
    let (explanation, plainWords) = (notes.explanation, notes.plainWords)
    _ = try db.run(
      "UPDATE articles SET explanation = $2, explanation_source = $3, plain_words = $4, plain_words_source = $5 WHERE resource_id = $1", article,
      explanation.body.html, explanation.source, plainWords.body.html, plainWords.source)
    _ = try db.run("DELETE FROM law_changes WHERE article_id = $1", article)
    try insertRest(of: notes, to: article, in: db)
  }

  /// The articles before and after in the authority's order, its own place in it from 1, and how many there are; no place for a
  /// participant's article, nor for one that was taken out.
  package static func neighbours(of article: Article, in db: Reading) throws -> (
    before: ArticleRow?, after: ArticleRow?, place: Int?, count: Int
  ) {
    let official = try officialArticles(of: article.resource.component, in: db)
    guard let index = official.firstIndex(where: { $0.id == article.resource.id }) else { return (nil, nil, nil, official.count) }
    let before = index > 0 ? official[index - 1] : nil
    let after = index + 1 < official.count ? official[index + 1] : nil
    return (before, after, index + 1, official.count)
  }
}
