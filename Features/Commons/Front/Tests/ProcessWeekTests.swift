import CommonsDomain
import Database
import Testing

struct ProcessWeekTests {
  @Test(arguments: DatabaseKind.allCases) func `only what participants wrote in the last seven days is of this week`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      func week() async throws -> ProcessWeek {
        try await town.catchUp()
        return try await town.database.read { [space = town.space] in try ProcessWeek.load([space], in: $0)[space] ?? ProcessWeek() }
      }
      let old = try await town.propose("Un banc", "Ici.", by: town.amina)
      town.clock.advance(seconds: 8 * 86_400)
      let new = try await town.propose("Un arbre", "Là.", by: town.amina)
      _ = try await town.argue("Oui.", about: old, by: town.bernard)
      var found = try await week()
      #expect(found.contributions == 1 && found.arguments == 1 && found.overThreshold == 0)
      try await town.database.write { [ideas = town.ideas, space = town.space, chloe = town.chloe] db in
        let chief = Town.holder(.administrator, chloe)
        let title = Town.words("Idées")
        let settings = ComponentSettings(supportLimit: nil, supportThreshold: 2, editMinutes: 60, articlesByParticipants: false)
        try Spaces.editComponent(
          ideas, title: title, introduction: title, settings: settings, isPublic: true, permit: Permit(ManageSpace(space), for: chief, in: db), in: db
        )
      }
      try await town.cast(.support, on: new, by: town.bernard)
      #expect(try await week().overThreshold == 0)
      try await town.cast(.support, on: new, by: town.chloe)
      #expect(try await week().overThreshold == 1)
      try await town.hide(new)
      found = try await week()
      #expect(found.contributions == 0 && found.overThreshold == 0, "what is hidden waits for nobody")
    }
  }
}
