import CommonsDomain
import Participation
import Testing

/// The laws that an article changes, as an organiser writes them and everyone reads them.
struct LawChangeTests {
  @Test func `an article changes several laws, each shown by itself, and one with an empty text is none`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let admin = "/fr/admin/processes/place/activities/\(town.texts)/articles/new"
      let first = [("law0-title", "Code A, article 1"), ("law0-before", "Le délai est d’un an."), ("law0-after", "Le délai est de six mois.")]
      let base = [("title", "Article 7"), ("body", "Les délais sont réduits."), ("section", "\(town.section)")]
      #expect(try await site.post(admin, base + first, as: chloe).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      let article = "/fr/processes/place/f/\(town.texts)/articles/\(id)"
      let form = try await site.get(article + "/correct", as: chloe).text
      #expect(form.contains("value=\"Code A, article 1\"") && form.contains("name=\"law1-before\""), "there is always room for one more")
      let second = [("law1-title", "Code B"), ("law1-before", "La copie est payante."), ("law1-after", "")]
      let empty = [("law2-title", "Code C"), ("law2-before", " "), ("law2-after", "")]
      let fields = base.prefix(2) + first + second + empty + [("reason", "Une autre loi"), ("read", "1")]
      #expect(try await site.post(article + "/correct", Array(fields), as: chloe).status == 303)
      let page = try await site.get(article, as: chloe).text
      #expect(page.contains("Code A, article 1") && page.contains("<del>d’un an</del>"))
      // Without a text of its own, the article takes its place.
      #expect(page.contains("Code B") && page.contains("délais sont réduits</ins>"))
      #expect(!page.contains("Code C"))
      let history = try await site.get(article + "/history", as: chloe).text
      #expect(history.contains("Loi 2\u{A0}: texte actuel") && history.contains("La copie est payante."))
      #expect(!history.contains("Loi 1"), "what stayed is no change")
      let none = (0..<3).flatMap { law in ["title", "before", "after"].map { ("law\(law)-\($0)", "") } }
      #expect(try await site.post(article + "/correct", Array(base.prefix(2)) + none + [("reason", "r"), ("read", "2")], as: chloe).status == 303)
      #expect(try await !site.get(article, as: chloe).text.contains("Code A"))
    }
  }

  @Test func `a passage of the law that goes is said with a dash, and shown as gone`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let base = [("title", "Article 8"), ("body", "Le péage du pont est supprimé."), ("section", "\(town.section)")]
      let law = [("law0-title", "Code A, article 2"), ("law0-before", "Le passage du pont est payant."), ("law0-after", " — ")]
      #expect(try await site.post("/fr/admin/processes/place/activities/\(town.texts)/articles/new", base + law, as: chloe).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      let article = "/fr/processes/place/f/\(town.texts)/articles/\(id)"
      let page = try await site.get(article, as: chloe).text
      #expect(page.contains("Ce passage est supprimé.") && page.contains("<del>Le passage du pont est payant.</del>"))
      #expect(page.contains("Mots ajoutés\u{A0}: 0."), "nothing takes its place, the article neither")
      #expect(try await site.get(article + "/correct", as: chloe).text.contains(">\n-</textarea>"), "and it is there to be corrected")
      // Under votes, that the article takes the place of the law, or nothing does, is no small correction.
      try await town.cast(.for, on: ResourceID(id), by: town.amina)
      try await town.catchUp()
      let replaced = Array(base.prefix(2)) + Array(law.prefix(2)) + [("law0-after", ""), ("reason", "faute"), ("read", "1")]
      #expect(try await site.post(article + "/correct", replaced, as: chloe).text.contains("same_meaning"))
      #expect(try await site.post(article + "/correct", replaced + [("same_meaning", "1")], as: chloe).status == 303)
      let history = try await site.get(article + "/history", as: chloe).text
      #expect(history.contains("Loi 1\u{A0}: texte proposé"), "and the history tells of it")
    }
  }

  @Test func `under votes, a law that would say much else, come or go is asked to be a new version`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let base = [("title", "Article 7"), ("body", "Les délais sont réduits."), ("section", "\(town.section)")]
      let was = [
        ("law0-before", "Le délai est d’un an."), ("law0-after", "Le délai est de six mois pour toute demande faite au guichet de la mairie."),
      ]
      #expect(try await site.post("/fr/admin/processes/place/activities/\(town.texts)/articles/new", base + was, as: chloe).status == 303)
      let id = try await town.database.read { db in try db.first("SELECT MAX(id) FROM resources") { $0.int64(0) } ?? 0 }
      let article = "/fr/processes/place/f/\(town.texts)/articles/\(id)"
      try await town.cast(.for, on: ResourceID(id), by: town.amina)
      try await town.catchUp()
      func correct(_ after: String) async throws -> TownSite.Reply {
        let fields = Array(base.prefix(2)) + [was[0], ("law0-after", after), ("reason", "faute"), ("read", "1")]
        return try await site.post(article + "/correct", fields, as: chloe)
      }
      let other = try await correct("Aucune demande n’est plus reçue, et les dossiers déjà ouverts sont refermés sans réponse ni recours possible.")
      #expect(other.status == 422 && other.text.contains("same_meaning"))
      #expect(try await correct("").status == 422, "a law that goes is much else")
      #expect(try await correct("-").status == 422, "so is one that is repealed")
      let without = Array(base.prefix(2)) + [("law0-before", ""), ("law0-after", was[1].1), ("reason", "faute"), ("read", "1")]
      #expect(try await site.post(article + "/correct", without, as: chloe).status == 422, "so is the law in force that it replaces")
      #expect(try await correct("Le délai est de six mois pour toute demande faite au guichet de la ville.").status == 303, "a word is a correction")
    }
  }
}
