import CommonsDomain
package import Database
package import Foundation
import Localization
import Participation
import RichText

/// Brings the consultation of 2015 in: all of the file, in one transaction, as often as one likes (what is there already is left alone).
///
/// Votes come as totals and stay totals; versions come as a number; what was trashed comes as withdrawn, without its text.
package struct RepubliqueNumerique: Sendable {
  private let file: RepubliqueNumeriqueFile
  private let opinions: [Prepared]

  package static let spaceKey = "republique-numerique"

  /// One opinion with its foreign HTML already through the sanitizer.
  private struct Prepared: Sendable {
    let opinion: RepubliqueNumeriqueFile.Opinion
    let body: RichText
    let explanation: RichText
    let changes: [LawChange]
    let created: Instant
  }

  /// Reads, checks and sanitizes the whole file; nothing is written yet.
  package init(json: Data, name: String, progress: Progress) throws {
    file = try RepubliqueNumeriqueFile(json: json, name: name)
    var prepared: [Prepared] = []
    for (index, opinion) in file.opinions.enumerated() {
      do {
        prepared.append(try Self.prepare(opinion))
      } catch {
        throw ImportFault(file: name, element: "opinions[\(index)]", reason: "its HTML cannot be taken: \(error)")
      }
      if index % 50 == 49 { progress(index + 1, file.opinions.count, "opinions read") }
    }
    opinions = prepared
  }

  private static func prepare(_ opinion: RepubliqueNumeriqueFile.Opinion) throws -> Prepared {
    let isTrashed = opinion.trashed
    let explanations = opinion.appendices.compactMap(\.bodyHtml).joined()
    return Prepared(
      opinion: opinion, body: isTrashed ? .empty : try RichText(foreignHTML: opinion.bodyHtml ?? ""),
      explanation: isTrashed ? .empty : try RichText(foreignHTML: explanations),
      changes: isTrashed
        ? []
        : try opinion.legalTextChanges.map {
          LawChange(
            title: $0.title ?? "", before: Passage(html: try RichText(foreignHTML: $0.beforeHtml ?? "")),
            after: Passage(html: try RichText(foreignHTML: $0.afterHtml ?? "")))
        }, created: Instant(milliseconds: RepubliqueNumeriqueFile.milliseconds(opinion.createdAt) ?? 0))
  }

  /// Writes all of it in one transaction.
  package func run(in database: OpenDatabase, progress: @escaping Progress) async throws -> ImportSummary {
    try await database.write { db in try self.write(db, progress) }
  }

  private func write(_ db: Writing, _ progress: Progress) throws -> ImportSummary {
    var summary = ImportSummary()
    let (space, component) = try self.space(db)
    let sections = try sections(component, db)
    let known = Set(try db.all("SELECT imported_key FROM resources WHERE imported_key IS NOT NULL AND component_id = $1", component) { $0.text(0) })
    var authors: [Int: AuthorID] = [:]
    func author(_ author: RepubliqueNumeriqueFile.Author) throws -> AuthorID {
      if let id = authors[author.id] { return id }
      let id = try Authors.imported(key: "rn:\(author.id)", name: author.name, isOfficial: author.official, in: db)
      authors[author.id] = id
      return id
    }
    var position = 0
    for (index, prepared) in opinions.enumerated() {
      let opinion = prepared.opinion
      let key = "rn:opinion:\(opinion.id)"
      if opinion.author.official { position += 1 }
      if known.contains(key) {
        summary.known += 1
      } else if let section = sections[opinion.section] {
        let writ = Writ(title: opinion.trashed ? "" : opinion.title, source: prepared.body.html, body: prepared.body, language: .french)
        let id = try Resources.insert(
          .article, in: space, component, about: nil, by: author(opinion.author), writ, theme: section.number, person: nil, created: prepared.created,
          withdrawn: opinion.trashed, importedKey: key, db)
        try Texts.insertArticle(
          id, section: section, position: opinion.author.official ? position - 1 : nil, versionsElsewhere: opinion.versionsCount,
          notes: ArticleNotes(explanation: Passage(html: prepared.explanation), changes: prepared.changes), in: db)
        for (choice, amount) in [(Choice.for, opinion.votes.for), (.mixed, opinion.votes.mixed), (.against, opinion.votes.against)] where amount > 0 {
          try Votes.keepImported(amount, choice, on: id, in: db)
        }
        summary.count("articles")
        try write(opinion.arguments, about: id, space, component, author, &summary, db)
        try write(opinion.sources, of: opinion.id, about: id, space, component, author, &summary, db)
        try Standings.recount(id, in: db)
      }
      if index % 20 == 19 || index + 1 == opinions.count { progress(index + 1, opinions.count, "articles and proposals written") }
    }
    try Standings.recountComponent(component, in: db)
    return summary
  }

  private func write(
    _ arguments: [RepubliqueNumeriqueFile.Argument], about subject: ResourceID, _ space: SpaceID, _ component: ComponentID,
    _ author: (RepubliqueNumeriqueFile.Author) throws -> AuthorID, _ summary: inout ImportSummary, _ db: Writing
  ) throws {
    for argument in arguments {
      let body = argument.trashed ? RichText.empty : RichText(paragraphs: argument.body)
      let id = try Resources.insert(
        .argument, in: space, component, about: subject, by: author(argument.author),
        Writ(title: "", source: argument.trashed ? "" : argument.body, body: body, language: .french),
        person: nil, created: Instant(milliseconds: RepubliqueNumeriqueFile.milliseconds(argument.createdAt) ?? 0), withdrawn: argument.trashed,
        importedKey: "rn:argument:\(argument.id)", db)
      try Arguments.insert(id, side: argument.side == "for" ? .for : .against, replyTo: nil, in: db)
      if argument.votes > 0 { try Votes.keepImported(argument.votes, .useful, on: id, in: db) }
      try Standings.recount(id, in: db)
      summary.count("arguments")
    }
  }

  private func write(
    _ sources: [RepubliqueNumeriqueFile.Source], of opinion: Int, about subject: ResourceID, _ space: SpaceID, _ component: ComponentID,
    _ author: (RepubliqueNumeriqueFile.Author) throws -> AuthorID, _ summary: inout ImportSummary, _ db: Writing
  ) throws {
    for (index, source) in sources.enumerated() {
      let note = source.body ?? ""
      let id = try Resources.insert(
        .source, in: space, component, about: subject, by: author(source.author),
        Writ(title: source.title, source: note, body: RichText(paragraphs: note), language: .french),
        person: nil, created: Instant(milliseconds: RepubliqueNumeriqueFile.milliseconds(source.createdAt) ?? 0),
        importedKey: "rn:source:\(opinion):\(index)", db)
      try Sources.insert(id, address: source.link, kind: Self.kinds[source.category] ?? .other, in: db)
      if source.votes > 0 { try Votes.keepImported(source.votes, .useful, on: id, in: db) }
      try Standings.recount(id, in: db)
      summary.count("sources")
    }
  }

  private static let kinds: [String: Source.Kind] = [
    "Site internet": .site, "Articles de presse": .press, "Lois et règlements": .law, "Rapport / Étude": .report, "Billet de blog": .blog,
    "Article scientifique": .study, "Manuel / Guide": .guide, "Document audiovisuel / iconographique": .media, "Document cartographique": .map,
    "Thèse / Mémoire": .thesis,
  ]

  private func sections(_ component: ComponentID, _ db: Writing) throws -> [Int: ID<Section>] {
    var sections: [Int: ID<Section>] = [:]
    for (position, section) in file.sections.enumerated() {
      let key = "rn:section:\(section.id)"
      let known: ID<Section>? = try db.first("SELECT id FROM sections WHERE imported_key = $1", key) { $0.id(0) }
      sections[section.id] =
        try known ?? Texts.insertSection(LocalizedText(section.subtitle, in: .french), position: position, in: component, importedKey: key, db)
    }
    return sections
  }

  /// The space of the consultation, published and over. Its dates are those of the source; its own words are few and ours.
  private func space(_ db: Writing) throws -> (SpaceID, ComponentID) {
    if let id: SpaceID = try db.first("SELECT id FROM spaces WHERE imported_key = $1", Self.spaceKey, map: { $0.id(0) }),
      let component: ComponentID = try db.first("SELECT id FROM components WHERE space_id = $1 ORDER BY id", id, map: { $0.id(0) })
    {
      return (id, component)
    }
    let words = RepubliqueNumeriqueWords.self
    let space = try Spaces.insert(words.space, by: nil, importedKey: Self.spaceKey, sourceNote: words.sourceNote, published: true, in: db)
    let component = try Spaces.insertComponent(
      .texts, in: space, title: words.component, introduction: words.introduction, settings: ComponentSettings(articlesByParticipants: true), db)
    let zone = Zone("Europe/Paris") ?? .universal
    func at(_ day: Int, _ month: Int, _ hour: Int) -> Instant {
      Instant(milliseconds: zone.instant(year: 2015, month: month, day: day, hour: hour, minute: 0)?.milliseconds ?? 0)
    }
    _ = try db.insert(
      "INSERT INTO phases (space_id, name, description, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5) RETURNING id", space, words.phase.stored,
      words.phaseDescription.stored, at(26, 9, 0), at(19, 10, 0))
    return (space, component)
  }
}
