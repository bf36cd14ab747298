package import Database
import Localization

/// Writing a contribution down for someone without account.
package struct Assist: Contribution {
  package let admission: Admission
  package init(_ admission: Admission) { self.admission = admission }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let held = actor.verdict(holding: .agent, .administrator, in: admission.space)
    guard held.isYes else { return held }
    guard admission.kind == .proposals else { return .no(Refusal("refusal.phase-closed")) }
    return admission.verdict(for: actor, .propose)
  }
}

/// How a contribution came to the agent, and how the answer goes back.
package struct Assistance: Sendable {
  package let name: String
  package let channel: Author.Channel
  package let place: String
  package let givenOn: String
  package let answerBy: Author.AnswerWay
  package let answerTo: String

  package init(name: String, channel: Author.Channel, place: String, givenOn: String, answerBy: Author.AnswerWay, answerTo: String) {
    self.name = name
    self.channel = channel
    self.place = place
    self.givenOn = givenOn
    self.answerBy = answerBy
    self.answerTo = answerTo
  }
}

/// What the printed slip says.
package struct Slip: Sendable {
  package let reference: String
  package let name: String
  package let channel: Author.Channel
  package let place: String
  package let givenOn: String
  package let answerBy: Author.AnswerWay
  package let answerTo: String
  package let resource: ID<Resource>
  package let title: String
  package let component: ID<Component>
}

package enum Authors {
  package static let assisted = EventKind("authors.assisted", .staff, headline: "events.authors.assisted")

  /// The author that stands for a person.
  package static func personal(_ person: ID<Person>, in db: Writing) throws -> ID<Author> {
    if let id: ID<Author> = try db.first("SELECT id FROM authors WHERE kind = 'person' AND person_id = $1", person, map: { $0.id(0) }) { return id }
    return ID(try db.insert("INSERT INTO authors (kind, person_id, official) VALUES ('person', $1, 0) RETURNING id", person))
  }

  /// An organization or a group for which a person speaks. The authority's own name is not for others to take.
  package static func collective(
    _ kind: Author.Kind, name: String, organizationKind: Author.OrganizationKind?, members: [String], spokesperson: ID<Person>, in db: Writing
  ) throws -> ID<Author> {
    guard OfficialName.isFree(name, in: try officialNames(db)) else { throw Refusal("refusal.official-name") }
    let known: ID<Author>? = try db.first(
      "SELECT id FROM authors WHERE kind = $1 AND person_id = $2 AND name = $3 AND COALESCE(organization_kind, '') = $4", kind.rawValue, spokesperson,
      name, organizationKind?.rawValue ?? ""
    ) { $0.id(0) }
    if let known, members.isEmpty { return known }
    let id = ID<Author>(
      try db.insert(
        "INSERT INTO authors (kind, person_id, name, organization_kind, official) VALUES ($1, $2, $3, $4, 0) RETURNING id", kind.rawValue,
        spokesperson, name, organizationKind?.rawValue))
    for member in members.prefix(20) {
      _ = try db.run("INSERT INTO author_members (author_id, person_id, name) VALUES ($1, NULL, $2) ON CONFLICT DO NOTHING", id, member)
    }
    return id
  }

  /// Names that speak for the authority: the organization's own and those of official authors.
  package static func officialNames(_ db: Reading) throws -> [String] {
    try db.all(
      "SELECT name FROM authors WHERE official = 1 AND name IS NOT NULL UNION SELECT name FROM organization UNION SELECT publisher FROM organization"
    ) {
      $0.text(0)
    }
  }

  package static func imported(key: String, name: String, isOfficial: Bool, in db: Writing) throws -> ID<Author> {
    ID(
      try db.insert(
        """
        INSERT INTO authors (kind, name, official, imported_key) VALUES ('imported', $1, $2, $3)
        ON CONFLICT (imported_key) DO UPDATE SET name = excluded.name RETURNING id
        """, name, isOfficial, key))
  }

  /// The authority of the organization itself.
  package static func authority(named name: String, in db: Writing) throws -> ID<Author> {
    try imported(key: "authority:" + name, name: name, isOfficial: true, in: db)
  }

  package static func author(_ id: ID<Author>, in db: Reading) throws -> Author? {
    try db.first("SELECT " + Author.columns + " FROM authors a" + Author.joins + " WHERE a.id = $1", id) { Author($0, from: 0) }
  }

  /// Publishes a proposal that an agent wrote down, with its slip.
  /// - Parameter reference: drawn by the caller, printed on the slip.
  package static func assist(
    _ assistance: Assistance, reference: String, _ writ: Writ, place: String, theme: Int64?, permit: consuming Permit<Assist>, in db: Writing
  ) throws -> ID<Resource> {
    guard let agent = permit.actor.person else { throw Refusal("refusal.sign-in", remedy: .signIn) }
    let space = permit.act.admission.space
    let author = ID<Author>(
      try db.insert("INSERT INTO authors (kind, name, official) VALUES ('assisted', $1, 0) RETURNING id", assistance.name))
    _ = try db.run(
      """
      INSERT INTO assistances (author_id, agent_id, channel, place, given_on, answer_by, answer_to, reference)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """, author, agent, assistance.channel.rawValue, assistance.place, assistance.givenOn, assistance.answerBy.rawValue, assistance.answerTo,
      reference)
    let id = try Resources.publish(.proposal, about: nil, by: author, writ, place: place, theme: theme, permit: permit, in: db)
    try db.record(assisted, by: agent, on: ("resources", id.number), in: space)
    return id
  }

  /// The idea that a slip's reference stands for, typed in any case, with or without its hyphen.
  package static func idea(reference typed: String, in db: Reading) throws -> ID<Resource>? {
    let letters = String(decoding: typed.utf8.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }.prefix(20), as: UTF8.self).uppercased()
    guard letters.utf8.count == 8 else { return nil }
    let reference = String(letters.prefix(4)) + "-" + String(letters.suffix(4))
    return try db.first(
      """
      SELECT r.id FROM assistances h JOIN resources r ON r.author_id = h.author_id JOIN standings s ON s.resource_id = r.id WHERE h.reference = $1
      """, reference
    ) { $0.id(0) }
  }

  package static func slip(_ resource: ID<Resource>, in db: Reading) throws -> Slip? {
    try db.first(
      """
      SELECT h.reference, COALESCE(a.name, ''), h.channel, h.place, h.given_on, h.answer_by, h.answer_to, v.title, r.component_id
      FROM resources r JOIN authors a ON a.id = r.author_id JOIN assistances h ON h.author_id = a.id
        JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      WHERE r.id = $1
      """, resource
    ) { row in
      Slip(
        reference: row.text(0), name: row.text(1), channel: Author.Channel(rawValue: row.text(2)) ?? .stand, place: row.text(3),
        givenOn: row.text(4), answerBy: Author.AnswerWay(rawValue: row.text(5)) ?? .none, answerTo: row.text(6), resource: resource,
        title: row.text(7), component: row.id(8))
    }
  }
}
