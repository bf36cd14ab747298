import Synchronization

/// How often one address may do one kind of thing: a bucket that fills again with time. In memory, bounded; what must survive a restart
/// (wrong passwords) is counted in the database as well.
package final class RateLimiter: Sendable {
  /// How often one network may do one kind of thing.
  package struct Limit: Sendable {
    let name: String
    /// How much may come at once.
    let burst: Double
    /// How much comes back each second.
    let perSecond: Double

    /// Forms: a university's 5,000 voters may sit behind one address, a script may not.
    package static let forms = Limit(name: "forms", burst: 600, perSecond: 100)
    /// Codes asked for, accounts tried.
    package static let signIn = Limit(name: "sign-in", burst: 20, perSecond: 1.0 / 15)
    /// Passwords tried for one account from one network.
    package static let passwords = Limit(name: "passwords", burst: 20, perSecond: 1.0 / 45)
    /// Searches and previews, which cost more than pages.
    package static let search = Limit(name: "search", burst: 60, perSecond: 10)
    /// Files made on demand, which cost more than searches.
    package static let downloads = Limit(name: "downloads", burst: 10, perSecond: 1.0 / 10)
    /// Reports by visitors.
    package static let reports = Limit(name: "reports", burst: 10, perSecond: 1.0 / 60)
  }

  private struct Bucket {
    var level: Double
    var seen: Int64
  }

  private static let most = 50_000
  private let buckets = Mutex<[String: Bucket]>([:])
  private let factor: Double

  /// - Parameter factor: multiplies all limits; tests and load on one machine raise it.
  package init(factor: Double = 1) { self.factor = factor }

  /// Takes one from the bucket.
  /// - Returns: nil when it was there, else the seconds to wait.
  package func take(_ limit: Limit, for client: String, at now: Int64) -> Int? {
    let key = limit.name + " " + ClientAddress.network(client)
    return buckets.withLock { buckets in
      if buckets.count >= Self.most { buckets = buckets.filter { now - $0.value.seen < 600_000 } }
      if buckets.count >= Self.most { buckets.removeAll() }
      var bucket = buckets[key] ?? Bucket(level: limit.burst * factor, seen: now)
      bucket.level = min(limit.burst * factor, bucket.level + Double(max(0, now - bucket.seen)) / 1000 * limit.perSecond * factor)
      bucket.seen = now
      defer { buckets[key] = bucket }
      guard bucket.level >= 1 else { return max(1, Int(((1 - bucket.level) / (limit.perSecond * factor)).rounded(.up))) }
      bucket.level -= 1
      return nil
    }
  }
}
