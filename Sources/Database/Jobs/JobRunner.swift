package import Logging

/// Does jobs, each at least once. A job is claimed by moving its `run_at` behind a lease: should this process die, it runs again then.
///
/// After a failure it waits min(6 h, 15 s · 2^(attempt−1)), of which a half to the whole is drawn by lot, so that what failed together
/// does not come back together; after `mostAttempts` it is given up and stays visible.
package struct JobRunner: Sendable {
  /// Does a job; what it throws makes the job come back later. A job may come twice: it is begun again when nobody said that it was done.
  package typealias Handler = @Sendable (Job) async throws -> Void

  package let database: OpenDatabase
  /// By kind; jobs of other kinds are left for other processes.
  package let handlers: [String: Handler]
  /// How many jobs run at once, at least 1.
  package let concurrency: Int
  /// After so many the job is given up, at least 1.
  package let mostAttempts: Int
  /// A handler must be done within this time, or the job may be begun again beside it.
  package let leaseSeconds: Int64
  private let logger: Logger

  package init(
    database: OpenDatabase, handlers: [String: Handler], concurrency: Int = 4, mostAttempts: Int = 12, leaseSeconds: Int64 = 300,
    logger: Logger = Logger(label: "jobs")
  ) {
    self.database = database
    self.handlers = handlers
    self.concurrency = max(1, concurrency)
    self.mostAttempts = max(1, mostAttempts)
    self.leaseSeconds = leaseSeconds
    self.logger = logger
  }

  /// Runs until the task is cancelled; `concurrency` jobs at a time, so that one slow job holds up none but itself.
  package func run() async {
    await withTaskGroup { group in
      for _ in 0..<concurrency { group.addTask { await work() } }
    }
  }

  private func work() async {
    while !Task.isCancelled {
      let rings = database.wake.rings
      var begun = 0
      do { begun = try await runDue(most: 1) } catch {
        logger.error("jobs could not be fetched", metadata: ["error": "\(error)"])
      }
      if begun == 0 { await database.wake.wait(after: rings, milliseconds: await pause()) }
    }
  }

  /// Milliseconds until the next look: until a job is due, at most a minute; a second where other processes write jobs too, or when nothing can be read.
  private func pause() async -> Int64 {
    guard !database.isShared else { return 1_000 }
    let kinds = Texts(handlers.keys.sorted())
    let wait = try? await database.read { db in
      try db.first(
        "SELECT MIN(run_at) FROM jobs WHERE done_at IS NULL AND failed_at IS NULL AND kind IN texts($1)", kinds
      ) { $0.instantOrNil(0) }.flatMap { $0 }.map { $0.milliseconds - db.now.milliseconds } ?? 60_000
    }
    return min(60_000, max(10, wait ?? 1_000))
  }

  /// Does up to `most` of the jobs that are due, side by side, and returns how many were begun, the failed among them.
  @discardableResult
  package func runDue(most: Int = 100) async throws -> Int {
    let jobs = try await claim(most: most)
    try await withThrowingTaskGroup { group in
      for job in jobs { group.addTask { try await run(job) } }
      try await group.waitForAll()
    }
    return jobs.count
  }

  private func claim(most: Int) async throws -> [Job] {
    let kinds = Texts(handlers.keys.sorted())
    let lease = leaseSeconds
    let isAny = try await database.read { db in
      try db.exists(
        "SELECT 1 FROM jobs WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= $1 AND kind IN texts($2) LIMIT 1", db.now, kinds)
    }
    guard isAny else { return [] }
    return try await database.write { db in
      let jobs = try db.all(
        """
        SELECT id, kind, key, payload, attempts FROM jobs
        WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= $1 AND kind IN texts($2) ORDER BY run_at, id LIMIT $3
        """, db.now, kinds, most
      ) { row in Job(id: row.int64(0), kind: row.text(1), key: row.text(2), payload: row.text(3), attempt: row.int(4) + 1) }
      try db.run(
        "UPDATE jobs SET run_at = $1, attempts = attempts + 1 WHERE id IN numbers($2)", db.now.adding(seconds: lease), Numbers(jobs.map(\.id)))
      return jobs
    }
  }

  private func run(_ job: Job) async throws {
    do {
      guard let handler = handlers[job.kind] else { return }
      try await handler(job)
    } catch {
      return try await failed(job, error)
    }
    try await database.write { db in
      // What it carried (addresses, codes) is not needed any more; its key stays as the promise "once".
      try db.run(
        "UPDATE jobs SET done_at = $1, failed_at = NULL, last_error = NULL, payload = '{}' WHERE id = $2 AND done_at IS NULL", db.now, job.id)
    }
  }

  private func failed(_ job: Job, _ error: any Error) async throws {
    logger.warning("a job failed", metadata: ["kind": "\(job.kind)", "job": "\(job.id)", "attempt": "\(job.attempt)"])
    let words = JobRunner.shortened("\(error)")
    let isLast = job.attempt >= mostAttempts
    let pause = JobRunner.pause(attempt: job.attempt, lot: Double.random(in: 0...1))
    try await database.write { db in
      // Only if nobody has begun it again meanwhile.
      try db.run(
        "UPDATE jobs SET last_error = $1, failed_at = $2, run_at = $3 WHERE id = $4 AND attempts = $5 AND done_at IS NULL",
        words, isLast ? db.now : nil, db.now.adding(milliseconds: pause), job.id, job.attempt)
    }
  }

  /// Milliseconds until the next attempt; `lot` is from 0 to 1.
  static func pause(attempt: Int, lot: Double) -> Int64 {
    let whole = min(6 * 3600, 15 << Int64(min(max(attempt - 1, 0), 20)))
    return Int64(Double(whole) * 1000 * (0.5 + lot / 2))
  }

  /// At most 500 bytes, whole characters, without NUL.
  static func shortened(_ text: String) -> String {
    String(decoding: text.utf8.prefix(500).filter { $0 != 0 }, as: UTF8.self)
  }
}
