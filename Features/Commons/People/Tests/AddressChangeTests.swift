import Database
import Testing

@testable import CommonsDomain

/// An account moves to an address that its owner proved, and to no other.
struct AddressChangeTests {
  private static let secret = [UInt8](repeating: 7, count: 32)

  private func send(_ code: String, to key: String, for person: PersonID, _ town: Town) async throws {
    try await town.database.write { db in
      try MailedCodes.send(
        .init(code: code, link: "link \(code)", page: "page \(code)"), .changeAddress, to: key, key: key, person: person, draft: nil,
        language: .french, secret: Self.secret, in: db)
    }
  }

  /// Presses the link of a code as someone; the old address when the account moved.
  private func press(_ code: String, as person: PersonID, keeping session: Int64 = 0, _ town: Town) async throws -> String? {
    try await town.database.write { db in
      guard let proof = try MailedCodes.spend(link: "link \(code)", for: .changeAddress, in: db) else { return nil }
      return try AddressChange.move(person, to: proof, keeping: session, in: db)
    }
  }

  private func owner(of key: String, _ town: Town) async throws -> PersonID? {
    try await town.database.read { try People.find(email: key, in: $0)?.id }
  }

  @Test(arguments: DatabaseKind.allCases) func `moving ends the other sessions and what was sent to the old address`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let amina = town.amina
      let session = try await town.database.write { db in
        for token in ["here", "there"] { try Sessions.start(token, for: amina, device: "Firefox", in: db) }
        try MailedCodes.send(
          .init(code: "111111", link: "old", page: "old"), .signIn, to: "amina@example.org", key: "amina@example.org", person: nil, draft: nil,
          language: .french, secret: Self.secret, in: db)
        return try Sessions.find("here", excusedFromSecondFactor: false, terms: 1, in: db)?.session ?? 0
      }
      try await send("123456", to: "new@example.org", for: amina, town)
      #expect(try await owner(of: "new@example.org", town) == nil, "asking moves nothing")
      #expect(try await press("123456", as: amina, keeping: session, town) == "amina@example.org")
      #expect(try await owner(of: "new@example.org", town) == amina)
      #expect(try await owner(of: "amina@example.org", town) == nil)
      let open = try await town.database.read { db in
        try ["here", "there"].map { try Sessions.find($0, excusedFromSecondFactor: false, terms: 1, in: db) != nil }
      }
      #expect(open == [true, false])
      #expect(try await town.database.read { try MailedCodes.open(link: "old", for: .signIn, in: $0) == nil })
      #expect(try await press("123456", as: amina, town) == nil, "a link serves once")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `another's proof, a code of another purpose and an address taken meanwhile move nothing`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (amina, bernard) = (town.amina, town.bernard)
      try await send("123456", to: "new@example.org", for: amina, town)
      #expect(try await press("123456", as: bernard, town) == nil)
      try await send("222222", to: "chloe@example.org", for: amina, town)
      #expect(try await press("222222", as: amina, town) == nil)
      try await town.database.write { db in
        let proof = MailedCodes.ProvedAddress(
          purpose: .signIn, email: "new@example.org", emailKey: "new@example.org", person: amina, draft: nil, language: .french)
        let moved = try AddressChange.move(amina, to: proof, keeping: 0, in: db)
        #expect(moved == nil)
      }
      #expect(try await owner(of: "amina@example.org", town) == amina)
      #expect(try await owner(of: "chloe@example.org", town) == town.chloe)
      #expect(try await owner(of: "new@example.org", town) == nil)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a newer request of the same person ends the older, a stranger's for the same address does not`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (amina, bernard) = (town.amina, town.bernard)
      try await send("111111", to: "mistyped@example.org", for: amina, town)
      try await send("222222", to: "new@example.org", for: amina, town)
      try await send("333333", to: "new@example.org", for: bernard, town)
      #expect(try await press("111111", as: amina, town) == nil)
      #expect(try await press("222222", as: amina, town) == "amina@example.org")
      #expect(try await press("333333", as: bernard, town) == nil, "it is taken now")
      #expect(try await owner(of: "new@example.org", town) == amina)
    }
  }
}
