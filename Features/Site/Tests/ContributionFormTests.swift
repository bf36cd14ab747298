import CommonsDomain
import Database
import Interface
import Participation
import RichText
import Testing

/// The forms of contributions as people meet them: nothing typed is lost, and each page says what is true of it.
struct ContributionFormTests {
  private static func with(_ body: (Town, TownSite) async throws -> Void) async throws {
    try await Town.with(.sqlite) { town in try await body(town, try await TownSite.open(town)) }
  }

  static func officialArticle(_ town: Town, _ text: String = "Le marché ferme à midi.", before: String = "") async throws -> ResourceID {
    try await town.database.write { [texts = town.texts, section = town.section, chloe = town.chloe] db in
      let writ = try Town.writ("Article 1 - Le marché", text)
      let changes = before.isEmpty ? [] : [LawChange(title: "", before: try Passage(markdown: before), after: .empty)]
      let parts = ArticleParts(writ: writ, section: section, notes: ArticleNotes(changes: changes))
      return try ArticleWriting.addOfficial(parts, component: texts, by: Town.holder(.administrator, chloe), in: db)
    }
  }

  private static func revise(_ town: Town, _ article: ResourceID, _ text: String, read: Int, newEdition: Bool = false) async throws {
    try await town.database.write { [chloe = town.chloe] db in
      let (resource, chief) = (try Resources.resource(article, in: db), Town.holder(.administrator, chloe))
      let admission = try Admission.load(resource.component, in: db)
      let writ = try Town.writ("Article 1 - Le marché", text)
      if newEdition {
        try Resources.reword(writ, reason: "r", read: read, permit: Permit(Reword(resource, admission), for: chief, in: db), in: db)
      } else {
        try Resources.correct(writ, reason: "r", read: read, permit: Permit(Correct(resource, admission), for: chief, in: db), in: db)
      }
    }
  }

  private static func body(_ town: Town, _ article: ResourceID) async throws -> (plain: String, revision: Int) {
    try await town.database.read { db in
      let resource = try Resources.resource(article, in: db)
      return (try Revisions.shown(resource, in: db).plain, resource.revision)
    }
  }

  @Test func `a correction that meets another one shows what was typed beside today's text, and the second press publishes it`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      let token = try await site.signIn(town.chloe)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)/correct"
      try await Self.revise(town, article, "Le marché ferme à treize heures.", read: 1)
      let typed = [("title", "Article 1 - Le marché"), ("body", "Le marché ferme à quinze heures."), ("reason", "Plus tard")]
      let met = try await site.post(address, typed + [("read", "1")], as: token)
      #expect(met.status == 409)
      #expect(met.text.contains("<title>Le texte a changé pendant que vous écriviez"))
      #expect(met.text.contains("Le marché ferme à quinze heures."), "what was typed stands in the form")
      #expect(met.text.contains("<del>treize</del>"), "today's text stands beside it")
      #expect(met.text.contains("name=\"read\" value=\"2\""))
      #expect(try await Self.body(town, article).plain == "Le marché ferme à treize heures.", "nothing was written over")
      let again = try await site.post(address, typed + [("read", "2")], as: token)
      #expect(again.status == 303)
      #expect(try await Self.body(town, article) == ("Le marché ferme à quinze heures.", 3))
    }
  }

  @Test func `a draft kept before a correction is shown beside today's text and goes out from it`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      let token = try await site.signIn(town.chloe)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)/version"
      let typed = [("title", "Article 1 - Le marché"), ("body", "Le marché ferme le soir."), ("reason", "")]
      #expect(try await site.post(address, typed + [("read", "1"), ("_later", "1")], as: token).status == 303)
      let calm = try await site.get(address, as: token).text
      #expect(calm.contains("name=\"read\" value=\"1\"") && !calm.contains("a changé pendant"))
      try await Self.revise(town, article, "Le marché ferme à treize heures.", read: 1)
      let form = try await site.get(address, as: token).text
      #expect(form.contains("name=\"read\" value=\"2\""))
      #expect(form.contains("Le texte a changé pendant que vous écriviez") && form.contains("Le marché ferme le soir."))
    }
  }

  @Test func `another wording written from an older text is shown beside today's before it is published`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      let token = try await site.signIn(town.amina)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)/wordings/new"
      #expect(try await site.get(address, as: token).text.contains("name=\"read\" value=\"1\""))
      try await Self.revise(town, article, "Le marché ferme à treize heures.", read: 1)
      let typed = [("title", "Le soir"), ("body", "Le marché ferme le soir."), ("reason", "Pour tous")]
      let met = try await site.post(address, typed + [("read", "1")], as: token)
      #expect(met.status == 409)
      #expect(met.text.contains("name=\"read\" value=\"2\"") && met.text.contains("Le marché ferme le soir."))
      #expect(try await site.post(address, typed + [("read", "2")], as: token).status == 303)
    }
  }

  @Test func `a wording is compared with the article of today, says that it changed, and with the one it was written from where asked`() async throws
  {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      town.clock.advance(seconds: 60)
      let wording = try await town.addWording("Le soir", "Le marché ferme le soir.", to: article, by: town.amina)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)"
      #expect(try await !site.get("\(address)/wordings/\(wording)").text.contains("a changé depuis"))
      town.clock.advance(seconds: 60)
      try await Self.revise(town, article, "Les halles ferment à treize heures.", read: 1, newEdition: true)
      let amina = try await site.signIn(town.amina)
      let page = try await site.get("\(address)/wordings/\(wording)", as: amina).text
      #expect(page.contains("halles") && !page.contains("midi"), "what people choose between is the article of today")
      #expect(page.contains("a changé depuis") && page.contains("href=\"\(address)/history\""))
      #expect(page.contains("href=\"\(address)/wordings/\(wording)?with=then#changes\""))
      let then = try await site.get("\(address)/wordings/\(wording)?with=then", as: amina).text
      #expect(then.contains("<del>à midi</del>"))
      #expect(!then.contains("halles"), "what the wording's author never saw is not in this difference")
    }
  }

  @Test func `whoever must sign in to publish an idea is back at the question that was left`() async throws {
    try await Self.with { town, site in
      let token = try await site.signIn(town.amina)
      let form = "/fr/processes/place/f/\(town.ideas)/proposals/new"
      let typed = [("title", "Un banc"), ("body", "Sous le tilleul."), ("place", "Place Verte"), ("_step", "review"), ("_later", "1")]
      #expect(try await site.post(form, typed, as: token).status == 303)
      let page = try await site.get(form, as: token).text
      #expect(page.contains("<title>Question 4 sur 4\u{a0}: Relisez votre idée"))
      #expect(page.contains("name=\"_step\" value=\"review\"") && page.contains("Place Verte"))
      #expect(try await site.get(form + "?step=why", as: token).text.contains("name=\"_step\" value=\"why\""))
    }
  }

  @Test func `the review of an idea shows its place and its theme`() async throws {
    try await Self.with { town, site in
      let theme = try await town.database.write { [ideas = town.ideas] db in
        try ComponentThemes.insert([Town.words("Ombre et fraîcheur")], of: ideas, db)
        return try ComponentThemes.list(of: ideas, in: db).first?.id ?? 0
      }
      let form = "/fr/processes/place/f/\(town.ideas)/proposals/new"
      let typed = [("title", "Un banc"), ("body", "Sous le tilleul."), ("theme", "\(theme)"), ("_step", "why")]
      let page = try await site.post(form, typed + [("place", "")]).text
      #expect(page.contains("<p>Thème\u{a0}: Ombre et fraîcheur</p>"))
      #expect(page.contains("<p>Lieu\u{a0}: non précisé</p>"))
      #expect(try await site.post(form, typed + [("place", "Place Verte")]).text.contains("<p>Lieu\u{a0}: Place Verte</p>"))
    }
  }

  @Test func `similar ideas stand before the question and take the focus`() async throws {
    try await Self.with { town, site in
      _ = try await town.propose("Un banc sous le tilleul", by: town.bernard)
      try await town.catchUp()
      let page = try await site.post(
        "/fr/processes/place/f/\(town.ideas)/proposals/new", [("title", "Un banc sous le grand tilleul"), ("_step", "what")]
      ).text
      let heading = try #require(page.range(of: "1 idée ressemble à la vôtre</h1>"))
      let question = try #require(page.range(of: "En une phrase, que proposez-vous"))
      #expect(heading.lowerBound < question.lowerBound)
      #expect(page.contains("tabindex=\"-1\" autofocus"))
    }
  }

  @Test func `a reply quotes the argument and names its author, whatever a draft was about`() async throws {
    try await Self.with { town, site in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let argument = try await town.argue("On y serait à l’ombre.", about: idea, by: town.bernard)
      let token = try await site.signIn(town.amina)
      let form = "/fr/processes/place/f/\(town.ideas)/proposals/\(idea)/arguments/new"
      let page = try await site.get("\(form)?reply=\(argument)", as: token).text
      #expect(page.contains("<title>Répondre à Bernard") && page.contains("On y serait à l’ombre."))
      _ = try await site.post(form, [("body", "Oui"), ("reply", "\(argument)"), ("_later", "1")], as: token)
      #expect(try await site.get(form, as: token).text.contains("<title>Répondre à Bernard"))
      let other = try await site.get(form + "?side=against", as: token).text
      #expect(!other.contains("Répondre à Bernard") && other.contains("id=\"side-against\" value=\"against\" checked"))
      try await town.hide(argument)
      #expect(try await !site.get("\(form)?reply=\(argument)", as: token).text.contains("On y serait"))
    }
  }

  @Test func `drafts are told apart by what they are of`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      let idea = try await town.propose("Un banc", by: town.amina)
      let token = try await site.signIn(town.amina)
      let (ideas, texts) = ("/fr/processes/place/f/\(town.ideas)/proposals", "/fr/processes/place/f/\(town.texts)/articles")
      _ = try await site.post("\(ideas)/new", [("title", "Une fontaine"), ("_later", "1")], as: token)
      _ = try await site.post("\(ideas)/\(idea)/correct", [("title", "Un banc"), ("body", "b"), ("read", "1"), ("_later", "1")], as: token)
      _ = try await site.post("\(ideas)/\(idea)/version", [("title", "Un banc"), ("body", "c"), ("read", "1"), ("_later", "1")], as: token)
      _ = try await site.post("\(ideas)/\(idea)/arguments/new", [("body", "À l’ombre"), ("side", "for"), ("_later", "1")], as: token)
      _ = try await site.post("\(texts)/\(article)/wordings/new", [("title", "Le soir"), ("body", "x"), ("_later", "1")], as: token)
      let list = try await site.get("/fr/account/drafts", as: token).text
      for name in [
        "Idée\u{a0}: Une fontaine", "Correction de «\u{a0}Un banc\u{a0}»", "Nouvelle version de «\u{a0}Un banc\u{a0}»",
        "Argument sur «\u{a0}Un banc\u{a0}»", "Autre rédaction de «\u{a0}Article 1 - Le marché\u{a0}»",
      ] { #expect(list.contains(">\(name)</a>"), "\(name)") }
      try await town.hide(idea)
      #expect(try await !site.get("/fr/account/drafts", as: token).text.contains("Argument sur «\u{a0}Un banc"))
    }
  }

  @Test func `a refusal keeps what people wrote as contributions, and nothing of other forms`() async throws {
    try await Self.with { town, site in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let token = try await site.signIn(town.amina)
      try await town.database.write { try $0.run("UPDATE spaces SET closed_at = $1", $0.now) }
      let base = "/fr/processes/place/f/\(town.ideas)/proposals"
      func drafts() async throws -> Int { try await town.database.read { try $0.count("SELECT COUNT(*) FROM drafts") } }
      let press = try await site.post("\(base)/\(idea)/vote", [("choice", "support"), ("edition", "1")], as: token)
      #expect(press.status == 403 && !press.text.contains("Ce que vous avez écrit est gardé"))
      #expect(press.text.contains("href=\"\(base)/\(idea)\""), "back to the page of the press")
      let role = try await site.post("/fr/admin/processes/place/close", [("reason", "parce que")], as: token)
      #expect(role.status >= 400 && !role.text.contains("Ce que vous avez écrit est gardé"))
      #expect(try await drafts() == 0)
      let argument = try await site.post("\(base)/\(idea)/arguments/new", [("side", "for"), ("body", "À l’ombre")], as: token)
      #expect(argument.status == 403 && argument.text.contains("Ce que vous avez écrit est gardé"))
      #expect(try await drafts() == 1)
    }
  }

  @Test func `a consultation whose last phase ended says since when`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)"
      let token = try await site.signIn(town.amina)
      #expect(try await !site.get(address, as: token).text.contains("terminée"))
      town.clock.advance(days: 40)
      #expect(try await site.get(address, as: token).text.contains("La consultation est terminée depuis le 21 octobre 2026"))
      try await town.database.write { db in
        try db.run(
          "INSERT INTO phases (space_id, name, description, starts_at) VALUES ($1, '{}', '{}', $2)", town.space, db.now)
      }
      #expect(try await !site.get(address, as: token).text.contains("La consultation est terminée"), "a phase runs, for something else")
    }
  }

  @Test func `a list and a page count the same arguments, and replies apart`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      let argument = try await town.argue("Un", about: article, by: town.amina)
      _ = try await town.argue("Deux", about: article, replyTo: argument, by: town.bernard)
      try await town.catchUp()
      let base = "/fr/processes/place/f/\(town.texts)"
      for page in [base, "\(base)/articles/\(article)"] {
        let text = try await site.get(page).text
        #expect(text.contains("1 argument<") && !text.contains("2 arguments<"), "\(page)")
      }
    }
  }

  @Test func `a new version says how many voted on the one before, and shows no empty bar`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      try await town.cast(.for, on: article, by: town.amina)
      try await town.cast(.against, on: article, by: town.bernard)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)"
      let token = try await site.signIn(town.chloe)
      #expect(try await !site.get(address, as: token).text.contains("version précédente"))
      try await Self.revise(town, article, "Le marché ferme le soir.", read: 1, newEdition: true)
      let page = try await site.get(address, as: token).text
      #expect(page.contains("<a href=\"\(address)/history\">2 votes sur la version précédente</a>"))
      #expect(page.contains("Aucun vote pour l’instant."))
      #expect(!page.contains("class=\"bar\"") && !page.contains("(–)") && !page.contains("le nombre est public"))
    }
  }

  @Test func `texts keep their language on a page in another, and the same buttons are told apart by ear`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      town.clock.advance(seconds: 3600)
      _ = try await Self.officialArticle(town)
      _ = try await town.argue("Un deux trois quatre cinq six sept huit neuf dix.", about: article, by: town.amina)
      try await Self.revise(town, article, "Le marché ferme le soir.", read: 1)
      let address = "/en/processes/place/f/\(town.texts)/articles/\(article)"
      let token = try await site.signIn(town.bernard)
      let page = try await site.get(address, as: token).text
      #expect(page.components(separatedBy: " lang=\"fr\">Article 1 - Le marché</").count == 3, "this article and the next, under In the text")
      let spoken = "(Amina: <span lang=\"fr\">Un deux trois quatre cinq six sept huit…</span>)"
      #expect(page.components(separatedBy: spoken).count == 4, "Counts, reply and report say whose")
      let history = try await site.get(address + "/history").text
      #expect(history.contains("<p lang=\"fr\">") && history.contains("<span class=\"vh\" lang=\"en\">"))
    }
  }

  @Test func `a correction reaches plain words, explanation and the present law, and each is edited as it was typed`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town, before: "Le marché *ferme* à dix heures.")
      let token = try await site.signIn(town.chloe)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)"
      let typed = [("title", "Article 1 - Le marché"), ("body", "Le marché ferme le soir."), ("reason", "Plus clair")]
      #expect(try await site.get(address + "/correct", as: token).text.contains("Le marché *ferme* à dix heures.</textarea>"))
      let parts = [("plain", "On ferme **tard**."), ("explanation", "Pour les familles."), ("law0-before", "Le marché ferme à onze heures.")]
      #expect(try await site.post(address + "/version", typed + parts + [("read", "1")], as: token).status == 303)
      let page = try await site.get(address, as: token).text
      #expect(page.contains("On ferme <strong>tard</strong>.") && page.contains("Pour les familles."))
      #expect(page.contains("<summary>Pourquoi cet article</summary>") && page.contains("<summary>Ce que cela change</summary>"))
      #expect(page.contains("<del>à onze heures</del>") && page.contains("<ins>le soir</ins>"))
      #expect(try await site.get(address + "/correct", as: token).text.contains("On ferme **tard**.</textarea>"))
      let emptied = [("plain", ""), ("explanation", "Pour les familles."), ("law0-before", "")]
      #expect(try await site.post(address + "/correct", typed + emptied + [("read", "2")], as: token).status == 303)
      let last = try await site.get(address, as: token).text
      #expect(!last.contains("Ce que cela change") && !last.contains("tard"))
      let own = try await town.addArticle("Le mien", by: town.amina)
      let amina = try await site.signIn(town.amina)
      let form = try await site.get("/fr/processes/place/f/\(town.texts)/articles/\(own)/correct", as: amina).text
      #expect(!form.contains("name=\"law0-before\""), "a participant's article has none of these")
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `an argument is corrected by its author within the time, keeps its marks, and shows what changed`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let (article, site) = (try await town.addArticle("Le marché", by: town.bernard), try await TownSite.open(town))
      let (amina, bernard) = (try await site.signIn(town.amina), try await site.signIn(town.bernard))
      let page = "/fr/processes/place/f/\(town.texts)/articles/\(article)"
      #expect(try await site.post(page + "/arguments/new", [("side", "for"), ("body", "Il **ferm** trop tôt.")], as: amina).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(resource_id) FROM arguments") { $0.int(0) } ?? 0 }
      #expect(try await site.post(page + "/useful", [("resource", "\(id)"), ("choice", "useful")], as: bernard).status == 303)
      let address = "\(page)/arguments/\(id)"
      #expect(try await site.get(page, as: amina).text.contains("href=\"\(address)/correct\""))
      #expect(try await !site.get(page, as: bernard).text.contains("\(address)/correct"))
      let form = try await site.get(address + "/correct", as: amina).text
      #expect(form.contains("Il **ferm** trop tôt.</textarea>") && !form.contains("name=\"title\""))
      let typed = [("body", "Il **ferme** trop tôt."), ("reason", "Une lettre"), ("read", "1")]
      #expect(try await site.post(address + "/correct", typed, as: bernard).status == 403)
      #expect(try await site.post(address + "/correct", [("body", String(repeating: "a", count: 2_001)), ("read", "1")], as: amina).status == 422)
      let sent = try await site.post(address + "/correct", typed, as: amina)
      #expect(sent.status == 303 && sent.headers["location"]?.hasSuffix("#argument-\(id)") == true)
      #expect(try await site.post(address + "/correct", [("body", "Autre."), ("reason", "r"), ("read", "1")], as: amina).status == 409)
      #expect(try await site.post(address + "/version", typed, as: amina).status == 404)
      let shown = try await site.get(page).text
      #expect(shown.contains("Il <strong>ferme</strong> trop tôt.") && shown.contains("href=\"\(address)/history\""))
      #expect(try await town.tally(ResourceID(Int64(id))).total == 1)
      let history = try await site.get(address + "/history").text
      #expect(history.contains("<del>ferm</del>") && history.contains("<ins>ferme</ins>") && history.contains("Une lettre"))
      let elsewhere = page.replacing("articles/\(article)", with: "articles/\(try await town.addArticle("Autre", by: town.bernard))")
      #expect(try await site.get("\(elsewhere)/arguments/\(id)/history").status == 404)
      try await town.database.write { db in try db.run("UPDATE resources SET published_at = published_at - 7200000 WHERE id = $1", Int64(id)) }
      #expect(try await !site.get(page, as: amina).text.contains("\(address)/correct"))
      #expect(try await site.post(address + "/correct", [("body", "Trop tard."), ("reason", "r"), ("read", "2")], as: amina).status == 403)
    }
  }

  @Test func `words that nobody can see are no words`() async throws {
    try await Self.with { town, site in
      let (article, amina) = (try await town.addArticle("Un banc", by: town.bernard), try await site.signIn(town.amina))
      let (ideas, texts) = ("/fr/processes/place/f/\(town.ideas)/proposals", "/fr/processes/place/f/\(town.texts)/articles")
      for body in ["<!-- x -->", "&nbsp;", "---", "\u{200B}", "[](https://x.example)", "<b></b>", "<script>alert(1)</script>"] {
        let answer = try await site.post("\(texts)/\(article)/arguments/new", [("side", "for"), ("body", body)], as: amina)
        #expect(answer.status == 422, "\(body)")
      }
      let title = try await site.post(ideas + "/new", [("_step", "review"), ("title", "\u{200B}"), ("body", "À l’ombre.")], as: amina)
      #expect(title.status == 422)
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM resources") } == 1)
    }
  }

  @Test func `two corrections of what stands beside an article meet as well`() async throws {
    try await Self.with { town, site in
      let article = try await Self.officialArticle(town)
      let token = try await site.signIn(town.chloe)
      let address = "/fr/processes/place/f/\(town.texts)/articles/\(article)/correct"
      let typed = [("title", "Article 1 - Le marché"), ("body", "Le marché ferme à midi."), ("reason", "r"), ("read", "1"), ("law0-before", "")]
      #expect(try await site.post(address, typed + [("explanation", "Pour les vendeuses."), ("plain", "")], as: token).status == 303)
      let met = try await site.post(address, typed + [("explanation", "Pour les enfants."), ("plain", "")], as: token)
      #expect(met.status == 409)
      #expect(met.text.contains("<del>vendeuses</del>") && met.text.contains("Pour les enfants.</textarea>"))
    }
  }

  @Test func `a conflict elsewhere leads back to the page of its form`() async throws {
    try await Self.with { town, site in
      let token = try await site.signIn(town.chloe)
      _ = try await town.propose("Un banc", by: town.amina)
      let address = "/fr/admin/people/\(town.amina)"
      let met = try await site.post(address, [("act", "lift")], as: token)
      #expect(met.status == 409 && met.text.contains("<a href=\"\(address)\" class=\"button\">Revenir à la page</a>"))
      #expect(try await site.get(address, as: token).status == 200)
    }
  }
}
