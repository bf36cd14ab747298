import CommonsDomain
import Foundation
import Interface
import Localization
import Participation
import RichText
import Testing
import Web

@testable import Database

/// The two databases that a store must work on alike.
enum DatabaseKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, postgres

  var testDescription: String { rawValue }

  /// Where the test script started PostgreSQL, e.g. "host=/tmp/x/socket port=5499 user=isegoria dbname=postgres".
  static let server = ProcessInfo.processInfo.environment["ISEGORIA_TEST_POSTGRES"]
}

/// A small town: one organization, one process that is open, an activity of each kind, and its people.
///
/// Votes, drafts and codes are about time, so its clock stands still.
struct Town: Sendable {
  static let start = Instant(seconds: 1_790_000_000)

  let database: OpenDatabase
  let clock: StillClock
  /// Everything of the town that lies on the disk.
  let folder: String
  /// On PostgreSQL: how to reach the server, and the database's name there.
  let server: (connection: String, name: String)?
  let space: SpaceID
  let ideas: ComponentID
  let texts: ComponentID
  let section: ID<Section>
  let phase: ID<Phase>
  let amina: PersonID
  let bernard: PersonID
  let chloe: PersonID

  /// Runs `body` in a town of its own. On PostgreSQL without a server the test is cancelled, and reported so.
  /// - Parameter interruption: called before each statement and each commit; what it throws is what the database would have thrown.
  static func with(
    _ kind: DatabaseKind, settings: ComponentSettings = ComponentSettings(), clock: (any Clock)? = nil,
    interruption: (@Sendable (Int) throws -> Void)? = nil, _ body: (Town) async throws -> Void
  ) async throws {
    let name = "town_" + String(UInt64.random(in: 0 ..< .max), radix: 36)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isegoria-\(name)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let still = StillClock(start)
    let location: OpenDatabase.Location
    switch kind {
    case .sqlite: location = .sqlite(path: folder + "/organization.sqlite")
    case .postgres:
      guard let server = DatabaseKind.server else { try Test.cancel("ISEGORIA_TEST_POSTGRES names no server") }
      location = .postgres(connection: server, name: name)
    }
    let outcome: Result<Void, any Error>
    do {
      let database = try await OpenDatabase.open(location, schema: Site.schema, clock: clock ?? still, interruption: interruption)
      do {
        outcome = .success(try await body(try await found(database, still, folder, location, settings)))
      } catch {
        outcome = .failure(error)
      }
      await database.close()
    } catch {
      outcome = .failure(error)
    }
    if case .postgres(let connection, let name, _) = location { try await offThread { try PostgresServer.dropDatabase(connection, name: name) } }
    try outcome.get()
  }

  static let organization = OrganizationSettings(
    name: "Ville d’Ormeval", tagline: words("Parlons-en"), description: words("Une ville"), brand: .standard, languages: [.french, .english],
    zone: "Europe/Paris", contact: "contact@ormeval.example", publisher: "Commune d’Ormeval", publicationDirector: "La maire",
    hostingProvider: "La mairie", termsVersion: 1, termsChangedAt: start, audit: .none, auditedOn: nil, isDemonstration: false,
    secret: Array(repeating: 7, count: 32))

  static func words(_ text: String) -> LocalizedText { LocalizedText(text, in: .french) }

  private static func found(
    _ database: OpenDatabase, _ clock: StillClock, _ folder: String, _ location: OpenDatabase.Location, _ settings: ComponentSettings
  ) async throws -> Town {
    let server: (connection: String, name: String)? = if case .postgres(let connection, let name, _) = location { (connection, name) } else { nil }
    return try await database.write { db in
      try OrganizationStore.found(organization, in: db)
      func person(_ name: String) throws -> PersonID {
        let email = name.lowercased() + "@example.org"
        return try People.join(email: email, key: email, name: name, language: .french, termsVersion: 1, in: db)
      }
      let (amina, bernard, chloe) = (try person("Amina"), try person("Bernard"), try person("Chloe"))
      try Grants.grantAsOperator(Grant(.administrator), to: chloe, in: db)
      let space = try Spaces.insert(
        SpaceWords(
          slug: "place", title: words("La place"), question: words("Que faire ?"), summary: words("En bref"), description: words("Plus long"),
          scope: words("Le centre")), by: chloe, published: true, in: db)
      let ideas = try Spaces.insertComponent(.proposals, in: space, title: words("Idées"), introduction: words("Les idées"), settings: settings, db)
      let texts = try Spaces.insertComponent(.texts, in: space, title: words("Texte"), introduction: words("Le texte"), settings: settings, db)
      let section = try Texts.insertSection(words("Titre premier"), position: 0, in: texts, db)
      let chief = Actor(person: chloe, grants: [Grant(.administrator)], isSuspended: false, hasSecondFactor: true, acceptedTerms: true)
      let allows = [ideas, texts].flatMap { component in PhaseAct.allCases.map { (component: component, act: $0) } }
      try Spaces.setPhase(
        nil, name: words("Donner son avis"), description: words(""), starts: db.now.adding(days: -1), ends: db.now.adding(days: 30), allows: allows,
        permit: Permit(ManageSpace(space), for: chief, in: db), in: db)
      guard let phase = try Spaces.phases(of: space, in: db).first?.id else { throw NotFound() }
      return Town(
        database: database, clock: clock, folder: folder, server: server, space: space, ideas: ideas, texts: texts, section: section, phase: phase,
        amina: amina,
        bernard: bernard, chloe: chloe)
    }
  }
}

/// What the tests do in the town, each in one line.
extension Town {
  /// A participant without any role, who accepted the terms.
  static func participant(_ person: PersonID) -> Actor {
    Actor(person: person, grants: [], isSuspended: false, hasSecondFactor: false, acceptedTerms: true)
  }

  static func holder(_ role: Role, _ person: PersonID, in space: SpaceID? = nil) -> Actor {
    Actor(person: person, grants: [Grant(role, in: space)], isSuspended: false, hasSecondFactor: true, acceptedTerms: true)
  }

  static func writ(_ title: String, _ text: String) throws -> Writ {
    Writ(title: title, source: text, body: try RichText(markdown: text), language: .french)
  }

  /// Joins so many more people.
  func join(_ count: Int) async throws -> [PersonID] {
    try await database.write { db in
      try (0..<count).map { number in
        let email = "voisin\(number)@example.org"
        return try People.join(email: email, key: email, name: "Voisin \(number)", language: .french, termsVersion: 1, in: db)
      }
    }
  }

  func propose(_ title: String, _ text: String = "Une idée.", by person: PersonID) async throws -> ResourceID {
    try await database.write { [ideas] db in
      try Proposals.add(
        try Town.writ(title, text), place: "", theme: nil, author: try Authors.personal(person, in: db), component: ideas,
        by: Town.participant(person), in: db)
    }
  }

  func addArticle(_ title: String, _ text: String = "Un article.", by person: PersonID) async throws -> ResourceID {
    try await database.write { [texts, section] db in
      try ArticleWriting.add(
        try Town.writ(title, text), section: section, author: try Authors.personal(person, in: db), component: texts, by: Town.participant(person),
        in: db)
    }
  }

  func argue(_ text: String, about subject: ResourceID, replyTo: ResourceID? = nil, by person: PersonID) async throws -> ResourceID {
    try await database.write { db in
      try Arguments.add(
        .for, about: subject, replyTo: replyTo, try Town.writ("", text), author: try Authors.personal(person, in: db), by: Town.participant(person),
        in: db)
    }
  }

  func addWording(_ title: String, _ text: String, to article: ResourceID, by person: PersonID) async throws -> ResourceID {
    try await database.write { db in
      try Wordings.add(
        try Town.writ(title, text), reason: "Plus clair", to: article, author: try Authors.personal(person, in: db), by: Town.participant(person),
        in: db)
    }
  }

  func addSource(_ title: String, _ note: String, about subject: ResourceID, by person: PersonID) async throws -> ResourceID {
    try await database.write { db in
      try Sources.add(
        "https://example.org/", kind: .press, about: subject, try Town.writ(title, note), author: try Authors.personal(person, in: db),
        by: Town.participant(person), in: db)
    }
  }

  func cast(_ choice: Choice?, on resource: ResourceID, edition: Int = 1, by person: PersonID) async throws {
    try await database.write { db in try Votes.cast(choice, on: resource, edition: edition, by: Town.participant(person), in: db) }
  }

  func tally(_ resource: ResourceID, edition: Int = 1) async throws -> CommonsDomain.Tally {
    try await database.read { db in try Votes.tally(of: resource, edition: edition, in: db) }
  }

  /// Reports and hides a resource, as a moderator does who has no part in it.
  func hide(_ resource: ResourceID, for rule: CharterRule = .insult) async throws {
    try await database.write { [space, chloe] db in
      let shown = try Resources.resource(resource, in: db)
      try Moderation.report(rule, note: "", permit: Permit(ReportResource(shown), for: .visitor, in: db), in: db)
      let act = Moderate(shown, .hide, reporters: try Moderation.reporters(of: resource, in: db))
      try Moderation.hide(
        rule, reason: "Elle vise une personne.", permit: Permit(act, for: Town.holder(.moderator, chloe, in: space), in: db), in: db)
    }
  }

  /// Shows again what was hidden.
  func restore(_ resource: ResourceID) async throws {
    try await database.write { [space, chloe] db in
      let act = Moderate(try Resources.resource(resource, in: db), .restore, reporters: [])
      try Moderation.restore(permit: Permit(act, for: Town.holder(.moderator, chloe, in: space), in: db), in: db)
    }
  }

  func withdraw(_ resource: ResourceID, by person: PersonID) async throws {
    try await database.write { db in
      let shown = try Resources.resource(resource, in: db)
      try Resources.withdraw(permit: Permit(Withdraw(shown), for: Town.participant(person), in: db), in: db)
    }
  }

  /// Leads the standings to the newest event.
  func catchUp() async throws {
    try await FollowerRunner(database: database, followers: [StandingsFollower()], logger: .init(label: "town")).catchUp()
  }

  /// What everyone finds in the whole site.
  func find(_ query: String) async throws -> [Hit] {
    try await database.read { db in try Search.find(query, in: nil, languages: [.french, .english], limit: 100, offset: 0, db).hits }
  }

  func isListed(_ resource: ResourceID) async throws -> Bool {
    try await database.read { db in try db.count("SELECT COUNT(*) FROM standings WHERE resource_id = $1", resource) == 1 }
  }
}

/// The key of the refusal that `work` ends in; nil when it ends otherwise.
func refusal(_ work: () async throws -> Void) async throws -> String? {
  do {
    try await work()
    return nil
  } catch let refusal as Refusal {
    return refusal.key.name
  }
}

extension Town {
  /// All that the database keeps, as lines of text: what a search for a name must not find. On SQLite the file itself, freed pages and all.
  func everything() async throws -> String {
    guard FileManager.default.fileExists(atPath: folder + "/organization.sqlite") else {
      return try await database.read { db in
        let tables = try db.all(
          """
          SELECT CAST(query_to_xml('SELECT * FROM ' || quote_ident(tablename), false, false, '') AS TEXT) FROM pg_tables
          WHERE schemaname = 'public' ORDER BY tablename
          """
        ) { $0.text(0) }
        return tables.joined(separator: "\n")
      }
    }
    try await database.checkpoint()
    var text: [UInt8] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      // The index of the log is memory that readers share.
      if name.hasSuffix("-shm") { continue }
      let bytes = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
      text += bytes.map { $0 < 0x20 ? UInt8(ascii: "\n") : $0 }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
