import CommonsDomain
import Database
import Foundation
import Testing
import Web

/// Histories of a town by seeds, held against a model that knows the promises only. The same seed gives the same history on both databases:
/// `ISEGORIA_TEST_SEED=7 ./test --only swift` begins with the seventh. With ISEGORIA_TEST_LONG two hundred new ones are lived.
struct SimulationTests {
  @Test(arguments: DatabaseKind.allCases) func `a town lived by chance is at every step what its model foresees`(_ kind: DatabaseKind) async throws {
    let environment = ProcessInfo.processInfo.environment
    let isLong = environment["ISEGORIA_TEST_LONG"] != nil
    let first = environment["ISEGORIA_TEST_SEED"].flatMap { UInt64($0) } ?? (isLong ? UInt64.random(in: 1..<1 << 40) : 1)
    for seed in first..<first + (isLong ? 200 : kind == .sqlite ? 12 : 5) {
      let trap = Trap()
      try await Town.with(kind, settings: TownStory.settings, interruption: { _ in try trap.check() }) { town in
        var story = try await TownStory(town, trap: trap, seed: seed)
        var problem: String?
        for step in 1...140 where problem == nil {
          do { if step == 121 { try await story.endForGood() } else { try await story.step() } } catch let divergence as TownStory.Divergence {
            problem = divergence.description
          }
          if problem == nil, step % 20 == 0 { problem = try await Self.difference(town, story.model) }
        }
        if let problem { Issue.record("seed \(seed), act \(story.told.count), \(story.told.suffix(12).joined(separator: " → ")): \(problem)") }
      }
    }
  }

  /// What proves that the model can be missed: a town in which one vote is counted twice is not what its model foresees.
  @Test func `a vote counted twice is told apart from one counted once`() async throws {
    let trap = Trap()
    try await Town.with(.sqlite, settings: TownStory.settings) { town in
      var story = try await TownStory(town, trap: trap, seed: 1)
      for _ in 0..<60 { try await story.step() }
      #expect(try await Self.difference(town, story.model) == nil)
      #expect(!story.model.votes.isEmpty)
      _ = try await town.database.write { try $0.run("UPDATE tallies SET amount = amount + 1 WHERE amount > 0") }
      #expect(try await Self.difference(town, story.model) != nil)
    }
  }

  /// The first difference between what the town holds and its model, after its followers have caught up.
  private static func difference(_ town: Town, _ model: TownModel) async throws -> String? {
    try await town.catchUp()
    let found = try await town.database.read { db -> String? in
      for id in model.ids {
        if let found = try difference(of: id, model, db) { return found }
      }
      return try differenceOfLists(town, model, db)
    }
    if let found { return found }
    if let found = try await differenceOfCounts(town) { return found }
    for id in model.ids.suffix(8) {
      guard let word = model.things[id]?.word else { continue }
      let hits = try await town.find(word).map(\.resource)
      if hits != (model.isPublic(id) ? [id] : []) { return "a search for \(word) of \(id) finds \(hits)" }
    }
    return nil
  }

  private static func difference(of id: ResourceID, _ model: TownModel, _ db: Reading) throws -> String? {
    guard let thing = model.things[id] else { return nil }
    let resource = try Resources.resource(id, in: db)
    if (resource.state, resource.revision, resource.edition) != (thing.state, thing.revision, thing.edition) {
      return "\(id) is \(resource.state), revision \(resource.revision), not \(thing.state), \(thing.revision)"
    }
    for edition in 1...thing.edition {
      let tally = try Votes.tally(of: id, edition: edition, in: db)
      for choice in Choice.allCases where tally.total(choice) != model.count(choice, of: id, edition: edition) {
        return "\(id), edition \(edition), has \(tally.total(choice)) \(choice), not \(model.count(choice, of: id, edition: edition))"
      }
    }
    return nil
  }

  /// One row of what lists show: the votes on the present edition, and what hangs on it.
  private struct Standing: Hashable {
    let id: ResourceID
    let numbers: [Int]
  }

  private static func differenceOfLists(_ town: Town, _ model: TownModel, _ db: Reading) throws -> String? {
    let shown = try db.all("SELECT resource_id, pro, mixed, con, arguments, sources, wordings FROM standings ORDER BY resource_id") { row in
      Standing(id: row.id(0), numbers: (1...6).map { row.int($0) })
    }
    let wanted = model.ids.filter(model.isPublic).map { id in
      let edition = model.things[id]?.edition ?? 1
      func votes(_ choices: Choice...) -> Int { choices.reduce(0) { $0 + model.count($1, of: id, edition: edition) } }
      return Standing(
        id: id,
        numbers: [
          votes(.for, .support, .useful), votes(.mixed), votes(.against), model.count(.argument, under: id), model.count(.source, under: id),
          model.count(.wording, under: id),
        ])
    }
    if let other = Set(shown).symmetricDifference(wanted).min(by: { $0.id.number < $1.id.number }) {
      let (has, needs) = (shown.first { $0.id == other.id }?.numbers ?? [], wanted.first { $0.id == other.id }?.numbers ?? [])
      return "\(other.id) stands in lists as \(has), not \(needs)"
    }
    let ideas = try db.count(
      "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM standing_counts WHERE component_id = $1 AND kind = 'proposal' AND facet = 'all'",
      town.ideas)
    let open = model.ids.count { model.isPublic($0) && model.things[$0]?.kind == .proposal }
    return ideas == open ? nil : "\(ideas) ideas are counted, not \(open)"
  }

  /// Counts and sums are kept from event to event; counting from nothing must come to the same.
  private static func differenceOfCounts(_ town: Town) async throws -> String? {
    try await town.database.write { [ideas = town.ideas, texts = town.texts] db in
      func rows() throws -> Set<String> {
        let rows = try db.all("SELECT component_id, kind, official, facet, value, amount FROM standing_counts WHERE amount <> 0") { row in
          "\(row.int(0)) \(row.text(1)) \(row.int(2)) \(row.text(3)) \(row.text(4)) \(row.int(5))"
        }
        return Set(rows)
      }
      let kept = try rows()
      for component in [ideas, texts] { try Standings.recountComponent(component, in: db) }
      let counted = try rows()
      return kept == counted ? nil : "kept: \(kept.subtracting(counted).sorted()), counted: \(counted.subtracting(kept).sorted())"
    }
  }
}
