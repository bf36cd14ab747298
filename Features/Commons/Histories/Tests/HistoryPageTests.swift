import CommonsDomain
import Database
import Foundation
import Participation
import RichText
import Testing

/// What the history of a text tells, and what becomes of an article that the authority takes out.
struct HistoryPageTests {
  private func official(_ town: Town, _ number: Int = 1) async throws -> ResourceID {
    try await town.database.write { [section = town.section, texts = town.texts, chloe = town.chloe] db in
      let parts = ArticleParts(
        writ: try Town.writ("Article \(number)", "Le texte de l’article \(number)."), section: section,
        notes: ArticleNotes(explanation: try Passage(markdown: "Exposé d’abord"), plainWords: try Passage(markdown: "Simplement d’abord")))
      return try ArticleWriting.addOfficial(parts, component: texts, by: Town.holder(.administrator, chloe), in: db)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a long history comes in pages, with what changed beside the text, and the votes of an edition once`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let article = try await official(town)
      try await town.cast(.for, on: article, by: town.amina)
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let path = "/fr/processes/place/f/\(town.texts)/articles/\(article)"
      for number in 1...23 {
        let plain = number == 4 ? "Simplement ensuite" : number < 4 ? "Simplement d’abord" : "Simplement ensuite"
        let sent = try await site.post(
          path + "/correct",
          [
            ("title", "Article 1"), ("body", "Le texte \(number)."), ("plain", plain), ("explanation", "Exposé d’abord"), ("law0-before", ""),
            ("reason", "Faute"), ("read", "\(number)"),
          ], as: chloe)
        #expect(sent.status == 303, "\(number)")
      }
      var pages: [String] = []
      for page in 1...4 { pages.append(try await site.get("\(path)/history?page=\(page)").text) }
      #expect(pages[3] == pages[2], "a page past the end is the last")
      for (page, numbers) in zip(pages, [15...24, 5...14, 1...4]) {
        for number in 1...24 { #expect(page.contains("id=\"r\(number)\"") == numbers.contains(number), "\(number)") }
      }
      #expect(pages[0].contains("Votes sur cette version"))
      #expect(pages.dropFirst().allSatisfy { !$0.contains("Votes sur cette version") }, "the votes of an edition stand with its last revision")
      #expect(pages[1].contains("ensuite") && !pages[0].contains("ensuite"), "the plain words changed with the fifth revision")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `an article that the authority takes out is not listed, voted or found, and stays readable`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let (first, second) = (try await official(town), try await official(town, 2))
      let site = try await TownSite.open(town)
      let (chloe, amina) = (try await site.signIn(town.chloe), try await site.signIn(town.amina))
      let base = "/fr/processes/place/f/\(town.texts)"
      #expect(try await site.post("/fr/withdraw/\(first)", [], as: amina).status == 403)
      #expect(try await town.isListed(first))
      #expect(try await site.post("/fr/withdraw/\(first)", [], as: chloe).status == 303)
      #expect(try await !town.isListed(first))
      #expect(try await town.isListed(second))
      #expect(try await town.find("texte").count == 1)
      let page = try await site.get("\(base)/articles/\(first)").text
      #expect(page.contains("Article retiré par l’autorité") && page.contains("Le texte de l’article 1."))
      _ = try await site.post("\(base)/articles/\(first)/vote", [("choice", "for"), ("edition", "1")], as: amina)
      #expect(try await town.tally(first).total == 0)
    }
  }

  @Test func `Markdown that begins with a sign of HTML is Markdown when it is revised`() async throws {
    try await Town.with(.sqlite) { town in
      let idea = try await town.propose("Un banc", "<p>Un banc</p> et *deux*.", by: town.amina)
      let shown = try await town.database.read { db in try Revisions.shown(Resources.resource(idea, in: db), in: db) }
      #expect(!shown.passage.isForeign)
      #expect(Passage(html: try RichText(foreignHTML: "<p>Un banc</p>", limits: .imported)).isForeign)
      #expect(!Passage.empty.isForeign)
    }
  }
}
