import CLibPQ

/// A transaction met another and was given up; it can be run again.
struct PostgresConflict: Error {}

/// The connection broke before the commit was sent: surely nothing was written.
struct PostgresLost: Error {
  let words: String
}

/// PostgreSQL's results in our words.
enum PostgresFaults {
  /// - Parameter result: nil when libpq could not even make one.
  static func error(_ result: OpaquePointer?, _ connection: OpaquePointer?, sql: String) -> any Error {
    guard pq.PQstatus(connection) == CONNECTION_OK, let result else { return PostgresLost(words: message(of: connection)) }
    let state = field(result, "C") ?? ""
    let words = field(result, "M") ?? message(of: connection)
    switch state {
    case "40001", "40P01": return PostgresConflict()
    case "23505": return DatabaseFault.constraint(kind: .unique, name: uniqueName(result))
    case "23502":
      let column = [field(result, "t"), field(result, "c")].compactMap { $0 }.joined(separator: ".")
      return DatabaseFault.constraint(kind: .notNull, name: column)
    case "23503": return DatabaseFault.constraint(kind: .foreignKey, name: field(result, "n") ?? "")
    case "23514": return DatabaseFault.constraint(kind: .check, name: field(result, "n") ?? "")
    case "57014", "55P03": return DatabaseFault.busy
    case "XX001", "XX002": return DatabaseFault.corrupt(words)
    default: break
    }
    switch state.utf8.prefix(2).elementsEqual("57".utf8) ? "08" : String(Substring(state.utf8.prefix(2))) {
    case "08": return PostgresLost(words: words)
    case "53", "58": return DatabaseFault.storage(words)
    case "54": return DatabaseFault.tooLarge
    default: return DatabaseFault.statement(message: "\(words) (\(state))", sql: sql)
    }
  }

  static func message(of connection: OpaquePointer?) -> String {
    guard let text = pq.PQerrorMessage(connection) else { return "no reason given" }
    let bytes = String(cString: text).utf8
    guard let last = bytes.lastIndex(where: { $0 > 32 }) else { return "no reason given" }
    return String(Substring(bytes[...last]))
  }

  /// libpq names an error's parts by letters: C the state, M the message, D the detail, t the table, c the column, n the constraint.
  private static func field(_ result: OpaquePointer, _ letter: Unicode.Scalar) -> String? {
    pq.PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
  }

  /// `table.column, table.other`, as SQLite says it: from the detail `Key (column, other)=(…) already exists.`
  private static func uniqueName(_ result: OpaquePointer) -> String {
    let constraint = field(result, "n") ?? ""
    guard let table = field(result, "t"), let detail = field(result, "D"),
      let open = detail.utf8.firstIndex(of: UInt8(ascii: "("))
    else { return constraint }
    let behind = detail.utf8[open...].dropFirst()
    guard let close = behind.firstIndex(of: UInt8(ascii: ")")) else { return constraint }
    let columns = behind[..<close]
    // Another parenthesis or a cast inside: an expression, which SQLite names by its index.
    if columns.contains(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ":") }) { return constraint }
    return columns.split(separator: UInt8(ascii: ",")).map { column in
      let name = column.drop { $0 == 32 }
      return "\(table).\(String(Substring(name)))"
    }.joined(separator: ", ")
  }
}
