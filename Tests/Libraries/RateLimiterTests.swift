import Interface
import Testing

@Suite struct RateLimiterTests {
  private let limiter = RateLimiter()

  /// How many of so many tries are let through.
  private func taken(_ tries: Int, _ limit: RateLimiter.Limit, _ client: String = "192.0.2.1", at now: Int64, by limiter: RateLimiter? = nil) -> Int {
    (0..<tries).count { _ in (limiter ?? self.limiter).take(limit, for: client, at: now) == nil }
  }

  @Test func `as many as the burst come at once, and the next is told how long to wait`() {
    #expect(taken(25, .signIn, at: 0) == 20)
    #expect(limiter.take(.signIn, for: "192.0.2.1", at: 0) == 15)
    #expect(limiter.take(.signIn, for: "192.0.2.1", at: 5_100) == 10, "9.9 seconds, told in whole ones")
    #expect(taken(5, .signIn, at: 14_000) == 0)
    #expect(taken(5, .signIn, at: 15_001) == 1)
  }

  @Test(arguments: [RateLimiter.Limit.forms, .signIn, .passwords, .search, .downloads, .reports])
  func `whoever waits as long as told is let through`(limit: RateLimiter.Limit) throws {
    _ = taken(700, limit, at: 0)
    var now: Int64 = 0
    for step in [10, 333, 999] as [Int64] {
      now += step
      guard let wait = limiter.take(limit, for: "192.0.2.1", at: now) else { continue }
      #expect(limiter.take(limit, for: "192.0.2.1", at: now + Int64(wait) * 1_000) == nil)
      now += Int64(wait) * 1_000
    }
  }

  @Test func `what comes back each second adds up to the burst and no further`() {
    #expect(taken(700, .forms, at: 0) == 600)
    #expect(taken(700, .forms, at: 1_000) == 100)
    #expect(taken(700, .forms, at: 3_500) == 250)
    #expect(taken(700, .forms, at: 86_400_000) == 600)
  }

  @Test func `each network and each kind of thing is counted by itself`() {
    #expect(taken(30, .signIn, "192.0.2.1", at: 0) == 20)
    #expect(taken(30, .signIn, "192.0.2.2", at: 0) == 20)
    #expect(taken(30, .passwords, "192.0.2.1", at: 0) == 20)
    #expect(taken(15, .signIn, "2001:db8:1:2::1", at: 0) == 15)
    #expect(taken(15, .signIn, "2001:db8:1:2:ffff::1", at: 0) == 5, "one /64 is one network")
    #expect(taken(15, .signIn, "2001:db8:1:3::1", at: 0) == 15)
  }

  @Test func `the factor multiplies bursts and what comes back`() {
    let wide = RateLimiter(factor: 3)
    #expect(taken(100, .signIn, at: 0, by: wide) == 60)
    #expect(taken(100, .signIn, at: 15_001, by: wide) == 3)
  }

  @Test func `a clock that goes back gives nothing away`() {
    #expect(taken(30, .signIn, at: 1_000_000) == 20)
    #expect(taken(30, .signIn, at: 0) == 0)
    #expect(taken(30, .signIn, at: -1_000_000) == 0)
  }

  @Test func `of fifty thousand networks those of the last ten minutes are remembered`() {
    for number in 0..<49_998 { _ = limiter.take(.signIn, for: "old \(number)", at: 0) }
    #expect(taken(30, .signIn, "recent", at: 600_000) == 20)
    #expect(taken(30, .signIn, "new", at: 600_000) == 20)
    #expect(taken(30, .signIn, "recent", at: 600_000) == 0)
  }

  @Test func `more networks than memory is for are all forgotten, and none waits for that`() {
    #expect(taken(30, .signIn, "first", at: 0) == 20)
    for number in 0..<50_000 { _ = limiter.take(.signIn, for: "\(number)", at: 1) }
    #expect(taken(30, .signIn, "first", at: 2) == 20)
  }
}
