import CommonsDomain
import Database
import Testing

struct LegalTextsTests {
  @Test(arguments: DatabaseKind.allCases) func `editions come back the latest first, by language and page, with the version that held`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      for number in 1...3 {
        try await town.database.write { [chloe = town.chloe] db in
          let permit = try Permit(ManageOrganization(), for: Town.holder(.administrator, chloe), in: db)
          let change = LegalChange(.french, source: "\(number)", before: "avant \(number)", after: "\(number)")
          try LegalTexts.change("terms", to: [change], asksAgain: number == 2, permit: permit, in: db)
        }
      }
      let found = try await town.database.read { db in
        (
          first: try LegalTexts.editions("terms", .french, limit: 2, offset: 0, in: db),
          rest: try LegalTexts.editions("terms", .french, limit: 2, offset: 2, in: db),
          others: try LegalTexts.countEditions("terms", .english, in: db) + LegalTexts.countEditions("privacy", .french, in: db),
          own: try LegalTexts.own("terms", .french, in: db)
        )
      }
      #expect(found.first.map(\.source) == ["avant 3", "avant 2"])
      #expect(found.rest.map(\.source) == ["avant 1"])
      #expect((found.first + found.rest).map(\.termsVersion) == [2, 1, 1])
      #expect(found.others == 0)
      #expect(found.own == "3")
    }
  }
}
