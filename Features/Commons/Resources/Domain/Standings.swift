package import Database
import TextAnalysis

/// What everyone may see, ready to be listed, counted and found.
///
/// A resource enters (`show`) and leaves (`conceal`) in the transaction that publishes or hides it; the numbers in between are kept by the
/// follower, which recomputes the standing of each resource that an event names.
package enum Standings {
  /// Puts the resource into lists and into the search index, or brings both up to date. What hangs on something hidden or withdrawn stays out.
  package static func show(_ id: ResourceID, in db: Writing) throws {
    guard try stands(id, in: db) else { return }
    _ = try db.run(
      """
      INSERT INTO standings (resource_id, component_id, kind, official, theme_id, author_kind, lot, published_at, votes, pro, mixed, con,
        arguments, sources, wordings, controversy)
      SELECT r.id, r.component_id, r.kind, CASE WHEN r.kind = 'article' AND a.official = 1 THEN 1 ELSE 0 END, r.theme_id, a.kind, $2,
        r.published_at, 0, 0, 0, 0, 0, 0, 0, 0
      FROM resources r JOIN authors a ON a.id = r.author_id
      WHERE r.id = $1
      ON CONFLICT (resource_id) DO UPDATE SET theme_id = excluded.theme_id
      """, id, lot(of: id, at: db.now))
    let words = try db.first(
      """
      SELECT v.title, v.plain, v.language, r.space_id, r.kind
      FROM resources r JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE r.id = $1
      """, id
    ) { row in (title: row.text(0), body: row.text(1), language: row.text(2), space: row.int64(3), kind: row.text(4)) }
    guard let words else { return }
    let translated = try db.all(
      "SELECT part, plain, language FROM translations WHERE resource_id = $1 AND part IN ('title', 'body') ORDER BY language", id
    ) { (part: $0.text(0), words: $0.text(1), language: $0.text(2)) }
    func stems(_ own: String, _ part: String) -> [String] {
      Analyser.stems(own, language: words.language)
        + translated.filter { $0.part == part }.flatMap { Analyser.stems($0.words, language: $0.language) }
    }
    try db.index(
      document: id.number, kind: words.kind, space: words.space, title: stems(words.title, "title"), body: stems(words.body, "body"))
  }

  /// All votes or supports on what stands, imported ones included; 0 where it is not listed.
  package static func votes(on resource: ResourceID, in db: Reading) throws -> Int {
    try db.first("SELECT votes FROM standings WHERE resource_id = $1", resource) { $0.int(0) } ?? 0
  }

  /// Takes the resource out of every list and out of the search index.
  package static func conceal(_ id: ResourceID, in db: Writing) throws {
    _ = try db.run("DELETE FROM standings WHERE resource_id = $1", id)
    try db.unindex(document: id.number)
  }

  /// Takes the resource and all that hangs on it out of every list and out of the search index.
  package static func concealAll(from root: ResourceID, in db: Writing) throws {
    for id in try branch(of: root, in: db) { try conceal(id, in: db) }
  }

  /// Brings the resource back, with all that hangs on it and is not itself hidden or withdrawn, and counts each again.
  package static func showAll(from root: ResourceID, in db: Writing) throws {
    let branch = try branch(of: root, in: db)
    for id in branch { try show(id, in: db) }
    for id in branch { try recount(id, in: db) }
  }

  /// The resource and all that hangs on it.
  private static func branch(of root: ResourceID, in db: Reading) throws -> [ResourceID] {
    var open = [root]
    var found: [ResourceID] = []
    var seen: Set<ResourceID> = []
    while let id = open.popLast() {
      // A reply hangs on its subject and on the argument: it comes twice.
      guard seen.insert(id).inserted else { continue }
      found.append(id)
      open += try db.all("SELECT id FROM resources WHERE subject_id = $1", id) { $0.id(0) }
      open += try db.all("SELECT resource_id FROM arguments WHERE reply_to = $1", id) { $0.id(0) }
    }
    return found
  }

  /// Whether the resource and all that it hangs on are published; a reply hangs on the argument that it answers.
  private static func stands(_ id: ResourceID, in db: Reading) throws -> Bool {
    var next: ResourceID? = id
    while let id = next {
      let found = try db.first(
        """
        SELECT COALESCE(g.reply_to, r.subject_id) FROM resources r LEFT JOIN arguments g ON g.resource_id = r.id
        WHERE r.id = $1 AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL AND r.hidden_at IS NULL
        """, id
      ) { $0.idOrNil(0) as ResourceID? }
      guard let found else { return false }
      next = found
    }
    return true
  }

  /// A place in the order by lot: SplitMix64 (Steele, Lea, Flood 2014) of the id and the time, 31 bits.
  static func lot(of id: ResourceID, at time: Instant) -> Int64 {
    var z = UInt64(bitPattern: id.number) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: time.milliseconds)
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int64((z ^ (z >> 31)) >> 33)
  }

  /// Draws all lots anew; each night.
  package static func drawLots(in db: Writing) throws {
    let ids: [ResourceID] = try db.all("SELECT resource_id FROM standings") { $0.id(0) }
    for id in ids { _ = try db.run("UPDATE standings SET lot = $1 WHERE resource_id = $2", lot(of: id, at: db.now), id) }
  }

  /// Computes the numbers of one resource from votes, arguments, sources and wordings.
  package static func recount(_ id: ResourceID, in db: Writing) throws {
    let before = try votes(on: id, in: db)
    _ = try db.run(
      """
      UPDATE standings SET
        pro = (SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) FROM (
          SELECT t.amount FROM tallies t JOIN resources r ON r.id = t.resource_id
          WHERE t.resource_id = $1 AND t.edition = r.edition AND t.choice IN ('for', 'support', 'useful')
          UNION ALL SELECT amount FROM imported_totals WHERE resource_id = $1 AND choice IN ('for', 'support', 'useful')) x),
        mixed = (SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) FROM (
          SELECT t.amount FROM tallies t JOIN resources r ON r.id = t.resource_id
          WHERE t.resource_id = $1 AND t.edition = r.edition AND t.choice = 'mixed'
          UNION ALL SELECT amount FROM imported_totals WHERE resource_id = $1 AND choice = 'mixed') x),
        con = (SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) FROM (
          SELECT t.amount FROM tallies t JOIN resources r ON r.id = t.resource_id
          WHERE t.resource_id = $1 AND t.edition = r.edition AND t.choice = 'against'
          UNION ALL SELECT amount FROM imported_totals WHERE resource_id = $1 AND choice = 'against') x),
        arguments = (SELECT COUNT(*) FROM resources r JOIN standings s ON s.resource_id = r.id JOIN arguments g ON g.resource_id = r.id
          WHERE r.subject_id = $1 AND r.kind = 'argument' AND g.reply_to IS NULL),
        sources = (SELECT COUNT(*) FROM resources r JOIN standings s ON s.resource_id = r.id WHERE r.subject_id = $1 AND r.kind = 'source'),
        wordings = (SELECT COUNT(*) FROM resources r JOIN standings s ON s.resource_id = r.id WHERE r.subject_id = $1 AND r.kind = 'wording')
      WHERE resource_id = $1
      """, id)
    _ = try db.run(
      """
      UPDATE standings SET votes = pro + mixed + con, controversy = 2 * CASE WHEN pro < con THEN pro ELSE con END
      WHERE resource_id = $1
      """, id)
    // A vote moves the sum of its activity; adding all of it up each time would cost as much as the activity is large.
    let change = try votes(on: id, in: db) - before
    guard change != 0 else { return }
    _ = try db.run(
      """
      UPDATE standing_counts SET amount = amount + $2 WHERE facet = 'votes' AND (component_id, kind, official) IN (
        SELECT component_id, kind, official FROM standings WHERE resource_id = $1)
      """, id, change)
  }

  /// Counts what a component shows, by kind, theme and kind of author, and adds up its votes, those too on what its author took back.
  ///
  /// Where imported totals are added up, `CROSS JOIN` keeps SQLite from looking for one beside each of 40,000 ideas (8 ms, against 0.1).
  package static func recountComponent(_ component: ComponentID, in db: Writing) throws {
    _ = try db.run("DELETE FROM standing_counts WHERE component_id = $1", component)
    _ = try db.run(
      """
      INSERT INTO standing_counts (component_id, kind, official, facet, value, amount)
      SELECT component_id, kind, official, 'all', '', COUNT(*) FROM standings WHERE component_id = $1 GROUP BY component_id, kind, official
      UNION ALL
      SELECT component_id, kind, official, 'theme', CAST(theme_id AS TEXT), COUNT(*) FROM standings
      WHERE component_id = $1 AND theme_id IS NOT NULL GROUP BY component_id, kind, official, theme_id
      UNION ALL
      SELECT component_id, kind, official, 'author', author_kind, COUNT(*) FROM standings
      WHERE component_id = $1 GROUP BY component_id, kind, official, author_kind
      UNION ALL
      SELECT s.component_id, s.kind, s.official, 'channel', h.channel, COUNT(*)
      FROM standings s JOIN resources r ON r.id = s.resource_id JOIN assistances h ON h.author_id = r.author_id
      WHERE s.component_id = $1 AND s.author_kind = 'assisted' GROUP BY s.component_id, s.kind, s.official, h.channel
      UNION ALL
      SELECT component_id, kind, official, 'votes', '', CAST(SUM(votes) AS BIGINT) FROM standings
      WHERE component_id = $1 GROUP BY component_id, kind, official
      UNION ALL
      SELECT s.component_id, s.kind, s.official, 'imported', '', CAST(SUM(t.amount) AS BIGINT)
      FROM imported_totals t CROSS JOIN standings s
      WHERE s.resource_id = t.resource_id AND s.component_id = $1 GROUP BY s.component_id, s.kind, s.official
      """, component)
    try addWithdrawn(in: component, db)
  }

  /// Adds up the votes on what its author took back and what hangs on that, unless moderation hid it or what it hangs on.
  private static func addWithdrawn(in component: ComponentID, _ db: Writing) throws {
    let own: [ResourceID] = try db.all(
      "SELECT id FROM resources WHERE component_id = $1 AND withdrawn_at IS NOT NULL AND published_at IS NOT NULL", component
    ) { $0.id(0) }
    guard !own.isEmpty else { return }
    for (facet, amount) in [("withdrawn", votesWithdrawn), ("imported", importedWithdrawn)] {
      _ = try db.run(
        "INSERT INTO standing_counts (component_id, kind, official, facet, value, amount) "
          + "SELECT r.component_id, r.kind, 0, $2, 'withdrawn', CAST(SUM(" + amount + ") AS BIGINT) "
            + """
            FROM resources r LEFT JOIN resources q ON q.id = r.subject_id
            WHERE (r.id IN numbers($1) OR r.subject_id IN numbers($1)) AND r.kind IN ('article', 'wording', 'proposal')
              AND r.published_at IS NOT NULL AND r.hidden_at IS NULL AND q.hidden_at IS NULL
            GROUP BY r.component_id, r.kind
            """, Numbers(own), facet)
    }
  }

  private static let importedWithdrawn: SQL =
    "(SELECT CAST(COALESCE(SUM(i.amount), 0) AS BIGINT) FROM imported_totals i WHERE i.resource_id = r.id)"
  private static let votesWithdrawn: SQL =
    importedWithdrawn
    + " + (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM tallies t WHERE t.resource_id = r.id AND t.edition = r.edition)"
}

/// Keeps the numbers of standings; a projection that may be rebuilt at any time.
package struct StandingsFollower: Follower {
  package let name = "standings"
  package let kind = FollowerKind.projection

  package init() {}

  package func handle(_ events: [StoredEvent], in db: Writing) throws {
    func subjects(_ kind: String) -> Set<Int64> { Set(events.filter { $0.subjectKind == kind }.map(\.subject)) }
    let resources = subjects("resources")
    let voted = subjects("tallies")
    for id in resources.union(voted).sorted() { try Standings.recount(ID(id), in: db) }
    // When an account ends, votes on what was withdrawn are taken back too: it stands in no list, and the sum is made anew.
    var components = Set(
      try db.all("SELECT component_id FROM resources WHERE id IN numbers($1) AND withdrawn_at IS NOT NULL", Numbers(Array(voted))) { $0.int64(0) })
    for id in resources.sorted() {
      if let component = try db.first("SELECT component_id FROM resources WHERE id = $1", id, map: { $0.int64(0) }) { components.insert(component) }
    }
    for component in components.sorted() { try Standings.recountComponent(ID(component), in: db) }
  }
}
