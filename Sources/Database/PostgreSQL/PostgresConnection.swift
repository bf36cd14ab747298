import CLibPQ
import Dispatch

/// One connection to the server, with its prepared statements. What it holds is touched on its queue only.
final class PostgresConnection: PooledConnection, @unchecked Sendable {
  typealias Turn = PostgresConnection

  private struct Prepared {
    let name: String
    let types: [Oid]
  }

  private let queue = DispatchQueue(label: "isegoria.postgres")
  private var connection: OpaquePointer?
  private var prepared: [SQL: Prepared] = [:]
  private var made = 0
  /// What opens a transaction and was not said yet: it goes out with the first statement, which saves a way to the server and back.
  private var opening: String?

  /// - Parameter name: the database; nil for the one that the connection string names.
  /// - Throws: `DatabaseFault.connection`, and what ``LibPQ/check()`` throws. Blocks for at most five seconds for each address of the server.
  init(_ string: String, name: String?) throws {
    try LibPQ.check()
    // The first dbname may be a whole connection string; what follows overrides it.
    let settings = [("dbname", string), ("connect_timeout", "5"), ("client_encoding", "UTF8"), ("application_name", "isegoria")]
    let all = settings + (name.map { [("dbname", $0)] } ?? [])
    connection = PostgresConnection.withCStrings(all.map(\.0)) { keys in
      PostgresConnection.withCStrings(all.map(\.1)) { values in pq.PQconnectdbParams(keys, values, 1) }
    }
    guard pq.PQstatus(connection) == CONNECTION_OK else {
      let words = PostgresFaults.message(of: connection)
      pq.PQfinish(connection)
      connection = nil
      throw DatabaseFault.connection(words)
    }
    do {
      try command(
        """
        SET client_min_messages = warning; SET timezone = 'UTC'; SET jit = off; SET lock_timeout = '10s'; SET statement_timeout = '60s';
        SET idle_in_transaction_session_timeout = '60s'
        """)
    } catch {
      close()
      throw error
    }
  }

  // Where libpq is not there, neither is a connection.
  deinit { if connection != nil { pq.PQfinish(connection) } }

  func run(_ work: @escaping @Sendable (PostgresConnection) -> Void) {
    queue.async { work(self) }
  }

  /// Outside of any transaction and not broken.
  var isUsable: Bool { !isLost && pq.PQtransactionStatus(connection) == PQTRANS_IDLE && pq.PQpipelineStatus(connection) == PQ_PIPELINE_OFF }

  var isLost: Bool { pq.PQstatus(connection) != CONNECTION_OK }

  func close() {
    queue.sync {
      pq.PQfinish(connection)
      connection = nil
      prepared.removeAll()
    }
  }

  /// Runs one or several statements without parameters; returns the last one's tag ("COMMIT", "ROLLBACK", "INSERT 0 1").
  @discardableResult
  func command(_ sql: String) throws -> String {
    let result = pq.PQexec(connection, sql)
    defer { pq.PQclear(result) }
    switch pq.PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return pq.PQcmdStatus(result).map { String(cString: $0) } ?? ""
    default: throw PostgresFaults.error(result, connection, sql: sql)
    }
  }

  /// Opens a transaction, with the first statement that it has.
  func begin(_ sql: String) { opening = sql }

  /// Commits; throws if the server did anything else.
  func commit() throws {
    if opening != nil { return opening = nil }
    let tag: String
    do { tag = try command("COMMIT") } catch let error as PostgresLost {
      throw DatabaseFault.connection("lost while committing; the write may or may not have been done: \(error.words)")
    }
    // A transaction that had failed is answered with ROLLBACK and no error.
    if tag != "COMMIT" { throw DatabaseFault.notCommitted("the server answered \(tag)") }
  }

  func rollback() {
    opening = nil
    if pq.PQtransactionStatus(connection) != PQTRANS_IDLE { _ = try? command("ROLLBACK") }
  }

  func perform(_ sql: SQL, _ arguments: [Value], _ each: (Row) throws -> Bool) throws -> Int {
    let statement = try prepare(sql)
    let result = try execute(statement, arguments, sql)
    defer { pq.PQclear(result) }
    switch pq.PQresultStatus(result) {
    case PGRES_TUPLES_OK: try walk(result, sql, each)
    case PGRES_COMMAND_OK: break
    default: throw PostgresFaults.error(result, connection, sql: sql.description)
    }
    let tag = pq.PQcmdStatus(result).map { String(cString: $0) } ?? ""
    if tag.utf8.starts(with: "SELECT".utf8) { return 0 }
    return pq.PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  private func walk(_ result: OpaquePointer?, _ sql: SQL, _ each: (Row) throws -> Bool) throws {
    guard let result else { return }
    let source = PostgresRowSource(result: result, sql: sql)
    defer { source.end() }
    for row in 0..<max(0, pq.PQntuples(result)) {
      source.row = row
      let goesOn = try each(Row(source: source))
      if let fault = source.fault { throw fault }
      if !goesOn { break }
    }
  }

  private func prepare(_ sql: SQL) throws -> Prepared {
    if let known = prepared[sql] { return known }
    if prepared.count >= 400 {
      try command("DEALLOCATE ALL")
      prepared.removeAll()
    }
    made &+= 1
    let name = "s\(made)"
    let made = pq.PQprepare(connection, name, StatementText.forPostgres(sql.description), 0, nil)
    defer { pq.PQclear(made) }
    guard pq.PQresultStatus(made) == PGRES_COMMAND_OK else { throw PostgresFaults.error(made, connection, sql: sql.description) }
    let described = pq.PQdescribePrepared(connection, name)
    defer { pq.PQclear(described) }
    guard pq.PQresultStatus(described) == PGRES_COMMAND_OK else { throw PostgresFaults.error(described, connection, sql: sql.description) }
    let statement = Prepared(name: name, types: (0..<max(0, pq.PQnparams(described))).map { pq.PQparamtype(described, $0) })
    prepared[sql] = statement
    return statement
  }

  private func execute(_ statement: Prepared, _ arguments: [Value], _ sql: SQL) throws -> OpaquePointer? {
    guard arguments.count == statement.types.count else {
      throw DatabaseFault.statement(message: "\(arguments.count) arguments for \(statement.types.count) parameters", sql: sql.description)
    }
    var bytes: [UInt8] = []
    var places: [Range<Int>?] = []
    for (index, argument) in arguments.enumerated() {
      let start = bytes.count
      if argument == .null {
        places.append(nil)
      } else if PostgresWire.append(argument, as: statement.types[index], to: &bytes) {
        places.append(start..<bytes.count)
      } else {
        throw DatabaseFault.statement(
          message: "argument $\(index + 1) does not fit the type that PostgreSQL gives it there (\(statement.types[index])); CAST it",
          sql: sql.description)
      }
    }
    // So that an empty last text still has an address: nil would be NULL.
    bytes.append(0)
    let lengths = places.map { Int32($0?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: arguments.count)
    return try bytes.withUnsafeBytes { buffer in
      let pointers = places.map { place in
        place.flatMap { buffer.baseAddress?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) }
      }
      guard let opening else { return pq.PQexecPrepared(connection, statement.name, Int32(arguments.count), pointers, lengths, formats, 1) }
      self.opening = nil
      return try together(opening) {
        pq.PQsendQueryPrepared(connection, statement.name, Int32(arguments.count), pointers, lengths, formats, 1) == 1
      }
    }
  }

  /// Sends a command and a statement at once (libpq's pipeline mode) and returns the statement's result.
  /// - Throws: what the command met; the statement then did not run.
  private func together(_ command: String, _ send: () -> Bool) throws -> OpaquePointer? {
    guard pq.PQenterPipelineMode(connection) == 1, pq.PQsendQueryParams(connection, command, 0, nil, nil, nil, nil, 0) == 1, send(),
      pq.PQpipelineSync(connection) == 1
    else { throw PostgresFaults.error(nil, connection, sql: command) }
    let first = pq.PQgetResult(connection)
    defer { pq.PQclear(first) }
    skipResults()
    let second = pq.PQgetResult(connection)
    skipResults()
    // The end of the pipeline.
    pq.PQclear(pq.PQgetResult(connection))
    guard pq.PQexitPipelineMode(connection) == 1, pq.PQresultStatus(first) == PGRES_COMMAND_OK else {
      pq.PQclear(second)
      throw PostgresFaults.error(first, connection, sql: command)
    }
    return second
  }

  /// Up to the nil that ends the results of one statement.
  private func skipResults() {
    while let rest = pq.PQgetResult(connection) { pq.PQclear(rest) }
  }

  /// The first column's texts, for the few questions about the server itself.
  func texts(_ sql: String) throws -> [String] {
    let result = pq.PQexec(connection, sql)
    defer { pq.PQclear(result) }
    guard pq.PQresultStatus(result) == PGRES_TUPLES_OK else { throw PostgresFaults.error(result, connection, sql: sql) }
    return (0..<max(0, pq.PQntuples(result))).map { row in pq.PQgetvalue(result, row, 0).map { String(cString: $0) } ?? "" }
  }

  /// A text as an SQL literal, for the few commands that take no parameters.
  func literal(_ text: String) throws -> String {
    guard let quoted = pq.PQescapeLiteral(connection, text, text.utf8.count) else {
      throw DatabaseFault.statement(message: PostgresFaults.message(of: connection), sql: "")
    }
    defer { pq.PQfreemem(quoted) }
    return String(cString: quoted)
  }

  private static func withCStrings<T>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
    func collect(_ rest: ArraySlice<String>, _ pointers: [UnsafePointer<CChar>?]) -> T {
      guard let first = rest.first else { return body(pointers + [nil]) }
      return first.withCString { collect(rest.dropFirst(), pointers + [$0]) }
    }
    return collect(strings[...], [])
  }
}
