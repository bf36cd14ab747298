import Synchronization

/// A clock for tests: it stands still until it is set or moved on.
///
///     let clock = StillClock(Instant(seconds: 1_700_000_000))
///     clock.advance(seconds: 60)
package final class StillClock: Clock {
  private let present: Mutex<Instant>

  package init(_ start: Instant) { present = Mutex(start) }

  package func now() -> Instant { present.withLock { $0 } }

  /// Any instant, an earlier one as well.
  package func set(_ instant: Instant) { present.withLock { $0 = instant } }

  package func advance(seconds: Int64) { present.withLock { $0 = $0.adding(seconds: seconds) } }

  package func advance(days: Int64) { present.withLock { $0 = $0.adding(days: days) } }
}
