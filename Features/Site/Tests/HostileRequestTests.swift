import CommonsDomain
import Database
import Foundation
import Testing

@testable import Interface

/// Requests that someone made to hurt, each from a review by an attacker.
struct HostileRequestTests {
  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return Double(start.duration(to: .now).components.attoseconds) / 1e18 + Double(start.duration(to: .now).components.seconds)
  }

  @Test func `a form of nothing but beginnings of its own boundary is refused in time linear in its length`() {
    let type = "multipart/form-data; boundary=" + String(repeating: "-", count: 70)
    func time(_ count: Int) -> Double {
      let body = [UInt8](Array(repeating: Array((String(repeating: "-", count: 71) + "x").utf8), count: count).joined())
      return Self.seconds { #expect(throws: FormData.Fault.self) { try FormData(body: body, type: type) } }
    }
    let (small, large) = (time(2_000), time(16_000))
    #expect(large < max(1, small * 24), "\(small) s, then \(large) s for eight times as much")
  }

  @Test func `a preamble before the first boundary is passed over, and a boundary inside a line is none`() throws {
    let type = "multipart/form-data; boundary=b"
    let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1 --b 2\r\n--b--\r\n"
    #expect(try FormData(body: Array(part.utf8), type: type).fields["a"] == "1 --b 2")
    #expect(try FormData(body: Array(("hello\r\n" + part).utf8), type: type).fields["a"] == "1 --b 2")
    #expect(throws: FormData.Fault.self) { try FormData(body: Array(("hello" + part.dropLast(7)).utf8), type: type) }
  }

  @Test(
    arguments: [
      ("2001:db8:1:2::9", "2001:db8:1:2::1"), ("2001:0db8:1:2:ffff::1", "2001:db8:1:2::1"), ("2001:db8::9:1", "2001:db8::1"),
      ("::ffff:203.0.113.7", "::ffff:cb00:7107"),
    ])
  func `addresses of one network are one client, however they are written`(_ one: String, _ other: String) {
    #expect(ClientAddress.network(one) == ClientAddress.network(other))
  }

  @Test(
    arguments: [
      ("198.51.100.1, 203.0.113.7", "203.0.113.7"), ("203.0.113.7:4711", "203.0.113.7"), ("[2001:db8::1]:80", "2001:db8::1"),
      ("198.51.100.1, bogus!", "127.0.0.1"), ("203.0.113.9%eth0", "127.0.0.1"), ("203.0.113.7, 127.0.0.1", "203.0.113.7"), ("", "127.0.0.1"),
    ])
  func `behind a trusted proxy the last address that it vouches for counts`(_ forwarded: String, _ client: String) {
    #expect(ClientAddress.of(peer: "127.0.0.1", forwarded: [forwarded], trusted: ["127.0.0.1"]) == client)
    #expect(ClientAddress.of(peer: "192.0.2.1", forwarded: [forwarded], trusted: ["127.0.0.1"]) == "192.0.2.1")
  }

  @Test(arguments: DatabaseKind.allCases) func `a form sent twice publishes once, and nothing is done through another process' path`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind, clock: SystemClock()) { town in
      let site = try await TownSite.open(town)
      let amina = try await site.signIn(town.amina)
      let form = "/fr/processes/place/f/\(town.ideas)/proposals/new"
      let fields = [("_step", "review"), ("title", "Une fontaine"), ("body", "Il fait chaud.")]
      let places = try await [site.post(form, fields, as: amina), site.post(form, fields, as: amina)].map { $0.headers["location"] }
      #expect(places[0] != nil && places[0] == places[1])
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM resources WHERE kind = 'proposal'") } == 1)

      let idea = try await town.propose("Un banc", by: town.bernard)
      // The same words elsewhere are another contribution.
      let replies = try await [town.argue("Un", about: idea, by: town.chloe), town.argue("Deux", about: idea, by: town.chloe)]
      for argument in replies { _ = try await town.argue("D’accord.", about: idea, replyTo: argument, by: town.bernard) }
      await #expect(throws: AlreadyPublished.self) { _ = try await town.argue("D’accord.", about: idea, replyTo: replies[0], by: town.bernard) }

      let elsewhere = try await site.post("/fr/processes/ailleurs/f/\(town.ideas)/proposals/\(idea)/vote", [("choice", "support")], as: amina)
      let here = try await site.post("/fr/processes/place/f/\(town.ideas)/proposals/\(idea)/vote", [("choice", "support")], as: amina)
      #expect(elsewhere.status == 404 && here.status == 303)
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM votes") } == 1)
    }
  }
}
