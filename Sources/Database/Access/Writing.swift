/// One writing transaction, inside `OpenDatabase.write`. All of it is kept or none of it.
///
/// A body may be run more than once (PostgreSQL repeats a transaction that met another; SQLite repeats the members of a group whose
/// commit was refused), so it has no effect but through this object.
package final class Writing: Reading {
  /// Runs a statement that changes rows, and tells how many. Rows that it returns are not read.
  @discardableResult
  package func run(_ sql: SQL, _ arguments: any ValueConvertible...) throws -> Int {
    try perform(sql, arguments) { _ in true }
  }

  /// Inserts one row and returns its number; the statement ends in `RETURNING id`.
  /// With `ON CONFLICT … DO NOTHING` use `first` instead: no row, no number, and this throws `.unexpectedNull`.
  package func insert(_ sql: SQL, _ arguments: any ValueConvertible...) throws -> Int64 {
    var number: Int64?
    _ = try perform(sql, arguments) { row in
      number = row.int64(0)
      return true
    }
    guard let number else { throw DatabaseFault.unexpectedNull(column: 0, sql: sql.description) }
    return number
  }
}
