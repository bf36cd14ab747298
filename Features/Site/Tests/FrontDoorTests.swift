import CommonsDomain
import Database
import Foundation
import Interface
import Testing

/// What holds for every request, whatever the page.
struct FrontDoorTests {
  private static let policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

  struct Broken: Error {}

  @Test func `every answer carries the same protection: 200, 303, 404, 403, 500`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let site = try await TownSite.open(town, extra: [.get("/broken") { _ in throw Broken() }])
      let foreign = ["Sec-Fetch-Site": "cross-site"]
      let replies = [
        (200, try await site.get("/fr/")), (200, try await site.get("/robots.txt")), (302, try await site.get("/processes")),
        (303, try await site.post("/fr/sign-out", [])), (404, try await site.get("/fr/nothing")),
        (403, try await site.post("/fr/sign-out", [], headers: foreign)), (500, try await site.get("/fr/broken")),
        (422, try await site.post("/fr/sign-in", [("email", "x")])),
      ]
      for (status, reply) in replies {
        #expect(reply.status == status)
        #expect(reply.headers["content-security-policy"] == Self.policy, "\(status)")
        #expect(reply.headers["x-content-type-options"] == "nosniff", "\(status)")
        #expect(reply.headers["x-frame-options"] == "DENY", "\(status)")
        #expect(reply.headers["referrer-policy"] == "same-origin", "\(status)")
        #expect(reply.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains", "\(status)")
        #expect(reply.headers["cross-origin-opener-policy"] == "same-origin", "\(status)")
        #expect(reply.headers["server"] == nil, "\(status)")
        for word in ["Broken", "Swift", "FrontDoor", ".swift"] { #expect(!reply.text.contains(word), "\(status) tells \(word)") }
      }
    }
  }

  @Test func `every cookie is for this host alone, secure and out of scripts' reach`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let replies = [
        try await site.post("/fr/sign-in", [("email", "amina@example.org"), ("return", "/processes")]), try await site.post("/fr/sign-out", []),
      ]
      for reply in replies {
        let cookies = (reply.headers["set-cookie"] ?? "").components(separatedBy: "__Host-").dropFirst()
        #expect(!cookies.isEmpty)
        #expect((reply.headers["set-cookie"] ?? "").hasPrefix("__Host-"))
        for cookie in cookies { for flag in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] { #expect(cookie.contains(flag), "\(cookie)") } }
      }
    }
  }

  @Test(
    arguments: [
      ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"], ["Origin": "https://evil.example"],
      ["Origin": "null"], ["Origin": "https://ormeval.example.evil.example"], ["Origin": "http://ormeval.example"], [:],
    ])
  func `a form sent from elsewhere is refused and writes nothing`(_ headers: [String: String]) async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let site = try await TownSite.open(town)
      let token = try await site.signIn(town.amina)
      let address = "/fr/processes/place/f/\(town.ideas)/proposals/\(idea)/vote"
      let refused = try await site.post(address, [("choice", "support"), ("edition", "1")], as: token, headers: headers)
      #expect(refused.status == 403)
      #expect(try await town.tally(idea).total == 0)
      let taken = try await site.post(address, [("choice", "support"), ("edition", "1")], as: token)
      #expect(taken.status == 303)
      #expect(try await town.tally(idea).total == 1)
    }
  }

  @Test func `reading changes nothing`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let full = try await FullTown(town, saying: "girouette")
      let site = try await TownSite.open(town)
      let token = try await site.signIn(town.chloe)
      let before = try await town.everything()
      for address in site.addresses(full.filled) + full.pages.map({ "/fr" + $0 }) { _ = try await site.get(address, as: token) }
      #expect(try await town.everything() == before)
    }
  }

  @Test func `a password alone opens nothing of an account that has a second factor`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      try await town.database.write { db in
        try db.run("UPDATE people SET totp_secret = $1, totp_confirmed_at = $2", [UInt8](repeating: 1, count: 20), db.now)
      }
      let token = try await site.signIn(town.amina, secondFactor: false)
      for page in ["/account", "/account/data", "/account/drafts", "/account/delete", "/account/terms"] {
        let reply = try await site.get("/fr" + page, as: token)
        #expect(reply.status == 303 && reply.headers["location"] == "/fr/account/second-factor", "\(page): \(reply.status)")
      }
      _ = try await site.post("/fr/account/password", [("password", "a very long one indeed")], as: token)
      _ = try await site.post("/fr/account/delete", [("contributions", "keep")], as: token)
      _ = try await site.post("/fr/account/second-factor", [("act", "remove")], as: token)
      let kept = try await town.database.read { [amina = town.amina] db in
        try db.count("SELECT COUNT(*) FROM people WHERE id = $1 AND password IS NULL AND deleted_at IS NULL AND totp_secret IS NOT NULL", amina)
      }
      #expect(kept == 1)
      #expect(try await site.get("/fr/account/second-factor", as: token).status == 200)
    }
  }

  @Test func `what was typed before signing in comes along, and a visitor's form is not published`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let form = "/processes/place/f/\(town.ideas)/proposals/new"
      let reply = try await site.post(
        "/fr" + form, [("title", "Un banc à l’ombre"), ("body", "Sous le tilleul."), ("place", ""), ("_step", "review"), ("_seen", "1")])
      #expect(reply.status == 303)
      #expect(reply.headers["location"]?.hasPrefix("/fr/sign-in?return=") ?? false)
      #expect(reply.headers["set-cookie"]?.contains("__Host-draft=") ?? false)
      let drafts = try await town.database.read { db in try db.all("SELECT path, title FROM drafts") { $0.text(0) + " " + $0.text(1) } }
      #expect(drafts == [form + " Un banc à l’ombre"])
      #expect(try await town.find("tilleul").isEmpty)
    }
  }
}
