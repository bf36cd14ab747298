import CommonsDomain
import Foundation
import Imports
import Interface
import Testing

@testable import Database

/// The consultation of 2015 as it stands in its file: numbers counted from the file by hand, not from our own output.
struct ImportedConsultationTests {
  private static let name = "republique-numerique.json"

  private static func data() throws -> Data {
    Data(try #require(ServedAssets.bytes("Assets/demonstration/" + name)))
  }

  private static let numbers: [(what: String, sql: SQL, expected: Int)] = [
    ("articles", "SELECT COUNT(*) FROM resources WHERE kind = 'article'", 696),
    ("withdrawn articles", "SELECT COUNT(*) FROM resources WHERE kind = 'article' AND withdrawn_at IS NOT NULL", 4),
    ("arguments", "SELECT COUNT(*) FROM resources WHERE kind = 'argument'", 3_994),
    ("sources", "SELECT COUNT(*) FROM resources WHERE kind = 'source'", 326),
    (
      "votes on articles",
      "SELECT CAST(SUM(t.amount) AS BIGINT) FROM imported_totals t JOIN resources r ON r.id = t.resource_id WHERE r.kind = 'article'", 88_622
    ),
    ("votes of people here", "SELECT COUNT(*) FROM votes", 0), ("words of withdrawn articles", withdrawnWords, 0),
  ]

  private static let withdrawnWords: SQL = """
    SELECT COUNT(*) FROM resources r JOIN revisions v ON v.resource_id = r.id
    WHERE r.kind = 'article' AND r.withdrawn_at IS NOT NULL AND (v.title <> '' OR v.html <> '' OR v.source <> '' OR v.plain <> '')
    """

  private static let article9: SQL = """
    SELECT v.title, s.pro, s.mixed, s.con FROM standings s JOIN resources r ON r.id = s.resource_id
      JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
    WHERE r.imported_key = 'rn:opinion:69'
    """

  private static let queries = [
    "données", "donnée", "DONNÉES", "logiciel libre", "logiciels libres", "accès", "acces", "recherche publique", "publications scientifiques",
    "neutralité", "internet", "vie privée", "droit à l’oubli", "fibre", "handicap", "accessibilité", "vote électronique", "brevets", "open source",
    "administration", "communs", "domaine public", "panorama", "jeux vidéo", "collectivités", "loyauté plateformes", "chiffrement", "école", "zzzzz",
    "l'État", "2015", "libre accès aux publications scientifiques", "le droit à l’oubli", "les logiciels",
  ]

  @Test func `all of the file comes in, once, and both databases find the same`() async throws {
    let file = try RepubliqueNumerique(json: Self.data(), name: Self.name) { _, _, _ in }
    var found: [DatabaseKind: [Set<String>]] = [:]
    for kind in DatabaseKind.allCases where kind == .sqlite || DatabaseKind.server != nil {
      try await Town.with(kind) { town in
        let first = try await file.run(in: town.database) { _, _, _ in }
        #expect(first.added["articles"] == 696 && first.added["arguments"] == 3_994 && first.added["sources"] == 326 && first.known == 0)
        try await expectNumbers(town)
        let again = try await file.run(in: town.database) { _, _, _ in }
        #expect(again.added.isEmpty && again.known == 696)
        try await expectNumbers(town)
        #expect(try await lost(town) == [], "what is looked for by its own title is found")
        found[kind] = try await town.database.read { db in
          try Self.queries.map { query in
            let stems = Search.stems(query, languages: [.french, .english])
            let documents = stems.isEmpty ? [] : try db.matches(stems, spaces: nil, limit: Search.most).map(\.document)
            let keys = try documents.compactMap { document in
              try db.first("SELECT imported_key FROM resources WHERE id = $1", document) { $0.textOrNil(0) }.flatMap { $0 }
            }
            return Set(keys)
          }
        }
      }
    }
    let lite = try #require(found[.sqlite])
    #expect(lite.filter { !$0.isEmpty }.count > 20, "most queries find something")
    #expect(lite[0] == lite[1] && lite[0] == lite[2], "number and case of a word change nothing")
    #expect(lite[3] == lite[4])
    #expect(lite[5] == lite[6], "accents change nothing")
    if let postgres = found[.postgres] {
      for (index, query) in Self.queries.enumerated() where lite[index].count < Search.most {
        #expect(lite[index] == postgres[index], "\(query): \(lite[index].count) and \(postgres[index].count)")
      }
    }
  }

  /// Titles that do not find the article that bears them.
  private func lost(_ town: Town) async throws -> [String] {
    try await town.database.read { db in
      let articles = try db.all(
        """
        SELECT r.id, v.title FROM resources r JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
        WHERE r.kind = 'article' AND r.withdrawn_at IS NULL ORDER BY r.id
        """
      ) { (id: $0.int64(0), title: $0.text(1)) }
      return try articles.filter { article in
        let stems = Search.stems(article.title, languages: [.french, .english])
        return try !db.matches(stems, kinds: ["article"], spaces: nil, limit: Search.most).contains { $0.document == article.id }
      }.map(\.title)
    }
  }

  private func expectNumbers(_ town: Town) async throws {
    for number in Self.numbers {
      let found = try await town.database.read { try $0.count(number.sql) }
      #expect(found == number.expected, "\(number.what)")
    }
    let article = try await town.database.read { try $0.first(Self.article9) { [$0.text(0), "\($0.int(1))", "\($0.int(2))", "\($0.int(3))"] } }
    #expect(article == ["Article 9 - Libre accès aux publications scientifiques de la recherche publique", "1320", "282", "1732"])
  }

  @Test(
    arguments: [
      ("\"votes\":{\"for\":-1", "opinions[0]"), ("\"created_at\":\"yesterday\"", "opinions[0]"), ("\"section\":999", "opinions[0]"),
      ("\"title\":\"\"", "opinions[0]"), ("\"id\":\"seven\"", "opinions[0]"), ("", "the file"),
    ])
  func `a bad file is named with the place and the reason, and nothing comes in`(_ change: String, _ element: String) async throws {
    var object = try #require(try JSONSerialization.jsonObject(with: Self.data()) as? [String: Any])
    var opinions = try #require(object["opinions"] as? [[String: Any]])
    if change.hasPrefix("\"votes\"") { opinions[0]["votes"] = ["for": -1, "mixed": 0, "against": 0] }
    if change.hasPrefix("\"created_at\"") { opinions[0]["created_at"] = "yesterday" }
    if change.hasPrefix("\"section\"") { opinions[0]["section"] = 999 }
    if change.hasPrefix("\"title\"") { opinions[0]["title"] = "" }
    if change.hasPrefix("\"id\"") { opinions[0]["id"] = "seven" }
    object["opinions"] = opinions
    let bad = change.isEmpty ? Data("{\"sections\": [".utf8) : try JSONSerialization.data(withJSONObject: object)
    do {
      _ = try RepubliqueNumerique(json: bad, name: "bad.json") { _, _, _ in }
      Issue.record("it was taken")
    } catch let fault as ImportFault {
      #expect(fault.file == "bad.json")
      #expect(fault.element.hasPrefix(element), "\(fault)")
      #expect(!fault.reason.isEmpty)
    }
  }
}
