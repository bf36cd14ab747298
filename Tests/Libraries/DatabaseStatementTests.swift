import Testing

@testable import Database

@Suite struct DatabaseStatementTests {
  @Test(arguments: DatabaseKind.allCases)
  func `what is written is read back, of every type, and NULL too`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      let picture: [UInt8] = [0, 1, 255, 39]
      let name = "L'été \"tout\" \\ 100 % 🗳️ e\u{301}"
      let id = try await database.write { db in
        try db.insert(
          "INSERT INTO people (name, email, points, weight, picture, friend) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
          name, nil as String?, Int64.max, 0.1, picture, nil as ID<Int>?)
      }
      try await database.read { db in
        let found = try #require(
          try db.first("SELECT id, name, email, points, weight, picture, friend FROM people WHERE id = $1", id) { row in
            #expect(row.int64(0) == id)
            #expect(Array(row.text(1).utf8) == Array(name.utf8))
            #expect(row.textOrNil(2) == nil)
            #expect(row.int64(3) == .max)
            #expect(row.real(4) == 0.1)
            #expect(row.blob(5) == picture)
            return row.idOrNil(6) as ID<Int>?
          } as ID<Int>??)
        #expect(found == nil)
        #expect(db.statements == 1)
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a NULL where a value was promised is an error, and never becomes a value`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      try await database.write { db in try db.run("INSERT INTO people (name) VALUES ($1)", "Ada") }
      await #expect(throws: DatabaseFault.unexpectedNull(column: 0, sql: "SELECT email FROM people")) {
        _ = try await database.read { db in try db.all("SELECT email FROM people") { $0.text(0) } }
      }
      await #expect(throws: DatabaseFault.unexpectedType(column: 0, sql: "SELECT name FROM people")) {
        _ = try await database.read { db in try db.all("SELECT name FROM people") { $0.int(0) } }
      }
      await #expect(throws: DatabaseFault.unexpectedType(column: 1, sql: "SELECT name FROM people")) {
        _ = try await database.read { db in try db.all("SELECT name FROM people") { $0.intOrNil(1) } }
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `each broken rule is told by its kind and name`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      try await database.write { db in try db.run("INSERT INTO people (id, name, email) VALUES (1000, $1, $2)", "Ada", "ada@example.org") }
      func fault(_ sql: SQL, _ text: String?) async -> DatabaseFault? {
        do {
          try await database.write { db in try db.run(sql, text) }
          return nil
        } catch { return error as? DatabaseFault }
      }
      #expect(
        await fault("INSERT INTO people (name, email) VALUES ('Eve', $1)", "ada@example.org")
          == .constraint(kind: .unique, name: "people.email"))
      #expect(await fault("INSERT INTO people (name) VALUES ($1)", nil) == .constraint(kind: .notNull, name: "people.name"))
      #expect(
        await fault("INSERT INTO people (name, points) VALUES ($1, -1)", "Eve") == .constraint(kind: .check, name: "points are not negative"))
      guard case .constraint(kind: .foreignKey, _)? = await fault("INSERT INTO people (name, friend) VALUES ($1, 77)", "Eve") else {
        Issue.record("a reference to nobody was accepted")
        return
      }
      try await expectPeople(1, in: database)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a text with NUL is refused at the border, also inside a list`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      await #expect(throws: DatabaseFault.nulInText) {
        try await database.write { db in try db.run("INSERT INTO people (name) VALUES ($1)", "a\0b") }
      }
      await #expect(throws: DatabaseFault.nulInText) {
        _ = try await database.read { db in try db.count("SELECT COUNT(*) FROM people WHERE name IN texts($1)", Texts(["a\0b"])) }
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `hostile words are values, wherever they stand`(kind: DatabaseKind) async throws {
    let hostile = ["'", "\"", "\\", "--", ";", "%", "_", ")", "$1", "?1", "'; DROP TABLE people; --", "\u{7f}\u{1}\n\r\t", "\u{202e}", "[]", "null"]
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      try await database.write { db in
        for text in hostile { try db.run("INSERT INTO people (name) VALUES ($1)", text) }
      }
      try await database.read { db in
        for text in hostile {
          #expect(try db.all("SELECT name FROM people WHERE name = $1", text) { $0.text(0) } == [text])
          #expect(try db.all("SELECT name FROM people WHERE name IN texts($1)", Texts([text, "nobody"])) { $0.text(0) } == [text])
        }
        #expect(try db.count("SELECT COUNT(*) FROM people WHERE name IN texts($1)", Texts([])) == 0)
        let ids: [ID<Int>] = try db.all("SELECT id FROM people") { $0.id(0) }
        #expect(try db.count("SELECT COUNT(*) FROM people WHERE id IN numbers($1)", Numbers(ids)) == hostile.count)
        #expect(try db.count("SELECT COUNT(*) FROM people WHERE id IN numbers($1)", Numbers([Int64]())) == 0)
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a parameter stands for itself, not inside a literal or a comment`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      try await database.read { db in
        let words = try db.first("SELECT '$1 it''s', CAST($1 AS TEXT) /* $2 */ -- $3", "x") { [$0.text(0), $0.text(1)] }
        #expect(words == ["$1 it's", "x"])
        let number = try db.first("SELECT CAST($1 AS INTEGER), CAST($2 AS INTEGER)", Int64.max, nil as Int?) { [$0.int64OrNil(0), $0.int64OrNil(1)] }
        #expect(number == [Int64.max, nil])
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `the same statement can run inside its own rows`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      try await database.write { db in
        for name in ["a", "b", "c"] { try db.run("INSERT INTO people (name) VALUES ($1)", name) }
      }
      let nested = try await database.read { db in
        func names(_ depth: Int) throws -> [String] {
          try db.all("SELECT name FROM people ORDER BY name") { row in
            let name = row.text(0)
            return depth == 0 ? name : name + (try names(depth - 1).joined())
          }
        }
        return try names(2)
      }
      #expect(nested == ["aaabcbabccabc", "baabcbabccabc", "caabcbabccabc"])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `texts are ordered by their bytes`(kind: DatabaseKind) async throws {
    let names = ["Zoé", "abel", "Éric", "a b", "a-b", "ab", "Abel"]
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      try await database.write { db in
        for name in names { try db.run("INSERT INTO people (name) VALUES ($1)", name) }
      }
      let sorted = try await database.read { db in try db.all("SELECT name FROM people ORDER BY name") { $0.text(0) } }
      #expect(sorted == ["Abel", "Zoé", "a b", "a-b", "ab", "abel", "Éric"])
    }
  }
}
