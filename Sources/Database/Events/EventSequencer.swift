extension PostgresDriver {
  /// Gives committed events their positions, in batches; returns how many.
  ///
  /// A number from an identity column is handed out before its transaction commits, so a reader that has passed 8 would never see a 7
  /// that commits late. Here whoever holds the one row of `event_sequence` numbers what is committed by then; the next holder sees that
  /// work done, so positions become visible in their order. It runs READ COMMITTED on purpose: it decides nothing from what it reads,
  /// and as a serializable transaction it would make every writer of events conflict with it.
  /// While another server holds the row there is nothing to do here.
  func sequence(most: Int = 1000) async throws -> Int {
    try await asking { connection in
      try connection.command("BEGIN ISOLATION LEVEL READ COMMITTED")
      defer { connection.rollback() }
      let last = try connection.texts("SELECT position FROM event_sequence WHERE id = 1 FOR UPDATE SKIP LOCKED")
      guard let last = last.first.flatMap({ Int64($0) }) else { return 0 }
      let given = try connection.texts(
        """
        UPDATE events SET position = \(last) + numbered.rank
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM events WHERE position IS NULL ORDER BY id LIMIT \(most)) AS numbered
        WHERE events.id = numbered.id RETURNING events.position
        """)
      if given.isEmpty { return 0 }
      try connection.command("UPDATE event_sequence SET position = \(last + Int64(given.count)) WHERE id = 1")
      try connection.commit()
      return given.count
    }
  }
}

extension OpenDatabase {
  /// Makes sure that each event committed before has its position. Nothing to do on SQLite.
  func sequenceEvents() async throws {
    guard let driver = driver as? PostgresDriver else { return }
    while try await driver.sequence() > 0 {}
  }
}
