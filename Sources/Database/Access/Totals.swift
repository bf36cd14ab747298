import Synchronization

/// What a database did since it was opened, for `/metrics`.
package struct Totals: Sendable, Equatable {
  /// Reading transactions begun.
  package var reads = 0
  /// Writing transactions begun, those that failed among them.
  package var writes = 0
  /// Commits that carried writes: on SQLite one for each group, so `writes / groups` is the mean size of a group.
  package var groups = 0
  /// The most writes that one commit carried.
  package var largestGroup = 0
  /// Statements run by bodies.
  package var statements = 0
  /// Times a body was run again: after a conflict on PostgreSQL, after a group's commit was refused on SQLite.
  package var retries = 0

  package init() {}
}

/// The totals while they grow.
final class Tally: Sendable {
  private let totals = Mutex(Totals())

  var present: Totals { totals.withLock { $0 } }

  func add(_ change: (inout Totals) -> Void) { totals.withLock { change(&$0) } }
}

/// Lets a test fail the n-th call to the database: asked before each statement and each commit, counted from 1.
final class Interruption: Sendable {
  private let calls = Mutex(0)
  private let hook: @Sendable (Int) throws -> Void

  init(_ hook: @escaping @Sendable (Int) throws -> Void) { self.hook = hook }

  func check() throws {
    let number = calls.withLock { calls in
      calls &+= 1
      return calls
    }
    try hook(number)
  }
}
