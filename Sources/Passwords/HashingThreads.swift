import Foundation
import Synchronization

/// The two threads on which passwords are hashed, for the whole process, and the queue before them.
final class HashingThreads: Sendable {
  /// Two cores are what a small server has; each hashing takes 19 MiB.
  static let atOnce = 2
  /// Who comes after these is told to try again: at some 25 ms each, the last of them waits about three seconds.
  static let mostWaiting = 256

  static let shared = HashingThreads()

  private let queue: OperationQueue
  private let load = Mutex(Load())

  struct Load: Sendable {
    var entered = 0
    var running = 0
    /// Most that ran at once since the start.
    var peak = 0
  }

  init() {
    queue = OperationQueue()
    queue.name = "isegoria.passwords"
    queue.maxConcurrentOperationCount = Self.atOnce
  }

  var measured: Load { load.withLock { $0 } }

  /// Runs the work when its turn comes.
  /// - Throws: `PasswordHash.Fault.busy` when too many wait.
  func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws(PasswordHash.Fault) -> Result {
    let isAdmitted = load.withLock { load in
      guard load.entered < Self.mostWaiting + Self.atOnce else { return false }
      load.entered += 1
      return true
    }
    guard isAdmitted else { throw .busy }
    let result = await withCheckedContinuation { continuation in
      queue.addOperation {
        self.load.withLock { load in
          load.running += 1
          load.peak = max(load.peak, load.running)
        }
        let result = work()
        self.load.withLock { load in
          load.running -= 1
          load.entered -= 1
        }
        continuation.resume(returning: result)
      }
    }
    return result
  }
}
