import Foundation
import Synchronization
import Testing

@testable import Database

@Suite struct DatabaseReliabilityTests {
  @Test func `a second opening of the same file is refused, until the first is closed`() async throws {
    try await withDatabase(.sqlite, schema: peopleSchema) { database, location in
      guard case .sqlite(let path) = location else { return }
      await #expect(throws: DatabaseFault.alreadyOpen(path)) { _ = try await OpenDatabase.open(location, schema: peopleSchema) }
      await database.close()
      let second = try await OpenDatabase.open(location, schema: peopleSchema)
      await second.close()
    }
  }

  @Test func `reading only needs no lock and changes nothing`() async throws {
    try await withDatabase(.sqlite, schema: peopleSchema) { database, location in
      try await database.write { db in try db.run("INSERT INTO people (name) VALUES ('a')") }
      let doctor = try await OpenDatabase.open(location, schema: Schema(parts: []), access: .readingOnly)
      try await expectPeople(1, in: doctor)
      let problems = try await doctor.integrity()
      #expect(problems == [])
      await #expect(throws: DatabaseFault.self) { try await doctor.write { db in try db.run("DELETE FROM people") } }
      await doctor.close()
    }
  }

  @Test func `a copy made while people write is whole`() async throws {
    try await withDatabase(.sqlite, schema: peopleSchema) { database, location in
      guard case .sqlite(let path) = location else { return }
      let writing = Task {
        for number in 0..<300 { try await database.write { db in try db.run("INSERT INTO people (name) VALUES ($1)", "p\(number)") } }
      }
      while database.totals.groups < 20 { try await Task.sleep(for: .milliseconds(1)) }
      try await database.backup(to: path + ".copy")
      try await writing.value
      let copy = try await OpenDatabase.open(.sqlite(path: path + ".copy"), schema: peopleSchema)
      let names = try await copy.read { db in try db.all("SELECT name FROM people ORDER BY id") { $0.text(0) } }
      let problems = try await copy.integrity()
      await copy.close()
      #expect(names.count >= 20 && names == (0..<names.count).map { "p\($0)" } && problems == [])
    }
  }

  @Test func `a damaged file is told by integrity`() async throws {
    try await withDatabase(.sqlite, schema: peopleSchema) { database, location in
      guard case .sqlite(let path) = location else { return }
      try await database.write { db in
        for number in 0..<2000 { try db.run("INSERT INTO people (name, email) VALUES ($1, $2)", "person \(number)", "\(number)@example.org") }
      }
      try await database.checkpoint()
      await database.close()
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      let size = try file.seekToEnd()
      try file.seek(toOffset: size / 2 / 4096 * 4096)
      try file.write(contentsOf: Data(repeating: 0xAA, count: 8192))
      try file.close()
      let doctor = try await OpenDatabase.open(location, schema: peopleSchema, access: .readingOnly)
      do {
        let problems = try await doctor.integrity()
        #expect(!problems.isEmpty)
      } catch let fault as DatabaseFault {
        guard case .corrupt = fault else { throw fault }
      }
      await doctor.close()
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `settings that would lose answered writes are told`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, location in
      let problems = try await database.durability()
      #expect(problems == [])
      await database.close()
      switch location {
      case .sqlite(let path):
        let connection = try SQLiteConnection(path: path, role: .writer)
        let found = try await connection.queue.writeWithoutTransaction { database in
          try database.execute(sql: "PRAGMA synchronous = OFF")
          return try SQLiteDriver.durability(database)
        }
        connection.close()
        #expect(found == ["writes are not synced to the disk (PRAGMA synchronous says 0, not 2)"])
      case .postgres(let string, let name, _):
        let connection = try PostgresConnection(string, name: nil)
        try connection.command("ALTER DATABASE \"\(name)\" SET synchronous_commit = off")
        connection.close()
        let words = "commits are answered before they are on disk (synchronous_commit is off)"
        await #expect(throws: DatabaseFault.configuration(words)) {
          _ = try await OpenDatabase.open(location, schema: peopleSchema)
        }
      }
    }
  }

  @Test func `a lost connection is replaced, and a write lost before its commit is done again`() async throws {
    try await withDatabase(.postgres, schema: peopleSchema) { database, location in
      guard case .postgres(let string, let name, _) = location else { return }
      let killer = try PostgresConnection(string, name: nil)
      let kill: @Sendable () throws -> String = {
        try killer.command("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
      }
      try await database.write { db in try db.run("INSERT INTO people (name) VALUES ('before')") }
      _ = try kill()
      try await database.write { db in try db.run("INSERT INTO people (name) VALUES ('after')") }
      let runs = Mutex(0)
      try await database.write { db in
        try db.run("INSERT INTO people (name) VALUES ('twice')")
        if runs.withLock({
          $0 += 1; return $0 == 1
        }) {
          _ = try kill()
        }
        try db.run("UPDATE people SET points = points + 1 WHERE name = 'twice'")
      }
      killer.close()
      #expect(runs.withLock { $0 } == 2)
      let rows = try await database.read { db in try db.all("SELECT name, points FROM people ORDER BY id") { "\($0.text(0)) \($0.int(1))" } }
      #expect(rows == ["before 0", "after 0", "twice 1"])
    }
  }

  @Test func `no server is told in words`() async throws {
    await #expect {
      _ = try await OpenDatabase.open(.postgres(connection: "host=/nowhere", name: "x"), schema: peopleSchema)
    } throws: { error in
      if case DatabaseFault.connection = error { true } else { false }
    }
    await #expect {
      _ = try await OpenDatabase.open(.postgres(connection: "host=/nowhere", name: "x\"; DROP DATABASE y"), schema: peopleSchema)
    } throws: { error in
      if case DatabaseFault.configuration = error { true } else { false }
    }
  }

  @Test func `a commit that fails is told to each member of its group, and nothing of it is there`() async throws {
    let fails = Mutex(false)
    let inBody = Mutex(0)
    try await withDatabase(
      .sqlite, schema: peopleSchema,
      interruption: { _ in
        // The only call outside of a body is the commit's.
        if fails.withLock({ $0 }), inBody.withLock({ $0 }) == 0 { throw DatabaseFault.storage("no commit today") }
      }
    ) { database, _ in
      fails.withLock { $0 = true }
      let told = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
        for number in 0..<50 {
          group.addTask { @Sendable in
            do {
              try await database.write { db in
                inBody.withLock { $0 += 1 }
                defer { inBody.withLock { $0 -= 1 } }
                try db.run("INSERT INTO people (name) VALUES ($1)", "p\(number)")
              }
              return false
            } catch DatabaseFault.notCommitted { return true } catch { return false }
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      fails.withLock { $0 = false }
      #expect(told == 50)
      try await expectPeople(0, in: database)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a constraint checked at the commit blames the one who broke it`(kind: DatabaseKind) async throws {
    let schema = Schema(parts: [
      (
        name: "pairs",
        sql: "CREATE TABLE pairs (id INTEGER PRIMARY KEY, other INTEGER NOT NULL REFERENCES pairs (id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
      )
    ])
    try await withDatabase(kind, schema: schema) { database, _ in
      let refused = await withTaskGroup(of: Int?.self, returning: Set<Int>.self) { group in
        for number in 1...40 {
          group.addTask {
            do {
              try await database.write { db in
                try db.run("INSERT INTO pairs (id, other) VALUES ($1, $2)", number, number == 13 ? 1000 : number)
              }
              return nil
            } catch DatabaseFault.constraint(kind: .foreignKey, _) { return number } catch { return -1 }
          }
        }
        return await group.reduce(into: []) { if let number = $1 { $0.insert(number) } }
      }
      #expect(refused == [13])
      let count = try await database.read { db in try db.count("SELECT COUNT(*) FROM pairs") }
      #expect(count == 39)
    }
  }

  @Test func `idle readers are closed`() async throws {
    try await withDatabase(.sqlite, schema: peopleSchema) { database, location in
      guard case .sqlite(let path) = location else { return }
      let pool = ConnectionPool(most: 3, idleSeconds: 1) { try SQLiteConnection(path: path, role: .reader) }
      await withTaskGroup { group in
        for _ in 0..<10 {
          group.addTask {
            let open = await withCheckedContinuation { done in pool.submit { _ in done.resume(returning: pool.openConnections) } }
            #expect((1...3).contains(open))
          }
        }
      }
      for _ in 0..<500 where pool.openConnections > 0 { try await Task.sleep(for: .milliseconds(10)) }
      #expect(pool.openConnections == 0)
      pool.close()
    }
  }
}
