import Database
import Testing

@testable import CommonsDomain

/// Suspending ends what someone can do at once, and never leaves the organization without an administrator.
struct SuspensionTests {
  private func suspend(_ person: PersonID, by actor: Actor, _ town: Town, for reason: String = "Des insultes répétées") async throws {
    try await town.database.write { db in
      try Suspensions.suspend(for: reason, permit: Permit(SuspendPerson.load(person, in: db), for: actor, in: db), in: db)
    }
  }

  private func lift(_ person: PersonID, by actor: Actor, _ town: Town) async throws {
    try await town.database.write { try Suspensions.lift(permit: Permit(LiftSuspension(person), for: actor, in: $0), in: $0) }
  }

  private func actor(_ token: String, _ town: Town) async throws -> Actor? {
    try await town.database.read { try Sessions.find(token, excusedFromSecondFactor: false, terms: 1, in: $0)?.actor }
  }

  private func isOpen(_ token: String, _ town: Town) async throws -> Bool { try await actor(token, town) != nil }

  @Test(arguments: DatabaseKind.allCases) func `whoever is suspended is signed out, and comes back without roles until it is lifted`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (amina, bernard, chief) = (town.amina, town.bernard, Town.holder(.administrator, town.chloe))
      try await town.database.write { db in
        for token in ["one", "two"] { try Sessions.start(token, for: amina, device: "Firefox", in: db) }
        try Sessions.start("bernard", for: bernard, device: "Firefox", in: db)
        try Grants.grantAsOperator(Grant(.moderator), to: amina, in: db)
        try MailedCodes.send(
          .init(code: "123456", link: "link", page: "page"), .signIn, to: "amina@example.org", key: "amina@example.org", person: nil, draft: nil,
          language: .french, secret: [1], in: db)
      }
      try await suspend(amina, by: chief, town)
      #expect(try await !isOpen("one", town))
      #expect(try await !isOpen("two", town))
      #expect(try await isOpen("bernard", town))
      #expect(try await town.database.read { try MailedCodes.open(link: "link", for: .signIn, in: $0) == nil })
      try await town.database.write { db in try Sessions.start("three", for: amina, device: "Firefox", in: db) }
      let held = try await actor("three", town)
      #expect(held?.isSuspended == true && held?.grants == [] && held?.obstacle?.key == "refusal.suspended")
      let kept = try await town.database.read { try Suspensions.list(of: amina, in: $0) }
      #expect(kept.map(\.reason) == ["Des insultes répétées"] && kept.first?.by == "Chloe" && kept.first?.lifted == nil)
      await #expect(throws: Conflict.self) { try await suspend(amina, by: chief, town) }
      try await lift(amina, by: chief, town)
      #expect(try await !isOpen("one", town), "a session that ended stays ended")
      #expect(try await actor("three", town)?.grants == [Grant(.moderator)])
      await #expect(throws: Conflict.self) { try await lift(amina, by: chief, town) }
      let past = try await town.database.read { try Suspensions.list(of: amina, in: $0) }
      #expect(past.count == 1 && past.first?.lifted != nil)
      let events = try await town.database.read { db in
        try db.all(
          "SELECT kind FROM events WHERE kind IN ($1, $2) ORDER BY id", Suspensions.suspended.name, Suspensions.lifted.name
        ) { $0.text(0) }
      }
      #expect(events == [Suspensions.suspended.name, Suspensions.lifted.name])
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `only an administrator suspends, never oneself`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let (amina, bernard, chloe) = (town.amina, town.bernard, town.chloe)
      for role in Role.allCases where role != .administrator {
        let holder = Town.holder(role, bernard)
        let suspending = try await refusal { try await suspend(amina, by: holder, town) }
        #expect(suspending == "refusal.role", "\(role)")
        let lifting = try await refusal { try await lift(amina, by: holder, town) }
        #expect(lifting == "refusal.role", "\(role)")
      }
      let oneself = try await refusal { try await suspend(chloe, by: Town.holder(.administrator, chloe), town) }
      #expect(oneself == "refusal.suspend-self")
      let last = try await refusal { try await suspend(chloe, by: Town.holder(.administrator, bernard), town) }
      #expect(last == "refusal.last-administrator")
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `two administrators who suspend each other at once leave one`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let (bernard, chloe) = (town.bernard, town.chloe)
      try await town.database.write { db in
        try Grants.grantAsOperator(Grant(.administrator), to: bernard, in: db)
        for (token, person) in [("bernard", bernard), ("chloe", chloe)] { try Sessions.start(token, for: person, device: "Firefox", in: db) }
      }
      /// As a page does it: the session is looked up in the transaction.
      func press(_ token: String, _ target: PersonID) async throws -> Bool {
        do {
          try await town.database.write { db in
            let actor = try Sessions.find(token, excusedFromSecondFactor: true, terms: 1, in: db)?.actor ?? .visitor
            try Suspensions.suspend(for: "x", permit: Permit(SuspendPerson.load(target, in: db), for: actor, in: db), in: db)
          }
          return true
        } catch is Refusal { return false }
      }
      let done = try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask { try await press("bernard", chloe) }
        group.addTask { try await press("chloe", bernard) }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(done == 1)
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM people WHERE suspended_at IS NOT NULL") } == 1)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a suspension outlives its account by a year, for the same address only`(_ kind: DatabaseKind)
    async throws
  {
    try await Town.with(kind) { town in
      let (secret, chief) = (Town.organization.secret, Town.holder(.administrator, town.chloe))
      func join(_ email: String) async throws -> PersonID {
        try await town.database.write { db in
          let person = try People.join(email: email, key: email, name: "Encore", language: .french, termsVersion: 1, in: db)
          try Suspensions.resume(person, emailKey: email, secret: secret, in: db)
          return person
        }
      }
      func isSuspended(_ person: PersonID) async throws -> Bool {
        try await town.database.read { try $0.count("SELECT COUNT(*) FROM people WHERE id = $1 AND suspended_at IS NOT NULL", person) == 1 }
      }
      func end(_ person: PersonID) async throws { try await town.database.write { try AccountEnd.delete(person, withdrawing: false, in: $0) } }
      try await suspend(town.amina, by: chief, town)
      try await end(town.amina)
      try await end(town.bernard)
      let bernard = try await join("bernard@example.org")
      #expect(try await !isSuspended(bernard))
      let again = try await join("amina@example.org")
      #expect(try await isSuspended(again))
      let site = try await TownSite.open(town)
      let token = try await site.signIn(again)
      #expect(try await site.post("/fr/account/address", [("email", "elsewhere@example.org")], as: token).status == 403, "it stays with its address")
      let reasons = try await town.database.read { try Suspensions.list(of: again, in: $0).map(\.reason) }
      #expect(reasons == ["Des insultes répétées"])
      try await lift(again, by: chief, town)
      try await end(again)
      let lifted = try await join("amina@example.org")
      #expect(try await !isSuspended(lifted), "one that was lifted is over")
      try await suspend(lifted, by: chief, town)
      try await end(lifted)
      town.clock.set(Town.start.adding(days: 366))
      try await town.database.write { try Retention.apply(in: $0) }
      #expect(try await town.database.read { try $0.count("SELECT COUNT(*) FROM outlived_suspensions") } == 0)
      let last = try await join("amina@example.org")
      #expect(try await !isSuspended(last))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a suspended administrator does not count as one who is left`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let (bernard, chloe) = (town.bernard, town.chloe)
      try await town.database.write { try Grants.grantAsOperator(Grant(.administrator), to: bernard, in: $0) }
      try await suspend(bernard, by: Town.holder(.administrator, chloe), town)
      let rows = try await town.database.read { try Grants.list(in: $0) }
      func revoke(_ person: PersonID) async throws {
        guard let row = rows.first(where: { $0.person == person }) else { throw NotFound() }
        try await town.database.write { db in
          try Grants.revoke(row.id, permit: Permit(ManageGrants(), for: Town.holder(.administrator, chloe), in: db), in: db)
        }
      }
      let revoking = try await refusal { try await revoke(chloe) }
      #expect(revoking == "refusal.last-administrator")
      let leaving = try await refusal { try await town.database.write { try AccountEnd.delete(chloe, withdrawing: false, in: $0) } }
      #expect(leaving == "refusal.last-administrator")
      try await revoke(bernard)
    }
  }
}
