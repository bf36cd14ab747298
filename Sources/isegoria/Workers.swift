import CMalloc
import CommonsDomain
import Database
import Logging
import ServiceLifecycle
import Web

/// What runs beside the pages: for each organization that is open, the followers of its events and its jobs; for all of them, the night's work.
struct Workers: Service {
  let world: World
  let doors: Doors

  func run() async throws {
    // Organizations whose mails or events waited when the program stopped are opened, so that nothing is forgotten; the others when asked for.
    for name in world.organizations.names where await hasWork(name) { _ = try? await world.organizations.organization(name) }
    var served: [String: Task<Void, Never>] = [:]
    let night = Task { await Night(world: world).run() }
    while !Task.isShuttingDownGracefully && !Task.isCancelled {
      do { try world.organizations.reloadIfChanged() } catch {
        world.logger.error("the organizations could not be read anew", metadata: ["error": .string("\(error)")])
      }
      var closed = 0
      for name in world.organizations.idle() where await mayClose(name) {
        served.removeValue(forKey: name)?.cancel()
        await world.close(name)
        closed += 1
      }
      // The allocator would keep what they held for itself.
      if closed > 0 { malloc_trim(0) }
      for name in world.organizations.opened where served[name] == nil {
        if let organization = try? await world.organizations.organization(name) { served[name] = Task { await serve(organization) } }
      }
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
    }
    night.cancel()
    for task in served.values { task.cancel() }
    for task in served.values { await task.value }
  }

  private func serve(_ organization: Organization) async {
    let runner = FollowerRunner(database: organization.database, followers: [StandingsFollower(), NoticeFollower()], logger: world.logger)
    let jobs = JobRunner(
      database: organization.database, handlers: [Notice.job: MailJob(organization: organization, world: world, doors: doors).run],
      logger: world.logger)
    async let followed: Void = runner.run()
    async let done: Void = jobs.run()
    _ = await (followed, done)
  }

  /// One whose card is gone is closed at once; another only when nothing waits in it.
  private func mayClose(_ name: String) async -> Bool {
    guard world.organizations.card(name) != nil else { return true }
    guard let organization = try? await world.organizations.peek(name) else { return false }
    return (try? await organization.database.read { try $0.waitingJobs() == 0 }) ?? false
  }

  /// Whether jobs wait or followers lag behind; a database that cannot be looked at is opened, and says then what is wrong.
  private func hasWork(_ name: String) async -> Bool {
    guard let database = try? await OpenDatabase.open(world.setup.location(of: name), schema: Site.schema, access: .readingOnly) else { return true }
    let hasWork = try? await database.read { db in
      let last = try db.lastPosition()
      let followers = try db.followers()
      return try db.waitingJobs() > 0 || last > 0 && (followers.isEmpty || followers.contains { $0.position < last })
    }
    await database.close()
    return hasWork ?? true
  }
}

/// Once a day, at a quiet hour, in every organization, one after the other: lots are drawn anew, and what need not be kept is forgotten.
struct Night: Sendable {
  let world: World

  func run() async {
    while !Task.isCancelled {
      do { try await Task.sleep(for: .seconds(Self.secondsToNight(SystemClock().now()))) } catch { return }
      for name in world.organizations.names where !Task.isCancelled {
        do {
          try await Self.work(in: try await world.organizations.organization(name).database)
        } catch { world.logger.error("the night's work failed", metadata: ["organization": .string(name), "error": .string("\(error)")]) }
      }
    }
  }

  static func work(in database: OpenDatabase) async throws {
    try await database.write { db in
      try Standings.drawLots(in: db)
      try Attempts.sweep(in: db)
      try Drafts.sweep(in: db)
      try MailedCodes.sweep(in: db)
      try Sessions.sweep(in: db)
      _ = try db.forgetJobs(doneBefore: db.now.adding(days: -30))
      try db.compactIndex()
    }
    try await database.write { try Retention.apply(in: $0) }
    // What was erased stands in the write-ahead log until then.
    try await database.checkpoint()
  }

  /// Seconds until the next 03:00 UTC.
  static func secondsToNight(_ now: Instant) -> Int64 {
    let second = now.milliseconds / 1000 % 86_400
    let wait = (3 * 3600 - second + 86_400) % 86_400
    return max(60, wait)
  }
}
