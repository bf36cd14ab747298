import Foundation
import GRDB

/// One connection to the file, with its statements kept ready. What it holds is touched on its queue only.
final class SQLiteConnection: PooledConnection, @unchecked Sendable {
  typealias Turn = (SQLiteConnection, GRDB.Database)

  enum Role { case writer, reader }

  let queue: DatabaseQueue
  private var statements: [SQL: Kept] = [:]

  init(path: String, role: Role) throws {
    var configuration = Configuration()
    configuration.readonly = role == .reader
    configuration.busyMode = .timeout(5)
    // A failed ROLLBACK (a dying disk) must end in an error, not in a trap.
    configuration.allowsUnsafeTransactions = true
    configuration.label = "isegoria.sqlite"
    configuration.prepareDatabase { database in
      // Readers keep the pages that lists walk through (kibibytes; they are closed when idle); a page that is not kept costs a read from the system.
      // The writer stands open for as long as its organization: its cache is small.
      try database.execute(sql: "PRAGMA cache_size = \(role == .reader ? -8192 : -1024); PRAGMA trusted_schema = OFF;")
      guard role == .writer else { return }
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON;
          PRAGMA journal_size_limit = 4194304;
          """)
    }
    do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch { throw SQLiteFaults.fault(error, sql: nil) }
  }

  /// A statement ready to run, and whether it is just walking through its rows.
  private final class Kept {
    let statement: Statement
    var isWalking = false

    init(_ statement: Statement) { self.statement = statement }
  }

  /// A kept statement, or a new one where the kept one is just walking through its rows.
  private func statement(_ sql: SQL, _ database: GRDB.Database) throws -> Kept {
    let known = statements[sql]
    if let known, !known.isWalking { return known }
    let made = Kept(try database.makeStatement(sql: StatementText.forSQLite(sql.description)))
    if known == nil {
      if statements.count >= 400 { statements.removeAll() }
      statements[sql] = made
    }
    return made
  }

  func perform(
    _ sql: SQL, _ arguments: [Value], _ database: GRDB.Database, _ each: (Row) throws -> Bool
  ) throws -> Int {
    let source: SQLiteRowSource
    do {
      let kept = try statement(sql, database)
      let statement = kept.statement
      // A closure, not a key path, which would be looked up anew for each statement.
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: StatementArguments(arguments.map { $0.grdb }))
      source = SQLiteRowSource(statement: statement, sql: sql)
      kept.isWalking = true
      defer {
        source.end()
        kept.isWalking = false
      }
      while try next(cursor) {
        let goesOn: Bool
        do { goesOn = try each(Row(source: source)) } catch { throw BodyError(error: error) }
        if let fault = source.fault { throw BodyError(error: fault) }
        if !goesOn { break }
      }
      return statement.isReadonly ? 0 : database.changesCount
    } catch let error as BodyError {
      throw error.error
    } catch {
      throw SQLiteFaults.fault(error, sql: sql)
    }
  }

  private func next(_ cursor: RowCursor) throws -> Bool { try cursor.next() != nil }

  func run(_ work: @escaping @Sendable (Turn) -> Void) {
    queue.asyncWriteWithoutTransaction { work((self, $0)) }
  }

  var isUsable: Bool { true }

  /// Frees statements and the page cache.
  func rest(_ database: GRDB.Database) {
    // Closed meanwhile.
    guard database.sqliteConnection != nil else { return }
    statements.removeAll()
    database.releaseMemory()
  }

  func close() {
    queue.writeWithoutTransaction { _ in statements.removeAll() }
    try? queue.close()
  }

  /// Keeps a caller's error apart from SQLite's on the way out.
  private struct BodyError: Error { let error: any Error }
}

extension Value {
  fileprivate var grdb: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}

/// The row on which a statement stands.
private final class SQLiteRowSource: RowSource {
  let sql: SQL
  var fault: DatabaseFault?
  private var statement: Statement?
  private let columns: Int

  init(statement: Statement, sql: SQL) {
    self.statement = statement
    self.sql = sql
    columns = statement.columnCount
  }

  func end() { statement = nil }

  func value(_ column: Int) -> Value? {
    guard let statement, column >= 0, column < columns else { return nil }
    switch DatabaseValue(sqliteStatement: statement.sqliteStatement, index: Int32(column)).storage {
    case .null: return .null
    case .int64(let number): return .integer(number)
    case .double(let number): return .real(number)
    case .string(let text): return .text(text)
    case .blob(let data): return .blob([UInt8](data))
    }
  }
}
