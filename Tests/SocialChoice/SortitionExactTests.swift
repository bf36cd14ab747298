import Solvers
import Testing

@testable import SocialChoice

/// Against leximin in fractions, whose every stage is proven by hand.
struct SortitionExactTests {
  private static func cases(_ seeds: Range<Int>, panels most: Int = 40) -> [(seed: Int, small: SortitionCase, exact: ExactLeximin)] {
    seeds.compactMap { seed in
      let small = SortitionCase(seed: seed)
      guard (1...most).contains(small.panels.count) else { return nil }
      return (seed, small, ExactLeximin(people: small.pool.members.count, panels: small.panels))
    }
  }

  @Test func `the worked out chances of a pool of four: who can sit with nobody but the rare one shares the rest`() {
    // Panels {0, 1}, {0, 2}, {0, 3}: the first is certain, the others have a third each.
    let exact = ExactLeximin(people: 4, panels: [[0, 1], [0, 2], [0, 3]])
    #expect(exact.isProven && exact.chances == [Fraction(1), Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])
    // {0, 1}, {0, 2}, {3, 4}: a third each, and 0 sits with two of them.
    let second = ExactLeximin(people: 5, panels: [[0, 1], [0, 2], [3, 4]])
    #expect(second.chances == [Fraction(2, 3)] + [Fraction](repeating: Fraction(1, 3), count: 4) && second.isProven)
  }

  @Test func `leximin over panels gives everybody the chance that is proven in fractions, and no bound of the quotas is below it`() throws {
    let cases = Self.cases(2_000..<2_160, panels: 30)
    var unequal = 0
    for (seed, small, exact) in cases {
      #expect(exact.isProven, "case \(seed)")
      let typed = TypedPool(small.pool)
      var first = [Int32](repeating: 0, count: typed.types.count)
      for member in small.panels[0] { first[typed.typeOfMember[member]] += 1 }
      let found = try ColumnLeximin(typed, solver: CoinSolver(), start: [first], stagesAtMost: .max, pricings: 10_000) { _ in }
      for (member, chance) in exact.chances.enumerated() {
        #expect(abs(found.chances[typed.typeOfMember[member]] - chance.rational.approximate) < 1e-6, "case \(seed), member \(member)")
      }
      let relaxed = try RelaxedLeximin(typed, solver: CoinSolver())
      let bounds = try #require(LeximinCertificate(stages: relaxed.stages.map(\.certificate)).bounds(typed))
      let smallest = try #require(exact.chances.min())
      #expect(bounds[0] >= smallest.rational, "case \(seed): a bound is exact and cannot be passed")
      unequal += Set(exact.chances).count > 2 ? 1 : 0
    }
    #expect(cases.count > 70 && unequal > 15)
  }

  @Test func `a lottery's smallest chance is the exact one rounded to a panel, for maximin and for leximin`() throws {
    for (seed, small, exact) in Self.cases(2_300..<2_340) {
      let smallest = try #require(exact.chances.min())
      for method in [SortitionMethod.maximin, .leximin] {
        for size in [10, 120] {
          let lottery = try SeatLottery(small.pool, method: method, size: size, seed: "\(seed)", solver: CoinSolver())
          #expect(lottery.panels.count == size && lottery.panels.allSatisfy(small.panels.contains), "case \(seed)")
          #expect(lottery.seats == small.pool.members.indices.map { member in lottery.panels.count { $0.contains(member) } })
          #expect(Fraction(lottery.minimum + 1) > smallest * Fraction(size) - Fraction(1, 1_000), "case \(seed), \(method), \(size)")
          #expect(Fraction(lottery.minimum) <= smallest * Fraction(size), "case \(seed): no lottery gives more")
          // With maximin the gap speaks of those whom the first stage holds down.
          if method == .leximin { #expect(try #require(lottery.gap) >= smallest.rational - Rational(lottery.minimum, size), "case \(seed)") }
        }
      }
    }
  }
}
