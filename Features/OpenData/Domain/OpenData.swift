package import CommonsDomain
package import Database
import Foundation
import Localization

/// A space's public contributions with their totals, for whoever counts again: what everyone may see on its pages, and no more.
package struct OpenData: Encodable, Sendable {
  package struct Contribution: Encodable, Sendable {
    let id: Int64, kind: String, activity: Int64
    /// What it is about: the article of a wording, the text or idea of an argument.
    let subject: Int64?
    let title: String
    /// As it was written: Markdown, or the HTML that an import brought.
    let source: String
    let text: String, language: String, author: Speaker, isOfficial: Bool, published: Date, place: String
    /// The theme of an idea or the section of an article, in each language it is named in.
    let theme: [String: String]?
    /// The edition that is shown; votes stand with the edition they were cast on.
    let edition: Int
    /// Of an argument: for or against, and the argument that it replies to.
    let side: String?, replyTo: Int64?
    /// Of a source.
    let address: String?, sourceKind: String?
    /// Of an article: the words that explain it, and the changes of the law in force that come with it.
    let plainWords: String?, explanation: String?
    var lawChanges: [LawChange]
    /// Of an article of the authority: what it says in other languages, in its author's own words.
    var translations: [Translation]
    var votes: [Count]
  }

  package struct Speaker: Encodable, Sendable {
    let kind: String, name: String, organizationKind: String?, members: [String], channel: String?, place: String?
  }

  package struct LawChange: Encodable, Sendable { let title: String, before: String, after: String }

  package struct Translation: Encodable, Sendable {
    let language: String, title: String, source: String, plainWords: String, explanation: String
  }

  /// So many votes of one choice on one edition, by what stood behind them: `email`, `desk`, or `imported` for a total from elsewhere.
  package struct Count: Encodable, Sendable { let edition: Int, choice: String, proof: String, amount: Int }

  package struct Phase: Encodable, Sendable { let name: [String: String], starts: Date, ends: Date? }

  let slug: String, title: [String: String], question: [String: String], taken: Date, phases: [Phase], contributions: [Contribution]
}

extension OpenData {
  /// Everything of a space that is public at the moment of reading, by number.
  package static func of(_ space: Space, in db: Reading) throws -> OpenData {
    let (counts, changes, translated) = (try counts(in: space.id, db), try lawChanges(in: space.id, db), try translations(in: space.id, db))
    let contributions = try contributions(in: space.id, db).map { contribution in
      var contribution = contribution
      contribution.votes = counts[contribution.id] ?? []
      contribution.lawChanges = changes[contribution.id] ?? []
      contribution.translations = translated[contribution.id] ?? []
      return contribution
    }
    return OpenData(
      slug: space.slug, title: space.title.texts, question: space.question.texts, taken: db.now.date,
      phases: try Spaces.phases(of: space.id, in: db).map { Phase(name: $0.name.texts, starts: $0.starts.date, ends: $0.ends?.date) },
      contributions: contributions)
  }

  /// How much of what there is in it.
  package struct Figures: Sendable, Equatable {
    /// Ideas, articles and other wordings, those of the authority too.
    package let contributions: Int
    package let arguments: Int
    package let sources: Int
    /// Votes and supports of the editions that are shown.
    package let votes: Int
  }

  package static func figures(of space: SpaceID, in db: Reading) throws -> Figures {
    let rows = try db.all(
      """
      SELECT n.kind, n.facet, n.amount FROM standing_counts n JOIN components c ON c.id = n.component_id
      WHERE c.space_id = $1 AND c.published_at IS NOT NULL AND n.facet IN ('all', 'votes')
      """, space
    ) { (kind: $0.text(0), facet: $0.text(1), amount: $0.int(2)) }
    func sum(_ facet: String, _ kinds: String...) -> Int {
      rows.filter { $0.facet == facet && kinds.contains($0.kind) }.reduce(0) { $0 + $1.amount }
    }
    return Figures(
      contributions: sum("all", "article", "wording", "proposal"), arguments: sum("all", "argument"), sources: sum("all", "source"),
      votes: sum("votes", "article", "wording", "proposal"))
  }

  /// As JSON with sorted names and ISO 8601 dates: the same data give the same bytes.
  package var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.dateEncodingStrategy = .iso8601
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(self))
    }
  }

  private static func contributions(in space: SpaceID, _ db: Reading) throws -> [Contribution] {
    try db.all(
      "SELECT r.id, r.kind, r.component_id, r.subject_id, v.title, v.source, v.plain, v.language, r.published_at, r.place, r.edition, "
        + "t.name, n.title, g.side, g.reply_to, u.address, u.kind, l.plain_words_source, l.explanation_source, " + Author.columns
          + """
           FROM standings s JOIN resources r ON r.id = s.resource_id JOIN authors a ON a.id = r.author_id
             JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision JOIN components c ON c.id = r.component_id
             LEFT JOIN arguments g ON g.resource_id = r.id LEFT JOIN sources u ON u.resource_id = r.id
             LEFT JOIN articles l ON l.resource_id = r.id LEFT JOIN sections n ON n.id = l.section_id
             LEFT JOIN themes t ON t.id = r.theme_id AND r.kind = 'proposal'
          """ + Author.joins + " WHERE r.space_id = $1 AND c.published_at IS NOT NULL ORDER BY r.id", space
    ) { row in
      let author = Author(row, from: 19)
      return Contribution(
        id: row.int64(0), kind: row.text(1), activity: row.int64(2), subject: row.int64OrNil(3), title: row.text(4), source: row.text(5),
        text: row.text(6), language: row.text(7),
        author: Speaker(
          kind: author.kind.rawValue, name: author.name, organizationKind: author.organizationKind?.rawValue, members: author.members,
          channel: author.channel?.rawValue, place: author.place),
        isOfficial: author.isOfficial, published: row.instant(8).date, place: row.text(9),
        theme: (row.textOrNil(11) ?? row.textOrNil(12)).map { LocalizedText(kept: $0).texts }, edition: row.int(10), side: row.textOrNil(13),
        replyTo: row.int64OrNil(14), address: row.textOrNil(15), sourceKind: row.textOrNil(16),
        plainWords: row.textOrNil(17), explanation: row.textOrNil(18), lawChanges: [], translations: [], votes: [])
    }
  }

  private static func lawChanges(in space: SpaceID, _ db: Reading) throws -> [Int64: [LawChange]] {
    let rows = try db.all(
      """
      SELECT l.article_id, l.title, l.before_source, CASE WHEN l.after_source = '' THEN v.source ELSE l.after_source END
      FROM law_changes l JOIN resources r ON r.id = l.article_id JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE r.space_id = $1 ORDER BY l.article_id, l.position
      """, space
    ) { ($0.int64(0), LawChange(title: $0.text(1), before: $0.text(2), after: $0.text(3))) }
    return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
  }

  private static func translations(in space: SpaceID, _ db: Reading) throws -> [Int64: [Translation]] {
    let rows = try db.all(
      """
      SELECT t.resource_id, t.language, t.part, t.source FROM translations t JOIN resources r ON r.id = t.resource_id
      WHERE r.space_id = $1 ORDER BY t.resource_id, t.language, t.part
      """, space
    ) { (resource: $0.int64(0), language: $0.text(1), part: $0.text(2), source: $0.text(3)) }
    return Dictionary(grouping: rows, by: \.resource).mapValues { rows in
      Dictionary(grouping: rows, by: \.language).sorted { $0.key < $1.key }.map { language, rows in
        func part(_ name: String) -> String { rows.first { $0.part == name }?.source ?? "" }
        return Translation(
          language: language, title: part("title"), source: part("body"), plainWords: part("plain"), explanation: part("explanation"))
      }
    }
  }

  private static func counts(in space: SpaceID, _ db: Reading) throws -> [Int64: [Count]] {
    var counts: [Int64: [Count]] = [:]
    let cast = try db.all(
      """
      SELECT t.resource_id, t.edition, t.choice, t.proof, CAST(SUM(t.amount) AS BIGINT) FROM tallies t JOIN resources r ON r.id = t.resource_id
      WHERE r.space_id = $1 GROUP BY t.resource_id, t.edition, t.choice, t.proof ORDER BY t.resource_id, t.edition, t.choice, t.proof
      """, space
    ) { ($0.int64(0), Count(edition: $0.int(1), choice: $0.text(2), proof: $0.text(3), amount: $0.int(4))) }
    let imported = try db.all(
      """
      SELECT t.resource_id, t.choice, t.amount FROM imported_totals t JOIN resources r ON r.id = t.resource_id
      WHERE r.space_id = $1 ORDER BY t.resource_id, t.choice
      """, space
    ) { ($0.int64(0), Count(edition: 1, choice: $0.text(1), proof: "imported", amount: $0.int(2))) }
    for (resource, count) in cast + imported where count.amount > 0 { counts[resource, default: []].append(count) }
    return counts
  }
}

extension Instant {
  fileprivate var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
