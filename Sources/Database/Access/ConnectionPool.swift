import Dispatch
import Foundation
import Synchronization

/// A connection that runs one piece of work at a time on a thread of its own.
protocol PooledConnection: AnyObject, Sendable {
  /// What work is given while it has the connection to itself.
  associatedtype Turn

  /// Runs the work on the connection's thread, after what was asked before.
  func run(_ work: @escaping @Sendable (Turn) -> Void)
  /// False when it must be thrown away instead of kept for the next.
  var isUsable: Bool { get }
  /// Waits for its turn and closes. Blocks.
  func close()
}

/// Connections opened when they are needed, at most so many, and closed when they were idle: an organization that nobody visits keeps none.
final class ConnectionPool<Connection: PooledConnection>: Sendable {
  typealias Work = @Sendable (Result<Connection.Turn, any Error>) -> Void

  private struct State {
    var idle: [(connection: Connection, since: Instant)] = []
    var open = 0
    var waiting: [Work] = []
    var isTrimming = false
    var isClosed = false
  }

  private enum Entry { case use(Connection), open, wait, refuse }
  private enum Sequel { case work(Work), idle, leave(Work?) }

  private let most: Int
  private let idleSeconds: Int
  private let make: @Sendable () throws -> Connection
  private let state = Mutex(State())

  init(most: Int, idleSeconds: Int, make: @escaping @Sendable () throws -> Connection) {
    self.most = max(1, most)
    self.idleSeconds = idleSeconds
    self.make = make
  }

  /// Connections open now.
  var openConnections: Int { state.withLock { $0.open } }

  /// Runs `work` on a connection that it has to itself, at once or when one is free.
  func submit(_ work: @escaping Work) {
    let next: Entry = state.withLock { state in
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
    case .open: DispatchQueue.global().async { self.open(for: work) }
    }
  }

  private func open(for work: @escaping Work) {
    do { run(work, on: try make()) } catch {
      let waiting = state.withLock { state in
        state.open -= 1
        // Nobody else would wake those that wait, were this the only connection.
        guard state.open == 0 else { return [Work]() }
        defer { state.waiting.removeAll() }
        return state.waiting
      }
      for work in [work] + waiting { work(.failure(error)) }
    }
  }

  private func run(_ work: @escaping Work, on connection: Connection) {
    connection.run { turn in
      var work = work
      while true {
        work(.success(turn))
        guard let next = self.next(after: connection) else { return }
        work = next
      }
    }
  }

  /// The next work for this connection; without any it becomes idle, or leaves.
  private func next(after connection: Connection) -> Work? {
    let next: Sequel = state.withLock { state in
      let work = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
      guard connection.isUsable else {
        if work == nil { state.open -= 1 }
        return .leave(work)
      }
      if let work { return .work(work) }
      state.idle.append((connection, Instant.now()))
      if !state.isTrimming, !state.isClosed {
        state.isTrimming = true
        trimLater()
      }
      return .idle
    }
    switch next {
    case .work(let work): return work
    case .idle: return nil
    case .leave(let work):
      DispatchQueue.global().async {
        connection.close()
        // The place is kept for whoever waited.
        if let work { self.open(for: work) }
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

  /// Refuses new work, waits for what runs or waits, and closes all. Blocks: not for a task's thread.
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
      // Rare and short: something was under way when the database was closed.
      Thread.sleep(forTimeInterval: 0.002)
    }
  }
}
