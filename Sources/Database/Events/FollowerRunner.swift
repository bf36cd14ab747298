package import Logging

/// Leads followers along the events: woken by each write of this process, and by itself every second where other processes write too.
///
///     let runner = FollowerRunner(database: database, followers: [statistics, mailer], logger: logger)
///     try await runner.run()  // until the task is cancelled
package struct FollowerRunner: Sendable {
  package let database: OpenDatabase
  /// Each is led by itself, in this order.
  package let followers: [any Follower]
  /// The most events given at once.
  package let batch: Int
  private let logger: Logger

  package init(database: OpenDatabase, followers: [any Follower], batch: Int = 200, logger: Logger = Logger(label: "followers")) {
    self.database = database
    self.followers = followers
    self.batch = max(1, batch)
    self.logger = logger
  }

  /// Runs until the task is cancelled. A follower that fails is tried again every second and holds up none but itself.
  package func run() async {
    while !Task.isCancelled {
      let rings = database.wake.rings
      let (handled, isStuck) = await pass()
      // Nobody rings for what another process writes, nor for what failed.
      if handled == 0 { await database.wake.wait(after: rings, milliseconds: database.isShared || isStuck ? 1_000 : 60_000) }
    }
  }

  /// Leads all followers to the newest event and returns; throws what a follower throws. For commands and tests.
  package func catchUp() async throws {
    try await database.sequenceEvents()
    for follower in followers {
      while try await advance(follower, most: batch) > 0 {}
    }
  }

  /// Sets a projection back to the first event and empties it; it then catches up as usual.
  ///
  /// - Throws: `FollowerFault.unknown`, `.notRebuildable` for a reactor.
  package func rebuild(_ name: String) async throws {
    guard let follower = followers.first(where: { $0.name == name }) else { throw FollowerFault.unknown(name) }
    guard follower.kind == .projection else { throw FollowerFault.notRebuildable(name) }
    try await database.write { db in
      try follower.clear(in: db)
      try setPosition(0, of: name, in: db)
    }
  }

  private func pass() async -> (handled: Int, isStuck: Bool) {
    var (handled, isStuck) = (0, false)
    do { try await database.sequenceEvents() } catch {
      isStuck = true
      logger.error("events could not be put in order", metadata: ["error": "\(error)"])
    }
    for follower in followers where !Task.isCancelled {
      do { handled += try await advance(follower, most: batch) } catch {
        // One event may be to blame: go up to it one by one, and stay before it.
        let alone = (try? await advance(follower, most: 1)) ?? 0
        handled += alone
        isStuck = true
        if alone == 0 { logger.error("a follower is stuck", metadata: ["follower": "\(follower.name)", "error": "\(error)"]) }
      }
    }
    return (handled, isStuck)
  }

  /// Gives a follower its next events, if there are any.
  private func advance(_ follower: any Follower, most: Int) async throws -> Int {
    // A look first: an idle database is not written to every second.
    let name = follower.name
    let hasWork = try await database.read { db in
      guard let position = try position(of: name, in: db) else { return true }
      return try db.lastPosition() > position
    }
    guard hasWork else { return 0 }
    return try await database.write { db in
      let known = try position(of: name, in: db)
      let start = try known ?? (follower.kind == .reactor ? db.lastPosition() : 0)
      let events = try db.events(after: start, limit: most)
      if !events.isEmpty { try follower.handle(events, in: db) }
      if let last = events.last { try setPosition(last.position, of: name, in: db) } else if known == nil { try setPosition(start, of: name, in: db) }
      return events.count
    }
  }

  private func position(of name: String, in db: Reading) throws -> Int64? {
    try db.first("SELECT position FROM followers WHERE name = $1", name) { $0.int64(0) }
  }

  private func setPosition(_ position: Int64, of name: String, in db: Writing) throws {
    try db.run(
      "INSERT INTO followers (name, position) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET position = excluded.position", name, position)
  }
}
