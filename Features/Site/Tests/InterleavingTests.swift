import CommonsDomain
import Database
import Foundation
import Participation
import Testing
import Web

/// What meets in one moment: every order of the steps ends in a state that some order of whole acts has.
///
/// On PostgreSQL transactions take turns call by call. SQLite writes one after another: there the orders are those of whole transactions.
struct InterleavingTests {
  /// One meeting: what happens at once, and whether the end is allowed, given what each failed with.
  struct Meeting: Sendable {
    let moves: [Turns.Move]
    let isAllowed: @Sendable (_ failures: [String], _ db: Reading) throws -> Bool
  }

  private func meet(
    _ kind: DatabaseKind, settings: ComponentSettings = ComponentSettings(), steps: Int = 4,
    _ arrange: @Sendable (Town) async throws -> Meeting
  ) async throws {
    for bad in try await badOrders(kind, settings: settings, steps: steps, arrange) { Issue.record("\(kind.rawValue), order \(bad)") }
  }

  /// Arranges the same meeting anew for each order; tells the orders whose end is not allowed. With ISEGORIA_TEST_LONG in smaller steps.
  private func badOrders(
    _ kind: DatabaseKind, settings: ComponentSettings, steps: Int, _ arrange: @Sendable (Town) async throws -> Meeting
  ) async throws -> [String] {
    let turns = Turns()
    let steps = ProcessInfo.processInfo.environment["ISEGORIA_TEST_LONG"] == nil ? steps : steps + (steps > 2 ? 2 : 1)
    var bad: [String] = []
    try await Town.with(kind, settings: settings, interruption: { _ in turns.check() }) { town in
      let counts = await turns.measure(try await arrange(town).moves, in: town.database)
      let stops = counts.map { kind == .sqlite ? [1] : Orders.stops(calls: $0, steps: steps) }
      let orders = Orders.all(stops.map(\.count))
      #expect(orders.count >= 2)
      for order in orders {
        // Time passes between two meetings: nobody published anything a moment ago.
        _ = try await town.database.write { db in try db.run("UPDATE resources SET created_at = created_at - 7200000") }
        let meeting = try await arrange(town)
        let failures = await turns.run(meeting.moves, stops: stops, order: order, in: town.database).map(Self.name)
        let isAllowed = try await town.database.read { db in try meeting.isAllowed(failures, db) }
        if !isAllowed { bad.append("\(order): \(failures)") }
      }
    }
    return bad
  }

  /// What proves that the orders can find something: with each transaction reading what was committed meanwhile, some of them break the limit.
  @Test func `under a weaker isolation some order breaks the limit of supports`() async throws {
    let bad = try await badOrders(.postgres, settings: ComponentSettings(supportLimit: 1), steps: 4) { town in
      let amina = town.amina
      try await town.database.write { db in try db.run("UPDATE resources SET withdrawn_at = $1 WHERE kind = 'proposal'", db.now) }
      let pair = [try await town.propose("Un", by: town.bernard), try await town.propose("Deux", by: town.bernard)]
      return Meeting(
        moves: pair.map { idea in
          { db in
            try db.run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            try Votes.cast(.support, on: idea, edition: 1, by: Town.participant(amina), in: db)
          }
        }
      ) { failures, _ in failures.sorted() == ["", "refusal.support-limit"] }
    }
    #expect(!bad.isEmpty)
    #expect(bad.allSatisfy { $0.hasSuffix("[\"\", \"\"]") }, "\(bad)")
  }

  /// Empty: it passed.
  private static func name(_ failure: (any Error)?) -> String {
    switch failure {
    case nil: ""
    case let refusal as Refusal: refusal.key.name
    case is Conflict: "conflict"
    case is NotFound: "not found"
    case let other?: "\(other)"
    }
  }

  @Test func `all orders of two times two steps are six`() {
    #expect(Set(Orders.all([2, 2])) == [[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 1, 0], [1, 1, 0, 0]])
    #expect(Orders.all([1, 1, 1]).count == 6)
    #expect(Orders.stops(calls: 9, steps: 4) == [1, 3, 6, 9])
  }

  @Test(arguments: DatabaseKind.allCases) func `two votes of one person are one`(_ kind: DatabaseKind) async throws {
    try await meet(kind) { town in
      let article = try await town.addArticle("Article", by: town.bernard)
      let amina = Town.participant(town.amina)
      return Meeting(
        moves: [Choice.for, .against].map { choice in { db in try Votes.cast(choice, on: article, edition: 1, by: amina, in: db) } }
      ) { failures, db in
        let tally = try Votes.tally(of: article, edition: 1, in: db)
        let kept = try db.all("SELECT choice FROM votes WHERE resource_id = $1", article) { Choice(rawValue: $0.text(0)) }
        return failures == ["", ""] && tally.total == 1 && kept.count == 1 && kept.first.flatMap { $0 }.map { tally.total($0) } == 1
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a vote beside the closing is counted or refused`(_ kind: DatabaseKind) async throws {
    try await meet(kind) { town in
      let (amina, chloe, space, phase) = (Town.participant(town.amina), Town.holder(.administrator, town.chloe), town.space, town.phase)
      @Sendable func setEnd(_ ends: Instant, _ db: Writing) throws {
        let allows = [town.ideas, town.texts].flatMap { component in PhaseAct.allCases.map { (component: component, act: $0) } }
        try Spaces.setPhase(
          phase, name: Town.words("Avis"), description: Town.words(""), starts: db.now.adding(days: -1), ends: ends, allows: allows,
          permit: Permit(ManageSpace(space), for: chloe, in: db), in: db)
      }
      try await town.database.write { db in try setEnd(db.now.adding(days: 30), db) }
      let article = try await town.addArticle("Article", by: town.bernard)
      let vote: Turns.Move = { db in try Votes.cast(.for, on: article, edition: 1, by: amina, in: db) }
      return Meeting(moves: [vote, { db in try setEnd(db.now, db) }]) { failures, db in
        let count = try Votes.tally(of: article, edition: 1, in: db).total
        return (failures == ["", ""] && count == 1)
          || (["refusal.phase-closed", "refusal.over"].contains(failures[0]) && failures[1].isEmpty && count == 0)
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a vote beside a new version stays with the version that was read, or is refused`(_ kind: DatabaseKind)
    async throws
  {
    try await meet(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let (amina, bernard, ideas) = (Town.participant(town.amina), Town.participant(town.bernard), town.ideas)
      let vote: Turns.Move = { db in try Votes.cast(.support, on: idea, edition: 1, by: amina, in: db) }
      let reword: Turns.Move = { db in
        let permit = try Permit(Reword(Resources.resource(idea, in: db), Admission.load(ideas, in: db)), for: bernard, in: db)
        try Resources.reword(Town.writ("Deux bancs", "Autre."), reason: "Mieux", read: 1, permit: permit, in: db)
      }
      return Meeting(moves: [vote, reword]) { failures, db in
        let (old, new) = (try Votes.tally(of: idea, edition: 1, in: db).total, try Votes.tally(of: idea, edition: 2, in: db).total)
        return new == 0 && (failures == ["", ""] && old == 1 || failures == ["refusal.new-version", ""] && old == 0)
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `three supports beside one another stay within a limit of two`(_ kind: DatabaseKind) async throws {
    try await meet(kind, settings: ComponentSettings(supportLimit: 2), steps: 2) { town in
      let amina = town.amina
      try await town.database.write { db in try db.run("UPDATE resources SET withdrawn_at = $1 WHERE kind = 'proposal'", db.now) }
      var ideas: [ResourceID] = []
      for title in ["Un", "Deux", "Trois"] { ideas.append(try await town.propose(title, by: town.bernard)) }
      let (first, last) = (ideas[0], ideas[2])
      return Meeting(
        moves: ideas.map { idea in { db in try Votes.cast(.support, on: idea, edition: 1, by: Town.participant(amina), in: db) } }
      ) { failures, db in
        let given = try db.count("SELECT COUNT(*) FROM votes WHERE person_id = $1 AND resource_id BETWEEN $2 AND $3", amina, first, last)
        return failures.sorted() == ["", "", "refusal.support-limit"] && given == 2
      }
    }
  }

  /// An argument that comes as its subject goes must not stay to be listed or found.
  @Test(arguments: DatabaseKind.allCases) func `what is said beside hiding is refused, or hidden with its subject`(_ kind: DatabaseKind) async throws
  {
    try await meet(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let (amina, moderator, ideas) = (town.amina, Town.holder(.moderator, town.chloe, in: town.space), town.ideas)
      try await town.database.write { db in
        try Moderation.report(.insult, note: "", permit: Permit(ReportResource(Resources.resource(idea, in: db)), for: .visitor, in: db), in: db)
      }
      let argue: Turns.Move = { db in
        _ = try Arguments.add(
          .for, about: idea, replyTo: nil, Town.writ("", "C’est utile."), author: Authors.personal(amina, in: db), by: Town.participant(amina), in: db
        )
      }
      let hide: Turns.Move = { db in
        let act = Moderate(try Resources.resource(idea, in: db), .hide, reporters: try Moderation.reporters(of: idea, in: db))
        try Moderation.hide(.insult, reason: "", permit: Permit(act, for: moderator, in: db), in: db)
      }
      return Meeting(moves: [argue, hide]) { failures, db in
        let listed = try db.count(
          """
          SELECT COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id
          WHERE s.component_id = $1 AND (r.id = $2 OR r.subject_id = $2)
          """, ideas, idea)
        return failures[1].isEmpty && ["", "refusal.state"].contains(failures[0]) && listed == 0
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `following beside hiding harms neither`(_ kind: DatabaseKind) async throws {
    try await meet(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let (amina, moderator) = (Town.participant(town.amina), Town.holder(.moderator, town.chloe, in: town.space))
      try await town.database.write { db in
        try Moderation.report(.insult, note: "", permit: Permit(ReportResource(Resources.resource(idea, in: db)), for: .visitor, in: db), in: db)
      }
      let follow: Turns.Move = { db in
        try ResourceAccess.check(Resources.resource(idea, in: db), for: amina, in: db)
        try Follows.set(true, .resource(idea), permit: Permit(FollowSubject(), for: amina, in: db), in: db)
      }
      let hide: Turns.Move = { db in
        let act = Moderate(try Resources.resource(idea, in: db), .hide, reporters: try Moderation.reporters(of: idea, in: db))
        try Moderation.hide(.insult, reason: "", permit: Permit(act, for: moderator, in: db), in: db)
      }
      return Meeting(moves: [follow, hide]) { failures, db in
        let state = try Resources.resource(idea, in: db).state
        return failures[1].isEmpty && ["", "not found"].contains(failures[0]) && state == .hidden
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a correction beside a new version: one of them, and a conflict`(_ kind: DatabaseKind) async throws {
    try await meet(kind) { town in
      let idea = try await town.propose("Un banc", by: town.bernard)
      let (bernard, ideas) = (Town.participant(town.bernard), town.ideas)
      let correct: Turns.Move = { db in
        let permit = try Permit(Correct(Resources.resource(idea, in: db), Admission.load(ideas, in: db)), for: bernard, in: db)
        try Resources.correct(Town.writ("Un banc vert", "Corrigé."), reason: "", read: 1, permit: permit, in: db)
      }
      let reword: Turns.Move = { db in
        let permit = try Permit(Reword(Resources.resource(idea, in: db), Admission.load(ideas, in: db)), for: bernard, in: db)
        try Resources.reword(Town.writ("Deux bancs", "Autre."), reason: "Mieux", read: 1, permit: permit, in: db)
      }
      return Meeting(moves: [correct, reword]) { failures, db in
        let revisions = try db.count("SELECT COUNT(*) FROM revisions WHERE resource_id = $1", idea)
        return failures.sorted() == ["", "conflict"] && revisions == 2
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `of two administrators who leave at once, one stays`(_ kind: DatabaseKind) async throws {
    try await meet(kind) { town in
      let pair = try await town.database.write { db in
        try db.run("UPDATE grants SET revoked_at = $1 WHERE revoked_at IS NULL", db.now)
        return try ["a", "b"].map { name -> PersonID in
          let email = "\(name)\(try db.count("SELECT COUNT(*) FROM people"))@example.org"
          let person = try People.join(email: email, key: email, name: "Adèle \(name)", language: .french, termsVersion: 1, in: db)
          try Grants.grantAsOperator(Grant(.administrator), to: person, in: db)
          return person
        }
      }
      return Meeting(moves: pair.map { person in { db in try AccountEnd.delete(person, withdrawing: false, in: db) } }) { failures, db in
        let left = try db.count("SELECT COUNT(*) FROM grants WHERE role = 'administrator' AND revoked_at IS NULL")
        return failures.sorted() == ["", "refusal.last-administrator"] && left == 1
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `a code spent twice opens once`(_ kind: DatabaseKind) async throws {
    try await meet(kind) { town in
      let (drawn, secret) = (MailedCodes.Drawn.draw(), Town.organization.secret)
      try await town.database.write { db in
        try MailedCodes.send(
          drawn, .signIn, to: "amina@example.org", key: "amina@example.org", person: nil, draft: nil, language: .french, secret: secret, in: db)
      }
      let byCode: Turns.Move = { db in
        if try MailedCodes.spend(code: drawn.code, page: drawn.page, for: .signIn, secret: secret, in: db) == nil { throw NotFound() }
      }
      let byLink: Turns.Move = { db in if try MailedCodes.spend(link: drawn.link, for: .signIn, in: db) == nil { throw NotFound() } }
      return Meeting(moves: [byCode, byLink]) { failures, _ in failures.sorted() == ["", "not found"] }
    }
  }
}
