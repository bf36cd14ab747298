import CommonsDomain
import Database
import Testing
import Web

/// Taking back what one wrote: by its author only, once, whatever is pressed twice.
struct WithdrawTests {
  @Test(arguments: DatabaseKind.allCases) func `an argument is taken back by its author alone, and a second press changes nothing`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let idea = try await town.propose("Une fontaine", by: town.bernard)
      let argument = try await town.argue("Il fait chaud.", about: idea, by: town.amina)
      let site = try await TownSite.open(town)
      let (amina, bernard) = (try await site.signIn(town.amina), try await site.signIn(town.bernard))
      let path = "/fr/withdraw/\(argument)"
      #expect(try await site.get(path).headers["location"]?.hasPrefix("/fr/sign-in") ?? false)
      #expect(try await site.get(path, as: bernard).status == 403)
      #expect(try await site.post(path, [], as: bernard).status == 403)
      #expect(try await town.isListed(argument))
      #expect(try await site.get(path, as: amina).text.contains("Il fait chaud."))
      for _ in 0..<2 {
        let reply = try await site.post(path, [], as: amina)
        #expect(reply.status == 303 && reply.headers["location"]?.hasSuffix("/proposals/\(idea)#argument-\(argument)") ?? false)
      }
      #expect(try await !town.isListed(argument))
      let events = try await town.database.read { try $0.count("SELECT COUNT(*) FROM events WHERE kind = 'resources.withdrawn'") }
      #expect(events == 1)
      for person in [amina, bernard] { #expect(try await site.get(path, as: person).status == 303, "nobody reads it there any more") }
      #expect(try await site.get("/fr/withdraw/\(argument.number + 1)", as: amina).status == 404)
    }
  }
}
