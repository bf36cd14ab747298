import Foundation
import Synchronization
import Testing

@testable import Database

private struct Outage: Error {}

@Suite struct DatabaseJobTests {
  @Test(arguments: DatabaseKind.allCases)
  func `a job asked for twice is done once, and an undone write asks for nothing`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: Schema(parts: [])) { database, _ in
      let done = Mutex<[String]>([])
      let runner = JobRunner(database: database, handlers: ["mail": { job in done.withLock { $0.append(job.payload) } }])
      for _ in 0..<3 { try await database.write { db in try db.enqueue(kind: "mail", key: "7/ada", payload: #"{"to":7}"#) } }
      _ = try? await database.write { db in
        try db.enqueue(kind: "mail", key: "8/ada")
        throw Outage()
      }
      try await runner.runDue()
      try await runner.runDue()
      let isNew = try await database.write { db in try db.enqueue(kind: "mail", key: "7/ada") }
      #expect(isNew == false)
      try await runner.runDue()
      #expect(done.withLock { $0 } == [#"{"to":7}"#])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a failing job waits longer each time, stays visible, and is given up at last`(kind: DatabaseKind) async throws {
    let clock = StillClock(Instant(seconds: 1_700_000_000))
    try await withDatabase(kind, schema: Schema(parts: []), clock: clock) { database, _ in
      let attempts = Mutex(0)
      let runner = JobRunner(
        database: database,
        handlers: [
          "mail": { _ in
            attempts.withLock { $0 += 1 }
            throw Outage()
          }
        ], mostAttempts: 4)
      try await database.write { db in try db.enqueue(kind: "mail", key: "k") }
      var pauses: [Int64] = []
      for _ in 0..<3 {
        let begun = try await runner.runDue()
        #expect(begun == 1)
        let again = try await runner.runDue()
        #expect(again == 0)
        let job = try #require(try await database.read { db in try db.job(key: "k") })
        #expect(job.lastError == "Outage()" && job.failedAt == nil)
        pauses.append(job.runAt.milliseconds(since: clock.now()))
        clock.set(job.runAt)
      }
      for (pause, whole) in zip(pauses, [15_000, 30_000, 60_000]) { #expect((Int64(whole) / 2...Int64(whole)).contains(pause)) }
      try await runner.runDue()
      let failed = try await database.read { db in try db.failedJobs(limit: 10) }
      #expect(failed.map(\.attempts) == [4])
      clock.advance(days: 30)
      let begun = try await runner.runDue()
      #expect(begun == 0 && attempts.withLock { $0 } == 4)
      let id = try #require(failed.first).id
      let isBack = try await database.write { db in try db.retryJob(id) }
      #expect(isBack)
      let retried = try await runner.runDue()
      #expect(retried == 1)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a job whose process died is done again after its lease`(kind: DatabaseKind) async throws {
    let clock = StillClock(Instant(seconds: 1_700_000_000))
    try await withDatabase(kind, schema: Schema(parts: []), clock: clock) { database, _ in
      try await database.write { db in
        try db.enqueue(kind: "mail", key: "k")
        // What a claim leaves behind when nothing follows.
        try db.run("UPDATE jobs SET attempts = 1, run_at = $1", db.now.adding(seconds: 300))
      }
      let runner = JobRunner(database: database, handlers: ["mail": { _ in }])
      let early = try await runner.runDue()
      clock.advance(seconds: 301)
      let late = try await runner.runDue()
      #expect(early == 0 && late == 1)
      let job = try await database.read { db in try db.job(key: "k") }
      #expect(job?.doneAt == clock.now() && job?.attempts == 2)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `two runners share the jobs, each done once`(kind: DatabaseKind) async throws {
    try await withDatabase(kind, schema: Schema(parts: [])) { database, _ in
      let done = Mutex<[String: Int]>([:])
      let runner = JobRunner(
        database: database, handlers: ["mail": { job in done.withLock { $0[job.key, default: 0] += 1 } }], concurrency: 3)
      try await database.write { db in
        for number in 0..<60 { try db.enqueue(kind: number < 50 ? "mail" : "other", key: "\(number)") }
      }
      let running = Task { await withTaskGroup { group in for _ in 0..<2 { group.addTask { await runner.run() } } } }
      let limit = ContinuousClock.now + .seconds(20)
      while try await database.read({ db in try db.waitingJobs() }) > 10, ContinuousClock.now < limit { try await Task.sleep(for: .milliseconds(5)) }
      running.cancel()
      await running.value
      #expect(done.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<50).map { ("\($0)", 1) }))
    }
  }

  @Test func `a pause never grows beyond six hours`() {
    #expect(JobRunner.pause(attempt: 1, lot: 0) == 7_500)
    #expect(JobRunner.pause(attempt: 60, lot: 1) == 6 * 3_600_000)
    #expect(JobRunner.pause(attempt: .max, lot: 1) == 6 * 3_600_000)
    #expect(JobRunner.shortened(String(repeating: "é", count: 400)).utf8.count <= 502)
  }
}
