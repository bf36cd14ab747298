import Foundation
import Synchronization
import Testing

@testable import Database

private struct Refusal: Error, Equatable {}

@Suite struct DatabaseTransactionTests {
  @Test(arguments: DatabaseKind.allCases)
  func `what a body throws undoes all that it wrote`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      await #expect(throws: Refusal.self) {
        try await database.write { db in
          try db.run("INSERT INTO people (name) VALUES ($1)", "Ada")
          throw Refusal()
        }
      }
      try await expectPeople(0, in: database)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a failed statement cannot be swallowed`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      await #expect(throws: DatabaseFault.constraint(kind: .notNull, name: "people.name")) {
        try await database.write { db in
          try db.run("INSERT INTO people (name) VALUES ($1)", "Ada")
          _ = try? db.run("INSERT INTO people (name) VALUES ($1)", nil as String?)
        }
      }
      try await expectPeople(0, in: database)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `one member's failure leaves the other members of its group alone`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      let refused = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
        for number in 0..<200 {
          group.addTask {
            do {
              try await database.write { db in
                try db.run("INSERT INTO people (name, points) VALUES ($1, $2)", "p\(number)", number)
                if number % 3 == 0 { throw Refusal() }
                if number % 3 == 1 { try db.run("INSERT INTO people (name, points) VALUES ('bad', -1)") }
              }
              return false
            } catch { return true }
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      let kept = try await database.read { db in try db.all("SELECT points FROM people") { $0.int(0) } }
      #expect(Set(kept) == Set((0..<200).filter { $0 % 3 == 2 }))
      #expect(kept.count + refused == 200)
    }
  }

  @Test func `writes that wait share a commit`() async throws {
    try await withDatabase(.sqlite, schema: peopleSchema) { database, _ in
      try await withThrowingTaskGroup { group in
        for number in 0..<500 {
          group.addTask { try await database.write { db in _ = try db.run("INSERT INTO people (name) VALUES ($1)", "p\(number)") } }
        }
        try await group.waitForAll()
      }
      let totals = database.totals
      #expect(totals.writes == 500)
      #expect(totals.statements == 500)
      #expect(totals.groups < 250)
      #expect((2...64).contains(totals.largestGroup))
      try await expectPeople(500, in: database)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a limit holds under parallel writes`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      await withTaskGroup { group in
        for number in 0..<64 {
          group.addTask {
            try? await database.write { db in
              guard try db.count("SELECT COUNT(*) FROM people") < 5 else { throw Refusal() }
              try db.run("INSERT INTO people (name) VALUES ($1)", "p\(number)")
            }
          }
        }
      }
      try await expectPeople(5, in: database)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `additions made at the same time are all kept, and none is told that others were in the way`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      try await database.write { db in try db.run("INSERT INTO people (name) VALUES ('sum')") }
      try await withThrowingTaskGroup { group in
        for _ in 0..<60 {
          group.addTask {
            try await database.write { db in
              let points = try db.count("SELECT points FROM people WHERE name = 'sum'")
              _ = try db.run("UPDATE people SET points = $1 WHERE name = 'sum'", points + 1)
            }
          }
        }
        try await group.waitForAll()
      }
      let sum = try await database.read { db in try db.count("SELECT points FROM people") }
      #expect(sum == 60)
      if kind == .postgres { #expect(database.totals.retries > 0) }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a read sees one snapshot, and cannot write`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      let counts = try await database.read { db in
        let before = try db.count("SELECT COUNT(*) FROM people")
        let written = DispatchSemaphore(value: 0)
        Task {
          try await database.write { db in try db.run("INSERT INTO people (name) VALUES ('late')") }
          written.signal()
        }
        #expect(written.wait(timeout: .now() + 10) == .success)
        return [before, try db.count("SELECT COUNT(*) FROM people")]
      }
      #expect(counts == [0, 0])
      await #expect(throws: (any Error).self) {
        _ = try await database.read { db in try db.count("INSERT INTO people (name) VALUES ('x') RETURNING id") }
      }
      try await expectPeople(1, in: database)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a transaction's object is of no use after its end`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, _ in
      nonisolated(unsafe) var escaped: Writing?
      try await database.write { db in escaped = db }
      #expect(throws: DatabaseFault.closed) { _ = try escaped?.count("SELECT COUNT(*) FROM people") }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `the n-th call may fail: all or nothing is kept, and the next write works`(kind: DatabaseKind) async throws {
    let target = Mutex(0)
    let seen = Mutex(0)
    try await withDatabase(
      kind, schema: peopleSchema,
      interruption: { number in
        seen.withLock { $0 = number }
        if number == target.withLock({ $0 }) { throw DatabaseFault.storage("the test pulled the plug") }
      }
    ) { database, _ in
      var expected = 0
      for failing in 1...4 {
        target.withLock { $0 = seen.withLock { $0 } + failing }
        do {
          // Three statements and a commit: each of them fails once.
          try await database.write { db in
            for name in ["a", "b", "c"] { try db.run("INSERT INTO people (name) VALUES ($1)", name) }
          }
          Issue.record("call \(failing) failed and nobody was told")
        } catch {}
        target.withLock { $0 = 0 }
        try await expectPeople(expected, in: database)
        try await database.write { db in try db.run("INSERT INTO people (name) VALUES ('d')") }
        expected += 1
      }
    }
  }

  @Test func `now is the clock's, drawn before the body`() async throws {
    let clock = StillClock(Instant(seconds: 1_700_000_000))
    try await withDatabase(.sqlite, schema: peopleSchema, clock: clock) { database, _ in
      let now = try await database.write { db in
        clock.advance(seconds: 5)
        return db.now
      }
      #expect(now == Instant(seconds: 1_700_000_000))
      #expect(try await database.read { $0.now } == Instant(seconds: 1_700_000_005))
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `after closing all is refused, and what waited was done`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: peopleSchema) { database, location in
      let done = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
        for _ in 0..<100 {
          group.addTask { (try? await database.write { db in try db.run("INSERT INTO people (name) VALUES ('x')") }) != nil }
        }
        await Task.yield()
        await database.close()
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      await #expect(throws: DatabaseFault.closed) { _ = try await database.read { db in try db.count("SELECT COUNT(*) FROM people") } }
      await #expect(throws: DatabaseFault.closed) { try await database.write { db in try db.run("DELETE FROM people") } }
      let again = try await OpenDatabase.open(location, schema: peopleSchema)
      try await expectPeople(done, in: again)
      await again.close()
    }
  }
}
