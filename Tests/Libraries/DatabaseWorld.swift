import Foundation
import Testing

@testable import Database

/// The two databases that a store must work on alike.
enum DatabaseKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, postgres

  var testDescription: String { rawValue }

  /// Where the test script started PostgreSQL, e.g. "host=/tmp/x/socket port=5499 user=isegoria dbname=postgres".
  static let server = ProcessInfo.processInfo.environment["ISEGORIA_TEST_POSTGRES"]
}

/// A folder and a database of a test's own, gone afterwards. On PostgreSQL without a server the test is cancelled, and reported so.
func withDatabase(
  _ kind: DatabaseKind, schema: Schema, clock: any Clock = SystemClock(), interruption: (@Sendable (Int) throws -> Void)? = nil,
  _ body: (OpenDatabase, OpenDatabase.Location) async throws -> Void
) async throws {
  let name = "test_" + String(UInt64.random(in: 0 ..< .max), radix: 36)
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isegoria-\(name)").path
  let location: OpenDatabase.Location
  switch kind {
  case .sqlite:
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    location = .sqlite(path: folder + "/organization.sqlite")
  case .postgres:
    guard let server = DatabaseKind.server else { try Test.cancel("ISEGORIA_TEST_POSTGRES names no server") }
    location = .postgres(connection: server, name: name)
  }
  do {
    let database = try await OpenDatabase.open(location, schema: schema, clock: clock, interruption: interruption)
    do { try await body(database, location) } catch {
      await database.close()
      throw error
    }
    await database.close()
  } catch {
    try await remove(location, folder)
    throw error
  }
  try await remove(location, folder)
}

private func remove(_ location: OpenDatabase.Location, _ folder: String) async throws {
  switch location {
  case .sqlite: try FileManager.default.removeItem(atPath: folder)
  case .postgres(let connection, let name, _): try await offThread { try PostgresServer.dropDatabase(connection, name: name) }
  }
}

/// Expects the table `people` to have so many rows.
func expectPeople(_ count: Int, in database: OpenDatabase, at location: SourceLocation = #_sourceLocation) async throws {
  let found = try await database.read { db in try db.count("SELECT COUNT(*) FROM people") }
  #expect(found == count, sourceLocation: location)
}

/// A small schema with one of each kind of rule.
let peopleSchema = Schema(parts: [
  (
    name: "people",
    sql: """
    CREATE TABLE people (
      id INTEGER PRIMARY KEY, -- given by the database
      name TEXT NOT NULL,
      email TEXT UNIQUE,
      points INTEGER NOT NULL DEFAULT 0 CONSTRAINT "points are not negative" CHECK (points >= 0),
      weight REAL,
      picture BLOB,
      friend INTEGER REFERENCES people (id)
    ) STRICT;
    CREATE INDEX people_by_name ON people (name);
    """
  )
])
