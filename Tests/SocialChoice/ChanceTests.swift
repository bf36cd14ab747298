import Testing

@testable import SocialChoice

struct ChanceTests {
  @Test func `public chance is SHA-256 of seed and counter, as Python computes it`() {
    var random = PublicRandom(seed: "2026-11-25")
    let numbers = (0..<5).map { _ in random.next() }
    #expect(
      numbers == [
        13_123_379_045_429_789_793, 5_481_509_307_319_814_016, 16_947_721_311_964_977_704, 16_203_435_064_441_044_965, 11_989_122_113_662_809_589,
      ])
  }

  @Test func `each order of three comes up about as often as each other`() {
    var random = PublicRandom(seed: "orders")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6_000 { counts[random.shuffled([0, 1, 2]), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (850...1_150).contains($0) })
  }

  @Test func `of equals the cheapest is taken, then the first`() {
    #expect(TieBreak.cheapest.places(count: 3, costs: [5, 2, 5]) == [1, 0, 2])
    #expect(TieBreak.lexicographic.places(count: 3, costs: [5, 2, 5]) == [0, 1, 2])
  }

  @Test func `a fraction is in lowest terms, and a double is the fraction it is`() {
    #expect(Rational(6, -4) == Rational(-3, 2))
    #expect(Rational(exactly: 0.1)?.description == "3602879701896397/36028797018963968")
    #expect(Rational(exactly: -2.5) == Rational(-5, 2))
    #expect(Rational(exactly: 5e-324).map { $0 * Rational(2) } == Rational(exactly: 1e-323))
    #expect(Rational(exactly: .infinity) == nil)
    #expect(Rational(-7, 2).floor == -4)
  }
}
