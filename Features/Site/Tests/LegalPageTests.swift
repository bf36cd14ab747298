import CommonsDomain
import Testing

/// Legal pages: what they said before a change stays readable.
struct LegalPageTests {
  private static let form = "/fr/admin/legal/terms"
  private static let earlier = "/fr/pages/terms/earlier"

  private func with(_ body: (TownSite, String) async throws -> Void) async throws {
    try await Town.with(.sqlite) { town in
      let site = try await TownSite.open(town)
      // Whoever publishes new terms is asked to accept them too, which is not what is looked at here.
      try await town.database.write { _ = try $0.run("UPDATE people SET terms_version = 1000") }
      try await body(site, try await site.signIn(town.chloe))
    }
  }

  /// A page as it is now: an address nobody asked for, since anonymous pages are kept for a second.
  private func now(_ path: String, _ site: TownSite) async throws -> String {
    try await site.get("\(path)\(path.contains("?") ? "&" : "?")at=\(UInt64.random(in: 0...UInt64.max))").text
  }

  private func write(_ text: String, asksAgain: Bool, _ site: TownSite, _ chloe: String) async throws {
    let fields = [("source_fr", text), ("source_en", "Be kind.")] + (asksAgain ? [("new_version", "1")] : [])
    #expect(try await site.post(Self.form, fields, as: chloe).headers["location"] == "/fr/admin/legal")
  }

  @Test func `terms that were replaced stay readable, with the version they had and what changed`() async throws {
    try await with { site, chloe in
      #expect(try await !now("/fr/pages/terms", site).contains(Self.earlier))
      #expect(try await now(Self.earlier, site).contains("n’a pas changé"))
      try await write("Version {termsVersion}. Soyez aimables.", asksAgain: true, site, chloe)
      try await write("Version {termsVersion}. Soyez patients.", asksAgain: true, site, chloe)
      #expect(try await now("/fr/pages/terms", site).contains("href=\"\(Self.earlier)\""))
      let page = try await now(Self.earlier, site)
      // The template that came first, and the first own words: 2, with the number that they had.
      #expect(page.contains("<p>Version 2. Soyez aimables.</p>"))
      #expect(page.contains("<del>aimables</del>") && page.contains("<ins>patients</ins>"))
      #expect(page.contains("À quoi sert ce site"))
      let (latest, first) = (try #require(page.firstRange(of: "Soyez aimables")), try #require(page.firstRange(of: "À quoi sert ce site")))
      #expect(latest.lowerBound < first.lowerBound, "the latest first")
    }
  }

  @Test func `a change that nobody is asked to accept keeps the version, and the earlier words with it`() async throws {
    try await with { site, chloe in
      try await write("Version {termsVersion}. Soyez aimables.", asksAgain: true, site, chloe)
      try await write("Version {termsVersion}. Soyez aimable.", asksAgain: false, site, chloe)
      let page = try await now(Self.earlier, site)
      #expect(page.contains("<p>Version 2. Soyez aimables.</p>"))
      #expect(try await now("/fr/pages/terms", site).contains("<p>Version 2. Soyez aimable.</p>"))
      // Saved again as it is: nothing more to read.
      try await write("Version {termsVersion}. Soyez aimable.", asksAgain: false, site, chloe)
      #expect(try await now(Self.earlier, site).split(separator: "<details").count == page.split(separator: "<details").count)
    }
  }

  @Test func `of many earlier texts each is compared with the one that followed, on the next page too`() async throws {
    try await with { site, chloe in
      for number in 1...7 { try await write("Règle \(number).", asksAgain: true, site, chloe) }
      let (first, second) = (try await now(Self.earlier, site), try await now(Self.earlier + "?page=2", site))
      #expect(first.contains("<del>6</del>") && first.contains("<ins>7</ins>"))
      #expect(first.contains("<p>Règle 2.</p>") && !first.contains("<p>Règle 1.</p>"))
      #expect(
        second.contains("<p>Règle 1.</p>") && second.contains("<ins>2</ins>"), "the text after the first of the page stands on the page before")
    }
  }

  @Test func `another host is another legal notice: what it said before stays readable`() async throws {
    try await with { site, chloe in
      let settings = [
        ("name", "Ville d’Ormeval"), ("brand", "#1d4e89"), ("zone", "Europe/Paris"), ("contact", "contact@ormeval.example"),
        ("host", "Autre Hébergeur"),
        ("director", "La maire"), ("audit", "none"), ("first_language", "fr"), ("language_fr", "1"), ("language_en", "1"),
      ]
      #expect(try await site.post("/fr/admin/settings", settings, as: chloe).status == 303)
      #expect(try await now("/fr/pages/legal-notice", site).contains("Autre Hébergeur"))
      let earlier = try await now("/fr/pages/legal-notice/earlier", site)
      #expect(earlier.contains("<ins>") && earlier.contains("Hébergeur"))
      #expect(try await site.post("/fr/admin/settings", settings, as: chloe).status == 303)
      #expect(try await now("/fr/pages/legal-notice/earlier", site).split(separator: "<details").count == earlier.split(separator: "<details").count)
    }
  }
}
