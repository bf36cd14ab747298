import Testing

/// Two colleagues open the same form: the second to save overwrites nothing without knowing.
struct OvertakenFormTests {
  @Test func `a form begun before a colleague saved replaces nothing, and what was typed opens again`() async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      let chloe = try await site.signIn(town.chloe)
      let path = "/fr/admin/processes/place/words"
      func seen(_ page: String) throws -> String {
        let start = try #require(page.range(of: "name=\"_seen\" value=\""))
        return String(page[start.upperBound...].prefix { $0 != "\"" })
      }
      func words(_ summary: String, _ title: String, _ seen: String) -> [(String, String)] {
        [("title_fr", title), ("question_fr", "Où ?"), ("summary_fr", summary), ("slug", "place"), ("_seen", seen)]
      }
      let first = try seen(try await site.get(path, as: chloe).text)
      #expect(try await site.post(path, words("Le résumé de Chloé", "Le marché", first), as: chloe).status == 303)
      let late = try await site.post(path, words("En bref", "Le marché couvert", first), as: chloe)
      #expect(late.status == 409)
      #expect(late.text.contains("Ce que vous avez écrit est gardé"))
      let again = try await site.get(path, as: chloe).text
      #expect(again.contains("Le marché couvert") && again.contains("Quelqu’un a enregistré un changement"))
      let now = try seen(again)
      #expect(now != first)
      #expect(try await site.post(path, words("Le résumé de Chloé", "Le marché couvert", now), as: chloe).status == 303)
      let kept = try await site.get(path, as: chloe).text
      #expect(kept.contains("Le résumé de Chloé") && kept.contains("Le marché couvert"))
    }
  }
}
