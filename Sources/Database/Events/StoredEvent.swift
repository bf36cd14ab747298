/// An event as it was kept: numbers and coarse facts, no words of people.
package struct StoredEvent: Sendable, Hashable {
  /// Where it stands in the one order of all events; later events have greater positions, gaps mean nothing.
  package let position: Int64
  /// The event's own number; on PostgreSQL not its place in the order.
  package let id: Int64
  /// The name of its kind, `votes.counted` for one.
  package let kind: String
  /// The person who did it; nil for the program itself.
  package let actor: Int64?
  /// The table of the row that it is about.
  package let subjectKind: String
  /// The number of that row.
  package let subject: Int64
  /// The space in which it happened; nil for what concerns the whole organization.
  package let space: Int64?
  package let at: Instant
  /// JSON, as the feature wrote it.
  package let payload: String

  init(row: Row) {
    position = row.int64(0)
    id = row.int64(1)
    kind = row.text(2)
    actor = row.int64OrNil(3)
    subjectKind = row.text(4)
    subject = row.int64(5)
    space = row.int64OrNil(6)
    at = row.instant(7)
    payload = row.text(8)
  }
}

extension Writing {
  /// Keeps an event in this transaction, and returns its number. It happened at the transaction's `now`.
  ///
  /// Followers see it after the commit: at once on SQLite, on PostgreSQL as soon as the sequencer gave it its position.
  @discardableResult
  package func append(
    kind: String, actor: Int64?, subjectKind: String, subject: Int64, space: Int64? = nil, payload: String = "{}"
  ) throws -> Int64 {
    switch session.dialect {
    case .sqlite:
      // One writer: whoever is numbered first commits first, so the number is the position.
      try insert(
        """
        INSERT INTO events (id, position, kind, actor, subject_kind, subject, space, at, payload)
        SELECT number, number, $1, $2, $3, $4, $5, $6, $7 FROM (SELECT COALESCE(MAX(id), 0) + 1 AS number FROM events) RETURNING id
        """, kind, actor, subjectKind, subject, space, now, payload)
    case .postgres:
      try insert(
        """
        INSERT INTO events (kind, actor, subject_kind, subject, space, at, payload)
        VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
        """, kind, actor, subjectKind, subject, space, now, payload)
    }
  }
}

extension Reading {
  /// Up to `limit` events behind a position (0: from the beginning), in order.
  package func events(after position: Int64, limit: Int) throws -> [StoredEvent] {
    try all(
      """
      SELECT position, id, kind, actor, subject_kind, subject, space, at, payload FROM events
      WHERE position > $1 ORDER BY position LIMIT $2
      """, position, max(0, limit), map: StoredEvent.init(row:))
  }

  /// The position of the newest event that has one; 0 when there is none.
  package func lastPosition() throws -> Int64 {
    try first("SELECT COALESCE(MAX(position), 0) FROM events") { $0.int64(0) } ?? 0
  }

  /// How far each follower has come, by name.
  package func followers() throws -> [(name: String, position: Int64)] {
    try all("SELECT name, position FROM followers ORDER BY name") { ($0.text(0), $0.int64(1)) }
  }
}
