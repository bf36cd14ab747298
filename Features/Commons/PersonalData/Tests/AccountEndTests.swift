import CommonsDomain
import Database
import Localization
import Participation
import Testing

/// The last administrator stays; whoever leaves leaves no name behind.
struct AccountEndTests {
  /// An account that did a little of everything.
  private func zephyrine(_ town: Town) async throws -> (person: PersonID, idea: ResourceID) {
    let person = try await town.database.write { db in
      let key = "zephyrine@example.org"
      // Asked for before there was an account: the row names no person.
      try MailedCodes.send(
        .init(code: "123456", link: "l", page: "p"), .signIn, to: "Zephyrine@example.org", key: key, person: nil, draft: nil, language: .french,
        secret: [1], in: db)
      try Notice(to: nil, email: "Zephyrine@example.org", language: .french, name: "sign-in", values: ["code": "123456"], path: "/").post(
        key: "code:1", in: db)
      let person = try People.join(email: "Zephyrine@example.org", key: key, name: "Zephyrine Quillon", language: .french, termsVersion: 1, in: db)
      try Sessions.start("token", for: person, device: "Firefox", in: db)
      _ = try Drafts.save(path: "/x", title: "Zephyrine", fields: "{\"a\":\"Quillon\"}", token: "d", for: person, in: db)
      try MailedCodes.send(
        .init(code: "654321", link: "l2", page: "p2"), .changeAddress, to: "quillon@example.org", key: "quillon@example.org", person: person,
        draft: nil, language: .french, secret: [1], in: db)
      try Notice(to: person, language: .french, name: "password-changed", path: "/account").post(key: "password:1", in: db)
      return person
    }
    let idea = try await town.propose("Un banc", by: person)
    let other = try await town.propose("Une fontaine", by: town.bernard)
    try await town.cast(.support, on: other, by: person)
    try await town.database.write { db in
      let family = try Authors.collective(
        .group, name: "Famille Quillon", organizationKind: nil, members: ["Zephyrine Quillon", "Oscar Quillon"], spokesperson: person, in: db)
      let actor = Town.participant(person)
      _ = try Proposals.add(Town.writ("Une haie", "Ensemble."), place: "", theme: nil, author: family, component: town.ideas, by: actor, in: db)
    }
    try await town.database.write { db in
      try Follows.set(true, .resource(other), permit: Permit(FollowSubject(), for: Town.participant(person), in: db), in: db)
      let act = ReportResource(try Resources.resource(other, in: db))
      try Moderation.report(.insult, note: "Moi, Zephyrine", permit: Permit(act, for: Town.participant(person), in: db), in: db)
    }
    return (person, idea)
  }

  @Test(arguments: DatabaseKind.allCases, [true, false]) func `a deleted account leaves no name and no address in any table`(
    _ kind: DatabaseKind, withdrawing: Bool
  ) async throws {
    try await Town.with(kind) { town in
      let (person, idea) = try await zephyrine(town)
      let before = try await town.everything().lowercased()
      #expect(before.contains("zephyrine") && before.contains("quillon"), "the search itself finds names")
      try await town.database.write { try AccountEnd.delete(person, withdrawing: withdrawing, in: $0) }
      let lines = try await town.everything().split(separator: "\n")
      for line in lines where line.lowercased().contains("zephyrine") || line.lowercased().contains("quillon") { Issue.record("\(line)") }
      #expect(try await town.isListed(idea) == !withdrawing)
      #expect(try await town.find("banc").isEmpty == withdrawing)
      let author = try await town.database.read { try Authors.author(Resources.resource(idea, in: $0).author, in: $0) }
      #expect(author?.name == "")
      #expect(try await town.database.read { try Sessions.find("token", excusedFromSecondFactor: true, terms: 1, in: $0) == nil })
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `who leaves and joins again has not voted twice; where voting is over votes stay until it opens again`(
    _ kind: DatabaseKind
  ) async throws {
    for isOver in [false, true] {
      try await Town.with(kind) { town in
        let (person, idea) = (town.amina, try await town.propose("Une fontaine", by: town.bernard))
        try await town.cast(.support, on: idea, by: person)
        if isOver { try await town.database.write { db in try db.run("UPDATE phases SET ends_at = starts_at + 1") } }
        try await town.database.write { try AccountEnd.delete(person, withdrawing: false, in: $0) }
        let (rows, tally) = try await town.database.read { db in
          (try db.count("SELECT COUNT(*) FROM votes"), try Votes.tally(of: idea, edition: 1, in: db).total)
        }
        #expect(rows == (isOver ? 1 : 0) && tally == rows)
        let left = try await town.database.write { db in
          _ = try db.run("UPDATE phases SET ends_at = $1", db.now.adding(days: 9))
          try Votes.takeBackReopened(in: town.space, in: db)
          return (try db.count("SELECT COUNT(*) FROM votes"), try Votes.tally(of: idea, edition: 1, in: db).total)
        }
        #expect(left == (0, 0))
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `what is parted from accounts tells by no shard what someone chose`(_ kind: DatabaseKind) async throws
  {
    try await Town.with(kind) { town in
      let idea = try await town.propose("Une fontaine", by: town.chloe)
      for person in [town.amina, town.bernard] { try await town.cast(.support, on: idea, by: person) }
      let gone = try await town.database.write { try Votes.unlink(in: town.space, in: $0) }
      let (tally, shards) = try await town.database.read { db in
        (try Votes.tally(of: idea, edition: 1, in: db).total, try db.count("SELECT COUNT(*) FROM tallies WHERE resource_id = $1", idea))
      }
      #expect(gone == 2 && tally == 2 && shards == 1)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `the address of a deleted account may join again, as someone new`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      let (person, _) = try await zephyrine(town)
      try await town.database.write { try AccountEnd.delete(person, withdrawing: false, in: $0) }
      let again = try await town.database.write { db in
        try People.join(email: "zephyrine@example.org", key: "zephyrine@example.org", name: "Z", language: .french, termsVersion: 1, in: db)
      }
      #expect(again != person)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `the last administrator can neither step down nor leave, and of two who do at once one stays`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (amina, chloe) = (town.amina, town.chloe)
      @Sendable func grant(of person: PersonID) async throws -> Int64 {
        try await town.database.read { db in try Grants.list(in: db).first { $0.person == person && $0.role == .administrator }?.id ?? 0 }
      }
      @Sendable func revoke(_ id: Int64, by person: PersonID) async throws {
        try await town.database.write { db in
          try Grants.revoke(id, permit: Permit(ManageGrants(), for: Town.holder(.administrator, person), in: db), in: db)
        }
      }
      let first = try await grant(of: chloe)
      #expect(try await refusal { try await revoke(first, by: chloe) } == "refusal.last-administrator")
      #expect(
        try await refusal { try await town.database.write { try AccountEnd.delete(chloe, withdrawing: false, in: $0) } }
          == "refusal.last-administrator")
      try await town.database.write { try Grants.grantAsOperator(Grant(.administrator), to: amina, in: $0) }
      let second = try await grant(of: amina)
      let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
        group.addTask { try await refusal { try await revoke(first, by: amina) } }
        group.addTask { try await refusal { try await revoke(second, by: chloe) } }
        return try await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 == nil }.count == 1)
      #expect(outcomes.contains("refusal.last-administrator"))
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `an administrator of one space alone may be taken back, and does not count as the last`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      let (amina, chloe, space) = (town.amina, town.chloe, town.space)
      try await town.database.write { try Grants.grantAsOperator(Grant(.administrator, in: space), to: amina, in: $0) }
      let key = try await refusal {
        try await town.database.write { db in
          let row = try Grants.list(in: db).first { $0.person == amina }
          try Grants.revoke(row?.id ?? 0, permit: Permit(ManageGrants(), for: Town.holder(.administrator, chloe), in: db), in: db)
        }
      }
      #expect(key == nil)
    }
  }
}
