import CommonsDomain
import Database
import Participation
import Testing

/// One's own page names what one gave and follows, and nothing that is no longer for everyone.
struct OwnActivityTests {
  private func followed(_ town: Town) async throws -> [String] {
    try await town.database.read { db in
      try OwnActivity.of(town.amina, in: db).followed.map { $0.title.text(in: .french).text }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what was hidden or closed since it was followed is not named any more`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      try await town.database.write { db in
        for subject in [Follows.Subject.resource(idea), .space(town.space)] {
          try Follows.set(true, subject, permit: Permit(FollowSubject(), for: Town.participant(town.amina), in: db), in: db)
        }
      }
      let both = try await followed(town)
      #expect(both.count == 2 && both.contains("Un banc"))
      for (close, open) in [
        ("UPDATE components SET published_at = NULL", "UPDATE components SET published_at = 1"),
        ("UPDATE resources SET hidden_at = 1", "UPDATE resources SET hidden_at = NULL"),
      ] as [(SQL, SQL)] {
        _ = try await town.database.write { try $0.run(close) }
        #expect(try await !followed(town).contains("Un banc"))
        _ = try await town.database.write { try $0.run(open) }
        #expect(try await followed(town).contains("Un banc"))
      }
      _ = try await town.database.write { try $0.run("UPDATE spaces SET published_at = NULL") }
      #expect(try await followed(town).isEmpty)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what one gave is listed with what became of it, the newest first`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.amina)
      town.clock.advance(seconds: 60)
      _ = try await town.argue("Utile le soir.", about: idea, by: town.amina)
      _ = try await town.propose("Une fontaine", by: town.bernard)
      _ = try await town.database.write { try $0.run("UPDATE resources SET withdrawn_at = 1 WHERE id = $1", idea) }
      let given = try await town.database.read { try OwnActivity.of(town.amina, in: $0).contributions }
      #expect(given.map(\.title) == ["Utile le soir.", "Un banc"])
      #expect(given.map(\.state) == [.published, .withdrawn])
      #expect(given[1].path == "/processes/place/f/\(town.ideas)/proposals/\(idea)")
    }
  }
}
