import CLibPQ

/// What PostgreSQL's own programs (`pg_dump`, `pg_restore`) need to reach a database of ours.
package enum PostgresTools {
  /// The connection as environment variables, so that no password stands in a list of processes.
  ///
  /// - Parameters:
  ///   - connection: libpq's connection string, without dbname or with any.
  ///   - name: the database.
  /// - Throws: `DatabaseFault.configuration` when the string cannot be read, or libpq is not there.
  package static func environment(_ connection: String, name: String) throws -> [String: String] {
    try LibPQ.check()
    var words: UnsafeMutablePointer<CChar>?
    guard let options = pq.PQconninfoParse(connection, &words) else {
      defer { pq.PQfreemem(words) }
      throw DatabaseFault.configuration(words.map { String(cString: $0) } ?? "the connection string cannot be read")
    }
    defer { pq.PQconninfoFree(options) }
    var environment: [String: String] = [:]
    var option = options
    while option.pointee.keyword != nil {
      if let value = option.pointee.val, let variable = option.pointee.envvar { environment[String(cString: variable)] = String(cString: value) }
      option += 1
    }
    environment["PGDATABASE"] = name
    return environment
  }

  /// Makes an empty database to restore into.
  ///
  /// - Throws: `DatabaseFault.notOurs` when it is there already and holds something.
  package static func makeEmpty(_ connection: String, name: String) async throws {
    try await offThread {
      try PostgresServer.makeDatabase(connection, name: name)
      let database = try PostgresConnection(connection, name: name)
      defer { database.close() }
      let tables = try database.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
      guard tables.isEmpty else { throw DatabaseFault.notOurs("the database \(name) is there already and holds \(tables.count) tables") }
    }
  }
}
