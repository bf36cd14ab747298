import Foundation
import Solvers
import Testing

@testable import SocialChoice

/// Against leximin in fractions, whose every stage is proven by hand.
struct SortitionExactTests {
  @Test func `the worked out chances of a pool of four: who can sit with nobody but the rare one shares the rest`() {
    // Panels {0, 1}, {0, 2}, {0, 3}: the first is certain, the others have a third each.
    let exact = ExactLeximin(people: 4, panels: [[0, 1], [0, 2], [0, 3]])
    #expect(exact.isProven && exact.chances == [Fraction(1), Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])
    // {0, 1}, {0, 2}, {3, 4}: a third each, and 0 sits with two of them.
    let second = ExactLeximin(people: 5, panels: [[0, 1], [0, 2], [3, 4]])
    #expect(second.chances == [Fraction(2, 3)] + [Fraction](repeating: Fraction(1, 3), count: 4) && second.isProven)
  }

  @Test func `leximin over panels gives everybody the chance proven in fractions, in a thousand pools, and what has no panel is refused`()
    throws
  {
    var (compared, unequal, level, impossible) = (0, 0, 0, 0)
    var random = PublicRandom(seed: "exact leximin")
    for seed in 20_000..<23_000 where compared < 1_000 {
      // The quotas of every fifth pool look at nobody.
      let small = seed % 5 == 0 ? SortitionCase(seed: seed, quotas: &random) : SortitionCase(seed: seed)
      guard !small.panels.isEmpty else {
        impossible += 1
        #expect(throws: SortitionFault.self, "case \(seed)") {
          try SeatLottery(small.pool, method: .leximin, size: 10, seed: "", solver: CoinSolver())
        }
        continue
      }
      guard small.panels.count <= 30 else { continue }
      compared += 1
      let exact = ExactLeximin(people: small.pool.members.count, panels: small.panels)
      #expect(exact.isProven, "case \(seed)")
      let typed = TypedPool(small.pool)
      let found = try small.lowered()
      for (member, chance) in exact.chances.enumerated() {
        #expect(abs(found.aims[typed.typeOfMember[member]] - chance.rational.approximate) < 1e-6, "case \(seed), member \(member)")
      }
      let relaxed = try RelaxedLeximin(typed, solver: CoinSolver())
      let bounds = try #require(LeximinCertificate(stages: relaxed.stages.map(\.certificate)).bounds(typed))
      let smallest = try #require(exact.chances.min())
      #expect(bounds[0] >= smallest.rational, "case \(seed): a bound is exact and cannot be passed")
      unequal += Set(exact.chances).count > 2 ? 1 : 0
      // Between zero and one, and the same for people who are not alike.
      let chances = typed.types.map { exact.chances[$0.members[0]] }.filter { $0 > .zero && $0 < Fraction(1) }
      level += Set(chances).count < chances.count ? 1 : 0
    }
    #expect(compared == 1_000 && unequal > 250 && level > 250 && impossible > 150, "\(compared) \(unequal) \(level) \(impossible)")
  }

  /// With ISEGORIA_TEST_LONG each lottery has a thousand panels: three ten-sided dice.
  @Test func `in a thousand pools maximin's and leximin's lottery give the exact smallest chance to a panel, and leximin's gives everybody theirs`()
    throws
  {
    let isLong = ProcessInfo.processInfo.environment["ISEGORIA_TEST_LONG"] != nil
    var (compared, uneven) = (0, 0)
    for seed in 30_000..<33_000 where compared < 1_000 {
      let small = SortitionCase(seed: seed)
      guard (1...30).contains(small.panels.count) else { continue }
      compared += 1
      let exact = ExactLeximin(people: small.pool.members.count, panels: small.panels)
      let smallest = try #require(exact.chances.min())
      for method in [SortitionMethod.maximin, .leximin] {
        let size = isLong || compared % 20 == 0 ? 1_000 : 10 + compared % 50
        let lottery = try SeatLottery(small.pool, method: method, size: size, seed: "\(seed)", solver: CoinSolver())
        #expect(lottery.panels.count == size && lottery.panels.allSatisfy(Set(small.panels).contains), "case \(seed)")
        #expect(lottery.seats == small.pool.members.indices.map { member in lottery.panels.count { $0.contains(member) } })
        #expect(Fraction(lottery.minimum + 1) > smallest * Fraction(size) - Fraction(1, 1_000), "case \(seed), \(method), \(size)")
        #expect(Fraction(lottery.minimum) <= smallest * Fraction(size), "case \(seed): no lottery gives more")
        // With maximin the gap speaks of those whom the first stage holds down.
        guard method == .leximin else { continue }
        #expect(try #require(lottery.gap) >= smallest.rational - Rational(lottery.minimum, size), "case \(seed)")
        for (seats, chance) in zip(lottery.seats, exact.chances) {
          let owed = chance * Fraction(size)
          #expect(Fraction(seats + 1) > owed - Fraction(1, 1_000) && Fraction(seats - 2) < owed, "case \(seed), \(size): \(seats) of \(owed)")
          uneven += owed.below > 1 ? 1 : 0
        }
      }
    }
    #expect(compared == 1_000 && uneven > 1_000, "\(compared) \(uneven)")
  }
}
