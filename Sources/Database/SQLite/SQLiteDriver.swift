import Dispatch
import GRDB

/// A file with one writer and a few readers.
final class SQLiteDriver: Driver {
  private let path: String
  private let lock: FileLock?
  private let writer: GroupingWriter?
  private let readers: ConnectionPool<SQLiteConnection>
  private let surroundings: Surroundings

  private init(path: String, lock: FileLock?, writer: GroupingWriter?, surroundings: Surroundings) {
    self.path = path
    self.lock = lock
    self.writer = writer
    self.surroundings = surroundings
    readers = ConnectionPool(most: 4, idleSeconds: 20) { try SQLiteConnection(path: path, role: .reader) }
  }

  static func open(path: String, access: AccessMode, surroundings: Surroundings) async throws -> SQLiteDriver {
    try await offThread {
      guard access == .readingAndWriting else {
        return SQLiteDriver(path: path, lock: nil, writer: nil, surroundings: surroundings)
      }
      let lock = try FileLock(for: path)
      let connection = try SQLiteConnection(path: path, role: .writer)
      let problems = try connection.queue.writeWithoutTransaction(SQLiteDriver.durability)
      if !problems.isEmpty {
        connection.close()
        throw DatabaseFault.configuration(problems.joined(separator: "; "))
      }
      return SQLiteDriver(
        path: path, lock: lock, writer: GroupingWriter(connection: connection, surroundings: surroundings), surroundings: surroundings)
    }
  }

  func read<T: Sendable>(_ body: @escaping @Sendable (Reading) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      readers.submit { [surroundings] given in
        continuation.resume(
          with: given.flatMap { turn in
            Result { try SQLiteDriver.read(body, turn.0, turn.1, surroundings) }
          })
      }
    }
  }

  private static func read<T>(
    _ body: (Reading) throws -> T, _ connection: SQLiteConnection, _ database: GRDB.Database, _ surroundings: Surroundings
  ) throws -> T {
    let session = SQLiteSession(connection: connection, database: database, interruption: surroundings.interruption)
    let reading = Reading(session: session, now: surroundings.clock.now())
    _ = try connection.perform("BEGIN", [], database) { _ in false }
    defer {
      if database.isInsideTransaction { _ = try? connection.perform("ROLLBACK", [], database) { _ in false } }
      surroundings.tally.add { totals in
        totals.reads &+= 1
        totals.statements &+= reading.statements
      }
    }
    let result = try body(reading)
    try reading.end()
    return result
  }

  func write<T: Sendable>(_ body: @escaping @Sendable (Writing) throws -> T) async throws -> T {
    guard let writer else { throw DatabaseFault.configuration("the database was opened for reading only") }
    let outcome = Outcome<T>()
    return try await withCheckedThrowingContinuation { continuation in
      writer.submit(
        WriteRequest(
          run: { [tally = surroundings.tally] db in
            let result = Result {
              let result = try body(db)
              try db.end()
              return result
            }
            outcome.result = result
            tally.add { $0.statements &+= db.statements }
            return if case .failure(let error) = result { error } else { nil }
          },
          deliver: { refusal in
            continuation.resume(with: refusal.map { .failure($0) } ?? outcome.result ?? .failure(DatabaseFault.closed))
          }))
    }
  }

  /// Work on the writer's connection outside of the groups.
  private func onWriter<T: Sendable>(_ work: @escaping @Sendable (GRDB.Database) throws -> T) async throws -> T {
    guard let writer else { throw DatabaseFault.configuration("the database was opened for reading only") }
    return try await offThread {
      try writer.connection.queue.writeWithoutTransaction { database in
        do { return try work(database) } catch { throw SQLiteFaults.fault(error, sql: nil) }
      }
    }
  }

  private func onReader<T: Sendable>(_ work: @escaping @Sendable (GRDB.Database) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      readers.submit { given in
        continuation.resume(
          with: given.flatMap { turn in
            Result { do { return try work(turn.1) } catch { throw SQLiteFaults.fault(error, sql: nil) } }
          })
      }
    }
  }

  func apply(_ schema: Schema) async throws {
    let clock = surroundings.clock
    try await onWriter { try SQLiteSchema.apply(schema, now: clock.now(), to: $0) }
  }

  func pending(_ schema: Schema) async throws -> [String] { try await onReader { try SQLiteSchema.plan(schema, $0).pending } }

  func shape() async throws -> [String] { try await onReader(SQLiteSchema.shape) }

  func integrity() async throws -> [String] {
    try await onReader { database in
      let damage = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
      let orphans = try GRDB.Row.fetchAll(database, sql: "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100")
      return damage.map { "the file is damaged: \($0)" }
        + orphans.map { row in
          "row \(row[1] as Int64? ?? 0) of \(row[0] as String? ?? "?") points to a row of \(row[2] as String? ?? "?") that is not there"
        }
    }
  }

  func durability() async throws -> [String] { try await onWriter(SQLiteDriver.durability) }

  static func durability(_ database: GRDB.Database) throws -> [String] {
    var problems: [String] = []
    func expect(_ pragma: String, _ wanted: String, _ words: String) throws {
      let found = try String.fetchOne(database, sql: "PRAGMA \(pragma)") ?? "nothing"
      if found != wanted { problems.append("\(words) (PRAGMA \(pragma) says \(found), not \(wanted))") }
    }
    try expect("journal_mode", "wal", "the file's system has no write-ahead log")
    try expect("synchronous", "2", "writes are not synced to the disk")
    try expect("secure_delete", "1", "deleted rows stay readable in the file")
    try expect("foreign_keys", "1", "references are not checked")
    return problems
  }

  func backup(to path: String) async throws {
    try await onReader { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
  }

  func checkpoint() async throws {
    try await onWriter { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  func close() async {
    try? await offThread { [self] in
      writer?.close()
      readers.close()
      lock?.release()
    }
  }
}

/// Runs blocking work on a thread that no task waits for.
func offThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
  }
}
