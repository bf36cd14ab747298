import Foundation

@testable import Database

/// Every row of every table of a town, as sorted lines of text. The database is asked for its tables, so a new one is among them;
/// it has a connection of its own, which no interruption meets.
struct AllRows: Sendable {
  private enum Source: Sendable {
    case sqlite(SQLiteConnection, question: String)
    case postgres(PostgresConnection, question: String)
  }

  private let source: Source

  init(of town: Town) throws {
    if let (server, name) = town.server {
      let connection = try PostgresConnection(server, name: name)
      let tables = try connection.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
      let parts = tables.map { "SELECT '\($0) ' || CAST(t AS TEXT) FROM \"\($0)\" t" }
      source = .postgres(connection, question: parts.joined(separator: " UNION ALL "))
    } else {
      let connection = try SQLiteConnection(path: town.folder + "/organization.sqlite", role: .reader)
      // The tables behind the full-text index hold what it holds.
      let question = try connection.queue.writeWithoutTransaction { database in
        let tables = try String.fetchAll(
          database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
        let parts = try tables.map { table in
          let columns = try String.fetchAll(database, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
          return "SELECT '\(table)' || \(columns.map { "' ' || quote(\"\($0)\")" }.joined(separator: " || ")) FROM \"\(table)\""
        }
        return parts.joined(separator: " UNION ALL ")
      }
      source = .sqlite(connection, question: question)
    }
  }

  struct Contents: Sendable {
    let lines: [String]
    /// SQLite's number for what other connections have committed; 0 on PostgreSQL.
    fileprivate let version: Int
  }

  /// - Parameter earlier: contents that are still these if SQLite says that nothing was committed since.
  func all(since earlier: Contents? = nil) async throws -> Contents {
    try await offThread { [source] in
      switch source {
      case .sqlite(let connection, let question):
        try connection.queue.writeWithoutTransaction { database in
          let version = try Int.fetchOne(database, sql: "PRAGMA data_version") ?? 0
          if let earlier, earlier.version == version { return earlier }
          return Contents(lines: try String.fetchAll(database, sql: question).sorted(), version: version)
        }
      case .postgres(let connection, let question): Contents(lines: try connection.texts(question).sorted(), version: 0)
      }
    }
  }

  func close() {
    switch source {
    case .sqlite(let connection, _): connection.close()
    case .postgres(let connection, _): connection.close()
    }
  }
}
