import CommonsDomain
import Database
import Testing

/// Sessions end when they should, codes open what they should, drafts come along once.
struct SignInStoreTests {
  private static let secret = [UInt8](repeating: 7, count: 32)

  private func isOpen(_ token: String, _ town: Town) async throws -> Bool {
    try await town.database.read { db in try Sessions.find(token, excusedFromSecondFactor: false, terms: 1, in: db) != nil }
  }

  private func start(_ token: String, _ town: Town) async throws {
    try await town.database.write { [amina = town.amina] db in try Sessions.start(token, for: amina, device: "Firefox", in: db) }
  }

  @Test(arguments: DatabaseKind.allCases) func `a session ends two weeks after it was last seen`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      try await start("token", town)
      town.clock.set(Town.start.adding(days: 14).adding(seconds: -1))
      #expect(try await isOpen("token", town))
      town.clock.set(Town.start.adding(days: 14).adding(seconds: 1))
      #expect(try await !isOpen("token", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a session ends three months after it began, however often it is seen`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      try await start("token", town)
      for day in stride(from: Int64(10), through: 80, by: 10) {
        town.clock.set(Town.start.adding(days: day))
        try await town.database.write { db in
          guard let found = try Sessions.find("token", excusedFromSecondFactor: false, terms: 1, in: db) else { throw NotFound() }
          try Sessions.touch(found.session, in: db)
        }
      }
      town.clock.set(Town.start.adding(days: 90).adding(seconds: -1))
      #expect(try await isOpen("token", town))
      town.clock.set(Town.start.adding(days: 90).adding(seconds: 1))
      #expect(try await !isOpen("token", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a session that ended stays ended, and another's cookie opens nothing`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      try await start("one", town)
      try await start("two", town)
      let (amina, bernard) = (town.amina, town.bernard)
      let first = try await town.database.read { try Sessions.find("one", excusedFromSecondFactor: false, terms: 1, in: $0)?.session ?? 0 }
      try await town.database.write { try Sessions.end(first, of: bernard, in: $0) }
      #expect(try await isOpen("one", town), "nobody ends another's session")
      try await town.database.write { try Sessions.endAll(of: amina, but: first, in: $0) }
      #expect(try await isOpen("one", town))
      #expect(try await !isOpen("two", town))
      #expect(try await !isOpen("One", town))
      #expect(try await !isOpen("", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `the twenty-first session ends the oldest`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      for number in 0...20 {
        town.clock.advance(seconds: 1)
        try await start("token \(number)", town)
      }
      #expect(try await !isOpen("token 0", town))
      for number in 1...20 { #expect(try await isOpen("token \(number)", town)) }
    }
  }

  private func send(_ code: String, link: String, page: String, draft: Int64? = nil, _ town: Town) async throws {
    try await town.database.write { [amina = town.amina] db in
      try MailedCodes.send(
        .init(code: code, link: link, page: page), .signIn, to: "amina@example.org", key: "amina@example.org", person: amina, draft: draft,
        language: .french, secret: Self.secret, in: db)
    }
  }

  private func spend(_ code: String, page: String, _ town: Town) async throws -> Bool {
    try await town.database.write { db in try MailedCodes.spend(code: code, page: page, for: .signIn, secret: Self.secret, in: db) != nil }
  }

  @Test(arguments: DatabaseKind.allCases) func `a stranger who asks for someone's code ends nothing of theirs and keeps nobody out`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      @Sendable func ask(_ page: String, from network: String) async throws {
        try await town.database.write { [amina = town.amina] db in
          guard try MailedCodes.maySend(to: "amina@example.org", from: network, in: db) else { return }
          try MailedCodes.send(
            .init(code: "123456", link: "link " + page, page: page), .signIn, to: "amina@example.org", key: "amina@example.org", person: amina,
            draft: nil, language: .french, from: network, secret: Self.secret, in: db)
        }
      }
      try await ask("first", from: "home")
      for number in 0..<40 { try await ask("stranger \(number)", from: "elsewhere") }
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM mailed_codes") } == 7, "six an hour from one network")
      #expect(try await spend("123456", page: "first", town))
      try await ask("second", from: "home")
      #expect(try await spend("123456", page: "second", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a code opens its own page, once`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      try await send("123456", link: "link", page: "page", town)
      #expect(try await !spend("123456", page: "another page", town))
      #expect(try await spend("123456", page: "page", town))
      #expect(try await !spend("123456", page: "page", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a code pressed twice at once opens once`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      try await send("123456", link: "link", page: "page", town)
      let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<16 { group.addTask { try await spend("123456", page: "page", town) } }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(opened == 1)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `after five wrong tries the right code opens nothing, after four it does`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      try await send("123456", link: "link", page: "page", town)
      for _ in 0..<4 { #expect(try await !spend("000000", page: "page", town)) }
      #expect(try await spend("123456", page: "page", town))
      try await send("654321", link: "link 2", page: "page 2", town)
      for _ in 0..<5 { #expect(try await !spend("000000", page: "page 2", town)) }
      #expect(try await !spend("654321", page: "page 2", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a code and its link end after ten minutes`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      try await send("123456", link: "link", page: "page", town)
      town.clock.advance(seconds: 599)
      #expect(try await town.database.read { try MailedCodes.open(link: "link", for: .signIn, in: $0) != nil })
      town.clock.advance(seconds: 2)
      #expect(try await town.database.read { try MailedCodes.open(link: "link", for: .signIn, in: $0) == nil })
      #expect(try await !spend("123456", page: "page", town))
      #expect(try await town.database.write { try MailedCodes.spend(link: "link", for: .signIn, in: $0) == nil })
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a newer code kills the older, and its link`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      try await send("123456", link: "link", page: "page", town)
      try await send("654321", link: "link 2", page: "page 2", town)
      #expect(try await !spend("123456", page: "page", town))
      #expect(try await town.database.write { try MailedCodes.spend(link: "link", for: .signIn, in: $0) == nil })
      #expect(try await spend("654321", page: "page 2", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `looking at a link spends nothing, pressing spends code and link`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      try await send("123456", link: "link", page: "page", town)
      for _ in 0..<3 { #expect(try await town.database.read { try MailedCodes.open(link: "link", for: .signIn, in: $0) != nil }) }
      #expect(try await town.database.write { try MailedCodes.spend(link: "link", for: .signIn, in: $0) != nil })
      #expect(try await !spend("123456", page: "page", town))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `no secret is kept as it was sent`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      try await start("session-token-abc", town)
      try await send("123456", link: "link-token-abc", page: "page-token-abc", town)
      let all = try await town.everything()
      for secret in ["session-token-abc", "link-token-abc", "page-token-abc", "123456"] { #expect(!all.contains(secret)) }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a draft typed before signing in is adopted once, and is nobody else's`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let (amina, bernard) = (town.amina, town.bernard)
      let fields = "{\"title\":\"Un banc\"}"
      let id = try await town.database.write { db in
        try Drafts.save(path: "/processes/place/f/1/proposals/new", title: "Un banc", fields: fields, token: "token", for: nil, in: db)
      }
      #expect(try await town.database.read { try Drafts.find(token: "token", in: $0)?.fields } == fields)
      #expect(try await town.database.write { try Drafts.adopt(id, by: amina, in: $0)?.fields } == fields)
      #expect(try await town.database.write { try Drafts.adopt(id, by: bernard, in: $0) == nil })
      #expect(try await town.database.read { try Drafts.find(token: "token", in: $0) == nil })
      #expect(try await town.database.read { try Drafts.list(of: bernard, in: $0).isEmpty })
      let kept = try await town.database.read { try Drafts.find(path: "/processes/place/f/1/proposals/new", of: amina, in: $0) }
      #expect(kept?.fields == fields)
      try await town.database.write { try Drafts.remove(id, of: bernard, in: $0) }
      #expect(try await town.database.read { try Drafts.list(of: amina, in: $0).count } == 1, "nobody removes another's draft")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a draft that a link brings lies above one's own of the same form, and takes nothing away`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (amina, form) = (town.amina, "/processes/place/f/1/proposals/new")
      let typed: @Sendable (String, PersonID?) async throws -> Int64 = { text, person in
        try await town.database.write { try Drafts.save(path: form, title: text, fields: "{}", token: text, for: person, in: $0) }
      }
      let shown: @Sendable () async throws -> String? = { try await town.database.read { try Drafts.find(path: form, of: amina, in: $0)?.title } }
      let foreign = try await typed("Un inconnu", nil)
      _ = try await typed("Le mien", amina)
      town.clock.advance(seconds: 60)
      _ = try await town.database.write { try Drafts.adopt(foreign, by: amina, in: $0) }
      #expect(try await shown() == "Un inconnu")
      _ = try await typed("Un inconnu, corrigé", amina)
      #expect(try await shown() == "Un inconnu, corrigé")
      try await town.database.write { try Drafts.remove(path: form, of: amina, in: $0) }
      #expect(try await shown() == "Le mien")
      try await town.database.write { try Drafts.remove(path: form, of: amina, in: $0) }
      #expect(try await shown() == nil)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a draft that nobody claimed is gone after thirty days`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let amina = town.amina
      let id = try await town.database.write { try Drafts.save(path: "/x", title: "", fields: "{}", token: "token", for: nil, in: $0) }
      town.clock.set(Town.start.adding(days: 30).adding(seconds: 1))
      #expect(try await town.database.write { try Drafts.adopt(id, by: amina, in: $0) == nil })
      try await town.database.write { try Drafts.sweep(in: $0) }
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM drafts") } == 0)
    }
  }
}
