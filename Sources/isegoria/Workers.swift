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
    // Organizations whose jobs waited when the program stopped are opened once, so that nothing is forgotten.
    for name in world.organizations.names { _ = try? await world.organizations.organization(name) }
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
