/// What can go wrong in a database, alike for both.
package enum DatabaseFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// Which kind of rule of the schema refused.
  package enum Constraint: String, Sendable { case unique, foreignKey, check, notNull }

  /// A rule of the schema was broken. `name` is the constraint's name for a CHECK; `table.column` (several joined by ", ") for
  /// UNIQUE and NOT NULL, or the index's name when it stands on an expression; for a foreign key it is its name on PostgreSQL and
  /// empty on SQLite, which does not tell.
  case constraint(kind: Constraint, name: String)
  /// Someone else held the database for too long, or a transaction met others in each of its attempts. Trying again may help.
  case busy
  /// The server cannot be reached or the connection was lost. A write may or may not have been done.
  case connection(String)
  /// The file is damaged, or no database.
  case corrupt(String)
  /// The disk is full or failing.
  case storage(String)
  /// A statement that the database does not accept: an error in the program.
  case statement(message: String, sql: String)
  /// A column (counted from 0) held NULL where a value was promised.
  case unexpectedNull(column: Int, sql: String)
  /// A column (counted from 0) held another type than was asked for.
  case unexpectedType(column: Int, sql: String)
  /// The text holds a NUL byte, which neither database keeps faithfully.
  case nulInText
  /// A text or blob beyond 256 MB.
  case tooLarge
  /// Another process, or this one, has this organization open already; the text says which file.
  case alreadyOpen(String)
  /// The database was written by a newer program: it knows these steps, which this program does not.
  case newerProgram(steps: [String])
  /// The database was made by a program whose tables differ in these parts, and no step leads from there to here.
  case otherProgram(parts: [String])
  /// The database holds tables but not ours.
  case notOurs(String)
  /// The database or the server is set so that it cannot keep what it promises; the text says what to change.
  case configuration(String)
  /// The group's COMMIT failed: nothing of it was written.
  case notCommitted(String)
  /// The database was closed, or a transaction's object was used after its end.
  case closed

  package var description: String {
    switch self {
    case .constraint(let kind, let name): "a \(kind.rawValue) rule refused the write: \(name.isEmpty ? "(unnamed)" : name)"
    case .busy: "the database was busy for too long"
    case .connection(let words): "no connection to the database: \(words)"
    case .corrupt(let words): "the database is damaged: \(words)"
    case .storage(let words): "the disk refused: \(words)"
    case .statement(let message, let sql): "a statement was not understood: \(message) in: \(sql)"
    case .unexpectedNull(let column, let sql): "column \(column) was NULL where a value was promised, in: \(sql)"
    case .unexpectedType(let column, let sql): "column \(column) was not of the type asked for, in: \(sql)"
    case .nulInText: "the text holds a NUL byte"
    case .tooLarge: "the value is larger than 256 MB"
    case .alreadyOpen(let path): "another process has \(path) open already: stop the server (or wait for the command that runs) and try again"
    case .newerProgram(let steps): "this database was changed by a newer program; it knows steps unknown here: \(steps.joined(separator: ", "))"
    case .otherProgram(let parts):
      """
      this database was made by another version of the program, whose tables differ (\(Self.some(of: parts))), and no step leads from there to \
      here: use that version, or make the database anew
      """
    case .notOurs(let words): "this database holds something else: \(words)"
    case .configuration(let words): words
    case .notCommitted(let words): "nothing was written, the commit failed: \(words)"
    case .closed: "the database is closed"
    }
  }

  private static func some(of parts: [String]) -> String {
    parts.prefix(3).joined(separator: ", ") + (parts.count > 3 ? " and \(parts.count - 3) more" : "")
  }
}
