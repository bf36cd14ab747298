import CommonsDomain
import Database
import Foundation
import Interface
import Participation
import Testing

/// Each kind of page in the states that matter: empty, one, many, with words that do not break, refused, closed, withdrawn, hidden.
/// A change of a page is seen in review as a change of its file in `Pages`.
struct PageSnapshotTests {
  /// Longer than any line of a phone, without a place to break.
  private static let long = "Verkehrsberuhigungsmaßnahmenbeteiligungsverfahrensordnungsänderungsantragsformular"

  private func withSite(_ body: @Sendable (Town, PageSnapshots) async throws -> Void) async throws {
    try await Town.with(.sqlite) { town in try await body(town, PageSnapshots(site: try await TownSite.open(town))) }
  }

  private static func ideas(_ town: Town) -> String { "/fr/processes/place/f/\(town.ideas)" }
  private static func texts(_ town: Town) -> String { "/fr/processes/place/f/\(town.texts)" }

  @Test func `where nobody has spoken yet`() async throws {
    try await withSite { town, pages in
      try await pages.hold("frame-visitor", "/fr/help", whole: true)
      try await pages.hold("frame-administrator", "/fr/help", as: try await pages.site.signIn(town.chloe), whole: true)
      try await pages.hold("home", "/fr/")
      try await pages.hold("home-english", "/en/")
      try await pages.hold("process-bare", "/fr/processes/place")
      try await pages.hold("ideas-empty", Self.ideas(town))
      try await pages.hold("text-empty", Self.texts(town))
      try await pages.hold("search-nothing", "/fr/search?q=girouette")
      try await pages.hold("moderation-empty", "/fr/moderation", as: try await moderator(town, pages))
      try await pages.hold("desk", "/fr/admin", as: try await pages.site.signIn(town.chloe))
    }
  }

  private func moderator(_ town: Town, _ pages: PageSnapshots) async throws -> String {
    try await town.database.write { [bernard = town.bernard] db in try Grants.grantAsOperator(Grant(.moderator), to: bernard, in: db) }
    return try await pages.site.signIn(town.bernard)
  }

  @Test func `what one person said`() async throws {
    try await withSite { town, pages in
      let (amina, bernard) = (try await pages.site.signIn(town.amina), try await pages.site.signIn(town.bernard))
      let idea = try await town.propose("Un banc à l’ombre", "Près du **tilleul**, côté école.", by: town.amina)
      let address = "\(Self.ideas(town))/proposals/\(idea)"
      try await pages.hold("idea-one", address)
      try await pages.hold("idea-one-own", address, as: amina)
      try await pages.hold("idea-form", Self.ideas(town) + "/proposals/new", as: bernard)
      try await pages.hold(
        "idea-form-faults", posting: [("_step", "review"), ("title", ""), ("body", "")], to: Self.ideas(town) + "/proposals/new", as: bernard,
        status: 422)
      try await pages.hold(
        "idea-form-similar", posting: [("_step", "what"), ("title", "Un banc à l’ombre")], to: Self.ideas(town) + "/proposals/new", as: bernard,
        status: 200)
      try await pages.hold("argument-form", address + "/arguments/new", as: bernard)
      try await pages.hold("source-form", address + "/sources/new", as: bernard)
      try await pages.hold("correct-form", address + "/correct", as: amina)
      try await pages.hold("withdraw-form", "/fr/withdraw/\(idea)", as: amina)
      try await pages.hold("report-form", "/fr/report/\(idea)")
      try await pages.hold("history-one", address + "/history")
      try await pages.hold("sources-empty", address + "/sources")
      let article = try await town.addArticle("Article 1", "Les arbres restent.", by: town.amina)
      try await pages.hold("wording-form", "\(Self.texts(town))/articles/\(article)/wordings/new", as: bernard)
      let wording = try await town.addWording("Plus clair", "Les arbres sont gardés.", to: article, by: town.bernard)
      try await pages.hold("article-one", "\(Self.texts(town))/articles/\(article)", as: bernard)
      try await pages.hold("wording-one", "\(Self.texts(town))/articles/\(article)/wordings/\(wording)")
      try await pages.hold("wording-one-english", "/en/processes/place/f/\(town.texts)/articles/\(article)/wordings/\(wording)", as: bernard)
    }
  }

  @Test func `what many said, in words of every length`() async throws {
    try await withSite { town, pages in
      let full = try await FullTown(town, saying: Self.long)
      for number in 1...25 { _ = try await town.propose("Idée \(number)", by: town.bernard) }
      for side in 1...6 { _ = try await town.argue("Argument \(side)", about: full.idea, by: town.bernard) }
      for person in try await town.join(12) { try await town.cast(.support, on: full.idea, edition: 1, by: person) }
      try await town.catchUp()
      let chloe = try await pages.site.signIn(town.chloe)
      try await pages.hold("ideas-many", Self.ideas(town) + "?order=recent")
      try await pages.hold("ideas-many-second-page", Self.ideas(town) + "?order=recent&page=2")
      try await pages.hold("idea-long-words", "\(Self.ideas(town))/proposals/\(full.idea)")
      try await pages.hold("article-long-words", "\(Self.texts(town))/articles/\(full.official)")
      try await pages.hold("text-many", Self.texts(town))
      try await pages.hold("process-full", "/fr/processes/place")
      try await pages.hold("search-found", "/fr/search?q=\(Percent.encode(Self.long))")
      try await pages.hold("history-many-english", "/en/processes/place/f/\(town.ideas)/proposals/\(full.idea)/history")
      try await pages.hold("slip", "/fr/slips/\(full.assisted)", as: chloe)
      let moderator = try await moderator(town, pages)
      try await pages.hold("moderation-queue", "/fr/moderation", as: moderator)
      try await pages.hold("moderation-case", "/fr/moderation/\(full.idea)", as: moderator)
      try await pages.hold("roles", "/fr/admin/roles", as: chloe)
      for (name, path) in [
        ("desk-process", ""), ("desk-words", "/words"), ("desk-phase", "/phases/\(town.phase)"), ("desk-activity", "/activities/\(town.ideas)"),
        ("desk-commitment", "/commitment"), ("desk-articles", "/activities/\(town.texts)/articles"),
      ] {
        try await pages.hold(name, "/fr/admin/processes/place" + path, as: chloe)
      }
    }
  }

  @Test func `what is over, taken back, hidden or refused`() async throws {
    try await withSite { town, pages in
      let amina = try await pages.site.signIn(town.amina)
      var ideas: [ResourceID] = []
      for title in ["Un banc", "Une fontaine", "Un kiosque"] { ideas.append(try await town.propose(title, by: town.bernard)) }
      try await town.cast(.support, on: ideas[2], by: town.amina)
      try await town.withdraw(ideas[0], by: town.bernard)
      try await town.hide(ideas[1])
      try await pages.hold("idea-withdrawn", "\(Self.ideas(town))/proposals/\(ideas[0])")
      try await pages.hold("idea-hidden", "\(Self.ideas(town))/proposals/\(ideas[1])")
      try await pages.hold("idea-hidden-english", "/en/processes/place/f/\(town.ideas)/proposals/\(ideas[1])")
      try await pages.hold(
        "vote-refused-withdrawn", posting: [("choice", "support"), ("edition", "1")], to: "\(Self.ideas(town))/proposals/\(ideas[0])/vote", as: amina,
        status: 403)
      town.clock.set(Town.start.adding(days: 31))
      try await town.catchUp()
      let late = try await pages.site.signIn(town.amina)
      try await pages.hold("idea-closed", "\(Self.ideas(town))/proposals/\(ideas[2])", as: late)
      try await pages.hold("process-closed", "/fr/processes/place")
      try await pages.hold(
        "vote-refused-closed", posting: [("choice", ""), ("edition", "1")], to: "\(Self.ideas(town))/proposals/\(ideas[2])/vote", as: late,
        status: 403)
      try await pages.hold("not-found", "/fr/processes/nulle-part", status: 404)
      try await pages.hold("not-found-english", "/en/nowhere", status: 404)
    }
  }

  @Test func `one's own account, and coming in`() async throws {
    try await withSite { town, pages in
      let amina = try await pages.site.signIn(town.amina)
      try await pages.hold("sign-in", "/fr/sign-in?return=/processes/place")
      try await pages.hold("sign-in-fault", posting: [("email", "pas une adresse")], to: "/fr/sign-in", status: 422)
      try await pages.hold("sign-in-code", "/fr/sign-in/code")
      try await pages.hold("sign-in-link-over", "/fr/sign-in/link/none", status: 410)
      try await pages.hold("account", "/fr/account", as: amina)
      try await pages.hold("account-english", "/en/account", as: amina)
      try await pages.hold("account-activity", "/fr/account/activity", as: amina)
      try await pages.hold("account-drafts-empty", "/fr/account/drafts", as: amina)
      try await pages.hold("account-terms", "/fr/account/terms", as: amina)
      try await pages.hold("account-delete", "/fr/account/delete", as: amina)
      try await pages.hold("account-second-factor", "/fr/account/second-factor", as: amina)
      try await pages.hold("settings", "/fr/admin/settings", as: try await pages.site.signIn(town.chloe))
      try await pages.hold("legal-page", "/fr/pages/privacy")
    }
  }

  @Test func `each file is one of a page that is held`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let names = try FileManager.default.contentsOfDirectory(atPath: PageSnapshots.folder.path)
    for name in names where !source.contains("\"\(name.dropLast(".html".count))\"") { Issue.record("no test holds \(name)") }
    #expect(names.count > 40)
  }

  @Test func `a difference is told by its line`() {
    #expect(PageSnapshots.firstDifference("a\nb\nc", "a\nb\nc") == nil)
    #expect(PageSnapshots.firstDifference("a\nb\nc", "a\nd\nc") == "line 2:\n  a\n- b\n+ d")
    #expect(PageSnapshots.firstDifference("a", "a\nb") == "line 2:\n  a\n- (the end)\n+ b")
    #expect(
      ReadableMarkup.whole("<div class=\"x>y\"><p>Un <a href=\"/z\">mot</a>.</p><hr><ul><li>1</li></ul></div>") == """
        <div class="x>y">
         <p>Un <a href="/z">mot</a>.</p>
         <hr>
         <ul>
          <li>1</li>
         </ul>
        </div>

        """)
  }
}
