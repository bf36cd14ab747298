import CLibPQ

/// A database on a server, through a pool of connections.
///
/// Writes run SERIALIZABLE and are repeated when they met another. Reads run REPEATABLE READ, READ ONLY: one snapshot, which no other
/// transaction can make fail and which costs no predicate locks; the price, a read that may show an order of two writes that
/// no serial order has, concerns what is shown only, never what is decided, because rules are asked inside the writes.
final class PostgresDriver: Driver {
  /// How often a write is run before it is given up as busy.
  static let mostAttempts = 25

  private let pool: ConnectionPool<PostgresConnection>
  private let name: String
  private let surroundings: Surroundings

  private init(pool: ConnectionPool<PostgresConnection>, name: String, surroundings: Surroundings) {
    self.pool = pool
    self.name = name
    self.surroundings = surroundings
  }

  static func open(
    connection: String, name: String, connections: Int, access: AccessMode, surroundings: Surroundings
  ) async throws -> PostgresDriver {
    try await offThread {
      do {
        if access == .readingAndWriting { try PostgresServer.makeDatabase(connection, name: name) }
        let first = try PostgresConnection(connection, name: name)
        defer { first.close() }
        let problems = try PostgresServer.durability(first)
        if access == .readingAndWriting, !problems.isEmpty { throw DatabaseFault.configuration(problems.joined(separator: "; ")) }
      } catch let error as PostgresLost {
        throw DatabaseFault.connection(error.words)
      }
    }
    let pool = ConnectionPool(most: connections, idleSeconds: 60) { try PostgresConnection(connection, name: name) }
    return PostgresDriver(pool: pool, name: name, surroundings: surroundings)
  }

  func read<T: Sendable>(_ body: @escaping @Sendable (Reading) throws -> T) async throws -> T {
    try await repeating { connection, surroundings in
      connection.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      let session = PostgresSession(connection: connection, interruption: surroundings.interruption)
      let reading = Reading(session: session, now: surroundings.clock.now())
      defer {
        surroundings.tally.add { totals in
          totals.reads &+= 1
          totals.statements &+= reading.statements
        }
      }
      let result = Result { try body(reading) }
      if let failure = reading.failure, failure is PostgresLost || failure is PostgresConflict { throw failure }
      try reading.end()
      return try result.get()
    }
  }

  func write<T: Sendable>(_ body: @escaping @Sendable (Writing) throws -> T) async throws -> T {
    surroundings.tally.add { $0.writes &+= 1 }
    return try await repeating { connection, surroundings in
      connection.begin("BEGIN ISOLATION LEVEL SERIALIZABLE")
      let session = PostgresSession(connection: connection, interruption: surroundings.interruption)
      let writing = Writing(session: session, now: surroundings.clock.now())
      let result = Result { try body(writing) }
      surroundings.tally.add { $0.statements &+= writing.statements }
      // Even if the body made another error of it: the transaction met another and deserves to be run again.
      if let failure = writing.failure, failure is PostgresLost || failure is PostgresConflict { throw failure }
      let value = try result.get()
      try writing.end()
      try surroundings.interruption?.check()
      try connection.commit()
      surroundings.tally.add { totals in
        totals.groups &+= 1
        totals.largestGroup = max(totals.largestGroup, 1)
      }
      return value
    }
  }

  /// Runs a transaction, again after a conflict or a connection lost before its commit, with pauses drawn by full jitter
  /// (Brooker, "Exponential Backoff and Jitter", 2015): uniformly from 0 to min(400 ms, 2 ms · 2^attempt).
  private func repeating<T: Sendable>(
    _ transaction: @escaping @Sendable (PostgresConnection, Surroundings) throws -> T
  ) async throws -> T {
    var attempt = 0
    var losses = 0
    while true {
      do {
        return try await onConnection { [surroundings] in try transaction($0, surroundings) }
      } catch let error as PostgresLost {
        // Connections that slept through a restart of the server may all be dead; a server that is away answers .connection at once.
        losses += 1
        if losses > 20 { throw DatabaseFault.connection(error.words) }
      } catch is PostgresConflict {
        attempt += 1
        if attempt >= PostgresDriver.mostAttempts { throw DatabaseFault.busy }
        let most = min(400_000, 2_000 << min(attempt, 10))
        try? await Task.sleep(for: .microseconds(Int.random(in: 0...most)))
      }
      surroundings.tally.add { $0.retries &+= 1 }
    }
  }

  private func onConnection<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      pool.submit { given in
        continuation.resume(with: given.flatMap { connection in Result { try work(connection) } })
        // A reader, and what was not committed: nobody need wait for its end.
        if case .success(let connection) = given { connection.rollback() }
      }
    }
  }

  /// Work outside of the transactions above; what the server says is told in our words.
  func asking<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
    try await onConnection { connection in
      do { return try work(connection) } catch let error as PostgresLost { throw DatabaseFault.connection(error.words) } catch is PostgresConflict {
        throw DatabaseFault.busy
      }
    }
  }

  func apply(_ schema: Schema) async throws {
    let clock = surroundings.clock
    try await asking { try PostgresSchema.apply(schema, now: clock.now(), to: $0) }
  }

  func pending(_ schema: Schema) async throws -> [String] { try await asking { try PostgresSchema.plan(schema, $0).pending } }
  func shape() async throws -> [String] { try await asking(PostgresSchema.shape) }
  func integrity() async throws -> [String] { try await asking(PostgresServer.integrity) }
  func durability() async throws -> [String] { try await asking(PostgresServer.durability) }

  func backup(to path: String) async throws {
    throw DatabaseFault.configuration("a PostgreSQL database is copied with: pg_dump --format=custom --file=\(path) \(name)")
  }

  func checkpoint() async throws {}

  func close() async {
    try? await offThread { [pool] in pool.close() }
  }
}

/// A transaction's way to its connection, used on the connection's thread only.
final class PostgresSession: Session {
  private let connection: PostgresConnection
  private let interruption: Interruption?
  let dialect = Dialect.postgres

  init(connection: PostgresConnection, interruption: Interruption?) {
    self.connection = connection
    self.interruption = interruption
  }

  func perform(_ sql: SQL, _ arguments: [Value], _ each: (Row) throws -> Bool) throws -> Int {
    try interruption?.check()
    return try connection.perform(sql, arguments, each)
  }
}
