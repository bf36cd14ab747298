import GRDB

/// SQLite's results in our words.
enum SQLiteFaults {
  static func fault(_ error: any Error, sql: SQL?) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    let message = error.message ?? "no reason given"
    switch error.resultCode {
    case .SQLITE_CONSTRAINT: return constraint(error.extendedResultCode, message, sql)
    case .SQLITE_BUSY, .SQLITE_LOCKED: return DatabaseFault.busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return DatabaseFault.corrupt(message)
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_NOMEM: return DatabaseFault.storage(message)
    case .SQLITE_TOOBIG: return DatabaseFault.tooLarge
    default: return DatabaseFault.statement(message: message, sql: sql?.description ?? error.sql ?? "")
    }
  }

  private static func constraint(_ code: ResultCode, _ message: String, _ sql: SQL?) -> DatabaseFault {
    func name(after prefix: String) -> String {
      guard message.utf8.starts(with: prefix.utf8) else { return message }
      return String(Substring(message.utf8.dropFirst(prefix.utf8.count)))
    }
    switch code {
    case .SQLITE_CONSTRAINT_CHECK: return .constraint(kind: .check, name: name(after: "CHECK constraint failed: "))
    case .SQLITE_CONSTRAINT_NOTNULL: return .constraint(kind: .notNull, name: name(after: "NOT NULL constraint failed: "))
    case .SQLITE_CONSTRAINT_FOREIGNKEY: return .constraint(kind: .foreignKey, name: "")
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
      let columns = name(after: "UNIQUE constraint failed: ")
      // An index on an expression is told as: index 'its_name'
      let quoted = columns.utf8.starts(with: "index '".utf8) && columns.utf8.last == UInt8(ascii: "'")
      return .constraint(kind: .unique, name: quoted ? String(Substring(columns.utf8.dropFirst(7).dropLast())) : columns)
    default: return .statement(message: message, sql: sql?.description ?? "")
    }
  }
}
