/// Work to be done later, outside of any transaction: a mail to send, a page to render.
package struct Job: Sendable, Equatable {
  package let id: Int64
  package let kind: String
  package let key: String
  /// JSON, as it was enqueued.
  package let payload: String
  /// How often it was begun, this time included.
  package let attempt: Int
}

/// How a job stands, for administrators and `doctor`.
package struct JobState: Sendable, Equatable {
  package let id: Int64
  package let kind: String
  package let key: String
  /// When it runs next; while it runs, when it is taken for lost.
  package let runAt: Instant
  package let attempts: Int
  package let lastError: String?
  package let doneAt: Instant?
  /// When it was given up.
  package let failedAt: Instant?
}

extension Writing {
  /// Asks for a job, kept together with the rest of the transaction. A job of the same key that was ever asked for is not asked for
  /// again; false tells so. The key is the promise "once": take the event's number and the receiver, not a random one.
  @discardableResult
  package func enqueue(kind: String, key: String, payload: String = "{}", at: Instant? = nil) throws -> Bool {
    try run(
      """
      INSERT INTO jobs (kind, key, payload, run_at, attempts) VALUES ($1, $2, $3, $4, 0)
      ON CONFLICT (key) DO NOTHING
      """, kind, key, payload, at ?? now) == 1
  }

  /// Forgets jobs done before an instant, and their keys with them; returns how many.
  @discardableResult
  package func forgetJobs(doneBefore instant: Instant) throws -> Int {
    try run("DELETE FROM jobs WHERE done_at < $1", instant)
  }

  /// Forgets jobs of one kind that are not done, by what they carry; returns how many.
  @discardableResult
  package func forgetJobs(waiting kind: String, where isForgotten: (_ payload: String) -> Bool) throws -> Int {
    let waiting = try all("SELECT id, payload FROM jobs WHERE kind = $1 AND done_at IS NULL ORDER BY id", kind) { ($0.int64(0), $0.text(1)) }
    let forgotten = waiting.filter { isForgotten($0.1) }
    for (id, _) in forgotten { try run("DELETE FROM jobs WHERE id = $1", id) }
    return forgotten.count
  }

  /// Lets a job that was given up run again.
  @discardableResult
  package func retryJob(_ id: Int64) throws -> Bool {
    try run("UPDATE jobs SET failed_at = NULL, attempts = 0, run_at = $1 WHERE id = $2 AND failed_at IS NOT NULL", now, id) == 1
  }
}

extension Reading {
  /// Jobs that were given up, newest first.
  package func failedJobs(limit: Int) throws -> [JobState] {
    try all(
      """
      SELECT id, kind, key, run_at, attempts, last_error, done_at, failed_at FROM jobs
      WHERE failed_at IS NOT NULL ORDER BY id DESC LIMIT $1
      """, max(0, limit), map: JobState.init(row:))
  }

  /// The job with this key, if it is still known.
  package func job(key: String) throws -> JobState? {
    try first(
      "SELECT id, kind, key, run_at, attempts, last_error, done_at, failed_at FROM jobs WHERE key = $1", key, map: JobState.init(row:))
  }

  /// How many jobs wait or run.
  package func waitingJobs() throws -> Int {
    try count("SELECT COUNT(*) FROM jobs WHERE done_at IS NULL AND failed_at IS NULL")
  }
}

extension JobState {
  init(row: Row) {
    id = row.int64(0)
    kind = row.text(1)
    key = row.text(2)
    runAt = row.instant(3)
    attempts = row.int(4)
    lastError = row.textOrNil(5)
    doneAt = row.instantOrNil(6)
    failedAt = row.instantOrNil(7)
  }
}
