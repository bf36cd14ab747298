import Database
import Testing

@testable import CommonsDomain

/// Recovery codes: each opens once, for its owner, and only in the place of a second factor that is there.
struct RecoveryCodeTests {
  private static let secret = [UInt8](repeating: 7, count: 32)

  /// Amina with a second factor, ten codes and a session that owes it.
  private func prepare(_ town: Town, confirmed: Bool = true) async throws -> (codes: [String], session: Int64) {
    let codes = RecoveryCodes.draw()
    let session = try await town.database.write { [amina = town.amina] db in
      try SecondFactor.begin([UInt8](repeating: 1, count: 20), for: amina, in: db)
      if confirmed { _ = try db.run("UPDATE people SET totp_confirmed_at = $1 WHERE id = $2", db.now, amina) }
      try RecoveryCodes.replace(with: codes, of: amina, secret: Self.secret, in: db)
      try Sessions.start("token", for: amina, device: "Firefox", in: db)
      return try Sessions.find("token", excusedFromSecondFactor: false, terms: 1, in: db)?.session ?? 0
    }
    return (codes, session)
  }

  private func spend(_ code: String, _ person: PersonID, _ session: Int64, _ town: Town) async throws -> Bool {
    try await town.database.write { try RecoveryCodes.spend(code, of: person, session: session, secret: Self.secret, in: $0) }
  }

  @Test func `a code is read however it is typed, and nothing else is one`() {
    for typed in ["ACDE-FGHJ-3467", "acdefghj3467", " acde fghj 3467 ", "ACDE–FGHJ–3467", "ＡＣＤＥ－ＦＧＨＪ－３４６７"] {
      #expect(RecoveryCodes.folded(typed) == "ACDEFGHJ3467", "\(typed)")
    }
    for typed in ["", "ACDE-FGHJ-346", "ACDE-FGHJ-34677", "ACDE-FGHJ-346O", "ACDE-FGHJ-3467\u{301}", "'; --", String(repeating: "A", count: 200)] {
      #expect(RecoveryCodes.folded(typed) == nil, "\(typed)")
    }
    let drawn = (0..<100).flatMap { _ in RecoveryCodes.draw() }
    #expect(Set(drawn.compactMap(RecoveryCodes.folded)).count == 1_000)
  }

  @Test(arguments: DatabaseKind.allCases) func `a code opens its owner's session once`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let (codes, session) = try await prepare(town)
      func owes() async throws -> Bool? {
        try await town.database.read { try Sessions.find("token", excusedFromSecondFactor: false, terms: 1, in: $0)?.owesSecondFactor }
      }
      #expect(try await owes() == true)
      #expect(try await !spend(codes[0], town.bernard, session, town), "another's code")
      #expect(try await !spend("ACDE-FGHJ-3467", town.amina, session, town))
      #expect(try await owes() == true)
      #expect(try await spend(codes[0], town.amina, session, town))
      #expect(try await owes() == false)
      #expect(try await !spend(codes[0], town.amina, session, town))
      let left = try await town.database.read { [amina = town.amina] in try RecoveryCodes.left(of: amina, in: $0) }
      #expect(left == 9)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a code pressed twice at once opens once`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let (codes, session) = try await prepare(town)
      let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<12 { group.addTask { try await spend(codes[5], town.amina, session, town) } }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(opened == 1)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `new codes end the old, and without a second factor none opens anything`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let (codes, session) = try await prepare(town)
      let fresh = RecoveryCodes.draw()
      try await town.database.write { [amina = town.amina] in try RecoveryCodes.replace(with: fresh, of: amina, secret: Self.secret, in: $0) }
      #expect(try await !spend(codes[0], town.amina, session, town))
      #expect(try await spend(fresh[0], town.amina, session, town))
      try await town.database.write { [amina = town.amina] in try SecondFactor.remove(from: amina, in: $0) }
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM recovery_codes") } == 0)
    }
    try await Town.with(kind) { town in
      let (codes, session) = try await prepare(town, confirmed: false)
      #expect(try await !spend(codes[0], town.amina, session, town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `beginning anew does not touch a second factor that is in place`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      _ = try await prepare(town)
      try await town.database.write { [amina = town.amina] in try SecondFactor.begin([9, 9, 9], for: amina, in: $0) }
      let kept = try await town.database.read { [amina = town.amina] in try SecondFactor.secret(of: amina, in: $0) }
      #expect(kept?.isConfirmed == true && kept?.secret.count == 20)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `no recovery code is kept as it was shown`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let (codes, _) = try await prepare(town)
      let all = try await town.everything()
      for code in codes { #expect(!all.contains(code) && !all.contains(code.replacing("-", with: ""))) }
    }
  }
}
