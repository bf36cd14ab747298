import CLibPQ

/// Questions about the server and its databases.
enum PostgresServer {
  /// Makes the database if it is missing: UTF-8, and texts compared by their bytes as SQLite does.
  static func makeDatabase(_ string: String, name: String) throws {
    try checkName(name)
    // The database is usually there, and the account may not be allowed to look elsewhere.
    if (try? PostgresConnection(string, name: name)) != nil { return }
    let connection = try PostgresConnection(string, name: nil)
    defer { connection.close() }
    let found = try connection.texts("SELECT datname FROM pg_database WHERE datname = \(try connection.literal(name))")
    if !found.isEmpty { return }
    do {
      try connection.command("CREATE DATABASE \"\(name)\" ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    } catch {
      // Another server of ours may have been quicker.
      if (try? PostgresConnection(string, name: name)) == nil { throw error }
    }
  }

  /// Ends a database with all that it holds. For tests.
  static func dropDatabase(_ string: String, name: String) throws {
    try checkName(name)
    let connection = try PostgresConnection(string, name: nil)
    defer { connection.close() }
    try connection.command("DROP DATABASE IF EXISTS \"\(name)\" WITH (FORCE)")
  }

  /// Names stand in commands that take no parameters.
  private static func checkName(_ name: String) throws {
    let isPlain = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
    guard isPlain, (1...63).contains(name.utf8.count), let first = name.utf8.first, (97...122).contains(first) else {
      throw DatabaseFault.configuration("a database's name has 1 to 63 small letters, digits and underscores, a letter first")
    }
  }

  static func durability(_ connection: PostgresConnection) throws -> [String] {
    var problems: [String] = []
    func setting(_ name: String) throws -> String { try connection.texts("SHOW \(name)").first ?? "" }
    if try setting("fsync") != "on" { problems.append("the server does not sync its writes to the disk (fsync is off)") }
    if try setting("full_page_writes") != "on" { problems.append("a power cut can tear pages (full_page_writes is off)") }
    let commit = try setting("synchronous_commit")
    if commit == "off" { problems.append("commits are answered before they are on disk (synchronous_commit is off)") }
    let encoding = try setting("server_encoding")
    if encoding != "UTF8" { problems.append("the database's encoding is \(encoding), not UTF8") }
    let collation = try connection.texts("SELECT datcollate FROM pg_database WHERE datname = current_database()").first ?? ""
    if collation != "C" { problems.append("the database sorts texts by \(collation), not by their bytes (LC_COLLATE 'C')") }
    return problems
  }

  static func integrity(_ connection: PostgresConnection) throws -> [String] {
    try connection.texts(
      """
      SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index WHERE NOT indisvalid
      UNION ALL SELECT 'constraint ' || conname || ' of ' || conrelid::regclass || ' is not validated' FROM pg_constraint WHERE NOT convalidated
      UNION ALL SELECT 'database ' || datname || ' had checksum failures' FROM pg_stat_database WHERE checksum_failures > 0
      """)
  }
}
