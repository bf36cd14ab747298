/// What a driver offers to one transaction: running a statement on its own thread.
protocol Session: AnyObject {
  /// Runs a statement; hands each row to `each` until it answers false; returns the number of rows changed.
  func perform(_ sql: SQL, _ arguments: [Value], _ each: (Row) throws -> Bool) throws -> Int
  /// For the few things that the two databases say differently; they have their names in this library, and nowhere else.
  var dialect: Dialect { get }
}

enum Dialect { case sqlite, postgres }

/// One snapshot of the database, inside `OpenDatabase.read`. It never leaves the body: used afterwards it throws `DatabaseFault.closed`.
///
/// A statement that failed cannot be swallowed: the error comes back from `read` or `write` even if the body caught it, on both databases.
package class Reading {
  /// The transaction's instant, drawn from the database's clock before the body began.
  package let now: Instant
  /// How many statements the body ran so far (for tests: a page costs a constant number).
  package private(set) var statements = 0

  let session: any Session
  /// What the first refused statement failed with.
  private(set) var failure: (any Error)?
  private var isOver = false

  init(session: any Session, now: Instant) {
    self.session = session
    self.now = now
  }

  /// All rows of the answer, mapped in order.
  package func all<T>(_ sql: SQL, _ arguments: any ValueConvertible..., map: (Row) throws -> T) throws -> [T] {
    var found: [T] = []
    _ = try perform(sql, arguments) { row in
      found.append(try map(row))
      return true
    }
    return found
  }

  /// The first row of the answer, or nil when there is none. Rows behind it are not read: say `LIMIT 1` where there may be many.
  package func first<T>(_ sql: SQL, _ arguments: any ValueConvertible..., map: (Row) throws -> T) throws -> T? {
    var found: T?
    _ = try perform(sql, arguments) { row in
      found = try map(row)
      return false
    }
    return found
  }

  /// The number in the first column of the first row; 0 when there is no row or it is NULL.
  package func count(_ sql: SQL, _ arguments: any ValueConvertible...) throws -> Int {
    var number = 0
    _ = try perform(sql, arguments) { row in
      number = row.intOrNil(0) ?? 0
      return false
    }
    return number
  }

  /// Whether the answer has any row.
  package func exists(_ sql: SQL, _ arguments: any ValueConvertible...) throws -> Bool {
    var isThere = false
    _ = try perform(sql, arguments) { _ in
      isThere = true
      return false
    }
    return isThere
  }

  func perform(_ sql: SQL, _ arguments: [any ValueConvertible], _ each: (Row) throws -> Bool) throws -> Int {
    if isOver { throw DatabaseFault.closed }
    if let failure { throw failure }
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    for argument in arguments { values.append(try Reading.checked(argument.databaseValue)) }
    statements &+= 1
    var mappingError: (any Error)?
    do {
      return try session.perform(sql, values) { row in
        do { return try each(row) } catch {
          mappingError = error
          throw error
        }
      }
    } catch {
      // What the caller's own closure threw is the caller's affair; what the database refused ends the transaction.
      if mappingError == nil { failure = error }
      throw error
    }
  }

  /// Ends the use of this object and tells what a swallowed statement had failed with.
  func end() throws {
    isOver = true
    if let failure { throw failure }
  }

  private static func checked(_ value: Value) throws -> Value {
    let largest = 256 << 20
    switch value {
    case .text(let text):
      if text.utf8.count > largest { throw DatabaseFault.tooLarge }
      if text.utf8.contains(0) { throw DatabaseFault.nulInText }
    case .blob(let bytes):
      if bytes.count > largest { throw DatabaseFault.tooLarge }
    case .real(let number):
      // SQLite keeps NaN as NULL, PostgreSQL as a number greater than all: neither is meant.
      if number.isNaN { return .null }
    case .null, .integer: break
    }
    return value
  }
}
