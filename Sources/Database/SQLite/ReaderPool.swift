import Dispatch
import Foundation
import GRDB
import Synchronization

/// Connections that only read, opened when they are needed and closed when they have been idle: an organization that nobody visits
/// keeps none.
final class ReaderPool: Sendable {
  typealias Work = @Sendable (Result<(SQLiteConnection, GRDB.Database), any Error>) -> Void

  private struct State {
    var idle: [(connection: SQLiteConnection, since: Instant)] = []
    var open = 0
    var waiting: [Work] = []
    var isTrimming = false
    var isClosed = false
  }

  private let path: String
  private let most: Int
  private let idleSeconds: Int
  private let state = Mutex(State())

  init(path: String, most: Int = 4, idleSeconds: Int = 20) {
    self.path = path
    self.most = most
    self.idleSeconds = idleSeconds
  }

  /// Runs `work` on a connection of its own, at once or when one is free.
  func submit(_ work: @escaping Work) {
    enum Next { case use(SQLiteConnection), open, wait, refuse }
    let next: Next = state.withLock { state in
      if state.isClosed { return .refuse }
      if let last = state.idle.popLast() { return .use(last.connection) }
      if state.open < most {
        state.open += 1
        return .open
      }
      state.waiting.append(work)
      return .wait
    }
    switch next {
    case .use(let connection): run(work, on: connection)
    case .wait: break
    case .refuse: work(.failure(DatabaseFault.closed))
    case .open:
      DispatchQueue.global().async {
        do { self.run(work, on: try SQLiteConnection(path: self.path, role: .reader)) } catch {
          let waiting = self.state.withLock { state in
            state.open -= 1
            // Nobody else would wake those that wait, were this the only connection.
            guard state.open == 0 else { return [Work]() }
            defer { state.waiting.removeAll() }
            return state.waiting
          }
          for work in [work] + waiting { work(.failure(error)) }
        }
      }
    }
  }

  private func run(_ work: @escaping Work, on connection: SQLiteConnection) {
    connection.queue.asyncWriteWithoutTransaction { database in
      var work = work
      while true {
        work(.success((connection, database)))
        guard let next = self.nextWork(or: connection) else { return }
        work = next
      }
    }
  }

  private func nextWork(or connection: SQLiteConnection) -> Work? {
    state.withLock { state in
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      state.idle.append((connection, Instant.now()))
      if !state.isTrimming, !state.isClosed {
        state.isTrimming = true
        trimLater()
      }
      return nil
    }
  }

  private func trimLater() {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(idleSeconds)) { [weak self] in self?.trim() }
  }

  private func trim() {
    let limit = Instant.now().adding(seconds: -Int64(idleSeconds))
    let leaving = state.withLock { state in
      let leaving = state.idle.filter { $0.since <= limit }.map(\.connection)
      state.idle.removeAll { $0.since <= limit }
      state.open -= leaving.count
      state.isTrimming = state.open > 0 && !state.isClosed
      if state.isTrimming { trimLater() }
      return leaving
    }
    for connection in leaving { connection.close() }
  }

  /// Refuses new reads, waits for those that run or wait, and closes all. Blocks: not for a task's thread.
  func close() {
    state.withLock { $0.isClosed = true }
    while true {
      let (leaving, open) = state.withLock { state in
        defer { state.idle.removeAll() }
        state.open -= state.idle.count
        return (state.idle.map(\.connection), state.open)
      }
      for connection in leaving { connection.close() }
      if open <= 0 { return }
      // Rare and short: a read was under way when the database was closed.
      Thread.sleep(forTimeInterval: 0.002)
    }
  }

  var openConnections: Int { state.withLock { $0.open } }
}
