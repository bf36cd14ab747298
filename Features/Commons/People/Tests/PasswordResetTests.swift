import Database
import Passwords
import Testing

@testable import CommonsDomain

/// A forgotten password: what a mailed proof opens, what it ends, and what it does not.
struct PasswordResetTests {
  private static let secret = [UInt8](repeating: 7, count: 32)
  private static let policy = PasswordPolicy(common: ["password"])

  private func send(_ code: String, for purpose: MailedCodes.Purpose = .reset, to key: String, person: PersonID?, _ town: Town) async throws {
    try await town.database.write { db in
      try MailedCodes.send(
        .init(code: code, link: "link \(code)", page: "page \(code)"), purpose, to: key, key: key, person: person, draft: nil, language: .french,
        secret: Self.secret, in: db)
    }
  }

  private func reset(with proof: PasswordReset.Evidence, _ town: Town, to password: String = "un tilleul en fleur") async throws
    -> PasswordReset.Outcome
  {
    try await town.database.write { db in
      try PasswordReset.reset(
        with: proof, password: (password, "hash of it"), policy: Self.policy, names: ["Ormeval"], session: ("fresh", "Firefox"),
        secret: Self.secret, in: db)
    }
  }

  private func isDone(_ outcome: PasswordReset.Outcome, for person: PersonID) -> Bool {
    if case .done(let found) = outcome { return found == person }
    return false
  }

  private func isWrong(_ outcome: PasswordReset.Outcome) -> Bool {
    if case .wrong = outcome { return true }
    return false
  }

  private func isOpen(_ token: String, _ town: Town) async throws -> Bool {
    try await town.database.read { try Sessions.find(token, excusedFromSecondFactor: false, terms: 1, in: $0) != nil }
  }

  @Test(arguments: DatabaseKind.allCases) func `a new password ends all sessions, codes and links of the person, and starts one`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let (amina, bernard) = (town.amina, town.bernard)
      try await town.database.write { db in
        for token in ["one", "two"] { try Sessions.start(token, for: amina, device: "Firefox", in: db) }
        try Sessions.start("bernard", for: bernard, device: "Firefox", in: db)
      }
      try await send("111111", for: .signIn, to: "amina@example.org", person: amina, town)
      try await send("222222", for: .signIn, to: "bernard@example.org", person: bernard, town)
      try await send("123456", to: "amina@example.org", person: amina, town)
      #expect(isDone(try await reset(with: .code("123456", page: "page 123456"), town), for: amina))
      for token in ["one", "two"] { #expect(try await !isOpen(token, town)) }
      for token in ["bernard", "fresh"] { #expect(try await isOpen(token, town)) }
      #expect(try await town.database.read { try MailedCodes.open(link: "link 111111", for: .signIn, in: $0) == nil })
      #expect(try await town.database.read { try MailedCodes.open(link: "link 222222", for: .signIn, in: $0) != nil })
      #expect(try await town.database.read { try People.find(email: "amina@example.org", in: $0)?.password } == "hash of it")
      #expect(isWrong(try await reset(with: .code("123456", page: "page 123456"), town)), "a code serves once")
      #expect(isWrong(try await reset(with: .link("link 123456"), town)))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `only the newest code of its own purpose, page and account opens`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let amina = town.amina
      try await send("123456", to: "amina@example.org", person: amina, town)
      try await send("654321", to: "amina@example.org", person: amina, town)
      try await send("333333", for: .signIn, to: "amina@example.org", person: amina, town)
      try await send("444444", for: .changeAddress, to: "new@example.org", person: amina, town)
      try await send("555555", to: "nobody@example.org", person: nil, town)
      for code in ["123456", "333333", "444444", "555555"] {
        #expect(isWrong(try await reset(with: .code(code, page: "page \(code)"), town)), "\(code)")
        #expect(isWrong(try await reset(with: .link("link \(code)"), town)), "\(code)")
      }
      #expect(isWrong(try await reset(with: .code("654321", page: "page 333333"), town)))
      #expect(try await town.database.write { try MailedCodes.spend(link: "link 654321", for: .signIn, in: $0) == nil }, "it signs nobody in")
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM people WHERE password IS NOT NULL") } == 0)
      #expect(isDone(try await reset(with: .link("link 654321"), town), for: amina))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a password that is too easy spends nothing, and is told only to whoever has the proof`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let amina = town.amina
      try await town.database.write { try People.setName("Amina Belkhadra", language: .french, of: amina, in: $0) }
      try await send("123456", to: "amina@example.org", person: amina, town)
      for password in ["short", "amina belkhadra", "passwordpassword"] {
        guard case .weak = try await reset(with: .code("123456", page: "page 123456"), town, to: password) else {
          Issue.record("\(password) was taken, or the proof was not")
          return
        }
      }
      #expect(isWrong(try await reset(with: .code("000000", page: "page 123456"), town, to: "amina belkhadra")))
      #expect(isDone(try await reset(with: .code("123456", page: "page 123456"), town), for: amina))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `five wrong codes spend the right one, and ten minutes do`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let amina = town.amina
      try await send("123456", to: "amina@example.org", person: amina, town)
      for _ in 0..<5 { #expect(isWrong(try await reset(with: .code("000000", page: "page 123456"), town))) }
      #expect(isWrong(try await reset(with: .code("123456", page: "page 123456"), town)))
      try await send("654321", to: "amina@example.org", person: amina, town)
      town.clock.advance(seconds: 601)
      #expect(isWrong(try await reset(with: .link("link 654321"), town)))
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM people WHERE password IS NOT NULL") } == 0)
    }
  }
}
