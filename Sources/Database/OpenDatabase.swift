/// An organization's database: SQLite in a file or PostgreSQL on a server, behind one face.
///
///     let database = try await OpenDatabase.open(.sqlite(path: "organization.sqlite"), schema: schema, clock: SystemClock())
///     let id = try await database.write { db in
///       try db.insert("INSERT INTO spaces (name) VALUES ($1) RETURNING id", "Budget 2027")
///     }
///
/// A body is synchronous and runs on the database's own thread. `write` returns once the change is on disk, not before.
package final class OpenDatabase: Sendable {
  /// Where a database is.
  package enum Location: Sendable, Equatable {
    /// A file; it and its folder must be writable. The folder must exist.
    case sqlite(path: String)
    /// A server (libpq's connection string, without dbname or with any), the database's name, made if it is missing,
    /// and the most connections that this process opens.
    case postgres(connection: String, name: String, connections: Int = 6)

    var isShared: Bool {
      if case .postgres = self { true } else { false }
    }
  }

  /// What transactions draw their `now` from.
  package let clock: any Clock
  /// Other processes may write as well: what waits for events or jobs must look by itself. A SQLite file has one writing process.
  package let isShared: Bool
  let driver: any Driver
  let wake: Wake
  private let tally: Tally

  private init(driver: any Driver, isShared: Bool, clock: any Clock, tally: Tally, wake: Wake) {
    self.isShared = isShared
    self.driver = driver
    self.clock = clock
    self.tally = tally
    self.wake = wake
  }

  /// Opens a database, makes it if it is missing, and brings it to the schema.
  ///
  /// - Parameter interruption: for tests; called before each statement and each commit with a number that runs from 1, after the schema
  ///   was applied; what it throws is what the database would have thrown.
  /// - Throws: `DatabaseFault.alreadyOpen`, `.newerProgram`, `.otherProgram`, `.notOurs`, `.corrupt`, `.connection`, `.configuration`.
  package static func open(
    _ location: Location, schema: Schema, clock: any Clock = SystemClock(), access: AccessMode = .readingAndWriting,
    interruption: (@Sendable (Int) throws -> Void)? = nil
  ) async throws -> OpenDatabase {
    let tally = Tally()
    let wake = Wake()
    let surroundings = Surroundings(clock: clock, tally: tally, interruption: interruption.map(Interruption.init))
    let driver: any Driver =
      switch location {
      case .sqlite(let path):
        try await SQLiteDriver.open(path: path, access: access, surroundings: surroundings)
      case .postgres(let connection, let name, let connections):
        try await PostgresDriver.open(
          connection: connection, name: name, connections: connections, access: access, surroundings: surroundings)
      }
    guard access == .readingAndWriting else {
      return OpenDatabase(driver: driver, isShared: location.isShared, clock: clock, tally: tally, wake: wake)
    }
    do {
      try await driver.apply(OpenDatabase.ownSchema.followed(by: schema))
    } catch {
      await driver.close()
      throw error
    }
    return OpenDatabase(driver: driver, isShared: location.isShared, clock: clock, tally: tally, wake: wake)
  }

  /// Runs `body` on one snapshot.
  package func read<T: Sendable>(_ body: @escaping @Sendable (Reading) throws -> T) async throws -> T {
    try await driver.read(body)
  }

  /// Runs `body` in a transaction, keeps it if the body returns, and answers once it is on disk. What the body throws undoes it.
  /// A task that was cancelled meanwhile still waits for the answer: a write that was asked for is done or refused, never left in doubt.
  @discardableResult
  package func write<T: Sendable>(_ body: @escaping @Sendable (Writing) throws -> T) async throws -> T {
    let result = try await driver.write(body)
    wake.ring()
    return result
  }

  /// Lets the writes that wait end, then closes. Whatever is asked afterwards throws `DatabaseFault.closed`.
  package func close() async { await driver.close() }

  /// What was done since opening.
  package var totals: Totals { tally.present }

  /// Columns, keys, constraints and indexes, a line each, sorted: equal for two databases that have the same schema, however they got there.
  package func shape() async throws -> [String] { try await driver.shape() }

  /// The steps that lead from the database as it is to the program's schema; none where it has that already.
  /// - Throws: `DatabaseFault.otherProgram`, `.newerProgram` or `.notOurs` where none lead there.
  package func pending(_ schema: Schema) async throws -> [String] { try await driver.pending(OpenDatabase.ownSchema.followed(by: schema)) }

  /// What is wrong inside the database, in words; empty when nothing is. Reads all of it.
  package func integrity() async throws -> [String] { try await driver.integrity() }

  /// What keeps an answered write from being on disk, in words; empty when the settings are right.
  package func durability() async throws -> [String] { try await driver.durability() }

  /// Writes a copy of the database as it stands at one instant into a new file, while it is used. SQLite only; for PostgreSQL it throws
  /// `.configuration` with the command to use.
  package func backup(to path: String) async throws { try await driver.backup(to: path) }

  /// Empties the write-ahead log, which keeps the order of recent writes (SQLite; nothing to do on PostgreSQL).
  package func checkpoint() async throws { try await driver.checkpoint() }
}
