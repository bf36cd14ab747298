package import Database

/// Writing for someone without account. What is written needs the same permit as for anyone else.
package struct Assist: Act {
  package let space: SpaceID
  package init(_ space: SpaceID) { self.space = space }
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.verdict(holding: .agent, .administrator, in: space) }
}

/// For whom an agent writes: how it came to them, and how the answer goes back.
package struct Assistance: Sendable {
  /// Empty for someone under 15, or who does not want to be named.
  package let name: String
  package let channel: Author.Channel
  package let place: String
  /// A day, ISO 8601.
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

extension Authors {
  package static let assisted = EventKind("authors.assisted", .staff, headline: "events.authors.assisted")

  /// Forgets where answers go, for all that was written by agents in a space.
  /// - Returns: for how many people.
  package static func forgetAnswerAddresses(in space: SpaceID, in db: Writing) throws -> Int {
    try db.run(
      """
      UPDATE assistances SET answer_to = '' WHERE answer_to <> ''
        AND author_id IN (SELECT author_id FROM resources WHERE space_id = $1)
      """, space)
  }

  /// The references of the slips that someone printed as an agent.
  package static func references(by agent: PersonID, in db: Reading) throws -> [String] {
    try db.all("SELECT reference FROM assistances WHERE agent_id = $1 ORDER BY author_id", agent) { $0.text(0) }
  }

  /// The author that stands for someone without account. Whoever is named alike on the same paper is the same author, so that a form sent
  /// twice is published once; of those without a name, who says the same.
  /// - Parameters:
  ///   - words: what is written for them.
  ///   - reference: drawn by the caller, printed on the slip.
  package static func assisted(
    _ someone: Assistance, saying words: (title: String, source: String), reference: String, permit: consuming Permit<Assist>, in db: Writing
  ) throws -> AuthorID {
    guard let agent = permit.actor.person else { throw Refusal("refusal.sign-in", remedy: .signIn) }
    try checkFree([someone.name], besides: agent, in: db)
    let known: AuthorID? = try db.first(
      """
      SELECT a.id FROM assistances h JOIN authors a ON a.id = h.author_id WHERE h.agent_id = $1 AND a.name = $2 AND h.channel = $3
        AND h.place = $4 AND h.given_on = $5 AND h.answer_by = $6 AND h.answer_to = $7 AND (a.name <> '' OR EXISTS (
          SELECT 1 FROM resources r JOIN revisions v ON v.resource_id = r.id AND v.number = 1
          WHERE r.author_id = a.id AND v.title = $8 AND v.source = $9))
      """, agent, someone.name, someone.channel.rawValue, someone.place, someone.givenOn, someone.answerBy.rawValue, someone.answerTo, words.title,
      words.source
    ) { $0.id(0) }
    if let known { return known }
    let author = AuthorID(try db.insert("INSERT INTO authors (kind, name, official) VALUES ('assisted', $1, 0) RETURNING id", someone.name))
    _ = try db.run(
      """
      INSERT INTO assistances (author_id, agent_id, channel, place, given_on, answer_by, answer_to, reference)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """, author, agent, someone.channel.rawValue, someone.place, someone.givenOn, someone.answerBy.rawValue, someone.answerTo, reference)
    return author
  }
}
