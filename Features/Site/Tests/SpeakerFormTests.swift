import CommonsDomain
import Participation
import Testing

/// In whose name a form speaks: names that are taken, and what an agent writes for someone.
struct SpeakerFormTests {
  private static func with(_ body: (Town, TownSite) async throws -> Void) async throws {
    try await Town.with(.sqlite) { town in try await body(town, try await TownSite.open(town)) }
  }

  @Test func `a name that is the authority's is a fault of its field, and nothing typed is lost`() async throws {
    try await Self.with { town, site in
      let amina = try await site.signIn(town.amina)
      let name = try await town.database.read { try OrganizationStore.settings(in: $0)?.name ?? "" }
      let idea = try await town.propose("Un banc", "Près du tilleul.", by: town.amina)
      let address = "/fr/processes/place/f/\(town.ideas)/proposals/\(idea)/arguments/new"
      let typed = [("side", "for"), ("body", "On s’y assoit."), ("as", "group"), ("as_name", "Les voisins")]
      let reply = try await site.post(address, typed + [("as_members", "Nora\n\(name)")], as: amina)
      #expect(reply.status == 422)
      #expect(reply.text.contains("On s’y assoit."))
      #expect(reply.text.contains("href=\"#as_members\""))
      #expect(try await site.post(address, typed + [("as_members", "Nora")], as: amina).status == 303)
    }
  }

  @Test func `an agent reads back what they wrote before it is published, and corrects it after`() async throws {
    try await Self.with { town, site in
      try await town.database.write { [bernard = town.bernard] db in try Grants.grantAsOperator(Grant(.agent), to: bernard, in: db) }
      let (agent, amina) = (try await site.signIn(town.bernard), try await site.signIn(town.amina))
      let ideas = "/fr/processes/place/f/\(town.ideas)/proposals"
      let typed = [
        ("title", "Des toilettes"), ("body", "Rien n’est **ouvert**."), ("name", "Odile"), ("channel", "letter"), ("given_at", "Mairie"),
        ("given_on", "2026-09-21"), ("answer_by", "post"), ("answer_to", "1 rue Haute"),
      ]
      let before = try await town.database.read { try $0.count("SELECT COUNT(*) FROM resources") }
      let read = try await site.post(ideas + "/assist", typed, as: agent)
      #expect(read.status == 200)
      #expect(read.text.contains("Rien n’est <strong>ouvert</strong>.") && read.text.contains("Odile") && read.text.contains("1 rue Haute"))
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM resources") } == before, "nothing is published yet")
      let back = try await site.post(ideas + "/assist", typed + [("_step", "review"), ("_back", "1")], as: agent)
      #expect(back.status == 200 && back.text.contains("value=\"Odile\""))
      #expect(try await site.post(ideas + "/assist", typed + [("_step", "review")], as: agent).status == 303)
      let idea = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      #expect(try await site.get("/fr/slips/\(idea)", as: agent).text.contains("\(ideas)/\(idea)/correct"))
      let words = [("title", "Des toilettes"), ("body", "Rien n’est ouvert le soir."), ("reason", "Mal entendu"), ("read", "1")]
      #expect(try await site.post("\(ideas)/\(idea)/correct", words, as: amina).status == 403)
      #expect(try await site.post("\(ideas)/\(idea)/correct", words, as: agent).status == 303)
      #expect(try await site.get("\(ideas)/\(idea)").text.contains("Rien n’est ouvert le soir."))
    }
  }
}
