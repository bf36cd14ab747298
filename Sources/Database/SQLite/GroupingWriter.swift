import Dispatch
import Foundation
import GRDB
import Synchronization

/// A write that waits: its body stores its own result and tells only whether it failed; `deliver` answers the caller.
struct WriteRequest: Sendable {
  let run: @Sendable (Writing) -> (any Error)?
  /// nil: the body's own result is on disk, or the body's own error stands. Otherwise: nothing was written, for this reason.
  let deliver: @Sendable ((any Error)?) -> Void
}

/// The one writer of a file. Writes that wait are run together, in one transaction with a savepoint each, so that many share one sync of
/// the disk; nobody is answered before that transaction's COMMIT has returned.
final class GroupingWriter: Sendable {
  static let largestGroup = 64

  private struct State {
    var waiting: [WriteRequest] = []
    var isRunning = false
    var isClosed = false
    var groups = 0
    var willRest = false
  }

  let connection: SQLiteConnection
  private let surroundings: Surroundings
  private let state = Mutex(State())

  init(connection: SQLiteConnection, surroundings: Surroundings) {
    self.connection = connection
    self.surroundings = surroundings
  }

  func submit(_ request: WriteRequest) {
    enum Next { case refuse, wait, start }
    let next: Next = state.withLock { state in
      if state.isClosed { return .refuse }
      state.waiting.append(request)
      if state.isRunning { return .wait }
      state.isRunning = true
      return .start
    }
    switch next {
    case .refuse: request.deliver(DatabaseFault.closed)
    case .wait: break
    case .start: connection.queue.asyncWriteWithoutTransaction { self.drain($0) }
    }
  }

  /// Refuses new writes, does those that wait, and closes. Blocks.
  func close() {
    state.withLock { $0.isClosed = true }
    while state.withLock({ $0.isRunning }) { Thread.sleep(forTimeInterval: 0.001) }
    connection.close()
  }

  private func drain(_ database: GRDB.Database) {
    while true {
      let group = state.withLock { state in
        let group = Array(state.waiting.prefix(GroupingWriter.largestGroup))
        state.waiting.removeFirst(group.count)
        if group.isEmpty { state.isRunning = false } else { state.groups &+= 1 }
        return group
      }
      if group.isEmpty { return restLater() }
      run(group[...], database)
    }
  }

  /// Gives back the memory of statements and pages when nothing was written for half a minute.
  private func restLater() {
    let groups: Int? = state.withLock { state in
      if state.willRest || state.isClosed { return nil }
      state.willRest = true
      return state.groups
    }
    guard let groups else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(30)) { [weak self] in self?.rest(ifStillAt: groups) }
  }

  private func rest(ifStillAt groups: Int) {
    let (isIdle, isOver) = state.withLock { state in
      state.willRest = false
      return (state.groups == groups, state.isClosed)
    }
    if isOver { return }
    if isIdle { connection.queue.asyncWriteWithoutTransaction { self.connection.rest($0) } } else { restLater() }
  }

  private func run(_ group: ArraySlice<WriteRequest>, _ database: GRDB.Database) {
    surroundings.tally.add { $0.writes &+= group.count }
    var rest = group
    while !rest.isEmpty { rest = runOnce(rest, database) }
  }

  /// Runs a group in one transaction and answers its members; returns those that could not be run because SQLite gave the transaction up.
  private func runOnce(_ group: ArraySlice<WriteRequest>, _ database: GRDB.Database) -> ArraySlice<WriteRequest> {
    do { try control("BEGIN IMMEDIATE", database) } catch {
      for request in group { request.deliver(error) }
      return []
    }
    var done: [(request: WriteRequest, verdict: Verdict)] = []
    for (position, request) in zip(group.indices, group) {
      let verdict = group.count == 1 ? alone(request, database) : inSavepoint(request, database)
      done.append((request, verdict))
      if verdict.isKept || database.isInsideTransaction { continue }
      // A full disk or the like: SQLite undid the whole transaction, also what earlier members wrote.
      for (request, verdict) in done { request.deliver(verdict.isKept ? DatabaseFault.notCommitted(verdictWords(done)) : verdict.refusal) }
      return group[(position + 1)...]
    }
    guard done.contains(where: \.verdict.isKept) else {
      rollback(database)
      for (request, verdict) in done { request.deliver(verdict.refusal) }
      return []
    }
    do {
      try surroundings.interruption?.check()
      try control("COMMIT", database)
    } catch {
      rollback(database)
      for (request, verdict) in done where !verdict.isKept { request.deliver(verdict.refusal) }
      refuse(done.filter(\.verdict.isKept).map(\.request), error, database)
      return []
    }
    surroundings.tally.add { totals in
      totals.groups &+= 1
      totals.largestGroup = max(totals.largestGroup, group.count)
    }
    for (request, verdict) in done { request.deliver(verdict.refusal) }
    return []
  }

  /// The commit failed. If a constraint checked at its end refused it, only one member is to blame: each is tried alone.
  private func refuse(_ members: [WriteRequest], _ error: any Error, _ database: GRDB.Database) {
    if case DatabaseFault.constraint = error {
      if members.count == 1 { return members[0].deliver(error) }
      surroundings.tally.add { $0.retries &+= members.count }
      for member in members { _ = runOnce([member], database) }
    } else {
      for member in members { member.deliver(DatabaseFault.notCommitted("\(error)")) }
    }
  }

  /// What became of a member before the commit.
  private enum Verdict {
    case kept
    /// The body threw; its own error stands as its result.
    case undone(any Error)
    /// The body's result does not stand, for this reason.
    case refused(any Error)

    var isKept: Bool { if case .kept = self { true } else { false } }
    var refusal: (any Error)? { if case .refused(let error) = self { error } else { nil } }
  }

  private func alone(_ request: WriteRequest, _ database: GRDB.Database) -> Verdict {
    request.run(writing(database)).map(Verdict.undone) ?? .kept
  }

  private func inSavepoint(_ request: WriteRequest, _ database: GRDB.Database) -> Verdict {
    do { try control("SAVEPOINT member", database) } catch { return .refused(error) }
    let verdict = alone(request, database)
    do {
      if !verdict.isKept, database.isInsideTransaction { try control("ROLLBACK TO member", database) }
      if database.isInsideTransaction { try control("RELEASE member", database) }
    } catch {
      // Without its savepoint this member cannot be undone alone.
      rollback(database)
      return .refused(error)
    }
    return verdict
  }

  private func verdictWords(_ done: [(request: WriteRequest, verdict: Verdict)]) -> String {
    switch done.last?.verdict {
    case .undone(let error), .refused(let error): "the transaction was given up: \(error)"
    default: "the transaction was given up"
    }
  }

  private func writing(_ database: GRDB.Database) -> Writing {
    Writing(
      session: SQLiteSession(connection: connection, database: database, interruption: surroundings.interruption),
      now: surroundings.clock.now())
  }

  private func control(_ sql: SQL, _ database: GRDB.Database) throws {
    _ = try connection.perform(sql, [], database) { _ in false }
  }

  private func rollback(_ database: GRDB.Database) {
    if database.isInsideTransaction { try? control("ROLLBACK", database) }
  }
}

/// A transaction's way to its connection, used on the connection's queue only.
final class SQLiteSession: Session {
  private let connection: SQLiteConnection
  private let database: GRDB.Database
  private let interruption: Interruption?
  let dialect = Dialect.sqlite

  init(connection: SQLiteConnection, database: GRDB.Database, interruption: Interruption?) {
    self.connection = connection
    self.database = database
    self.interruption = interruption
  }

  func perform(_ sql: SQL, _ arguments: [Value], _ each: (Row) throws -> Bool) throws -> Int {
    try interruption?.check()
    return try connection.perform(sql, arguments, database, each)
  }
}
