import CommonsDomain
import Database
import Participation
import Testing

/// What the authority's articles say in the other languages of the organization.
struct ArticleTranslationTests {
  private static let words = [("title", "Article 7 – L’eau"), ("body", "Chacun trouve de l’eau.")]
  private static let english = [
    ("in-en-title", "Article 7 – Water"), ("in-en-body", "Everyone finds water."), ("in-en-plain", "Water is near."),
    ("in-en-explanation", "It is hot."),
  ]

  @Test(arguments: DatabaseKind.allCases) func `an article is read in the language of the page beside its own, and is listed by its name there`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let admin = "/fr/admin/processes/place/activities/\(town.texts)/articles/new"
      let form = try await site.get(admin, as: chloe).text
      #expect(form.contains("name=\"in-en-body\" rows=\"5\"") && form.contains("lang=\"en\"") && form.contains("name=\"in-fr-body\""))
      #expect(try await site.post(admin, Self.words + Self.english + [("section", "\(town.section)")], as: chloe).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      let texts = "processes/place/f/\(town.texts)"
      let (french, other) = (try await site.get("/fr/\(texts)/articles/\(id)").text, try await site.get("/en/\(texts)/articles/\(id)").text)
      for page in [french, other] {
        #expect(page.contains("Chacun trouve de l’eau.") && page.contains("Everyone finds water.") && page.contains("Water is near."))
      }
      let open = try #require(other.range(of: "<summary>Translation: English</summary>"))
      #expect(other[..<open.lowerBound].hasSuffix("<details class=\"mt5\" open>"))
      let folded = try #require(french.range(of: "<summary>Traduction\u{A0}: English</summary>"))
      #expect(french[..<folded.lowerBound].hasSuffix("<details class=\"mt5\">"))
      #expect(french.contains("lang=\"en\"") && other.contains("lang=\"fr\""))
      #expect(try await site.get("/en/\(texts)").text.contains("Article 7 – Water"))
      #expect(try await !site.get("/fr/\(texts)").text.contains("Article 7 – Water"))
      for word in ["finds", "trouve"] {
        #expect(try await site.get("/en/search?q=\(word)").text.contains("Article 7 – "), "its own words find it, and the others too")
      }
      // What was found is shown: a hit by a translation in its words.
      let hit = try await site.get("/fr/search?q=finds").text
      #expect(hit.contains("Article 7 – Water") && hit.contains("<strong>finds</strong>") && hit.contains("lang=\"en\""))
      let data = try await site.get("/fr/processes/place/open-data/contributions.json").text
      #expect(data.contains("\"source\":\"Everyone finds water.\"") && data.contains("\"plainWords\":\"Water is near.\""))
    }
  }

  @Test func `a translation is corrected with its article, stands in the history, and goes when it is emptied`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let admin = "/fr/admin/processes/place/activities/\(town.texts)/articles/new"
      #expect(try await site.post(admin, Self.words + Self.english + [("section", "\(town.section)")], as: chloe).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      let article = "/fr/processes/place/f/\(town.texts)/articles/\(id)"
      #expect(try await site.get(article + "/correct", as: chloe).text.contains("Everyone finds water."))
      let better = [("in-en-title", "Article 7 – Water"), ("in-en-body", "Everybody finds water.")]
      let empty = [("in-en-plain", ""), ("in-en-explanation", "")]
      let corrected = Self.words + better + empty + [("reason", "Traduction"), ("read", "1")]
      #expect(try await site.post(article + "/correct", corrected, as: chloe).status == 303)
      let history = try await site.get(article + "/history", as: chloe).text
      #expect(history.contains("Texte (English)") && history.contains("lang=\"en\"") && history.contains("<ins>Everybody</ins>"))
      #expect(!history.contains("Titre (English)"), "what stayed is no change")
      // A form begun before there were such fields takes nothing away.
      #expect(try await site.post(article + "/correct", Self.words + [("reason", "Sans"), ("read", "2")], as: chloe).status == 303)
      #expect(try await site.get(article, as: chloe).text.contains("Everybody"))
      let without = Self.words + [("in-en-title", ""), ("in-en-body", "")] + empty + [("reason", "Sans"), ("read", "3")]
      #expect(try await site.post(article + "/correct", without, as: chloe).status == 303)
      #expect(try await !site.get(article, as: chloe).text.contains("Everybody"))
      #expect(try await !site.get("/en/search?q=everybody").text.contains("Article 7 – L’eau"))
    }
  }

  @Test func `what says nothing alone is told beside its field, and nothing is dropped in silence`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let admin = "/fr/admin/processes/place/activities/\(town.texts)/articles/new"
      let base = Self.words + [("section", "\(town.section)")]
      for alone in [("in-en-title", "Water"), ("in-en-plain", "Water is near."), ("law0-title", "Code de l’eau, article 1")] {
        let answer = try await site.post(admin, base + [alone], as: chloe)
        #expect(answer.status == 422 && answer.text.contains("href=\"#\(alone.0)\"") && answer.text.contains(alone.1))
      }
      let own = try await site.post(admin, base + Self.english + [("language", "en")], as: chloe)
      #expect(own.status == 422 && own.text.contains("href=\"#language\"") && own.text.contains("Everyone finds water."))
      #expect(own.text.contains("<select id=\"language\" name=\"language\" aria-describedby=\"language-fault\" aria-invalid=\"true\""))
    }
  }

  @Test func `whoever corrects a word beside a colleague who translates takes nothing of theirs away`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let admin = "/fr/admin/processes/place/activities/\(town.texts)/articles/new"
      #expect(try await site.post(admin, Self.words + [("section", "\(town.section)"), ("plain", "De l’eau.")], as: chloe).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      let article = "/fr/processes/place/f/\(town.texts)/articles/\(id)"
      let untouched = [("in-en-title", ""), ("in-en-body", ""), ("in-en-plain", ""), ("in-en-explanation", ""), ("plain", "De l’eau.")]
      let translated = Self.words + Self.english + [("plain", "De l’eau fraîche."), ("reason", "Traduction"), ("read", "1")]
      #expect(try await site.post(article + "/correct", translated, as: chloe).status == 303)
      let mine = [("title", Self.words[0].1), ("body", "Chacune et chacun trouve de l’eau.")]
      let met = try await site.post(article + "/correct", mine + untouched + [("reason", "Mot"), ("read", "1")], as: chloe)
      #expect(met.status == 409)
      // The form says today's words where its writer changed none, and no deletion is shown.
      #expect(met.text.contains(">Everyone finds water.</textarea>") || met.text.contains("Everyone finds water.</textarea>"))
      #expect(met.text.contains("De l’eau fraîche.</textarea>") && !met.text.contains("<del>Everyone"))
    }
  }

  @Test func `under votes, a translation that would say much else is asked to be a new version, and a first one is not`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let admin = "/fr/admin/processes/place/activities/\(town.texts)/articles/new"
      #expect(try await site.post(admin, Self.words + [("section", "\(town.section)")], as: chloe).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      let article = "/fr/processes/place/f/\(town.texts)/articles/\(id)"
      try await town.cast(.for, on: ResourceID(id), by: town.amina)
      try await town.catchUp()
      #expect(
        try await site.post(article + "/correct", Self.words + Self.english + [("reason", "Traduction"), ("read", "1")], as: chloe).status == 303)
      let other = "Nobody is given water any more, and all fountains of the town are closed until further notice from the council."
      let turned = Self.words + [("in-en-title", "Water"), ("in-en-body", other), ("reason", "Faute"), ("read", "2")]
      let answer = try await site.post(article + "/correct", turned, as: chloe)
      #expect(answer.status == 422 && answer.text.contains("same_meaning"))
    }
  }
}
