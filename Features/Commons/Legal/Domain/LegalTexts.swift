package import Database
package import Localization

/// What a legal page said until it was changed.
package struct LegalEdition: Sendable, Hashable {
  /// The version of the terms that held then; several editions of one version differ in what nobody was asked to accept again.
  package let termsVersion: Int
  /// Markdown, with the settings of that time filled in.
  package let source: String
  package let ended: Instant
}

/// A change of a legal page in one language.
package struct LegalChange: Sendable {
  package let language: Language
  /// Markdown, with placeholders.
  package let source: String
  /// What was read until now, and what is read from now on, both with the settings filled in.
  package let before: String
  package let after: String

  package init(_ language: Language, source: String, before: String, after: String) {
    self.language = language
    self.source = source
    self.before = before
    self.after = after
  }
}

/// The organization's own words of legal pages, and what those pages said before.
package enum LegalTexts {
  /// The organization's own words; nil where the template stands.
  package static func own(_ slug: String, _ language: Language, in db: Reading) throws -> String? {
    try db.first("SELECT source FROM legal_pages WHERE slug = $1 AND language = $2", slug, language.tag) { $0.text(0) }
  }

  /// Changes the words of a page; what stood there until now is kept where it differs.
  /// - Parameter asksAgain: these are new terms, which everyone is asked to accept.
  package static func change(
    _ slug: String, to texts: [LegalChange], asksAgain: Bool, permit: consuming Permit<ManageOrganization>, in db: Writing
  ) throws {
    for text in texts {
      try keep(slug, text, in: db)
      _ = try db.run(
        """
        INSERT INTO legal_pages (slug, language, source, edited_at, edited_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (slug, language) DO UPDATE SET source = excluded.source, edited_at = excluded.edited_at, edited_by = excluded.edited_by
        """, slug, text.language.tag, text.source, db.now, permit.actor.person)
    }
    if asksAgain { _ = try db.run("UPDATE organization SET terms_version = terms_version + 1, terms_changed_at = $1", db.now) }
    try db.record(OrganizationStore.changed, by: permit.actor.person, on: ("organization", 1), in: nil)
  }

  /// Keeps what a page said, where a change of its words or of the settings that stand in it makes it say something else.
  package static func keep(_ slug: String, _ change: LegalChange, in db: Writing) throws {
    guard change.before != change.after else { return }
    _ = try db.insert(
      """
      INSERT INTO legal_editions (slug, language, terms_version, source, ended_at)
      SELECT $1, $2, terms_version, $3, $4 FROM organization RETURNING id
      """, slug, change.language.tag, change.before, db.now)
  }

  /// What a page said before, the latest first.
  package static func editions(_ slug: String, _ language: Language, limit: Int, offset: Int, in db: Reading) throws -> [LegalEdition] {
    try db.all(
      "SELECT terms_version, source, ended_at FROM legal_editions WHERE slug = $1 AND language = $2 ORDER BY id DESC LIMIT $3 OFFSET $4", slug,
      language.tag, limit, offset
    ) { LegalEdition(termsVersion: $0.int(0), source: $0.text(1), ended: $0.instant(2)) }
  }

  package static func countEditions(_ slug: String, _ language: Language, in db: Reading) throws -> Int {
    try db.count("SELECT COUNT(*) FROM legal_editions WHERE slug = $1 AND language = $2", slug, language.tag)
  }
}
