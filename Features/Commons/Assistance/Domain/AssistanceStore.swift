package import Database

package enum Assistances {
  package static let assisted = EventKind("authors.assisted", .staff, headline: "events.authors.assisted")

  /// Publishes a proposal that an agent wrote down, with its slip.
  /// - Parameter reference: drawn by the caller, printed on the slip.
  package static func publish(
    _ assistance: Assistance, reference: String, _ writ: Writ, place: String, theme: Int64?, permit: consuming Permit<Assist>, in db: Writing
  ) throws -> ResourceID {
    guard let agent = permit.actor.person else { throw Refusal("refusal.sign-in", remedy: .signIn) }
    let space = permit.act.admission.space
    let author = AuthorID(
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
  package static func idea(reference typed: String, in db: Reading) throws -> ResourceID? {
    let letters = String(decoding: typed.utf8.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }.prefix(20), as: UTF8.self).uppercased()
    guard letters.utf8.count == 8 else { return nil }
    let reference = String(letters.prefix(4)) + "-" + String(letters.suffix(4))
    return try db.first(
      """
      SELECT r.id FROM assistances h JOIN resources r ON r.author_id = h.author_id JOIN standings s ON s.resource_id = r.id WHERE h.reference = $1
      """, reference
    ) { $0.id(0) }
  }

  package static func slip(_ resource: ResourceID, in db: Reading) throws -> Slip? {
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
