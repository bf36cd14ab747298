import CommonsDomain
import Database
import Foundation
import Participation
import Testing

/// What anybody downloads tells all that is public, so that it can be counted again, and nothing else.
struct OpenDataTests {
  private struct File: Decodable {
    struct Count: Decodable, Equatable { let edition: Int, choice: String, proof: String, amount: Int }
    struct Speaker: Decodable { let kind: String, name: String }
    struct Contribution: Decodable {
      let id: Int64, kind: String, subject: Int64?, title: String, text: String, author: Speaker, edition: Int
      let side: String?, replyTo: Int64?, address: String?, sourceKind: String?, votes: [Count]
    }
    let slug: String, contributions: [Contribution]
  }

  private func file(_ town: Town) async throws -> (File, String) {
    let bytes = try await town.database.read { db in
      guard let space = try Spaces.space(town.space, in: db) else { throw NotFound() }
      return try OpenData.of(space, in: db).json
    }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return (try decoder.decode(File.self, from: Data(bytes)), String(decoding: bytes, as: UTF8.self))
  }

  @Test(arguments: DatabaseKind.allCases) func `votes stand with their edition, arguments with their side, sources with their address`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let article = try await town.addArticle("Les haies", by: town.bernard)
      try await town.cast(.for, on: article, by: town.amina)
      try await town.cast(.against, on: article, by: town.chloe)
      try await town.database.write { db in
        let act = Reword(try Resources.resource(article, in: db), try Admission.load(town.texts, in: db))
        try Resources.reword(
          Town.writ("Les haies", "Autrement."), reason: "Mieux.", read: 1, permit: Permit(act, for: Town.participant(town.bernard), in: db), in: db)
      }
      try await town.cast(.mixed, on: article, edition: 2, by: town.amina)
      let argument = try await town.argue("Les oiseaux y nichent.", about: article, by: town.amina)
      let reply = try await town.argue("Vraiment.", about: article, replyTo: argument, by: town.chloe)
      let source = try await town.addSource("Un rapport", "Page 3", about: article, by: town.amina)
      try await town.catchUp()
      let found = Dictionary(uniqueKeysWithValues: try await file(town).0.contributions.map { ($0.id, $0) })
      let shown = try #require(found[article.number])
      #expect(shown.edition == 2 && shown.text.contains("Autrement"))
      #expect(
        Set(shown.votes.map { "\($0.edition) \($0.choice) \($0.proof) \($0.amount)" }) == [
          "1 for email 1", "1 against email 1", "2 mixed email 1",
        ])
      #expect(found[argument.number]?.side == "for" && found[argument.number]?.subject == article.number)
      #expect(found[reply.number]?.replyTo == argument.number)
      #expect(found[source.number]?.address?.hasPrefix("http") == true && found[source.number]?.sourceKind != nil)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what is hidden or withdrawn, and what hangs on it, is not in it; nor who voted`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (kept, hidden, withdrawn) = (
        try await town.propose("Un banc", by: town.bernard), try await town.propose("Une insulte", by: town.bernard),
        try await town.propose("Une erreur", by: town.amina)
      )
      let below = try await town.argue("Sous l’insulte.", about: hidden, by: town.amina)
      try await town.cast(.support, on: kept, by: town.chloe)
      try await town.hide(hidden)
      try await town.withdraw(withdrawn, by: town.amina)
      try await town.catchUp()
      let (file, text) = try await file(town)
      let ids = Set(file.contributions.map(\.id))
      #expect(ids.contains(kept.number))
      for gone in [hidden, withdrawn, below] { #expect(!ids.contains(gone.number)) }
      for word in ["Une insulte", "Une erreur", "Sous l’insulte", "Chloé", "@"] { #expect(!text.contains(word), "\(word)") }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `the table has a row for each contribution, with the votes of what is shown, and holds no formula`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let idea = try await town.propose("=SUM(A1:A9)", "Elle dit \"oui\",\n\n=1+1 ; -2, \\@x;\"=3", by: town.amina)
      try await town.cast(.support, on: idea, by: town.bernard)
      try await town.cast(.support, on: idea, by: town.chloe)
      try await town.catchUp()
      let bytes = try await town.database.read { db in
        guard let space = try Spaces.space(town.space, in: db) else { throw NotFound() }
        return try OpenData.of(space, in: db).csv(separator: ",")
      }
      let rows = try Self.table(String(decoding: bytes.dropFirst(3), as: UTF8.self))
      #expect(bytes.prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]))
      #expect(rows.first == OpenData.columns)
      #expect(rows.allSatisfy { $0.count == OpenData.columns.count })
      #expect(rows.count == (try await file(town)).0.contributions.count + 1)
      let row = try #require(rows.first { $0[0] == "\(idea)" })
      let cells = Dictionary(uniqueKeysWithValues: zip(OpenData.columns, row))
      #expect(cells["title"] == "'=SUM(A1:A9)")
      let text = try #require(cells["text"])
      #expect(text.contains("\"oui\",") && !text.contains("\n"))
      // Wherever a spreadsheet that expects another separator would begin a cell.
      #expect(text.contains(",  '=1+1") || text.contains(", '=1+1"), "\(text)")
      #expect(text.contains("; '-2, '@x;\"'=3"), "\(text)")
      #expect(cells["support"] == "2" && cells["by_email"] == "2" && cells["for"] == "0")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `its page says how much is in the file, and nothing of what is hidden`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let article = try await town.addArticle("Les haies", by: town.bernard)
      try await town.cast(.against, on: article, by: town.chloe)
      let (kept, hidden) = (
        try await town.propose("Un banc", "Ici.", by: town.amina), try await town.propose("Une insulte", "Là.", by: town.amina)
      )
      for idea in [kept, hidden] { try await town.cast(.support, on: idea, by: town.chloe) }
      _ = try await town.argue("Oui.", about: article, by: town.amina)
      _ = try await town.addSource("Un rapport", "Page 3", about: article, by: town.amina)
      try await town.hide(hidden)
      try await town.catchUp()
      let figures = try await town.database.read { [space = town.space] in try OpenData.figures(of: space, in: $0) }
      let file = try await file(town).0
      func amount(_ kinds: String...) -> Int { file.contributions.count { kinds.contains($0.kind) } }
      let texts = file.contributions.filter { ["article", "wording", "proposal"].contains($0.kind) }
      let votes = texts.flatMap { text in text.votes.filter { $0.edition == text.edition } }.reduce(0) { $0 + $1.amount }
      #expect(figures.contributions == amount("article", "wording", "proposal") && figures.contributions == 2)
      #expect(figures.arguments == amount("argument") && figures.sources == amount("source"))
      #expect(figures.votes == votes && votes == 2)
    }
  }

  /// RFC 4180, read letter by letter.
  private static func table(_ text: String) throws -> [[String]] {
    var (rows, row, cell, isQuoted) = ([[String]](), [String](), "", false)
    var letters = Array(text.unicodeScalars)[...]
    while let letter = letters.popFirst() {
      switch (letter, isQuoted) {
      case ("\"", true) where letters.first == "\"":
        letters.removeFirst()
        cell += "\""
      case ("\"", _): isQuoted.toggle()
      case (",", false):
        row.append(cell)
        cell = ""
      case ("\r", false): continue
      case ("\n", false):
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(letter)
      }
    }
    return rows
  }
}
