import CommonsDomain
import Database
import Foundation
import Localization
import Passwords
import Testing

/// How long an answer takes tells nobody which addresses have accounts (case 116).
///
/// Known and unknown addresses in turn, each once; the medians differ by less than 2 ms and 5 % (15 % without ISEGORIA_TEST_LONG, where the pairs are
/// fewer), measured once more before it counts as a fault.
struct EnumerationTimeTests {
  private static let isLong = ProcessInfo.processInfo.environment["ISEGORIA_TEST_LONG"] != nil

  private func median(_ times: [Duration]) -> Double { times.sorted()[times.count / 2] / .milliseconds(1) }

  /// The medians in milliseconds, of known and of unknown addresses.
  private func measure(
    _ pairs: Int, forgetting: () async throws -> Void, _ ask: (_ isKnown: Bool, _ number: Int) async throws -> Void
  ) async throws -> (Double, Double) {
    var (known, unknown): ([Duration], [Duration]) = ([], [])
    for number in 0..<pairs {
      try await forgetting()
      // Neither always comes first.
      for isKnown in number.isMultiple(of: 2) ? [true, false] : [false, true] {
        let time = try await ContinuousClock().measure { try await ask(isKnown, number) }
        if isKnown { known.append(time) } else { unknown.append(time) }
      }
    }
    return (median(known), median(unknown))
  }

  private func compare(
    _ pairs: Int, _ what: String, forgetting: () async throws -> Void = {}, _ ask: (_ isKnown: Bool, _ number: Int) async throws -> Void
  ) async throws {
    var told: [String] = []
    for round in 0..<2 {
      let (known, unknown) = try await measure(pairs, forgetting: forgetting) { try await ask($0, $1 + round * pairs) }
      let difference = abs(known - unknown)
      if difference < 2, difference < max(known, unknown) * (Self.isLong ? 0.05 : 0.15) { return }
      told.append("known \(known) ms, unknown \(unknown) ms")
    }
    Issue.record("\(what): \(told.joined(separator: "; then "))")
  }

  @Test(arguments: ["/fr/sign-in", "/fr/sign-in/forgotten"])
  func `a code is asked for as fast by strangers as by members, suspended ones too`(_ path: String) async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let pairs = Self.isLong ? 200 : 60
      try await town.database.write { db in
        for number in 0..<2 * pairs {
          let email = "member-\(number)@example.org"
          let person = try People.join(email: email, key: email, name: "Membre", language: .french, termsVersion: 1, in: db)
          if number.isMultiple(of: 3) { try db.run("UPDATE people SET suspended_at = $1 WHERE id = $2", db.now, person) }
        }
      }
      let site = try await TownSite.open(town)
      // What the first requests do once is not measured.
      for number in 0..<20 { _ = try await site.post(path, [("email", "warm-\(number)@example.org")]) }
      try await compare(pairs, path) { isKnown, number in
        let answer = try await site.post(path, [("email", "\(isKnown ? "member" : "nobody")-\(number)@example.org")])
        #expect(answer.status == 303)
      }
    }
  }

  @Test func `a wrong password takes as long where there is no account`() async throws {
    try await Town.with(.sqlite, clock: SystemClock()) { town in
      let pairs = Self.isLong ? 200 : 25
      var random = SystemRandomNumberGenerator()
      let hash = try await PasswordHash.hash("un tilleul sur la place", using: &random).encoded
      try await town.database.write { db in
        for number in 0..<2 * pairs {
          let email = "member-\(number)@example.org"
          let person = try People.join(email: email, key: email, name: "Membre", language: .french, termsVersion: 1, in: db)
          try db.run("UPDATE people SET password = $1 WHERE id = $2", hash, person)
        }
      }
      let site = try await TownSite.open(town)
      // The limits of wrong passwords are counted elsewhere.
      try await compare(pairs, "/fr/sign-in/password", forgetting: { try await town.database.write { db in _ = try db.run("DELETE FROM attempts") } })
      {
        isKnown, number in
        let fields = [("email", "\(isKnown ? "member" : "nobody")-\(number)@example.org"), ("password", "un autre")]
        let answer = try await site.post("/fr/sign-in/password", fields)
        #expect(answer.status == 422)
      }
    }
  }
}
