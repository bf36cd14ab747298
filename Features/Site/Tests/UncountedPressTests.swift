import CommonsDomain
import Database
import Testing

/// A vote by someone who was not signed in: their browser keeps it, and they confirm it. No address says what to vote.
struct UncountedPressTests {
  private static func with(_ body: (Town, TownSite, String) async throws -> Void) async throws {
    try await Town.with(.sqlite) { town in
      let article = try await ContributionFormTests.officialArticle(town)
      try await body(town, try await TownSite.open(town), "/processes/place/f/\(town.texts)/articles/\(article)")
    }
  }

  /// A page as someone sees it whose browser kept a press.
  private static func page(_ path: String, keeping press: String, as token: String?, _ site: TownSite) async throws -> String {
    let cookies = ["__Host-press=" + press] + (token.map { ["__Host-session=" + $0] } ?? [])
    return try await site.get("/fr" + path, headers: ["Cookie": cookies.joined(separator: "; ")]).text
  }

  @Test func `what a visitor pressed waits in their browser, and one press counts it`() async throws {
    try await Self.with { town, site, article in
      let pressed = try await site.post("/fr" + article + "/vote", [("choice", "against"), ("edition", "1")])
      #expect(pressed.status == 303)
      #expect(pressed.headers["location"]?.contains("against") == false, "an address would say it to whoever is given it")
      #expect(pressed.headers["set-cookie"]?.contains("__Host-press=against:1:\(article);") == true)
      let amina = try await site.signIn(town.amina)
      let page = try await Self.page(article, keeping: "against:1:" + article, as: amina, site)
      #expect(page.contains("Votre choix, «\u{A0}Contre\u{A0}», n’est pas encore compté"))
      #expect(page.contains("Confirmer\u{A0}: Contre"))
      #expect(
        try await town.database.read { try Votes.tally(of: ID(Int64(article.split(separator: "/").last ?? "") ?? 0), edition: 1, in: $0).total } == 0)
      let confirmed = try await site.send(
        "POST", "/fr" + article + "/vote", nil,
        [
          "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
          "Cookie": "__Host-press=against:1:\(article); __Host-session=\(amina)",
        ], Array("choice=against&edition=1".utf8))
      #expect(confirmed.status == 303)
      #expect(confirmed.headers["set-cookie"]?.contains("__Host-press=; ") == true, "it is forgotten once counted")
      #expect(try await !Self.page(article, keeping: "against:1:" + article, as: amina, site).contains("pas encore compté"))
    }
  }

  @Test func `what was kept speaks on its own page only, to whoever is signed in, and of known choices`() async throws {
    try await Self.with { town, site, article in
      let amina = try await site.signIn(town.amina)
      for press in [
        "for:1:/processes/place/f/1/articles/9", "for:1:", "for", "for:" + article, "maybe:1:" + article, ":1:" + article, "<b>:1:" + article,
      ] {
        #expect(try await !Self.page(article, keeping: press, as: amina, site).contains("pas encore compté"), "\(press)")
      }
      #expect(try await !Self.page(article, keeping: "for:1:" + article, as: nil, site).contains("pas encore compté"))
      #expect(try await !site.get("/fr\(article)?press=for", as: amina).text.contains("pas encore compté"))
    }
  }

  @Test func `a support waits in the same way`() async throws {
    try await Self.with { town, site, _ in
      let idea = try await town.propose("Un banc", "Près du tilleul.", by: town.bernard)
      let path = "/processes/place/f/\(town.ideas)/proposals/\(idea)"
      let pressed = try await site.post("/fr\(path)/vote", [("choice", "support"), ("edition", "1")])
      #expect(pressed.headers["set-cookie"]?.contains("__Host-press=support:1:\(path);") == true)
      let amina = try await site.signIn(town.amina)
      #expect(try await Self.page(path, keeping: "support:1:" + path, as: amina, site).contains("n’est pas encore compté"))
      #expect(try await !Self.page(path, keeping: "against:1:" + path, as: amina, site).contains("pas encore compté"), "an idea takes no such vote")
      try await town.cast(.support, on: idea, by: town.amina)
      #expect(try await !Self.page(path, keeping: "support:1:" + path, as: amina, site).contains("pas encore compté"))
    }
  }

  @Test func `a choice of a text that changed since is not offered to be confirmed; another than one's vote is`() async throws {
    try await Self.with { town, site, article in
      let amina = try await site.signIn(town.amina)
      let id = ResourceID(Int64(article.split(separator: "/").last ?? "") ?? 0)
      try await town.cast(.for, on: id, by: town.amina)
      #expect(try await !Self.page(article, keeping: "for:1:" + article, as: amina, site).contains("pas encore compté"), "it is their vote already")
      #expect(try await Self.page(article, keeping: "against:1:" + article, as: amina, site).contains("Confirmer\u{A0}: Contre"))
      let other = try await Self.page(article, keeping: "against:2:" + article, as: amina, site)
      #expect(other.contains("pas encore compté") && !other.contains("Confirmer\u{A0}: Contre"), "that was another version")
      let left = try await site.send(
        "POST", "/fr/sign-out", nil, ["Sec-Fetch-Site": "same-origin", "Cookie": "__Host-press=against:1:\(article); __Host-session=\(amina)"], [])
      #expect(left.headers["set-cookie"]?.contains("__Host-press=; ") == true, "who leaves takes it along")
    }
  }
}
