import CommonsDomain
import Database
import Interface
import Participation
import Testing

/// What every page holds to, whatever is stored and whoever asks.
struct PageTests {
  /// Breaks out of text, of both kinds of quotes, of a template and of an address, and hides behind combining marks and directions.
  private static let hostile =
    "\"'><svg/onload=1>{{7*7}} javascript:alert(1) \"\u{301} '\u{301} <\u{338}b onclick=1> \u{202E}\u{2028} [a](javascript:x) <scr<script>ipt>"

  private func render(_ words: String) async throws -> (names: Set<String>, faults: [String], raw: [String]) {
    var (names, faults, raw): (Set<String>, [String], [String]) = ([], [], [])
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let full = try await FullTown(town, saying: words)
      let site = try await TownSite.open(town)
      try await town.database.write { db in
        for role in Role.allCases where role != .administrator { try Grants.grantAsOperator(Grant(role), to: town.chloe, in: db) }
      }
      let everyone = [nil, try await site.signIn(town.chloe), try await site.signIn(town.amina)]
      let search = Percent.encode("girouette " + words)
      let addresses =
        site.addresses(full.filled)
        + ["fr", "en"].flatMap { language in
          (full.pages + ["/search?q=" + search, "/sign-in?return=" + search, "/processes/place/f/\(town.ideas)?q=" + search]).map {
            "/\(language)\($0)"
          }
        }
      for address in addresses {
        for token in everyone {
          let reply = try await site.get(address, as: token)
          if reply.status >= 500 { faults.append("\(address): \(reply.status)") }
          guard reply.headers["content-type"]?.hasPrefix("text/html") ?? false else { continue }
          let markup = Markup(reply.text)
          names.formUnion(markup.names)
          faults += markup.faults.map { "\(address): \($0)" }
          if reply.text.contains("<svg/onload") || reply.text.contains("<script>") { raw.append(address) }
        }
      }
    }
    return (names, faults, raw)
  }

  @Test func `one hostile string in every stored string makes no new element, attribute or script on any page`() async throws {
    let calm = try await render("girouette")
    let hostile = try await render("girouette " + Self.hostile)
    #expect(calm.names.count > 50, "the pages were read at all")
    #expect(calm.faults == [])
    #expect(hostile.faults == [])
    #expect(hostile.raw == [])
    let marked: Set<String> = ["strong", "a", "a href", "a rel", "ul", "ol", "li", "em", "p", "br"]
    #expect(hostile.names.subtracting(calm.names).subtracting(marked) == [])
  }

  @Test func `what is hidden, withdrawn or not public is behind no door`() async throws {
    for state in ["hidden", "withdrawn", "draft space", "component not public"] {
      try await Town.with(.sqlite, clock: SystemClock()) { town in
        let full = try await FullTown(town, saying: "girouette")
        let site = try await TownSite.open(town)
        // The words of the town itself are not those looked for.
        let calm = Town.words("ville").stored
        try await town.database.write { db in
          try db.run("UPDATE people SET display_name = 'Nom'")
          try db.run("UPDATE organization SET tagline = $1, description = $1, contact = 'c', publisher = 'p', name = 'n'", calm)
          try db.run("UPDATE organization SET publication_director = 'd', hosting_provider = 'h'")
          // Legal pages are for everyone, those of before too.
          try db.run("DELETE FROM legal_pages")
          try db.run("DELETE FROM legal_editions")
          if state == "component not public" { try db.run("UPDATE components SET published_at = NULL") }
          if state == "draft space" {
            try db.run("UPDATE spaces SET published_at = NULL")
          } else {
            try db.run(
              "UPDATE spaces SET title = $1, question = $1, summary = $1, description = $1, scope = $1, source_note = $1, image_words = $1", calm)
            try db.run("UPDATE phases SET name = $1, description = $1", calm)
            if state != "component not public" { try db.run("UPDATE components SET title = $1, introduction = $1", calm) }
            try db.run("UPDATE sections SET title = $1", calm)
            try db.run("UPDATE themes SET name = $1", calm)
            for statement in ["DELETE FROM partners", "DELETE FROM documents", "DELETE FROM news", "DELETE FROM commitments"] as [SQL] {
              try db.run(statement)
            }
            try db.run("DELETE FROM guarantor_reports")
          }
        }
        if state == "hidden" { for resource in [full.idea, full.assisted, full.article] { try await town.hide(resource) } }
        if state == "withdrawn" {
          for resource in [full.idea, full.article] { try await town.withdraw(resource, by: town.amina) }
        }
        try await town.database.write { db in
          if state == "hidden" || state == "withdrawn" {
            // The authority's article stands: its words are others.
            try db.run(
              "UPDATE revisions SET title = 'ville', plain = 'ville', html = 'ville', source = 'ville' WHERE resource_id = $1", full.official)
            try db.run("UPDATE authors SET name = 'Ville' WHERE official = 1")
            try db.run("UPDATE articles SET explanation = '', explanation_source = '', plain_words = '', plain_words_source = ''")
            for statement in ["DELETE FROM law_changes", "DELETE FROM translations"] as [SQL] { try db.run(statement) }
            try Standings.conceal(full.official, in: db)
            if state == "withdrawn" {
              let (act, desk) = (Withdraw(try Resources.resource(full.assisted, in: db)), Town.holder(.agent, town.chloe))
              try Resources.withdraw(permit: Permit(act, for: desk, in: db), in: db)
            }
          }
        }
        try await town.catchUp()
        let everyone = [nil, try await site.signIn(town.bernard)]
        let searches = ["/search?q=girouette", "/processes/place/f/\(town.ideas)?q=girouette", "/processes/place/f/\(town.texts)?q=girouette"]
        let addresses = site.addresses(full.filled) + ["fr", "en"].flatMap { l in (full.pages + searches).map { "/\(l)\($0)" } }
        for address in addresses {
          for token in everyone {
            let reply = try await site.get(address, as: token)
            // What the asker typed is said back to them.
            let text =
              address.contains("q=girouette")
              ? reply.text.replacingOccurrences(of: "value=\"girouette\"", with: "").replacingOccurrences(of: "q=girouette", with: "")
              : reply.text
            let said = text.components(separatedBy: "girouette").count - 1
            let own = address.contains("/search?") ? said > 2 : address.contains("q=girouette") ? said > 0 && text.contains("<mark") : said > 0
            if own { Issue.record("\(state): \(address) as \(token == nil ? "visitor" : "participant") (\(reply.status)) tells it") }
            #expect(reply.status < 500, "\(address)")
          }
        }
      }
    }
  }

  @Test func `no key of an address breaks a page`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let full = try await FullTown(town, saying: "girouette")
      let site = try await TownSite.open(town)
      let values = [
        "-1", "0", "1000000000000000000", "99999999999999999999", "\u{663}", "x", "'", "\"><b>", "nan", "1e400", "%00", "", "-9223372036854775808",
      ]
      let keys = ["page", "order", "seed", "theme", "author", "q", "space", "side", "locale", "return", "replies", "version", "from", "to", "kind"]
      let (ideas, texts) = ("/processes/place/f/\(town.ideas)", "/processes/place/f/\(town.texts)")
      let bases = [
        ideas, texts, "\(ideas)/proposals/\(full.idea)", "\(ideas)/proposals/\(full.idea)/sources", "\(ideas)/proposals/\(full.idea)/history",
        "\(texts)/articles/\(full.article)", "\(texts)/articles/\(full.article)/wordings/\(full.wording)", "/", "/processes", "/processes/place",
        "/search", "/sign-in",
      ]
      for base in bases {
        for key in keys {
          for value in values {
            let typed = value == "%00" ? value : Percent.encode(value)
            let reply = try await site.get("/fr\(base)?\(key)=\(typed)")
            if reply.status >= 500 { Issue.record("\(base)?\(key)=\(typed): \(reply.status)") }
          }
        }
      }
      for value in values + ["1.5", "+1", "1/2", ".."] {
        for page in ["/processes/\(Percent.encode(value))", "/processes/place/f/\(Percent.encode(value))", "/go/\(Percent.encode(value))"] {
          let status = try await site.get("/fr" + page).status
          #expect([302, 303, 400, 404, 200].contains(status), "\(page): \(status)")
          if page.hasPrefix("/go") || page.contains("/f/") { #expect(status != 200, "\(page)") }
        }
      }
    }
  }

  @Test func `an address under another parent, of another kind or another activity is not found`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let full = try await FullTown(town, saying: "girouette")
      let site = try await TownSite.open(town)
      let (ideas, texts) = ("/fr/processes/place/f/\(town.ideas)", "/fr/processes/place/f/\(town.texts)")
      let wrong = [
        "\(texts)/proposals/\(full.idea)", "\(ideas)/articles/\(full.article)", "\(ideas)/proposals/\(full.article)",
        "\(texts)/articles/\(full.idea)",
        "\(texts)/articles/\(full.official)/wordings/\(full.wording)", "\(texts)/articles/\(full.article)/wordings/\(full.article)",
        "\(ideas)/proposals/\(full.argument)", "\(ideas)/proposals/999999", "\(texts)/articles/\(full.official)/wordings/\(full.wording)/history",
        "\(texts)/proposals/\(full.idea)/history", "\(texts)/articles/\(full.official)/wordings/\(full.wording)/sources", "/fr/processes/places",
        "/fr/PROCESSES/place", "/fr/processes/place/f/\(town.ideas)/proposals/\(full.idea)/slip",
      ]
      for address in wrong {
        let status = try await site.get(address).status
        #expect(status == 404, "\(address): \(status)")
      }
    }
  }
}
