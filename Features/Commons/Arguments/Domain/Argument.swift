package import Database
package import RichText
package import Localization

/// An argument for or against a resource, or a reply to one, as shown.
package struct Argument: Sendable {
  package enum Side: String, Sendable, CaseIterable { case `for`, against }

  package let id: ResourceID
  package let side: Side
  package let replyTo: ResourceID?
  package let author: Author
  package let authorPerson: PersonID?
  package let body: RichText
  package let language: Language
  package let published: Instant
  package let useful: Int
  /// More than one says that it was corrected.
  package let revision: Int
  package let state: ResourceState
  package let tombstone: Tombstone?
}

/// Arguing about a resource.
package struct Argue: Contribution {
  package let subject: Resource
  package let admission: Admission

  package init(_ subject: Resource, _ admission: Admission) {
    self.subject = subject
    self.admission = admission
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let admitted = admission.verdict(for: actor, .argue)
    guard admitted.isYes else { return admitted }
    guard subject.state.allows(.answer) else { return .no(Refusal("refusal.state")) }
    return .yes
  }
}

package enum Arguments {
  /// How the arguments of one side are ordered.
  package enum Order: String, Sendable, CaseIterable { case useful, recent, lot }

  package static func add(
    _ side: Argument.Side, about subject: ResourceID, replyTo: ResourceID?, _ writ: Writ, author: AuthorID, by actor: Actor, in db: Writing
  ) throws -> ResourceID {
    let subject = try Resources.resource(subject, in: db)
    guard subject.kind != .argument, subject.kind != .source else { throw NotFound() }
    let permit = try Permit(Argue(subject, try Admission.load(subject.component, in: db)), for: actor, in: db)
    var side = side
    if let replyTo {
      // A reply stands under an argument of the same subject, one level deep, on its side of the page.
      let found = try db.first(
        "SELECT a.side, a.reply_to FROM arguments a JOIN resources r ON r.id = a.resource_id WHERE a.resource_id = $1", replyTo
      ) { (side: $0.choice(0, or: Argument.Side.for), isReply: $0.idOrNil(1) as ResourceID? != nil) }
      let answered = try Resources.resource(replyTo, in: db)
      guard let found, !found.isReply, answered.subject == subject.id, answered.state != .hidden else { throw NotFound() }
      guard answered.state.allows(.answer) else { throw Refusal("refusal.state") }
      side = found.side
    }
    // “I agree” may be said to two people: only the same words in the same place are the same form sent twice.
    let isTwin = { (id: ResourceID) in
      try db.count(
        "SELECT COUNT(*) FROM arguments WHERE resource_id = $1 AND side = $2 AND COALESCE(reply_to, 0) = $3", id, side.rawValue, replyTo?.number ?? 0)
        > 0
    }
    let id = try Resources.publish(.argument, about: subject.id, by: author, writ, isTwin: isTwin, permit: permit, in: db)
    try insert(id, side: side, replyTo: replyTo, in: db)
    return id
  }

  package static func insert(_ id: ResourceID, side: Argument.Side, replyTo: ResourceID?, in db: Writing) throws {
    _ = try db.run("INSERT INTO arguments (resource_id, side, reply_to) VALUES ($1, $2, $3)", id, side.rawValue, replyTo)
  }

  private static let selection: SQL =
    "SELECT r.id, g.side, g.reply_to, a.person_id, v.html, v.language, r.published_at, " + Votes.usefulNow
    + ", r.withdrawn_at, r.hidden_at, r.hidden_rule, r.revision, " + Author.columns
      + """
       FROM resources r JOIN arguments g ON g.resource_id = r.id JOIN authors a ON a.id = r.author_id
         JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision LEFT JOIN standings s ON s.resource_id = r.id
      """ + Author.joins

  private static func argument(_ row: Row) -> Argument {
    Argument(
      id: row.id(0), side: row.choice(1, or: Argument.Side.for), replyTo: row.idOrNil(2), author: Author(row, from: 12),
      authorPerson: row.idOrNil(3), body: RichText(stored: row.text(4)), language: Language(row.text(5)), published: row.instant(6),
      useful: row.int(7), revision: row.int(11),
      state: ResourceState(isWithdrawn: row.instantOrNil(8) != nil, isHidden: row.instantOrNil(9) != nil),
      tombstone: row.instantOrNil(9).map { Tombstone(rule: row.textOrNil(10) ?? "", hidden: $0) })
  }

  /// The arguments of one side, without replies.
  package static func list(
    about subject: ResourceID, side: Argument.Side, order: Order, seed: Int, limit: Int, offset: Int, in db: Reading
  ) throws -> [Argument] {
    let filter: SQL = " WHERE r.subject_id = $1 AND r.kind = 'argument' AND g.side = $2 AND g.reply_to IS NULL"
    switch order {
    case .useful:
      return try db.all(
        selection + filter + " ORDER BY COALESCE(s.pro, 0) DESC, r.id LIMIT $3 OFFSET $4", subject, side.rawValue, limit, offset, map: argument)
    case .recent:
      return try db.all(
        selection + filter + " ORDER BY r.published_at DESC, r.id DESC LIMIT $3 OFFSET $4", subject, side.rawValue, limit, offset, map: argument)
    case .lot:
      return try db.all(
        selection + filter + " ORDER BY CASE WHEN COALESCE(s.lot, 0) >= $5 THEN 0 ELSE 1 END, COALESCE(s.lot, 0), r.id LIMIT $3 OFFSET $4", subject,
        side.rawValue, limit, offset, seed, map: argument)
    }
  }

  /// The replies to arguments of a subject, oldest first.
  package static func replies(about subject: ResourceID, limit: Int, in db: Reading) throws -> [Argument] {
    try db.all(
      selection + " WHERE r.subject_id = $1 AND r.kind = 'argument' AND g.reply_to IS NOT NULL ORDER BY r.published_at, r.id LIMIT $2", subject,
      limit,
      map: argument)
  }

  package static func argument(_ id: ResourceID, in db: Reading) throws -> Argument? {
    try db.first(selection + " WHERE r.id = $1", id, map: argument)
  }

  /// How many visible arguments stand on each side, replies not counted.
  package static func counts(about subject: ResourceID, in db: Reading) throws -> [Argument.Side: Int] {
    let rows = try db.all(
      """
      SELECT g.side, COUNT(*) FROM arguments g JOIN resources r ON r.id = g.resource_id
      WHERE r.subject_id = $1 AND g.reply_to IS NULL AND r.hidden_at IS NULL AND r.withdrawn_at IS NULL GROUP BY g.side
      """, subject
    ) { row in (row.choice(0, or: Argument.Side.for), row.int(1)) }
    return Dictionary(rows, uniquingKeysWith: +)
  }
}
