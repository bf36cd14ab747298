import CommonsDomain
import Database
import Testing

/// The promise of counting: one person, one vote on each edition, and a total that anyone could count again.
struct VoteStoreTests {
  /// A total counted from the votes themselves, apart from the tallies.
  private func recount(_ resource: ResourceID, edition: Int, _ town: Town) async throws -> [String: Int] {
    try await town.database.read { db in
      let rows = try db.all(
        "SELECT choice, COUNT(*) FROM votes WHERE resource_id = $1 AND edition = $2 GROUP BY choice", resource, edition
      ) { ($0.text(0), $0.int(1)) }
      return Dictionary(uniqueKeysWithValues: rows)
    }
  }

  private func expectTally(
    _ expected: [Choice: Int], of resource: ResourceID, edition: Int = 1, _ town: Town, at location: SourceLocation = #_sourceLocation
  ) async throws {
    let tally = try await town.tally(resource, edition: edition)
    let counted = try await recount(resource, edition: edition, town)
    for choice in Choice.allCases {
      #expect(tally.total(choice) == expected[choice, default: 0], "\(choice) in the tally", sourceLocation: location)
      #expect(counted[choice.rawValue, default: 0] == expected[choice, default: 0], "\(choice) counted again", sourceLocation: location)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a vote is cast, changed and taken back`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let article = try await town.addArticle("Article", by: town.bernard)
      try await town.cast(.for, on: article, by: town.amina)
      try await expectTally([.for: 1], of: article, town)
      try await town.cast(.against, on: article, by: town.amina)
      try await expectTally([.against: 1], of: article, town)
      try await town.cast(nil, on: article, by: town.amina)
      try await expectTally([:], of: article, town)
      try await town.cast(.mixed, on: article, by: town.amina)
      try await expectTally([.mixed: 1], of: article, town)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `the same press twice counts once, and taking back twice takes back once`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      for _ in 0..<3 { try await town.cast(.support, on: idea, by: town.amina) }
      try await expectTally([.support: 1], of: idea, town)
      try await town.cast(.support, on: idea, by: town.chloe)
      for _ in 0..<3 { try await town.cast(nil, on: idea, by: town.amina) }
      try await expectTally([.support: 1], of: idea, town)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `sixty-four presses of one person at once are one vote`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let article = try await town.addArticle("Article", by: town.bernard)
      let choices: [Choice] = [.for, .mixed, .against]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<64 { group.addTask { try await town.cast(choices[number % 3], on: article, by: town.amina) } }
        try await group.waitForAll()
      }
      let tally = try await town.tally(article)
      let counted = try await recount(article, edition: 1, town)
      #expect(tally.total == 1)
      #expect(counted.values.reduce(0, +) == 1)
      for choice in choices { #expect(tally.total(choice) == counted[choice.rawValue, default: 0]) }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `sixty-four people who vote at once are sixty-four votes`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let article = try await town.addArticle("Article", by: town.bernard)
      let people = try await town.join(64)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, person) in people.enumerated() {
          group.addTask { try await town.cast(index < 40 ? .for : .against, on: article, by: person) }
        }
        try await group.waitForAll()
      }
      try await expectTally([.for: 40, .against: 24], of: article, town)
      try await town.catchUp()
      let standing = try await town.database.read { db in
        try db.first("SELECT pro, con, votes FROM standings WHERE resource_id = $1", article) { [$0.int(0), $0.int(1), $0.int(2)] }
      }
      #expect(standing == [40, 24, 64], "what lists show is what was counted")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `nobody gives more supports than the limit, even with all presses at once`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind, settings: ComponentSettings(supportLimit: 3)) { town in
      var ideas: [ResourceID] = []
      for number in 0..<10 { ideas.append(try await town.propose("Idée \(number)", by: town.bernard)) }
      let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
        for idea in ideas { group.addTask { try await refusal { try await town.cast(.support, on: idea, by: town.amina) } } }
        return try await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 == nil }.count == 3)
      #expect(outcomes.filter { $0 == "refusal.support-limit" }.count == 7)
      let given = try await town.database.read { [amina = town.amina] db in try db.count("SELECT COUNT(*) FROM votes WHERE person_id = $1", amina) }
      #expect(given == 3)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a support given stays one's own at the limit, and one taken back may be given again`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind, settings: ComponentSettings(supportLimit: 1)) { town in
      let (first, second) = (try await town.propose("Un", by: town.bernard), try await town.propose("Deux", by: town.bernard))
      try await town.cast(.support, on: first, by: town.amina)
      try await town.cast(.support, on: first, by: town.amina)
      #expect(try await refusal { try await town.cast(.support, on: second, by: town.amina) } == "refusal.support-limit")
      try await town.cast(nil, on: first, by: town.amina)
      try await town.cast(.support, on: second, by: town.amina)
      try await town.withdraw(second, by: town.bernard)
      try await town.cast(.support, on: first, by: town.amina)
      try await expectTally([.support: 1], of: first, town)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a new version keeps the old votes with the old version, a correction keeps them where they are`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let (ideas, author) = (town.ideas, Town.participant(town.bernard))
      try await town.cast(.support, on: idea, by: town.amina)
      try await town.database.write { db in
        let act = Correct(try Resources.resource(idea, in: db), try Admission.load(ideas, in: db))
        try Resources.correct(Town.writ("Un banc vert", "Corrigé."), reason: "Faute", read: 1, permit: Permit(act, for: author, in: db), in: db)
      }
      try await expectTally([.support: 1], of: idea, town)
      try await town.cast(.support, on: idea, by: town.chloe)
      try await town.database.write { db in
        let act = Reword(try Resources.resource(idea, in: db), try Admission.load(ideas, in: db))
        try Resources.reword(Town.writ("Deux bancs", "Autre chose."), reason: "Mieux", read: 2, permit: Permit(act, for: author, in: db), in: db)
      }
      try await expectTally([.support: 2], of: idea, town)
      try await expectTally([:], of: idea, edition: 2, town)
      #expect(try await refusal { try await town.cast(.support, on: idea, edition: 1, by: town.amina) } == "refusal.new-version")
      try await town.cast(.support, on: idea, edition: 2, by: town.amina)
      try await expectTally([.support: 2], of: idea, town)
      try await expectTally([.support: 1], of: idea, edition: 2, town)
      try await town.catchUp()
      let shown = try await town.database.read { db in try db.count("SELECT pro FROM standings WHERE resource_id = $1", idea) }
      #expect(shown == 1, "lists show the votes on the version that stands")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `who edits what was changed meanwhile meets a conflict and changes nothing`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let (ideas, author) = (town.ideas, Town.participant(town.bernard))
      @Sendable func correct(_ title: String) async throws {
        try await town.database.write { db in
          let act = Correct(try Resources.resource(idea, in: db), try Admission.load(ideas, in: db))
          try Resources.correct(Town.writ(title, "Texte."), reason: "", read: 1, permit: Permit(act, for: author, in: db), in: db)
        }
      }
      let outcomes = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<8 {
          group.addTask {
            do {
              try await correct("Titre \(number)")
              return true
            } catch { return !(error is Conflict) }
          }
        }
        return await group.reduce(into: [Bool]()) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 }.count == 1)
      let revisions = try await town.database.read { db in try db.count("SELECT COUNT(*) FROM revisions WHERE resource_id = $1", idea) }
      #expect(revisions == 2)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `nobody votes after the closing second, on what is hidden, or with a choice that is not offered`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      #expect(try await refusal { try await town.cast(.against, on: idea, by: town.amina) } == "refusal.choice")
      town.clock.set(Town.start.adding(days: 30).adding(milliseconds: -1))
      try await town.cast(.support, on: idea, by: town.amina)
      town.clock.set(Town.start.adding(days: 30))
      #expect(try await refusal { try await town.cast(nil, on: idea, by: town.amina) } == "refusal.over")
      town.clock.set(Town.start)
      try await town.hide(idea)
      #expect(try await refusal { try await town.cast(nil, on: idea, by: town.amina) } == "refusal.state")
      try await expectTally([.support: 1], of: idea, town)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `no event says who voted or what`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let article = try await town.addArticle("Article", by: town.bernard)
      try await town.cast(.against, on: article, by: town.amina)
      try await town.catchUp()
      let events = try await town.database.read { db in
        try db.events(after: 0, limit: 1000).filter { $0.kind == Votes.counted.name }
      }
      #expect(events.count == 1)
      for event in events {
        #expect(event.actor == nil)
        #expect(event.payload == "{}")
      }
    }
  }
}
