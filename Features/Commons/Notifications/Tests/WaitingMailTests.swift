import CommonsDomain
import Database
import Foundation
import Testing

/// Codes and links lie nowhere as they are mailed, while the mail waits and afterwards.
struct WaitingMailTests {
  private static let secret = Town.organization.secret

  private func notices(_ town: Town) async throws -> [Notice] {
    let payloads = try await town.database.read { db in try db.all("SELECT payload FROM jobs WHERE kind = 'mail' ORDER BY id") { $0.text(0) } }
    return try payloads.map { try JSONDecoder().decode(Notice.self, from: Data($0.utf8)) }
  }

  /// Numbers by themselves: six digits may well be part of some instant.
  private func numbers(in text: String) -> Set<String> {
    Set(text.utf8.split { !(48...57 ~= $0) }.map { String(decoding: $0, as: UTF8.self) })
  }

  @Test(arguments: DatabaseKind.allCases) func `no table holds a code, a link or the page's token in clear after one was asked for`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let session = try await site.signIn(town.amina)
      let replies = [
        try await site.post("/fr/sign-in", [("email", "bernard@example.org")]),
        try await site.post("/fr/sign-in", [("email", "newcomer@example.org")]),
        try await site.post("/fr/sign-in/forgotten", [("email", "bernard@example.org")]),
        try await site.post("/fr/account/address", [("email", "new@example.org")], as: session),
      ]
      #expect(replies.allSatisfy { $0.status == 303 })
      let waiting = try await notices(town)
      #expect(waiting.map(\.name) == ["sign-in", "sign-in", "reset", "change-address"])
      let everything = try await town.everything()
      #expect(everything.contains("change-address") && everything.contains("bernard@example.org"), "the search itself finds what is there")
      for (notice, reply) in zip(waiting, replies) {
        #expect(notice.values["code"] == nil && notice.path == nil)
        let opened = try notice.opened(with: Self.secret)
        let code = try #require(opened.values["code"])
        let link = try #require(opened.path?.split(separator: "/").last.map(String.init))
        let page = try #require(reply.headers["set-cookie"]?.split(separator: ";").first?.split(separator: "=").last.map(String.init))
        #expect(code.utf8.count == 6 && link.utf8.count == 43 && page.utf8.count == 43)
        #expect(!numbers(in: everything).contains(code), "\(notice.name): the code")
        for token in [link, page] { #expect(!everything.contains(token.prefix(12)), "\(notice.name): a token") }
      }
      #expect(!everything.contains(session))
      let code = try #require(try waiting.first?.opened(with: Self.secret).values["code"])
      _ = try await town.database.write { try Drafts.save(path: "/x", title: "", fields: "{\"code\":\"\(code)\"}", token: "d", for: nil, in: $0) }
      #expect(numbers(in: try await town.everything()).contains(code), "a code in clear would be found")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what is in a waiting mail opens the account, and under another secret nothing`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let reply = try await site.post("/fr/sign-in/forgotten", [("email", "bernard@example.org")])
      let page = try #require(reply.headers["set-cookie"]?.split(separator: ";").first?.split(separator: "=").last.map(String.init))
      let notice = try #require(try await notices(town).first)
      #expect(throws: SealedText.Unreadable.self) { try notice.opened(with: [UInt8](repeating: 8, count: 32)) }
      let code = try #require(try notice.opened(with: Self.secret).values["code"])
      let proof = try await town.database.write { db in
        try MailedCodes.spend(code: code, page: page, for: .reset, secret: Self.secret, in: db)
      }
      #expect(proof?.person == town.bernard)
    }
  }
}
