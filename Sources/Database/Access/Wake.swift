import Synchronization

/// A bell between those who write and those who follow: each waits for the next ring, or for a time to pass.
final class Wake: Sendable {
  private struct State {
    var rings = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// How often it rang; hand it to `wait(after:)` so that a ring between looking and waiting is not missed.
  var rings: Int { state.withLock { $0.rings } }

  func ring() {
    let waiting = state.withLock { state in
      state.rings &+= 1
      defer { state.waiting.removeAll() }
      return state.waiting.values.map { $0 }
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns when it has rung since `rings`, when the time is over, or when the task is cancelled.
  func wait(after rings: Int, milliseconds: Int64) async {
    let ticket = state.withLock { state in
      state.next &+= 1
      return state.next
    }
    let alarm = Task {
      try? await Task.sleep(for: .milliseconds(milliseconds))
      leave(ticket)
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.rings != rings || Task.isCancelled { return true }
          state.waiting[ticket] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      leave(ticket)
    }
    alarm.cancel()
  }

  private func leave(_ ticket: Int) {
    state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
  }
}
