import CommonsDomain
import Database
import Foundation
import Interface
import Participation
import Passwords
import Testing
import Web

/// Whatever call to the database fails in the midst of an act, nothing of the act is there, and the next try does all of it.
///
/// One life of the town, told once, each act a line; what it leaves out, `everything was walked` tells.
struct EveryActTests {
  @Test(arguments: DatabaseKind.allCases) func `an act is done whole or not at all, whatever call fails`(_ kind: DatabaseKind) async throws {
    let trap = Trap()
    try await Town.with(kind, interruption: { _ in try trap.check() }) { town in
      let life = try await TownLife(town, trap)
      let people = LifeOfPeople(life: life)
      try await people.enter()
      try await people.keepAccounts()
      try await LifeOfDesk(life: life).prepare()
      let contributions = try await LifeOfContributions(life: life)
      try await contributions.speak()
      try await contributions.count()
      try await contributions.judge()
      try await contributions.revise()
      try await life.workAtNight()
      try await people.leave(try await people.change())
      try await everythingWasWalked(life)
      life.calls.close()
    }
  }

  /// A form without a line above, or an event that never happened, fails here.
  private func everythingWasWalked(_ life: TownLife) async throws {
    let forms = Set(life.site.routes.filter { $0.method == .post }.map(\.pattern))
    for missing in forms.subtracting(life.calls.routes).sorted() { Issue.record("no line walks the form \(missing)") }
    let happened = try await life.town.database.read { db in Set(try db.all("SELECT DISTINCT kind FROM events") { $0.text(0) }) }
    for missing in try Self.kindsOfEvents().subtracting(happened).sorted() { Issue.record("no line causes the event \(missing)") }
    #expect(life.calls.count > 500, "every act has several calls that can fail")
  }

  /// The names of all kinds of events, read from the sources that declare them.
  private static func kindsOfEvents() throws -> Set<String> {
    let features = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    var kinds: Set<String> = []
    let files = FileManager.default.enumerator(at: features, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift", file.pathComponents.contains("Domain") else { continue }
      for part in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "EventKind(\"").dropFirst() {
        kinds.insert(String(part.prefix { $0 != "\"" }))
      }
    }
    #expect(kinds.count > 15)
    return kinds
  }
}

/// What the chapters share: the town, who is signed in, the walker.
struct TownLife: Sendable {
  let town: Town
  let site: TownSite
  let calls: FailingCalls
  let amina: String
  let bernard: String
  let chloe: String

  init(_ town: Town, _ trap: Trap) async throws {
    self.town = town
    site = try await TownSite.open(town)
    calls = try FailingCalls(site, trap)
    amina = try await site.signIn(town.amina)
    bernard = try await site.signIn(town.bernard)
    chloe = try await site.signIn(town.chloe)
  }

  /// The newest letter that waits to be sent.
  func letter() async throws -> Notice {
    let payload = try await town.database.read { db in
      try db.first("SELECT payload FROM jobs WHERE kind = $1 ORDER BY id DESC LIMIT 1", Notice.job) { $0.text(0) }
    }
    return try JSONDecoder().decode(Notice.self, from: Data((payload ?? "").utf8)).opened(with: Town.organization.secret)
  }

  /// The number of the newest row that a question finds.
  func number(_ question: SQL) async throws -> Int64 {
    try #require(try await town.database.read { db in try db.first(question) { $0.int64(0) } })
  }

  func workAtNight() async throws {
    try await calls.work("the standings follow") { db in
      try StandingsFollower().handle(try db.events(after: 0, limit: 1_000), in: db)
    }
    try await calls.work("the mails follow") { db in try NoticeFollower().handle(try db.events(after: 0, limit: 1_000), in: db) }
    try await calls.work("lots are drawn") { db in try Standings.drawLots(in: db) }
    town.clock.set(Town.start.adding(days: 8))
    try await calls.work("the night's work") { db in
      try Attempts.sweep(in: db)
      try Drafts.sweep(in: db)
      try MailedCodes.sweep(in: db)
      try Sessions.sweep(in: db)
      _ = try db.forgetJobs(doneBefore: db.now.adding(days: -30))
      try db.compactIndex()
    }
    town.clock.set(Town.start.adding(days: 500))
    try await calls.work("what must not be kept is forgotten") { try Retention.apply(in: $0) }
    town.clock.set(Town.start)
  }
}

/// Coming in, one's own account, leaving.
struct LifeOfPeople {
  let life: TownLife
  private var calls: FailingCalls { life.calls }

  /// The cookie that an answer sets, as a browser sends it back.
  private func cookie(_ name: String, _ reply: TownSite.Reply) throws -> String {
    let header = try #require(reply.headers["set-cookie"])
    let start = try #require(header.range(of: "__Host-\(name)=")).lowerBound
    return String(header[start...].prefix { $0 != ";" })
  }

  private func token(_ reply: TownSite.Reply) throws -> String { String(try cookie("session", reply).dropFirst("__Host-session=".count)) }

  func enter() async throws {
    let asked = try await calls.form("/sign-in", [("email", "nora@example.org")])
    let page = try cookie("code", asked)
    let code = try #require(try await life.letter().values["code"])
    try await calls.form("/sign-in/code", [("code", code == "000000" ? "000001" : "000000")], answers: 422, cookie: page)
    let nora = try token(try await calls.form("/sign-in/code", [("code", code)], cookie: page))
    try await calls.form("/account/terms", [("name", "Nora"), ("accept", "1"), ("consent", "1")], as: nora)
    _ = try await life.site.post("/fr/sign-in", [("email", "nora@example.org")])
    let link = try #require(try await life.letter().path)
    try await calls.form(link, [])
    let password = "un tilleul sur la place"
    try await calls.form("/account/password", [("password", password)], as: nora)
    try await calls.form("/sign-in/password", [("email", "nora@example.org"), ("password", "un autre")], answers: 422)
    let second = try token(try await calls.form("/sign-in/password", [("email", "nora@example.org"), ("password", password)]))
    try await calls.form("/sign-out", [], as: second)
  }

  /// A draft typed before signing in comes along with each of the three ways in.
  func keepAccounts() async throws {
    let amina = life.amina
    let form = "/processes/place/f/\(life.town.ideas)/proposals/new"
    let kept = try await calls.form(form, [("title", "Un banc"), ("_later", "1")])
    let draft = try cookie("draft", kept)
    let asked = try await calls.form("/sign-in", [("email", "amina@example.org")], cookie: draft)
    let code = try #require(try await life.letter().values["code"])
    try await calls.form("/sign-in/code", [("code", code)], cookie: draft + "; " + (try cookie("code", asked)))
    try await calls.form(form, [("title", "Un banc vert"), ("_later", "1")], as: amina)
    try await calls.form("/account/drafts", [("draft", String(try await life.number("SELECT MAX(id) FROM drafts")))], as: amina)
    try await calls.form("/account", [("name", "Amina B."), ("language", "fr"), ("under15", "1")], as: amina)
    try await calls.form("/account/mails", [("topic", "follow")], as: amina)
    let stop = Unsubscriptions.token(.follow, life.town.amina, key: Town.organization.secret)
    try await calls.form("/unsubscribe/" + stop, [], answers: 200)
    try await calls.form("/account/mails", [("topic", "follow"), ("topic", "moderation"), ("topic", "wording")], as: amina)
    try await calls.form("/account/sessions", [("session", String(try await life.number("SELECT MAX(id) FROM sessions")))], as: amina)
    try await calls.form("/account/sessions", [], as: amina)
    try await calls.form("/account/second-factor", [("act", "begin")], as: amina, answers: 200)
    let secret = try await life.town.database.read { [amina = life.town.amina] db in try SecondFactor.secret(of: amina, in: db)?.secret ?? [] }
    let totp = TOTP(secret: secret)
    let right = totp.code(step: Town.start.milliseconds / 1000 / TOTP.period)
    try await calls.form("/account/second-factor", [("act", "check"), ("code", right == "000000" ? "000001" : "000000")], as: amina, answers: 422)
    // The first right code brings the recovery codes.
    try await calls.form("/account/second-factor", [("act", "check"), ("code", right)], as: amina, answers: 200)
    try await calls.form("/account/second-factor", [("act", "codes")], as: amina, answers: 200)
    try await calls.form("/account/second-factor", [("act", "remove")], as: amina)
  }

  /// Another address, by code and by link; a forgotten password, by code and by link; a suspension and its end.
  /// - Returns: the sessions that Amina and Bernard have then.
  func change() async throws -> (amina: String, bernard: String) {
    let (amina, bernard) = (life.amina, life.bernard)
    let asked = try await calls.form("/account/address", [("email", "amina.b@example.org")], as: amina)
    var page = "__Host-session=\(amina); " + (try cookie("address", asked))
    var code = try #require(try await life.letter().values["code"])
    try await calls.form("/account/address/code", [("code", code == "000000" ? "000001" : "000000")], answers: 422, cookie: page)
    try await calls.form("/account/address/code", [("code", code)], cookie: page)
    _ = try await life.site.post("/fr/account/address", [("email", "bernard.b@example.org")], as: bernard)
    try await calls.form(try #require(try await life.letter().path), [], as: bernard)
    let person = "/admin/people/\(life.town.bernard)"
    try await calls.form(person, [("act", "suspend"), ("reason", "Insultes répétées")], as: life.chloe)
    try await calls.form(person, [("act", "lift")], as: life.chloe)
    let password = [("password", "un platane devant la gare")]
    page = try cookie("reset", try await calls.form("/sign-in/forgotten", [("email", "amina.b@example.org")]))
    code = try #require(try await life.letter().values["code"])
    try await calls.form("/sign-in/reset", [("code", code == "000000" ? "000001" : "000000")] + password, answers: 422, cookie: page)
    let first = try token(try await calls.form("/sign-in/reset", [("code", code)] + password, cookie: page))
    _ = try await life.site.post("/fr/sign-in/forgotten", [("email", "bernard.b@example.org")])
    return (first, try token(try await calls.form(try #require(try await life.letter().path), password)))
  }

  func leave(_ sessions: (amina: String, bernard: String)) async throws {
    try await calls.form("/account/delete", [("contributions", "withdraw")], as: sessions.amina)
    try await calls.form("/account/delete", [("contributions", "keep")], as: sessions.bernard)
    // A second start of the same town, as after a set-up that was never finished.
    try await life.town.database.write { db in try db.run("UPDATE grants SET revoked_at = $1 WHERE revoked_at IS NULL", db.now) }
    let token = Secret.token()
    try await calls.work("a set-up link is made") { db in try SetupLinks.make(token, in: db) }
    try await calls.form("/setup/" + token, [("name", "Adèle"), ("email", "adele@example.org")])
  }
}
