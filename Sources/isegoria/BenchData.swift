import CommonsDomain
import Database
import Foundation
import Localization
import Participation
import RichText
import Web

/// Generated data of a benchmark: one open process with one list of ideas. Everything is drawn from a fixed seed.
///
/// Votes are written with their tallies and without their events: a follower that catches up would be measured along with the pages.
struct BenchData: Sendable {
  let proposals: Int
  let votes: Int
  let people: Int

  struct Summary: Sendable {
    var component: Int64
    /// The id of the first idea.
    var first: Int64
    /// Votes written.
    var votes: Int
  }

  static let chunk = 2_000
  static let themes = 12

  static func settings() -> OrganizationSettings {
    OrganizationSettings(
      name: "Benchmark", tagline: LocalizedText("Mesures", in: .french), description: LocalizedText("", in: .french), brand: .standard,
      languages: [.french, .english], zone: "Europe/Paris", contact: "contact@example.org", publisher: "", publicationDirector: "",
      hostingProvider: "", termsVersion: 1, termsChangedAt: SystemClock().now(), audit: .none, auditedOn: nil, isDemonstration: false,
      secret: Secret.bytes(32))
  }

  /// The ids of people in a database that this filled: they are the first that it holds.
  func firstPeople(_ count: Int) -> [PersonID] { (1...max(1, count)).prefix(count).map { ID(Int64($0)) } }

  func run(in database: OpenDatabase) async throws -> Summary {
    let (space, component, themes) = try await database.write { try frame($0) }
    for start in stride(from: 1, through: people, by: Self.chunk) {
      let end = min(people, start + Self.chunk - 1)
      try await database.write { db in for number in start...end { try person(number, db) } }
    }
    var first: Int64?
    for start in stride(from: 1, through: proposals, by: Self.chunk) {
      let end = min(proposals, start + Self.chunk - 1)
      let id = try await database.write { db in
        let ids = try (start...end).map { try proposal($0, space, component, themes, db) }
        return ids.first
      }
      first = first ?? id?.number
      Terminal.progress(end, proposals, "proposals written")
    }
    let base = first ?? 0
    var (written, seed) = (0, UInt64(1))
    while written < votes {
      let (wanted, from) = (min(Self.chunk * 10, votes - written), seed)
      let done = try await database.write { db in try cast(wanted, from: from, base: base, component, db) }
      // Most tries find a person who has not voted there yet; were everything full, this would not end.
      guard done > 0 else { break }
      (written, seed) = (written + done, seed &+ UInt64(wanted))
      Terminal.progress(written, votes, "votes written")
    }
    try await database.write { db in try count(base, component, db) }
    return Summary(component: component.number, first: base, votes: written)
  }

  private func frame(_ db: Writing) throws -> (SpaceID, ComponentID, themes: [Int64]) {
    func words(_ text: String) -> LocalizedText { LocalizedText(text, in: .french) }
    let space = try Spaces.insert(
      SpaceWords(
        slug: Bench.slug, title: words("Mesures"), question: words("Que changer ici ?"), summary: words("Un espace de mesure."),
        description: words("Un espace rempli par un programme."), scope: words("Tout le territoire")), by: nil, published: true, in: db)
    let component = try Spaces.insertComponent(
      .proposals, in: space, title: words("Idées"), introduction: words("Chacun propose, chacun soutient."), settings: ComponentSettings(), db)
    try ComponentThemes.insert((1...Self.themes).map { words("Thème \($0)") }, of: component, db)
    let phase = try db.insert(
      "INSERT INTO phases (space_id, name, description, starts_at, ends_at) VALUES ($1, $2, $3, $4, NULL) RETURNING id", space,
      words("Participer").stored, words("").stored, db.now.adding(days: -1))
    for act in PhaseAct.allCases {
      _ = try db.run("INSERT INTO phase_permissions (phase_id, component_id, act) VALUES ($1, $2, $3)", phase, component, act.rawValue)
    }
    return (space, component, try ComponentThemes.list(of: component, in: db).map(\.id))
  }

  private func person(_ number: Int, _ db: Writing) throws {
    let id = try db.insert(
      """
      INSERT INTO people (email, email_key, email_confirmed_at, display_name, language, under_fifteen, terms_version, created_at, signed_in_at)
      VALUES ($1, $1, $2, $3, 'fr', 0, 1, $2, $2) RETURNING id
      """, "person\(number)@example.org", db.now, "Personne \(number)")
    _ = try db.insert("INSERT INTO authors (kind, person_id, official) VALUES ('person', $1, 0) RETURNING id", id)
  }

  private func proposal(
    _ number: Int, _ space: SpaceID, _ component: ComponentID, _ themes: [Int64], _ db: Writing
  ) throws -> ResourceID {
    let text = BenchWords(seed: UInt64(number)).text(words: 160)
    let writ = Writ(
      title: BenchWords(seed: UInt64(number) &+ 1 << 32).text(words: 8), source: text, body: RichText(paragraphs: text), language: .french)
    let author = PersonID(Int64(1 + number % people))
    return try Resources.insert(
      .proposal, in: space, component, about: nil, by: Authors.personal(author, in: db), writ, place: "Quartier \(1 + number % 30)",
      theme: themes.isEmpty ? nil : themes[number % themes.count], person: author, created: db.now.adding(minutes: Int64(-number)), db)
  }

  /// Casts votes; few ideas get most of them (the cube of an even draw).
  private func cast(_ wanted: Int, from seed: UInt64, base: Int64, _ component: ComponentID, _ db: Writing) throws -> Int {
    var done = 0
    for offset in 0..<wanted {
      var draw = BenchWords(seed: (seed &+ UInt64(offset)) &* 3)
      let share = Double(draw.next() >> 11) / Double(1 << 53)
      let index = min(proposals - 1, Int(share * share * share * Double(proposals)))
      let person = Int64(1 + Int(draw.next() % UInt64(people)))
      done += try db.run(
        """
        INSERT INTO votes (resource_id, edition, person_id, choice, proof, component_id) VALUES ($1, 1, $2, 'support', 'email', $3)
        ON CONFLICT (resource_id, edition, person_id) DO NOTHING
        """, base + Int64(index), person, component)
    }
    return done
  }

  private func count(_ base: Int64, _ component: ComponentID, _ db: Writing) throws {
    _ = try db.run(
      """
      INSERT INTO tallies (resource_id, edition, choice, proof, shard, amount)
      SELECT resource_id, edition, choice, proof, person_id % $1, COUNT(*) FROM votes GROUP BY resource_id, edition, choice, proof, person_id % $1
      """, Votes.shards)
    for number in 0..<proposals { try Standings.recount(ID(base + Int64(number)), in: db) }
    try Standings.recountComponent(component, in: db)
  }

  /// What the list page reads, in the same statements: the space, the page, the counts, the rows.
  static func listTitles(in db: Reading) throws -> [String] {
    let context = try SpaceContext.load(Bench.slug, for: .visitor, in: db)
    guard let component = context.components.first else { return [] }
    let listing = Listing(kind: .proposal, order: .lot, seed: Listing.seed(at: db.now))
    let ids = try FoundOrListed.page(listing, search: "", component: component, languages: [.french], in: db).ids
    _ = try Admission.load(component.id, in: db)
    _ = try ComponentThemes.list(of: component.id, in: db)
    _ = try Standings.facets(.proposal, of: component.id, in: db)
    return try Proposals.rows(ids, in: db).map(\.title)
  }
}

/// Words drawn from a seed (SplitMix64), about as long as French ones; rank and frequency roughly as in any language (the square of an even draw).
struct BenchWords: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0xD129_0B2E_58C3_7F41 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static let syllables = [
    "ra", "vi", "lo", "me", "ti", "pu", "cha", "de", "qui", "no", "ser", "ton", "pla", "ga", "bre", "mai", "eau", "ville", "re", "con",
  ]

  func text(words: Int) -> String {
    var draw = self
    return (0..<words).map { _ in
      let share = Double(draw.next() >> 11) / Double(1 << 53)
      // One of 8,000 words, spelled by its number.
      var number = Int(share * share * 8_000)
      var word = Self.syllables[number % Self.syllables.count]
      while number > 0 {
        number /= Self.syllables.count
        word += Self.syllables[(number + 7) % Self.syllables.count]
      }
      return word
    }.joined(separator: " ")
  }
}
