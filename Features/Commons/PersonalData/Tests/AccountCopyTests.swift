import CommonsDomain
import Database
import Foundation
import Participation
import Testing

/// A copy of one's data holds all of it, and what one did is told by its name.
struct AccountCopyTests {
  /// Every table that names a person, and where its rows about them are told: in the copy, or why not.
  private static let tables: [String: String] = [
    "suspensions": "suspensions", "sessions": "sessions", "drafts": "drafts", "reports": "reports", "grants": "roles", "follows": "followed",
    "unsubscriptions": "stoppedMails", "authors": "contributions and speaksFor", "votes": "votes",
    "mailed_codes": "over within a quarter of an hour", "recovery_codes": "kept as hashes alone",
  ]

  @Test func `every table that has a column person_id is told of`() async throws {
    try await Town.with(.sqlite) { town in
      let found: [String] = try await town.database.read { db in
        try db.all("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND p.name = 'person_id'") {
          $0.text(0)
        }
      }
      #expect(Set(found) == Set(Self.tables.keys))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what someone wrote, voted, follows, reported and speaks for stands in it by name`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let amina = town.amina
      let idea = try await town.propose("Un banc", by: town.bernard)
      let argument = try await town.argue("On s’y repose.", about: idea, by: town.bernard)
      let own = try await town.argue("Et l’ombre ?", about: idea, by: amina)
      try await town.cast(.useful, on: argument, by: amina)
      try await town.database.write { db in
        let actor = Town.participant(amina)
        try Follows.set(true, .resource(idea), permit: Permit(FollowSubject(), for: actor, in: db), in: db)
        try Moderation.report(
          .insult, note: "Voir la fin", permit: Permit(ReportResource(Resources.resource(argument, in: db)), for: actor, in: db), in: db)
        _ = try Authors.collective(.group, name: "Les voisins", organizationKind: nil, members: ["Nora"], spokesperson: amina, in: db)
        try Unsubscriptions.stop(.follow, for: amina, in: db)
        try Sessions.start("token", for: amina, device: "Firefox", in: db)
      }
      let copy = try await town.database.read { try AccountCopy.of(amina, in: $0) }
      let object = try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(copy)) as? [String: Any])
      func rows(_ name: String) -> [[String: Any]] { object[name] as? [[String: Any]] ?? [] }
      #expect(rows("votes").map { $0["on"] as? String } == ["On s’y repose."], "an argument is called by its words")
      #expect(rows("contributions").contains { $0["about"] as? String == "Un banc" && $0["side"] as? String == "for" })
      #expect(rows("followed").map { $0["title"] as? String } == ["Un banc"])
      #expect(rows("reports").first?["note"] as? String == "Voir la fin")
      #expect(rows("speaksFor").first?["name"] as? String == "Les voisins")
      #expect(object["stoppedMails"] as? [String] == ["follow"])
      #expect(rows("sessions").count == 1)
      try await town.hide(own)
      try await town.hide(argument)
      let later = try await town.database.read { try AccountCopy.of(amina, in: $0) }
      let text = String(decoding: try JSONEncoder().encode(later), as: UTF8.self)
      #expect(!text.contains("On s’y repose"), "another's words that were hidden since are not told")
      #expect(text.contains("Et l’ombre"), "one's own are")
      try await town.withdraw(idea, by: town.bernard)
      let last = try await town.database.read { try AccountCopy.of(amina, in: $0) }
      #expect(!String(decoding: try JSONEncoder().encode(last), as: UTF8.self).contains("Un banc"), "nor what its author took back")
    }
  }
}
