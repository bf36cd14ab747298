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
}
