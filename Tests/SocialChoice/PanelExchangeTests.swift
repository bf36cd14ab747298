import Solvers
import Testing

@testable import SocialChoice

/// From a lottery in fractions to so many panels, and from these to others.
struct PanelExchangeTests {
  /// Panels known, how often each is drawn, and what is wished; all numbers are whole or quarters and eighths, so that sums are exact in any order.
  private struct Case {
    var known: [[Int32]] = []
    var counts: [Int] = []
    let floors: [Int]
    let wishes: [Double]
    let sizes: [Double]

    init(seed: Int) {
      var random = PublicRandom(seed: "exchange \(seed)")
      let types = 3 + random.below(5)
      for _ in 0..<3 + random.below(8) {
        var panel = [Int32](repeating: 0, count: types)
        for _ in 0..<3 { panel[random.below(types)] += 1 }
        known.append(panel)
        counts.append(random.below(6))
      }
      let most = 8 * counts.reduce(1, +)
      wishes = (0..<types).map { _ in Double(random.below(most)) / 8 }
      floors = wishes.map { Int($0) }
      sizes = (0..<types).map { _ in [1, 2, 4][random.below(3)] }
    }

    func totals(_ counts: [Int]) -> [Int] { floors.indices.map { type in zip(known, counts).reduce(0) { $0 + Int($1.0[type]) * $1.1 } } }

    func isShort(_ counts: [Int]) -> Bool { zip(totals(counts), floors).contains { $0 < $1 } }

    func cost(_ counts: [Int]) -> Double {
      zip(totals(counts), floors.indices).reduce(0) { sum, entry in
        let apart = wishes[entry.1] - Double(entry.0)
        let missing = Double(max(0, floors[entry.1] - entry.0))
        return sum + (apart * apart + 4 * missing * missing) / sizes[entry.1]
      }
    }

    /// For one panel after the other the best exchange, each cost counted anew, until nobody is short or a round has none.
    func exchanged() -> [Int] {
      var counts = counts
      while true {
        var helped = false
        for place in counts.indices where counts[place] > 0 {
          guard isShort(counts) else { return counts }
          var (best, least) = (counts, cost(counts))
          for other in counts.indices where other != place {
            var tried = counts
            tried[place] -= 1
            tried[other] += 1
            if cost(tried) < least { (best, least) = (tried, cost(tried)) }
          }
          helped = helped || best != counts
          counts = best
        }
        if !helped { return counts }
      }
    }
  }

  @Test func `in a thousand small lotteries the exchanges are those found by counting each anew`() {
    var (changed, mended) = (0, 0)
    for seed in 0..<1_000 {
      let made = Case(seed: seed)
      var exchange = PanelExchange(known: made.known, counts: made.counts, floors: made.floors, wishes: made.wishes, sizes: made.sizes)
      exchange.run()
      #expect(exchange.counts == made.exchanged(), "case \(seed)")
      #expect(exchange.totals == made.totals(exchange.counts), "case \(seed)")
      changed += exchange.counts == made.counts ? 0 : 1
      mended += made.isShort(made.counts) && !made.isShort(exchange.counts) ? 1 : 0
    }
    #expect(changed > 500 && mended > 20, "\(changed) \(mended)")
  }

  @Test func `all panels known, mixed at best, give everybody what leximin over panels gives, and are rounded by less than a panel each`() throws {
    var looked = 0
    for seed in 0..<300 {
      let made = SortitionCase(seed: seed)
      guard !made.panels.isEmpty else { continue }
      let (typed, _, aims) = try made.lowered()
      let known = Set(made.panels.map { made.seats(typed, $0) }).sorted { $0.lexicographicallyPrecedes($1) }
      let mix = try PanelMixing(typed, Array(aims.indices), chances: aims, panels: known, solver: CoinSolver()).solve()
      // Cuts end where chances are missed by less than 0.0001.
      #expect(mix.short < 1e-4 + 1e-6 && abs(mix.shares.reduce(0, +) - 1) < 1e-6, "case \(seed)")
      for type in aims.indices {
        let seats = zip(known, mix.shares).reduce(0) { $0 + Double($1.0[type]) * $1.1 }
        #expect(seats / Double(typed.types[type].members.count) > aims[type] - mix.short - 1e-6, "case \(seed)")
      }
      let counts = mix.rounded(to: 1_000)
      #expect(counts.reduce(0, +) == 1_000 && zip(counts, mix.shares).allSatisfy { abs(Double($0) - $1 * 1_000) < 1 + 1e-3 }, "case \(seed)")
      looked += 1
    }
    #expect(looked > 200)
  }

  @Test(arguments: [4, 14]) func `where every quota asks an exact number everybody has the chance aimed at`(seed: Int) throws {
    let pool = MadePool.exact(count: 100, seats: 12, categories: 6, seed: "\(seed)")
    let lottery = try SeatLottery(pool, method: .leximin, size: 1_000, seed: "s", solver: CoinSolver())
    let isOfPanels = lottery.panels.count == 1_000 && lottery.panels.allSatisfy(pool.accepts)
    #expect(isOfPanels)
    var least = 0.0
    for (type, aim) in zip(lottery.typed.types, lottery.aims) {
      for member in type.members { least = min(least, Double(lottery.seats[member]) / 1_000 - aim) }
    }
    let isCertified = lottery.isCertified || lottery.usedPanels
    #expect(least >= -1e-3 - 1e-6 && isCertified)
  }
}
