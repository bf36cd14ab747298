import CommonsDomain
import Database
import Logging
import ServiceLifecycle
import Web

/// What runs beside the pages: followers of events, jobs, the night's work; one set for each organization that is open.
struct Workers: Service {
  let world: World
  let doors: Doors

  func run() async throws {
    // Organizations whose mails or events waited when the program stopped are opened, so that nothing is forgotten; the others when asked for.
    for name in world.organizations.names where await hasWork(name) { _ = try? await world.organizations.organization(name) }
    await withTaskGroup(of: Void.self) { group in
      var served: Set<String> = []
      while !Task.isShuttingDownGracefully && !Task.isCancelled {
        for name in world.organizations.opened where served.insert(name).inserted {
          guard let organization = try? await world.organizations.organization(name) else { continue }
          let runner = FollowerRunner(database: organization.database, followers: [StandingsFollower(), NoticeFollower()], logger: world.logger)
          let jobs = JobRunner(
            database: organization.database, handlers: [Notice.job: MailJob(organization: organization, world: world, doors: doors).run],
            logger: world.logger)
          group.addTask { await runner.run() }
          group.addTask { await jobs.run() }
          group.addTask { await Night(organization: organization, logger: world.logger).run() }
        }
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
      }
      group.cancelAll()
    }
  }

  /// Whether jobs wait or followers lag behind; a database that cannot be looked at is opened, and says then what is wrong.
  private func hasWork(_ name: String) async -> Bool {
    guard world.setup.postgres == nil else { return true }
    let path = "\(world.organizations.folder)/\(name)/organization.sqlite"
    guard let database = try? await OpenDatabase.open(.sqlite(path: path), schema: Site.schema, access: .readingOnly) else { return true }
    let hasWork = try? await database.read { db in
      let last = try db.lastPosition()
      let followers = try db.followers()
      return try db.waitingJobs() > 0 || last > 0 && (followers.isEmpty || followers.contains { $0.position < last })
    }
    await database.close()
    return hasWork ?? true
  }
}

/// Once a day, at a quiet hour: lots are drawn anew, what no limit needs any more is forgotten.
struct Night: Sendable {
  let organization: Organization
  let logger: Logger

  func run() async {
    while !Task.isCancelled {
      do { try await Task.sleep(for: .seconds(Self.secondsToNight(organization.database.clock.now()))) } catch { return }
      do {
        try await organization.database.write { db in
          try Standings.drawLots(in: db)
          try Attempts.sweep(in: db)
          try Drafts.sweep(in: db)
          try MailedCodes.sweep(in: db)
          try Sessions.sweep(in: db)
          _ = try db.forgetJobs(doneBefore: db.now.adding(days: -30))
          try db.compactIndex()
        }
      } catch { logger.error("the night's work failed", metadata: ["organization": .string(organization.name), "error": .string("\(error)")]) }
    }
  }

  /// Seconds until the next 03:00 UTC.
  static func secondsToNight(_ now: Instant) -> Int64 {
    let second = now.milliseconds / 1000 % 86_400
    let wait = (3 * 3600 - second + 86_400) % 86_400
    return max(60, wait)
  }
}
