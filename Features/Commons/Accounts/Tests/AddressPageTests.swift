import CommonsDomain
import Database
import Testing

/// Changing one's address through the pages: what must be fresh, what looks alike, what nobody else can press.
struct AddressPageTests {
  private func mails(_ town: Town) async throws -> [String] {
    try await town.database.read { db in try db.all("SELECT payload FROM jobs WHERE kind = 'mail' ORDER BY id") { $0.text(0) } }
  }

  @Test func `without a fresh proof it is asked for again, and nothing is sent`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let token = try await site.signIn(town.amina)
      try await town.database.write { db in try db.run("UPDATE sessions SET proved_at = $1", db.now.adding(minutes: -16)) }
      for reply in [
        try await site.get("/fr/account/address", as: token),
        try await site.post("/fr/account/address", [("email", "new@example.org")], as: token),
      ] {
        #expect(reply.status == 303 && reply.headers["location"]?.hasPrefix("/fr/sign-in?return=") ?? false)
      }
      #expect(try await mails(town).isEmpty)
    }
  }

  @Test func `a taken address looks like a free one, and only its owner is told`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let token = try await site.signIn(town.amina)
      var replies: [TownSite.Reply] = []
      for address in ["free@example.org", "bernard@example.org"] {
        replies.append(try await site.post("/fr/account/address", [("email", address)], as: token))
      }
      #expect(replies.allSatisfy { $0.status == 303 && $0.headers["location"] == "/fr/account/address/code" })
      #expect(Set(replies.map { $0.headers.keys.sorted() }).count == 1)
      #expect(Set(replies.map(\.text)).count == 1)
      let sent = try await mails(town)
      #expect(sent.count == 2 && sent[0].contains("\"change-address\"") && sent[1].contains("\"address-taken\""))
      #expect(sent[1].contains("\"person\":\(town.bernard)") && !sent[1].contains("link"))
      let own = try await site.post("/fr/account/address", [("email", "AMINA@example.org")], as: token)
      #expect(own.status == 422)
    }
  }

  @Test func `another person's link is not theirs to see, to press or to spend`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let (amina, secret) = (town.amina, Town.organization.secret)
      let site = try await TownSite.open(town)
      let (her, his) = (try await site.signIn(amina), try await site.signIn(town.bernard))
      try await town.database.write { db in
        try MailedCodes.send(
          .init(code: "123456", link: "link", page: "page"), .changeAddress, to: "new@example.org", key: "new@example.org", person: amina, draft: nil,
          language: .french, secret: secret, in: db)
      }
      let link = "/fr/account/address/link/link"
      #expect(try await site.get(link).status == 303)
      #expect(try await site.get(link, as: his).status == 410)
      #expect(try await site.post(link, [], as: his).status == 410)
      let page = try await site.get(link, as: her)
      #expect(page.status == 200 && page.text.contains("new@example.org"))
      #expect(try await site.post(link, [], as: her).status == 303)
      #expect(try await town.database.read { try People.find(email: "new@example.org", in: $0)?.id == amina })
      let sent = try await mails(town)
      #expect(sent.count == 1 && sent[0].contains("\"address-changed\"") && sent[0].contains("amina@example.org") && !sent[0].contains("\"person\""))
      #expect(try await site.get(link, as: her).status == 410)
    }
  }
}
