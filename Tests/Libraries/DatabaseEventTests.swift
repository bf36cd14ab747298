import Foundation
import Synchronization
import Testing

@testable import Database

private let tallySchema = Schema(parts: [
  (
    name: "tally",
    sql: """
    CREATE TABLE tally (kind TEXT PRIMARY KEY NOT NULL, count INTEGER NOT NULL) STRICT;
    CREATE TABLE seen (event INTEGER PRIMARY KEY) STRICT;
    """
  )
])

private struct Stumble: Error {}

/// Counts events by kind, and remembers each.
private struct Counting: Follower {
  var name = "counting"
  var kind = FollowerKind.projection
  var stumbles: @Sendable (StoredEvent) throws -> Void = { _ in }

  func handle(_ events: [StoredEvent], in db: Writing) throws {
    for event in events {
      try stumbles(event)
      try db.run(
        "INSERT INTO tally (kind, count) VALUES ($1, 1) ON CONFLICT (kind) DO UPDATE SET count = tally.count + 1", event.kind)
      try db.run("INSERT INTO seen (event) VALUES ($1)", event.id)
    }
  }

  func clear(in db: Writing) throws {
    try db.run("DELETE FROM tally")
    try db.run("DELETE FROM seen")
  }
}

private func append(_ count: Int, to database: OpenDatabase) async throws {
  try await withThrowingTaskGroup { group in
    for number in 0..<count {
      group.addTask {
        try await database.write { db in
          _ = try db.append(kind: number.isMultiple(of: 2) ? "even" : "odd", actor: nil, subjectKind: "number", subject: Int64(number))
        }
      }
    }
    try await group.waitForAll()
  }
}

private func tally(_ database: OpenDatabase) async throws -> [String: Int] {
  try await database.read { db in
    Dictionary(try db.all("SELECT kind, count FROM tally") { ($0.text(0), $0.int(1)) }, uniquingKeysWith: +)
  }
}

@Suite struct DatabaseEventTests {
  @Test(arguments: DatabaseKind.allCases)
  func `an event is read back whole, and one of an undone write never is`(kind: DatabaseKind) async throws {
    let clock = StillClock(Instant(seconds: 1_700_000_000))
    try await withDatabase(kind, schema: tallySchema, clock: clock) { database, _ in
      let id = try await database.write { db in
        try db.append(kind: "a", actor: 4, subjectKind: "proposal", subject: 7, space: 9, payload: #"{"n":1}"#)
      }
      _ = try? await database.write { db in
        try db.append(kind: "b", actor: nil, subjectKind: "proposal", subject: 7)
        throw Stumble()
      }
      try await database.sequenceEvents()
      let events = try await database.read { db in try db.events(after: 0, limit: 10) }
      let event = try #require(events.first)
      #expect(events.count == 1)
      #expect(event.id == id && event.position == 1 && event.kind == "a" && event.actor == 4 && event.subjectKind == "proposal")
      #expect(event.subject == 7 && event.space == 9 && event.at == clock.now() && event.payload == #"{"n":1}"#)
    }
  }

  @Test func `a low number that commits late is not skipped`() async throws {
    try await withDatabase(.postgres, schema: tallySchema) { database, _ in
      let runner = FollowerRunner(database: database, followers: [Counting()], batch: 3)
      let started = DispatchSemaphore(value: 0)
      let release = DispatchSemaphore(value: 0)
      let slow = Task {
        try await database.write { db in
          let id = try db.append(kind: "slow", actor: nil, subjectKind: "x", subject: 0)
          started.signal()
          _ = release.wait(timeout: .now() + 20)
          return id
        }
      }
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          started.wait()
          continuation.resume()
        }
      }
      try await append(10, to: database)
      try await runner.catchUp()
      let before = try await tally(database)
      #expect(before == ["even": 5, "odd": 5])
      release.signal()
      let slowID = try await slow.value
      let later = try await database.write { db in try db.append(kind: "later", actor: nil, subjectKind: "x", subject: 0) }
      #expect(slowID < later)
      try await runner.catchUp()
      let after = try await tally(database)
      #expect(after == ["even": 5, "odd": 5, "slow": 1, "later": 1])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `positions have one order, however many sequencers run`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: tallySchema) { database, _ in
      try await withThrowingTaskGroup { group in
        for _ in 0..<4 { group.addTask { for _ in 0..<20 { try await database.sequenceEvents() } } }
        group.addTask { try await append(200, to: database) }
        try await group.waitForAll()
      }
      try await database.sequenceEvents()
      let positions = try await database.read { db in try db.events(after: 0, limit: 1000).map(\.position) }
      #expect(positions == (1...200).map { Int64($0) })
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a follower counts each event once, though every fifth call to the database fails`(kind: DatabaseKind) async throws {
    let fails = Mutex(false)
    try await withDatabase(
      kind, schema: tallySchema,
      interruption: { number in if fails.withLock({ $0 }), number % 5 == 0, Int.random(in: 0...1) == 0 { throw Stumble() } }
    ) { database, _ in
      try await append(60, to: database)
      fails.withLock { $0 = true }
      let runner = FollowerRunner(database: database, followers: [Counting()], batch: 2)
      for _ in 0..<2000 {
        do {
          try await runner.catchUp()
          break
        } catch {}
      }
      fails.withLock { $0 = false }
      let counts = try await tally(database)
      #expect(counts == ["even": 30, "odd": 30])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a rebuilt projection equals the first; a reactor starts at the head and is never rebuilt`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: tallySchema) { database, _ in
      try await append(10, to: database)
      try await database.sequenceEvents()
      let acted = Mutex<[Int64]>([])
      let reactor = Counting(name: "acting", kind: .reactor, stumbles: { event in acted.withLock { $0.append(event.subject) } })
      let reactors = FollowerRunner(database: database, followers: [reactor])
      try await reactors.catchUp()
      try await database.write { db in try db.append(kind: "new", actor: nil, subjectKind: "x", subject: 99) }
      try await reactors.catchUp()
      #expect(Set(acted.withLock { $0 }) == [99])
      await #expect(throws: FollowerFault.notRebuildable("acting")) { try await reactors.rebuild("acting") }

      try await database.write { db in try Counting().clear(in: db) }
      let runner = FollowerRunner(database: database, followers: [Counting()])
      try await runner.catchUp()
      let first = try await tally(database)
      try await runner.rebuild("counting")
      let emptied = try await tally(database)
      #expect(emptied == [:])
      try await runner.catchUp()
      let second = try await tally(database)
      #expect(first == second && first == ["even": 5, "odd": 5, "new": 1])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a running follower is woken by a write, and a stuck one holds up none but itself`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: tallySchema) { database, _ in
      let stuck = Counting(name: "stuck", stumbles: { if $0.subject == 3 { throw Stumble() } else { throw CancellationError() } })
      let runner = FollowerRunner(database: database, followers: [stuck, Counting()])
      let running = Task { await runner.run() }
      try await append(20, to: database)
      let limit = ContinuousClock.now + .seconds(15)
      var count = 0
      while count < 20, ContinuousClock.now < limit {
        count = try await tally(database).values.reduce(0, +)
        try await Task.sleep(for: .milliseconds(5))
      }
      running.cancel()
      await running.value
      #expect(count == 20)
    }
  }
}
