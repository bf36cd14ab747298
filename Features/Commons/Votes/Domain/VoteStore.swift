package import Database

package enum Votes {
  /// Somebody voted, changed or took back a vote; who and what is in no event.
  package static let counted = EventKind("votes.counted", .nobody)

  /// Rows that one count is split over. PostgreSQL runs again what meets another at the same row: on one hot idea with 64 voters at once, a vote in
  /// four with 8 rows, hardly any with 32.
  package static let shards: Int64 = 32
  /// The one shard of a count that can grow no more.
  private static let folded: Int64 = -1

  /// How many say that a resource `r` counts, at this moment: for pages, where a press must show at once.
  package static let usefulNow: SQL = """
    (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM tallies t WHERE t.resource_id = r.id AND t.edition = r.edition AND t.choice = 'useful')
      + (SELECT CAST(COALESCE(SUM(i.amount), 0) AS BIGINT) FROM imported_totals i WHERE i.resource_id = r.id AND i.choice = 'useful')
    """

  /// Casts, changes or (with `choice` nil) takes back the actor's vote on the edition shown.
  /// Loads what the rule needs afresh; the same press twice changes nothing the second time.
  package static func cast(_ choice: Choice?, on id: ResourceID, edition: Int, by actor: Actor, in db: Writing) throws {
    let resource = try Resources.resource(id, in: db)
    let admission = try Admission.load(resource.component, in: db)
    var given = 0
    if resource.kind == .proposal, choice != nil, admission.settings.supportLimit != nil, let person = actor.person {
      given = try supports(by: person, in: resource.component, besides: id, db)
    }
    let permit = try Permit(CastVote(resource, admission, supportsGiven: given), for: actor, in: db)
    guard edition == resource.edition else { throw Refusal("refusal.new-version") }
    if let choice, !Choice.offered(on: resource.kind).choices.contains(choice) { throw Refusal("refusal.choice") }
    try write(choice, proof: .email, permit: permit, in: db)
  }

  /// Takes back what an account that ends voted where votes are still cast, or will be: whoever joins again with the same address would count twice.
  /// Where voting is over the votes stay counted.
  package static func takeBackOpen(of person: PersonID, in db: Writing) throws {
    try takeBack(" AND v.person_id = $2", person, db)
  }

  /// Takes back what those who left since had voted where voting is open again: their votes stayed counted because it was over.
  package static func takeBackReopened(in space: SpaceID, in db: Writing) throws {
    try takeBack(" AND r.space_id = $2 AND v.person_id IN (SELECT id FROM people WHERE deleted_at IS NOT NULL)", space, db)
  }

  private static func takeBack(_ whose: SQL, _ whom: any ValueConvertible, _ db: Writing) throws {
    let open = try db.all(
      """
      SELECT v.resource_id, v.edition, v.choice, v.proof, r.space_id, v.person_id FROM votes v JOIN resources r ON r.id = v.resource_id
      WHERE EXISTS (
        SELECT 1 FROM phase_permissions a JOIN phases p ON p.id = a.phase_id
        WHERE a.component_id = v.component_id AND (p.ends_at IS NULL OR p.ends_at > $1))
      """ + whose + " ORDER BY v.resource_id, v.edition, v.person_id", db.now, whom
    ) { row in
      (
        resource: row.id(0) as ResourceID, edition: row.int(1), choice: row.choice(2, or: Choice.useful), proof: row.choice(3, or: Proof.email),
        space: row.id(4) as SpaceID, person: row.id(5) as PersonID
      )
    }
    for vote in open {
      _ = try db.run("DELETE FROM votes WHERE resource_id = $1 AND edition = $2 AND person_id = $3", vote.resource, vote.edition, vote.person)
      try shift(-1, vote.choice, vote.proof, vote.resource, vote.edition, vote.person, db)
      try db.record(counted, by: nil, on: ("tallies", vote.resource.number), in: vote.space)
    }
  }

  /// Parts the votes of a space from their accounts for good. The shards of each count become one: a person's shard would tell what they chose.
  /// - Returns: how many votes were parted.
  package static func unlink(in space: SpaceID, in db: Writing) throws -> Int {
    let gone = try db.run("DELETE FROM votes WHERE component_id IN (SELECT id FROM components WHERE space_id = $1)", space)
    _ = try db.run(
      """
      INSERT INTO tallies (resource_id, edition, choice, proof, shard, amount)
      SELECT t.resource_id, t.edition, t.choice, t.proof, $1, CAST(SUM(t.amount) AS BIGINT)
      FROM tallies t JOIN resources r ON r.id = t.resource_id WHERE r.space_id = $2 GROUP BY t.resource_id, t.edition, t.choice, t.proof
      """, folded, space)
    _ = try db.run("DELETE FROM tallies WHERE shard <> $1 AND resource_id IN (SELECT id FROM resources WHERE space_id = $2)", folded, space)
    return gone
  }

  private static func write(_ choice: Choice?, proof: Proof, permit: consuming Permit<CastVote>, in db: Writing) throws {
    guard let person = permit.actor.person else { return }
    let resource = permit.act.resource
    let isFirst = try choice.map { try insert($0, proof: proof, by: person, on: resource, db) } ?? false
    if !isFirst {
      guard let old = try vote(of: person, on: resource, in: db), old != choice else { return }
      if let choice {
        _ = try db.run(
          "UPDATE votes SET choice = $1 WHERE resource_id = $2 AND edition = $3 AND person_id = $4", choice.rawValue, resource.id, resource.edition,
          person)
      } else {
        _ = try db.run("DELETE FROM votes WHERE resource_id = $1 AND edition = $2 AND person_id = $3", resource.id, resource.edition, person)
      }
      try shift(-1, old, proof, resource.id, resource.edition, person, db)
    }
    if let choice { try shift(1, choice, proof, resource.id, resource.edition, person, db) }
    try db.record(counted, by: nil, on: ("tallies", resource.id.number), in: resource.space)
  }

  /// Inserts someone's first vote on an edition, without looking whether there is one: on PostgreSQL, who looks meets all who vote beside them.
  /// - Returns: false, and nothing is done, when they have voted.
  private static func insert(_ choice: Choice, proof: Proof, by person: PersonID, on resource: Resource, _ db: Writing) throws -> Bool {
    try db.run(
      """
      INSERT INTO votes (resource_id, edition, person_id, choice, proof, component_id) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (resource_id, edition, person_id) DO NOTHING
      """, resource.id, resource.edition, person, choice.rawValue, proof.rawValue, resource.component) == 1
  }

  /// The row that a person's votes count in. It never changes, so that no row falls below zero.
  package static func shard(of person: PersonID) -> Int64 { person.number % shards }

  /// Moves one shard of the count.
  private static func shift(
    _ amount: Int, _ choice: Choice, _ proof: Proof, _ resource: ResourceID, _ edition: Int, _ person: PersonID, _ db: Writing
  ) throws {
    if amount < 0 {
      _ = try db.run(
        "UPDATE tallies SET amount = amount - 1 WHERE resource_id = $1 AND edition = $2 AND choice = $3 AND proof = $4 AND shard = $5", resource,
        edition,
        choice.rawValue, proof.rawValue, shard(of: person))
    } else {
      _ = try db.run(
        """
        INSERT INTO tallies (resource_id, edition, choice, proof, shard, amount) VALUES ($1, $2, $3, $4, $5, 1)
        ON CONFLICT (resource_id, edition, choice, proof, shard) DO UPDATE SET amount = tallies.amount + 1
        """, resource, edition, choice.rawValue, proof.rawValue, shard(of: person))
    }
  }

  /// The person's own vote on the edition shown.
  package static func vote(of person: PersonID, on resource: Resource, in db: Reading) throws -> Choice? {
    try db.first(
      "SELECT choice FROM votes WHERE resource_id = $1 AND edition = $2 AND person_id = $3", resource.id, resource.edition, person
    ) { Choice(rawValue: $0.text(0)) }.flatMap { $0 }
  }

  /// The person's own votes on everything about one resource (its arguments and sources) and on itself.
  package static func votes(of person: PersonID, around subject: ResourceID, in db: Reading) throws -> [ResourceID: Choice] {
    let rows = try db.all(
      """
      SELECT v.resource_id, v.choice FROM votes v JOIN resources r ON r.id = v.resource_id
      WHERE v.person_id = $1 AND v.edition = r.edition AND (r.subject_id = $2 OR r.id = $2)
      """, person, subject
    ) { row in (row.id(0) as ResourceID, row.choice(1, or: Choice.useful)) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  /// The edition of an earlier vote, when the text has had a new version since.
  package static func olderVote(of person: PersonID, on resource: Resource, in db: Reading) throws -> Choice? {
    try db.first(
      "SELECT choice FROM votes WHERE resource_id = $1 AND edition < $2 AND person_id = $3 ORDER BY edition DESC LIMIT 1", resource.id,
      resource.edition, person
    ) { Choice(rawValue: $0.text(0)) }.flatMap { $0 }
  }

  /// The other ideas that someone supports as they stand now: a support of an earlier version binds nobody.
  package static func supports(by person: PersonID, in component: ComponentID, besides resource: ResourceID, _ db: Reading) throws -> Int {
    try db.count(
      """
      SELECT COUNT(*) FROM votes v JOIN resources r ON r.id = v.resource_id
      WHERE v.person_id = $1 AND v.component_id = $2 AND v.choice = 'support' AND v.resource_id <> $3 AND v.edition = r.edition
        AND r.withdrawn_at IS NULL AND r.hidden_at IS NULL
      """, person, component, resource)
  }

  /// The totals of one edition; votes that came as totals count with the first.
  package static func tally(of resource: ResourceID, edition: Int, in db: Reading) throws -> Tally {
    var tally = Tally()
    let cast = try db.all(
      """
      SELECT choice, proof, CAST(SUM(amount) AS BIGINT) FROM tallies
      WHERE resource_id = $1 AND edition = $2 GROUP BY choice, proof ORDER BY choice, proof
      """, resource, edition
    ) { row in (Choice(rawValue: row.text(0)), Proof(rawValue: row.text(1)), row.int(2)) }
    for case (let choice?, let proof?, let amount) in cast { tally.add(amount, choice, proof) }
    if edition == 1 {
      let imported = try db.all("SELECT choice, amount FROM imported_totals WHERE resource_id = $1", resource) { row in
        (Choice(rawValue: row.text(0)), row.int(1))
      }
      for case (let choice?, let amount) in imported { tally.add(imported: amount, choice) }
    }
    return tally
  }

  /// Keeps a total that came from elsewhere as what it is.
  package static func keepImported(_ amount: Int, _ choice: Choice, on resource: ResourceID, in db: Writing) throws {
    _ = try db.run(
      """
      INSERT INTO imported_totals (resource_id, choice, amount) VALUES ($1, $2, $3)
      ON CONFLICT (resource_id, choice) DO UPDATE SET amount = excluded.amount
      """, resource, choice.rawValue, amount)
  }

  /// People who voted on an earlier edition; told when a new version comes.
  package static func voters(on resource: ResourceID, edition: Int, after person: Int64, limit: Int, in db: Reading) throws -> [PersonID] {
    try db.all(
      "SELECT person_id FROM votes WHERE resource_id = $1 AND edition = $2 AND person_id > $3 ORDER BY person_id LIMIT $4", resource, edition,
      person, limit
    ) { $0.id(0) }
  }
}
