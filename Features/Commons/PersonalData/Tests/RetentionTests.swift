import CommonsDomain
import Database
import Participation
import Testing

/// What the program forgets by itself, with the clock moved over five years.
struct RetentionTests {
  private func night(_ town: Town) async throws { try await town.database.write { try Retention.apply(in: $0) } }

  @Test(arguments: DatabaseKind.allCases) func `votes are parted from accounts thirty days after the end, and totals stay`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.amina)
      try await town.cast(.support, on: idea, by: town.amina)
      try await town.cast(.support, on: idea, by: town.bernard)
      func rows() async throws -> Int { try await town.database.read { try $0.count("SELECT COUNT(*) FROM votes") } }
      // The phase ends thirty days from the start.
      town.clock.advance(days: 59)
      try await night(town)
      #expect(try await rows() == 2, "within thirty days of the end a vote can be contested")
      town.clock.advance(days: 2)
      try await night(town)
      #expect(try await rows() == 0)
      let tally = try await town.database.read { try Votes.tally(of: idea, edition: 1, in: $0) }
      #expect(tally.total(.support) == 2)
      let events = try await town.database.read { db in
        try db.all("SELECT payload FROM events WHERE kind = 'personal-data.forgotten' ORDER BY id") { $0.text(0) }
      }
      #expect(events == ["{\"what\":\"votes\",\"amount\":2}"])
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a process whose votes were parted takes none any more, even if its phase is moved`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.amina)
      try await town.cast(.support, on: idea, by: town.amina)
      town.clock.advance(days: 61)
      try await night(town)
      try await town.database.write { db in
        _ = try db.run("UPDATE phases SET ends_at = $1", db.now.adding(days: 10))
      }
      await #expect(throws: Refusal.self) { try await town.cast(.support, on: idea, by: town.amina) }
      #expect(try await town.database.read { try Votes.tally(of: idea, edition: 1, in: $0).total(.support) } == 1)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a report keeps its decision, and after a year neither its author nor the note`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.amina)
      try await town.database.write { db in
        let act = ReportResource(try Resources.resource(idea, in: db))
        try Moderation.report(.insult, note: "Il m’insulte", permit: Permit(act, for: Town.participant(town.bernard), in: db), in: db)
        _ = try db.run("UPDATE reports SET decided_at = $1, decision = 'keep'", db.now)
      }
      town.clock.advance(days: 364)
      try await night(town)
      #expect(try await town.everything().contains("insulte"))
      town.clock.advance(days: 2)
      try await night(town)
      #expect(try await !town.everything().contains("insulte"))
      let kept = try await town.database.read { try $0.first("SELECT decision, person_id FROM reports") { ($0.text(0), $0.int64OrNil(1)) } }
      #expect(kept?.0 == "keep" && kept?.1 == nil)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `an account unused for three years is warned, and ends a month later unless someone signs in`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.amina)
      town.clock.advance(days: 3 * 365 + 1)
      try await night(town)
      let mails = try await town.database.read { try $0.count("SELECT COUNT(*) FROM jobs WHERE kind = 'mail'") }
      #expect(mails == 2, "Amina and Bernard; Chloe holds a role")
      // Bernard comes back.
      try await town.database.write { try Sessions.start("t", for: town.bernard, device: "Firefox", in: $0) }
      town.clock.advance(days: 31)
      try await night(town)
      let left = try await town.database.read { db in
        (try People.person(town.amina, in: db), try People.person(town.bernard, in: db), try People.person(town.chloe, in: db))
      }
      #expect(left.0 == nil && left.1 != nil && left.2 != nil)
      #expect(try await town.database.read { try Authors.author(Resources.resource(idea, in: $0).author, in: $0)?.name } == "")
    }
  }
}
