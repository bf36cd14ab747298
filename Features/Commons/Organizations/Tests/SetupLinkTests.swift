import CommonsDomain
import Database
import Testing

struct SetupLinkTests {
  private func spend(_ token: String, _ town: Town) async throws -> Bool {
    do {
      try await town.database.write { db in
        _ = try SetupLinks.spend(token, email: "dov@example.org", key: "dov@example.org", name: "Dov", in: db)
      }
      return true
    } catch is NotFound { return false }
  }

  /// A town whose administrator is gone.
  private func withoutAdministrator(_ kind: DatabaseKind, _ body: (Town) async throws -> Void) async throws {
    try await Town.with(kind) { town in
      try await town.database.write { db in
        try db.run("UPDATE grants SET revoked_at = $1", db.now)
        try SetupLinks.make("token", in: db)
      }
      try await body(town)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a set-up link makes the first administrator, once`(_ kind: DatabaseKind) async throws {
    try await withoutAdministrator(kind) { town in
      #expect(try await !spend("another", town))
      #expect(try await spend("token", town))
      #expect(try await !spend("token", town))
      let administrators = try await town.database.read {
        try Grants.list(in: $0).filter { $0.role == .administrator && $0.space == nil }.map(\.name)
      }
      #expect(administrators == ["Dov"])
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a set-up link ends after a week, and when an administrator is there`(_ kind: DatabaseKind)
    async throws
  {
    try await withoutAdministrator(kind) { town in
      town.clock.set(Town.start.adding(days: 7).adding(seconds: 1))
      #expect(try await !spend("token", town))
      town.clock.set(Town.start.adding(days: 7).adding(seconds: -1))
      #expect(try await town.database.read { try SetupLinks.isOpen("token", in: $0) })
      try await town.database.write { [amina = town.amina] in try Grants.grantAsOperator(Grant(.administrator), to: amina, in: $0) }
      #expect(try await !spend("token", town))
    }
  }
}
