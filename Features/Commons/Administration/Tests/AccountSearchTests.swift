import CommonsDomain
import Database
import Testing

/// Whom administrators find, and whom not; what the pages let through.
struct AccountSearchTests {
  private func find(_ query: String, _ town: Town) async throws -> [PersonID] {
    try await town.database.read { try AccountSearch.find(query, in: $0).map(\.id) }
  }

  @Test(arguments: DatabaseKind.allCases) func `whoever holds a role or wrote something is found by name and address, others are not`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (amina, bernard, chloe) = (town.amina, town.bernard, town.chloe)
      _ = try await town.propose("Un banc", by: amina)
      try await town.database.write { try $0.run("UPDATE people SET display_name = 'Amélie Dûpré' WHERE id = $1", amina) }
      for query in ["amelie", "DUPRÉ", "lie  du", "amina@example.org", "AMINA@example.org"] {
        #expect(try await find(query, town) == [amina], "\(query)")
      }
      #expect(try await find("chloe", town) == [chloe])
      for query in ["bernard", "bernard@example.org", "amina@example", "", " ", "%", "_"] { #expect(try await find(query, town).isEmpty, "\(query)") }
      #expect(try await town.database.read { try AccountSearch.account(bernard, in: $0) == nil })
      let found = try await town.database.read { try AccountSearch.account(amina, in: $0) }
      #expect(found?.contributions == 1 && found?.grants.isEmpty == true && found?.suspended == nil)
      try await town.database.write { try AccountEnd.delete(amina, withdrawing: false, in: $0) }
      #expect(try await find("amelie", town).isEmpty)
    }
  }

  @Test func `a suspended person's next request is a visitor's; signed in again they have their data, and do nothing`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let (amina, bernard) = (town.amina, town.bernard)
      let idea = try await town.propose("Un banc", by: bernard)
      _ = try await town.propose("Une fontaine", by: amina)
      let site = try await TownSite.open(town)
      let (her, his) = (try await site.signIn(amina), try await site.signIn(town.chloe))
      let page = "/fr/processes/place/f/\(town.ideas)/proposals/\(idea)"
      let empty = try await site.post("/fr/admin/people/\(amina)", [("act", "suspend"), ("reason", " ")], as: his)
      #expect(empty.status == 422)
      #expect(try await site.get("/fr/account", as: her).status == 200)
      let done = try await site.post("/fr/admin/people/\(amina)", [("act", "suspend"), ("reason", "Des insultes")], as: his)
      #expect(done.status == 303 && done.headers["location"] == "/fr/admin/people/\(amina)")
      #expect(try await site.get("/fr/account", as: her).status == 303)
      #expect(try await site.get(page, as: her).status == 200)
      for (path, fields) in [
        (page + "/vote", [("choice", "support"), ("edition", "1")]), (page + "/follow", [("follow", "1")]),
        ("/fr/account", [("name", "Autre"), ("language", "fr")]),
      ] {
        let reply = try await site.post(path, fields, as: her)
        #expect(reply.status == 303 && reply.headers["location"]?.hasPrefix("/fr/sign-in") ?? false, "\(path): \(reply.status)")
      }
      let again = try await site.signIn(amina)
      #expect(try await site.get("/fr/account", as: again).text.contains("Des insultes"))
      #expect(try await site.get("/fr/account/data", as: again).text.contains("Des insultes"))
      #expect(try await site.post("/fr/account", [("name", "Autre"), ("language", "fr")], as: again).status == 422)
      for (path, fields) in [(page + "/vote", [("choice", "support"), ("edition", "1")]), (page + "/follow", [("follow", "1")])] {
        #expect(try await site.post(path, fields, as: again).status == 403, "\(path)")
      }
      #expect(try await town.tally(idea).total == 0)
      let mails = try await town.database.read { db in try db.all("SELECT payload FROM jobs WHERE kind = 'mail'") { $0.text(0) } }
      #expect(mails.count == 1 && mails.first?.contains("Des insultes") ?? false)
      #expect(try await site.post("/fr/admin/people/\(amina)", [("act", "suspend"), ("reason", "Encore")], as: his).status == 409)
      #expect(try await site.post("/fr/admin/people/\(amina)", [("act", "lift")], as: his).status == 303)
      #expect(try await site.get("/fr/account", as: try await site.signIn(amina)).status == 200)
    }
  }

  @Test func `nobody but administrators opens an account's page or presses there, and unknown accounts look alike`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      _ = try await town.propose("Une fontaine", by: town.amina)
      let site = try await TownSite.open(town)
      try await town.database.write { [bernard = town.bernard] db in
        for role in Role.allCases where role != .administrator { try Grants.grantAsOperator(Grant(role), to: bernard, in: db) }
      }
      let (staff, chief) = (try await site.signIn(town.bernard), try await site.signIn(town.chloe))
      for path in ["/fr/admin/people", "/fr/admin/people?q=amina", "/fr/admin/people/\(town.amina)"] {
        #expect(try await site.get(path, as: staff).status == 403, "\(path)")
        #expect(try await site.get(path).status == 303, "\(path)")
        #expect(try await site.get(path, as: chief).status == 200, "\(path)")
      }
      for fields in [[("act", "suspend"), ("reason", "x")], [("act", "suspend"), ("reason", "")], [("act", "lift")]] {
        #expect(try await site.post("/fr/admin/people/\(town.amina)", fields, as: staff).status == 403)
      }
      #expect(try await site.post("/fr/admin/people/\(town.chloe)", [("act", "suspend"), ("reason", "x")], as: chief).status == 403)
      for path in ["/fr/admin/people/999999", "/fr/admin/people/x", "/fr/admin/people/-1"] {
        #expect(try await site.get(path, as: chief).status == 404, "\(path)")
        #expect(try await site.post(path, [("act", "suspend"), ("reason", "x")], as: chief).status == 404, "\(path)")
      }
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM people WHERE suspended_at IS NOT NULL") } == 0)
    }
  }
}
