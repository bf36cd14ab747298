import CommonsDomain
import Database
import Foundation
import Localization
import Participation
import Testing

/// What an organiser's pages refuse, propose and ask before they act.
struct DeskTests {
  static let base = "/fr/admin/processes/marche"

  /// A process of Chloe's that is a draft without anything in it.
  static func withDraft(_ body: (Town, TownSite, String) async throws -> Void) async throws {
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

  static func newest(_ table: String, _ town: Town) async throws -> Int64 {
    try await town.database.read { db in
      switch table {
      case "components": try db.first("SELECT MAX(id) FROM components") { $0.int64(0) } ?? 0
      case "phases": try db.first("SELECT MAX(id) FROM phases") { $0.int64(0) } ?? 0
      default: 0
      }
    }
  }

  @Test func `a process is published when something is promised and something may be done, and the page says what is missing`() async throws {
    try await Self.withDraft { town, site, chloe in
      func publish() async throws -> TownSite.Reply { try await site.post(Self.base + "/publish", [], as: chloe) }
      var reply = try await publish()
      #expect(reply.status == 422)
      #expect(reply.text.contains("Écrivez et signez d’abord l’engagement"))
      #expect(reply.text.contains("Avant de publier"), "the refusal shows the same page")
      _ = try await site.post(Self.base + "/commitment", Self.promise, as: chloe)
      #expect(try await publish().text.contains("Ajoutez d’abord au moins une activité"))
      #expect(try await site.get(Self.base + "/phases/new", as: chloe).text.contains("Les activités d’abord"))
      _ = try await site.post(Self.base + "/activities/new", [("kind", "proposals"), ("title_fr", "Idées")], as: chloe)
      let ideas = try await Self.newest("components", town)
      #expect(try await publish().text.contains("Ajoutez d’abord au moins une étape"))
      let times = [("name_fr", "Donner son avis"), ("starts", "2026-09-20T08:00"), ("ends", "2026-12-20T08:00")]
      _ = try await site.post(Self.base + "/phases/new", times, as: chloe)
      let phase = try await Self.newest("phases", town)
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

  @Test func `what a phase says in a language that is no longer offered outlives an edit`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let path = "/fr/admin/processes/place/phases/\(town.phase)"
      let name = LocalizedText([.french: "Avis", .english: "Opinions", Language("de"): "Meinungen"], original: .french)
      try await town.database.write { [phase = town.phase] db in _ = try db.run("UPDATE phases SET name = $1 WHERE id = $2", name.stored, phase) }
      let form = try await site.get(path, as: chloe).text
      #expect(form.contains("<input type=\"hidden\" name=\"name_de\" value=\"Meinungen\">"))
      let fields = [("name_fr", "Votre avis"), ("name_en", "Opinions"), ("name_de", "Meinungen"), ("starts", "2026-09-20T08:00")]
      #expect(try await site.post(path, fields, as: chloe).status == 303)
      let kept = try await town.database.read { [space = town.space] db in try Spaces.phases(of: space, in: db).first?.name }
      #expect(kept?[Language("de")] == "Meinungen" && kept?[.french] == "Votre avis")
    }
  }

  @Test func `a phase opened again takes back what those who left had voted, and nobody else's`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let (chloe, amina) = (try await site.signIn(town.chloe), town.amina)
      let idea = try await town.propose("Une fontaine", by: town.bernard)
      for person in [amina, town.bernard] { try await town.cast(.support, on: idea, by: person) }
      let path = "/fr/admin/processes/place/phases/\(town.phase)"
      let fields = [("name_fr", "Avis"), ("starts", "2026-09-20T08:00"), ("allow", "\(town.ideas):support")]
      #expect(try await site.post(path, fields + [("ends", "2026-09-21T08:00")], as: chloe).status == 303)
      try await town.database.write { try AccountEnd.delete(amina, withdrawing: false, in: $0) }
      #expect(try await town.tally(idea).total == 2)
      #expect(try await site.post(path, fields + [("ends", "2026-12-21T08:00")], as: chloe).status == 303)
      #expect(try await town.tally(idea).total == 1)
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

  @Test func `a role is given by a choice, never by leaving things as they are`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let page = try await site.get("/fr/admin/roles", as: chloe).text
      let form = page[(page.range(of: "id=\"grant\"")?.lowerBound ?? page.startIndex)...]
      #expect(!form.contains("checked"))
      #expect(form.contains("Agent ou agente d’accueil"))
      #expect(form.contains("Lit tout, ne change rien"))
      let bernard = ("email", "bernard@example.org")
      for fields in [[bernard], [bernard, ("role", "moderator")], [bernard, ("role", "moderator"), ("space", "")], [bernard, ("space", "all")]] {
        #expect(try await site.post("/fr/admin/roles", fields, as: chloe).status == 422)
      }
      #expect(try await site.post("/fr/admin/roles", [bernard, ("role", "moderator"), ("space", "all")], as: chloe).status == 303)
      let grants = try await town.database.read { db in try Grants.list(in: db).filter { $0.email == bernard.1 } }
      #expect(grants.map(\.role) == [.moderator])
    }
  }

  @Test func `an answer is promised for a day to come; a later version may keep the day it had`() async throws {
    try await Self.withDraft { town, site, chloe in
      let past = Self.promise.map { $0.0 == "due" ? ("due", "2026-09-01T12:00") : $0 }
      let refused = try await site.post(Self.base + "/commitment", past, as: chloe)
      #expect(refused.status == 422)
      #expect(refused.text.contains("id=\"due-fault\""))
      #expect(refused.text.contains("Cette date est déjà passée"))
      #expect(try await site.post(Self.base + "/commitment", Self.promise, as: chloe).status == 303)
      town.clock.set(Town.start.adding(days: 200))
      let later = try await site.signIn(town.chloe)
      let reason = [("reason_fr", "Une faute corrigée")]
      #expect(try await site.post(Self.base + "/commitment", past + reason, as: later).status == 422)
      #expect(try await site.post(Self.base + "/commitment", Self.promise + reason, as: later).status == 303)
    }
  }

  @Test func `a guarantor is led where they may read`() async throws {
    try await Town.with(.sqlite) { town in
      try await town.database.write { db in try Grants.grantAsOperator(Grant(.guarantor), to: town.bernard, in: db) }
      let site = try await TownSite.open(town)
      let desk = try await site.get("/fr/admin", as: try await site.signIn(town.bernard))
      #expect(desk.status == 200)
      #expect(desk.text.contains("href=\"/fr/processes/place\""))
      #expect(!desk.text.contains("href=\"/fr/admin/processes/"))
      let own = try await site.get("/fr/admin", as: try await site.signIn(town.chloe)).text
      #expect(own.contains("href=\"/fr/admin/processes/place\""))
    }
  }

  @Test func `news are corrected, deleted after a question, and all of them can be reached`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let news = "/fr/admin/processes/place/news"
      for number in 1...25 {
        _ = try await site.post(news + "/new", [("news_title_fr", "Nouvelle \(number)."), ("news_body_fr", "Texte.")], as: chloe)
      }
      #expect(try await site.get("/fr/processes/place").text.contains("href=\"/fr/processes/place/news\""))
      let first = try await site.get("/fr/processes/place/news").text
      let second = try await site.get("/fr/processes/place/news?page=2").text
      #expect(first.contains("Nouvelle 25.") && first.contains("Nouvelle 6.") && !first.contains("Nouvelle 5."))
      #expect(second.contains("Nouvelle 5.") && second.contains("Nouvelle 1.") && !second.contains("Nouvelle 6."))
      let post = try await town.database.read { db in try Spaces.news(of: town.space, limit: 1, in: db).first?.id ?? 0 }
      let changed = [("news_title_fr", "Corrigée"), ("news_body_fr", "Autre texte.")]
      #expect(try await site.post("\(news)/\(post)", changed, as: try await site.signIn(town.amina)).status == 403)
      #expect(try await site.post("\(news)/\(post)", changed, as: chloe).status == 303)
      #expect(try await site.get("\(news)/\(post)/remove", as: chloe).text.contains("Supprimer «\u{A0}Corrigée\u{A0}»\u{202F}?"))
      let read = { try await town.database.read { db in try Spaces.news(of: town.space, limit: 1, in: db).first?.title.text(in: .french).text } }
      #expect(try await read() == "Corrigée")
      #expect(try await site.post("\(news)/\(post)/remove", [], as: chloe).status == 303)
      #expect(try await read() == "Nouvelle 24.")
      #expect(try await site.get("\(news)/\(post)", as: chloe).status == 404)
    }
  }

  @Test func `a new activity asks first of which kind it is, then only what that kind needs`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let new = "/fr/admin/processes/place/activities/new"
      let question = try await site.get(new, as: chloe).text
      #expect(question.contains("?kind=texts") && question.contains("?kind=proposals") && !question.contains("name=\"title_fr\""))
      let text = try await site.get(new + "?kind=texts", as: chloe).text
      #expect(text.contains("name=\"articles\"") && !text.contains("name=\"limit\"") && !text.contains("name=\"themes\""))
      let ideas = try await site.get(new + "?kind=proposals", as: chloe).text
      #expect(ideas.contains("name=\"limit\"") && !ideas.contains("name=\"articles\""))
      #expect(try await site.post(new, [("title_fr", "Rien")], as: chloe).status == 422)
    }
  }

  @Test func `an address left empty comes from the title; on a known process it stays`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let words = [("title_fr", "Où planter, cœur d’été ?"), ("question_fr", "Où ?"), ("summary_fr", "En bref")]
      for address in ["ou-planter-coeur-d-ete", "ou-planter-coeur-d-ete-2"] {
        let made = try await site.post("/fr/admin/processes/new", words, as: chloe)
        #expect(made.status == 303)
        #expect(made.headers["location"]?.hasSuffix("/admin/processes/" + address) == true)
      }
      let kept = try await site.post("/fr/admin/processes/ou-planter-coeur-d-ete/words", words, as: chloe)
      #expect(kept.headers["location"]?.hasSuffix("/admin/processes/ou-planter-coeur-d-ete") == true)
    }
    #expect(Slug.suggested(by: "東京") == "demarche")
    #expect(Slug.suggested(by: "New") == "demarche")
    #expect(Slug.isValid(Slug.suggested(by: String(repeating: "long mot ", count: 40))))
    #expect(Slug.isValid(Slug.suggested(by: String(repeating: "x", count: 500))))
  }

  @Test func `the authority signs the commitment of its space, and the page says who typed what another signs`() async throws {
    try await Self.withDraft { town, site, chloe in
      let market = try await town.database.read { db in try #require(try Spaces.space(slug: "marche", in: db)).id }
      try await town.database.write { db in try Grants.grantAsOperator(Grant(.authority, in: market), to: town.bernard, in: db) }
      let bernard = try await site.signIn(town.bernard)
      #expect(try await site.get(Self.base, as: bernard).status == 403, "signing is not setting up")
      #expect(try await site.get("/fr/admin", as: bernard).text.contains("href=\"\(Self.base)/commitment\""))
      #expect(try await site.get(Self.base + "/commitment", as: bernard).status == 200)
      #expect(try await site.get("/fr/admin/processes/place/commitment", as: bernard).status == 403, "its own space only")
      #expect(try await site.get(Self.base + "/commitment", as: try await site.signIn(town.amina)).status == 404)
      let signed = try await site.post(Self.base + "/commitment", Self.promise, as: bernard)
      #expect(signed.status == 303)
      #expect(signed.headers["location"]?.hasSuffix("/processes/marche") == true)
      #expect(try await site.get("/fr/processes/marche", as: chloe).text.contains("La maire. Texte saisi par Bernard."))
      let own = Self.promise.map { $0.0 == "signed_by" ? ("signed_by", "Bernard") : $0 } + [("reason_fr", "Il signe lui-même")]
      #expect(try await site.post(Self.base + "/commitment", own, as: bernard).status == 303)
      #expect(!(try await site.get("/fr/processes/marche", as: chloe).text.contains("saisi par")))
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a draft is thrown away and its address is free; what was public stays`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let words = [("title_fr", "Essai"), ("question_fr", "Où ?"), ("summary_fr", "Bref"), ("slug", "essai")]
      #expect(try await site.post("/fr/admin/processes/new", words, as: chloe).status == 303)
      // What was typed in the meantime does not open in the next process of that address.
      _ = try await town.database.write { [chloe = town.chloe] db in
        try Drafts.save(path: "/admin/processes/essai/words", title: "", fields: "{}", token: "t", for: chloe, in: db)
      }
      #expect(try await site.get("/fr/admin/processes/essai/words", as: chloe).text.contains("Jeter ce brouillon"))
      #expect(try await site.post("/fr/admin/processes/essai/remove", [], as: chloe).status == 303)
      #expect(try await site.get("/fr/admin/processes/essai", as: chloe).status == 404)
      #expect(try await site.post("/fr/admin/processes/new", words, as: chloe).status == 303)
      #expect(try await !site.get("/fr/admin/processes/essai/words", as: chloe).text.contains("Jeter ce brouillon"))
      #expect(try await site.post("/fr/admin/processes/place/remove", [], as: chloe).status == 403)
      #expect(try await site.get("/fr/processes/place").status == 200)
      await #expect(throws: DatabaseFault.self) {
        try await town.database.write { db in _ = try db.run("UPDATE spaces SET published_at = 1 WHERE removed_at IS NOT NULL") }
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `what an organiser typed when the session had ended comes back whole, in the browser that sent it only`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let address = "/fr/admin/processes/place/phases/\(town.phase)"
      let boxes = ["vote", "argue", "reword"].map { ("allow", "\(town.texts):\($0)") } + [("allow", "\(town.ideas):propose")]
      let typed = [("name_fr", "Plus tard"), ("starts", "2026-09-20T08:00"), ("ends", "2026-12-20T08:00")] + boxes
      let away = try await site.post(address, typed)
      #expect(away.status == 303 && away.headers["location"]?.hasPrefix("/fr/sign-in?return=") == true)
      let token = try #require(away.headers["set-cookie"]?.split(separator: ";").first?.split(separator: "=").last.map(String.init))
      func press(holding cookie: String) async throws -> String? {
        var headers = ["Sec-Fetch-Site": "same-origin", "Cookie": "__Host-draft=\(token)"]
        _ = try await site.post("/fr/sign-in", [("email", "chloe@example.org")], headers: headers)
        let payload = try await town.database.read { db in
          try db.first("SELECT payload FROM jobs WHERE kind = $1 ORDER BY id DESC LIMIT 1", Notice.job) { $0.text(0) } ?? ""
        }
        let link = try JSONDecoder().decode(Notice.self, from: Data(payload.utf8)).opened(with: Town.organization.secret).path
        headers["Cookie"] = cookie
        return try await site.post("/fr" + (#require(link)), [], headers: headers).headers["location"]
      }
      #expect(try await press(holding: "") == "/fr/", "a mailed link brings it into no other browser")
      let landed = try await press(holding: "__Host-draft=\(token)")
      #expect(landed == address)
      let form = try await site.get(address, as: chloe).text
      #expect(form.contains("value=\"Plus tard\"") && form.contains("Jeter ce brouillon"))
      #expect(form.components(separatedBy: " checked").count == boxes.count + 1, "every box that was ticked")
      #expect(try await site.post(address, typed, as: chloe).status == 303)
      #expect(try await !site.get(address, as: chloe).text.contains("Jeter ce brouillon"))
    }
  }

  @Test func `sections and articles change their order, sections their name, and an empty section goes`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let page = "/fr/admin/processes/place/activities/\(town.texts)/articles"
      func sections() async throws -> [Section] { try await town.database.read { [texts = town.texts] in try Texts.sections(of: texts, in: $0) } }
      func articles() async throws -> [String] {
        try await town.catchUp()
        return try await town.database.read { [texts = town.texts] in try Texts.officialArticles(of: texts, in: $0).map(\.title) }
      }
      #expect(try await site.post(page + "/sections/new", [("section_title_fr", "Seconde")], as: chloe).status == 303)
      let second = try #require(try await sections().last?.id)
      for (title, section) in [("A", town.section), ("B", town.section), ("C", second)] {
        let words = [("title", title), ("section", "\(section)"), ("body", "Texte.")]
        #expect(try await site.post(page + "/new", words, as: chloe).status == 303)
      }
      #expect(try await articles() == ["A", "B", "C"])
      let b = try await town.database.read { [texts = town.texts] db in
        try #require(try Texts.officialArticles(of: texts, in: db).first { $0.title == "B" }).id
      }
      #expect(try await site.post(page, [("move", "article:\(b):up")], as: try await site.signIn(town.amina)).status == 403)
      #expect(try await site.post(page, [("move", "article:\(b):up")], as: chloe).status == 303)
      #expect(try await articles() == ["B", "A", "C"])
      #expect(try await site.post(page, [("move", "article:\(b):up")], as: chloe).status == 303, "the first stays the first")
      #expect(try await articles() == ["B", "A", "C"])
      #expect(try await site.post(page, [("move", "section:\(second):up")], as: chloe).status == 303)
      #expect(try await sections().map(\.id) == [second, town.section])
      #expect(try await articles() == ["C", "B", "A"])
      #expect(try await site.post("\(page)/sections/\(second)", [("section_title_fr", "Première")], as: chloe).status == 303)
      #expect(try await sections().first?.title.text(in: .french).text == "Première")
      #expect(try await site.post("\(page)/sections/\(second)", [("_remove", "1")], as: chloe).status == 403)
      #expect(try await site.post(page + "/sections/new", [("section_title_fr", "Vide")], as: chloe).status == 303)
      let empty = try #require(try await sections().last?.id)
      #expect(try await site.get("\(page)/sections/\(empty)", as: chloe).text.contains("Supprimer cette partie"))
      #expect(try await site.post("\(page)/sections/\(empty)", [("_remove", "1")], as: chloe).status == 303)
      #expect(try await sections().count == 2)
    }
  }

  @Test func `documents change their order, and only within their process`() async throws {
    try await Self.withDraft { town, site, chloe in
      let base = "/fr/admin/processes/place"
      for title in ["A", "B", "C"] {
        _ = try await site.post(base + "/documents/new", [("document_title_fr", title), ("document_address", "https://x.example/")], as: chloe)
      }
      func order() async throws -> [Document] { try await town.database.read { [space = town.space] in try Spaces.documents(of: space, in: $0) } }
      let (first, last) = try await (#require(order().first?.id), #require(order().last?.id))
      #expect(try await site.post(base + "/documents", [("up", "\(last)")], as: chloe).status == 303)
      #expect(try await order().map { $0.title.text(in: .french).text } == ["A", "C", "B"])
      #expect(try await site.post(base + "/documents", [("up", "\(first)")], as: chloe).status == 303)
      #expect(try await order().map { $0.title.text(in: .french).text } == ["A", "C", "B"])
      #expect(try await site.post(Self.base + "/documents", [("up", "\(last)")], as: chloe).status == 404)
    }
  }
}
