#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds left out (as POSIX counts).
///
/// Arithmetic saturates at the ends of `Int64` instead of trapping, so that a date typed by a stranger cannot end the process.
///
///     let closing = now.adding(days: 14)
package struct Instant: Sendable, Hashable, Comparable, Codable {
  /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Whole seconds since 1970-01-01T00:00:00Z.
  package init(seconds: Int64) { milliseconds = Instant.scaled(seconds, by: 1000) }

  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }

  package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  /// A later instant, or an earlier one for a negative amount; so for all that follow.
  package func adding(milliseconds amount: Int64) -> Instant {
    let (sum, overflow) = milliseconds.addingReportingOverflow(amount)
    return Instant(milliseconds: overflow ? (amount < 0 ? .min : .max) : sum)
  }

  package func adding(seconds: Int64) -> Instant { adding(milliseconds: Instant.scaled(seconds, by: 1000)) }
  package func adding(minutes: Int64) -> Instant { adding(milliseconds: Instant.scaled(minutes, by: 60_000)) }
  package func adding(hours: Int64) -> Instant { adding(milliseconds: Instant.scaled(hours, by: 3_600_000)) }
  /// Days of exactly 24 hours; a calendar's days are another matter.
  package func adding(days: Int64) -> Instant { adding(milliseconds: Instant.scaled(days, by: 86_400_000)) }

  /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
  package func milliseconds(since earlier: Instant) -> Int64 {
    let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
    return overflow ? (milliseconds < earlier.milliseconds ? .min : .max) : difference
  }

  private static func scaled(_ amount: Int64, by unit: Int64) -> Int64 {
    let (product, overflow) = amount.multipliedReportingOverflow(by: unit)
    return overflow ? (amount < 0 ? .min : .max) : product
  }
}

/// Where the time comes from. The program uses `SystemClock`; tests hold a `StillClock`.
package protocol Clock: Sendable {
  func now() -> Instant
}

/// The machine's clock.
package struct SystemClock: Clock {
  package init() {}

  package func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec)).adding(milliseconds: Int64(time.tv_nsec) / 1_000_000)
  }
}

extension Instant {
  /// The present instant by the machine's clock. Code that tests must steer asks a `Clock` instead.
  package static func now() -> Instant { SystemClock().now() }
}
