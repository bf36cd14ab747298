import Foundation
import Testing

@testable import Database

private let oldest = (
  name: "spaces",
  sql: """
  CREATE TABLE spaces (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
  ) STRICT;
  """
)

private let present = Schema(
  parts: [
    (
      name: "spaces",
      sql: """
      CREATE TABLE spaces (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        weight REAL NOT NULL DEFAULT 1.5 CONSTRAINT "weighs something" CHECK (weight > 0)
      ) STRICT;
      CREATE UNIQUE INDEX spaces_by_name ON spaces (name) WHERE weight > 2;
      """
    )
  ],
  steps: [
    (
      name: "0001-weight",
      sql: #"ALTER TABLE spaces ADD COLUMN weight REAL NOT NULL DEFAULT 1.5 CONSTRAINT "weighs something" CHECK (weight > 0);"#
    ),
    (name: "0002-names", sql: "CREATE UNIQUE INDEX spaces_by_name ON spaces (name) WHERE weight > 2;"),
  ])

/// Closes, and opens again with another schema.
private func reopen<T>(_ location: OpenDatabase.Location, _ schema: Schema, _ body: (OpenDatabase) async throws -> T) async throws -> T {
  let database = try await OpenDatabase.open(location, schema: schema)
  do {
    let result = try await body(database)
    await database.close()
    return result
  } catch {
    await database.close()
    throw error
  }
}

@Suite struct DatabaseSchemaTests {
  @Test(arguments: DatabaseKind.allCases)
  func `the oldest schema and its steps give the present one, and keep the rows`(kind: DatabaseKind) async throws {
    var fresh: [String] = []
    try await withDatabase(kind, schema: present) { database, _ in fresh = try await database.shape() }
    try await withDatabase(kind, schema: Schema(parts: [oldest])) { database, location in
      try await database.write { db in try db.run("INSERT INTO spaces (name) VALUES ('old')") }
      let old = try await database.shape()
      await database.close()
      #expect(old != fresh)
      for _ in 0..<2 {
        try await reopen(location, present) { database in
          let shape = try await database.shape()
          #expect(shape == fresh)
          let weights = try await database.read { db in try db.all("SELECT weight FROM spaces") { $0.real(0) } }
          #expect(weights == [1.5])
        }
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a difference in a check, a default or an index shows in the shape`(kind: DatabaseKind) async throws {
    var shapes: Set<[String]> = []
    let bodies = [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL DEFAULT 1 CHECK (n > 0)) STRICT; CREATE INDEX i ON t (n);",
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL DEFAULT 1 CHECK (n > 1)) STRICT; CREATE INDEX i ON t (n);",
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL DEFAULT 2 CHECK (n > 0)) STRICT; CREATE INDEX i ON t (n);",
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER DEFAULT 1 CHECK (n > 0)) STRICT; CREATE INDEX i ON t (n);",
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL DEFAULT 1 CHECK (n > 0)) STRICT; CREATE UNIQUE INDEX i ON t (n);",
    ]
    for body in bodies {
      try await withDatabase(kind, schema: Schema(parts: [(name: "t", sql: body)])) { database, _ in
        shapes.insert(try await database.shape())
      }
    }
    #expect(shapes.count == bodies.count)
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a step that fails leaves nothing of itself, and the steps before it stay`(kind: DatabaseKind) async throws {
    let broken = Schema(
      parts: [oldest],
      steps: [
        (name: "0001-good", sql: "ALTER TABLE spaces ADD COLUMN good INTEGER;"),
        (name: "0002-bad", sql: "ALTER TABLE spaces ADD COLUMN half INTEGER; ALTER TABLE nowhere ADD COLUMN x INTEGER;"),
      ])
    try await withDatabase(kind, schema: Schema(parts: [oldest])) { database, location in
      await database.close()
      await #expect(throws: DatabaseFault.self) { try await reopen(location, broken) { _ in } }
      let mended = Schema(
        parts: [oldest],
        steps: [
          (name: "0001-good", sql: "ALTER TABLE spaces ADD COLUMN good INTEGER;"),
          (name: "0002-bad", sql: "ALTER TABLE spaces ADD COLUMN half INTEGER;"),
        ])
      try await reopen(location, mended) { database in
        let steps = try await database.read { db in try db.all("SELECT name FROM schema_steps ORDER BY name") { $0.text(0) } }
        #expect(steps == ["0001-good", "0002-bad"])
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `an older program does not touch a newer database`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: present) { database, location in
      await database.close()
      await #expect(throws: DatabaseFault.newerProgram(steps: ["0001-weight", "0002-names"])) {
        try await reopen(location, Schema(parts: [oldest])) { _ in }
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `tables that no step leads from are not opened, a comment more changes nothing`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: Schema(parts: [oldest])) { database, location in
      await database.close()
      let commented = Schema(parts: [(oldest.name, "-- Said in other words.\n" + oldest.sql)])
      try await reopen(location, commented) { _ in }
      let other = Schema(parts: [
        (oldest.name, oldest.sql + "CREATE INDEX more ON spaces (id);"), ("more", "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;"),
      ])
      await #expect(throws: DatabaseFault.otherProgram(parts: ["more", oldest.name].sorted())) { try await reopen(location, other) { _ in } }
      // Whoever only reads is told the same.
      let reading = try await OpenDatabase.open(location, schema: other, access: .readingOnly)
      #expect(try await reading.pending(commented) == [])
      await #expect(throws: DatabaseFault.otherProgram(parts: ["more", oldest.name].sorted())) { _ = try await reading.pending(other) }
      await reading.close()
    }
  }

  @Test func `a stranger's database is refused`() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("stranger-\(UUID().uuidString).sqlite").path
    defer { for end in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + end) } }
    let connection = try SQLiteConnection(path: path, role: .writer)
    try await connection.queue.write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
    connection.close()
    await #expect(throws: DatabaseFault.self) { _ = try await OpenDatabase.open(.sqlite(path: path), schema: present) }
    try Data("this is no database, it is a letter to the mayor, long enough for a header".utf8).write(to: URL(fileURLWithPath: path))
    await #expect(throws: DatabaseFault.corrupt("file is not a database")) { _ = try await OpenDatabase.open(.sqlite(path: path), schema: present) }
  }

  @Test func `a step on SQLite may make a table anew though others refer to it`() async throws {
    let parts = [
      oldest, (name: "things", sql: "CREATE TABLE things (id INTEGER PRIMARY KEY, space INTEGER NOT NULL REFERENCES spaces (id)) STRICT;"),
    ]
    func rebuilding(_ rows: String) -> Schema {
      Schema(
        parts: parts,
        steps: [
          (
            name: "0001-anew",
            sql: """
            CREATE TABLE spaces_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
            INSERT INTO spaces_new SELECT id, name FROM spaces\(rows); DROP TABLE spaces; ALTER TABLE spaces_new RENAME TO spaces;
            """
          )
        ])
    }
    try await withDatabase(.sqlite, schema: Schema(parts: parts)) { database, location in
      try await database.write { db in
        let space = try db.insert("INSERT INTO spaces (name) VALUES ('a') RETURNING id")
        try db.run("INSERT INTO things (space) VALUES ($1)", space)
      }
      await database.close()
      await #expect(throws: DatabaseFault.constraint(kind: .foreignKey, name: "after step 0001-anew")) {
        try await reopen(location, rebuilding(" WHERE id < 0")) { _ in }
      }
      try await reopen(location, rebuilding("")) { database in
        let problems = try await database.integrity()
        #expect(problems == [])
        await #expect(throws: DatabaseFault.constraint(kind: .foreignKey, name: "")) {
          try await database.write { db in try db.run("INSERT INTO things (space) VALUES (99)") }
        }
      }
    }
  }

  @Test func `only the words of the schema are translated`() {
    let sqlite = """
      CREATE TABLE t (id INTEGER PRIMARY KEY, -- INTEGER STRICT
        strict INTEGER, n integer, r REAL CHECK (r <> 'REAL'), "INTEGER" BLOB, PRIMARY KEY (n)) STRICT , WITHOUT ROWID;
      """
    #expect(
      SchemaText.normalised(SchemaText.forPostgres(sqlite))
        == SchemaText.normalised(
          """
          CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            strict BIGINT, n BIGINT, r DOUBLE PRECISION CHECK (r <> 'REAL'), "INTEGER" BYTEA, PRIMARY KEY (n));
          """))
    #expect(StatementText.forSQLite("SELECT '$1', $12, \"a$2\" -- $3") == "SELECT '$1', ?12, \"a$2\" -- $3")
    #expect(
      StatementText.forPostgres("SELECT CAST(x AS INTEGER) AS integer_like, 'AS INTEGER'")
        == "SELECT CAST(x AS BIGINT) AS integer_like, 'AS INTEGER'")
    for text in ["'", "\"", "--", "/*", "$", "/", "-", "", "'a''b", "/* * /"] {
      #expect(StatementText.tokens(text).map(\.string).joined() == text)
    }
  }
}
