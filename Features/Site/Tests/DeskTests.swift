import CommonsDomain
import Database
import Testing

/// What an organiser's pages refuse, propose and ask before they act.
struct DeskTests {
  private static let base = "/fr/admin/processes/marche"

  /// A process of Chloe's that is a draft without anything in it.
  private func withDraft(_ body: (Town, TownSite, String) async throws -> Void) async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let words = [("title_fr", "Le marché"), ("question_fr", "Où ?"), ("summary_fr", "En bref"), ("slug", "marche")]
      #expect(try await site.post("/fr/admin/processes/new", words, as: chloe).status == 303)
      try await body(town, site, chloe)
    }
  }

  static let promise = [
    ("decided_fr", "Le lieu"), ("decider_fr", "Le conseil"), ("rule_fr", "À la majorité"), ("answer_fr", "Par écrit"),
    ("due", "2027-01-20T12:00"), ("signed_by", "La maire"), ("office_fr", "Maire"),
  ]

  private func newest(_ table: String, _ town: Town) async throws -> Int64 {
    try await town.database.read { db in
      switch table {
      case "components": try db.first("SELECT MAX(id) FROM components") { $0.int64(0) } ?? 0
      case "phases": try db.first("SELECT MAX(id) FROM phases") { $0.int64(0) } ?? 0
      default: 0
      }
    }
  }

  @Test func `a process is published when something is promised and something may be done, and the page says what is missing`() async throws {
    try await withDraft { town, site, chloe in
      func publish() async throws -> TownSite.Reply { try await site.post(Self.base + "/publish", [], as: chloe) }
      var reply = try await publish()
      #expect(reply.status == 422)
      #expect(reply.text.contains("Écrivez et signez d’abord l’engagement"))
      #expect(reply.text.contains("Avant de publier"), "the refusal shows the same page")
      _ = try await site.post(Self.base + "/commitment", Self.promise, as: chloe)
      #expect(try await publish().text.contains("Ajoutez d’abord au moins une activité"))
      #expect(try await site.get(Self.base + "/phases/new", as: chloe).text.contains("Les activités d’abord"))
      _ = try await site.post(Self.base + "/activities/new", [("kind", "proposals"), ("title_fr", "Idées")], as: chloe)
      let ideas = try await newest("components", town)
      #expect(try await publish().text.contains("Ajoutez d’abord au moins une étape"))
      let times = [("name_fr", "Donner son avis"), ("starts", "2026-09-20T08:00"), ("ends", "2026-12-20T08:00")]
      _ = try await site.post(Self.base + "/phases/new", times, as: chloe)
      let phase = try await newest("phases", town)
      reply = try await publish()
      #expect(reply.status == 422)
      #expect(reply.text.contains("ne permet de faire quoi que ce soit"))
      #expect(reply.text.contains("href=\"\(Self.base)/phases/\(phase)\""), "each line leads to where it is done")
      _ = try await site.post(Self.base + "/phases/\(phase)", times + [("allow", "\(ideas):support")], as: chloe)
      #expect(try await publish().status == 303)
    }
  }

  @Test func `a new phase allows what its activities are for, unless it is unticked; a known one only what was ticked`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let new = try await site.get("/fr/admin/processes/place/phases/new", as: chloe).text
      func isChecked(_ component: ComponentID, _ act: PhaseAct, in page: String) -> Bool {
        guard let start = page.range(of: "id=\"allow-\(component)-\(act.rawValue)\"") else { return false }
        return page[start.upperBound...].prefix { $0 != ">" }.contains("checked")
      }
      #expect(isChecked(town.ideas, .propose, in: new))
      #expect(isChecked(town.ideas, .support, in: new))
      #expect(isChecked(town.texts, .vote, in: new))
      #expect(!isChecked(town.texts, .propose, in: new))
      _ = try await site.post(
        "/fr/admin/processes/place/phases/\(town.phase)", [("name_fr", "Réponse"), ("starts", "2026-09-20T08:00")], as: chloe)
      let known = try await site.get("/fr/admin/processes/place/phases/\(town.phase)", as: chloe).text
      for act in PhaseAct.allCases { #expect(!isChecked(town.ideas, act, in: known)) }
    }
  }

  @Test func `home asks a question only where something may be done now`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      #expect(try await site.get("/fr/").text.contains(">Participer "))
      try await town.database.write { db in _ = try db.run("DELETE FROM phase_permissions") }
      let home = try await TownSite.open(town).get("/fr/").text
      #expect(!home.contains(">Participer "))
      #expect(home.contains("rien n’est ouvert en ce moment"))
      #expect(home.contains("En cours, sans participation en ce moment"))
    }
  }

  @Test func `a phase is deleted after a page that says what closes`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let page = "/fr/admin/processes/place/phases/\(town.phase)"
      let times = [("name_fr", "Donner son avis"), ("starts", "2026-09-20T08:00"), ("allow", "\(town.ideas):support")]
      _ = try await site.post(page, times + [("_remove", "1")], as: chloe)
      let phases = { try await town.database.read { db in try Spaces.phases(of: town.space, in: db).count } }
      #expect(try await phases() == 1, "no press on the form deletes it")
      let question = try await site.get(page + "/remove", as: chloe)
      #expect(question.status == 200)
      #expect(question.text.contains("Soutenir des idées"))
      #expect(!question.text.contains("Voter sur les articles"), "only what the phase allows")
      #expect(try await site.post(page + "/remove", [], as: try await site.signIn(town.amina)).status == 403)
      #expect(try await phases() == 1)
      #expect(try await site.post(page + "/remove", [], as: chloe).status == 303)
      #expect(try await phases() == 0)
      #expect(try await site.get(page + "/remove", as: chloe).status == 404)
    }
  }
}
