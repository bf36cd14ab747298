import Solvers
import Testing

@testable import SocialChoice

struct SortitionDrawTests {
  @Test func `greedy draws in a thousand pools are those of a second draw seat by seat, dead ends and all, each panel as often as a tree says`() {
    var (looked, level, deadEnds, impossible, households) = (0, 0, 0, 0, 0)
    var quotas = PublicRandom(seed: "greedy quotas")
    for seed in 10_000..<11_600 {
      // The quotas of every third pool look at nobody.
      let small = seed % 3 == 0 ? SortitionCase(seed: seed, quotas: &quotas) : SortitionCase(seed: seed)
      let naive = GreedyDrawNaive(small.pool)
      let chances = naive.chances()
      #expect(Set(chances.keys) == Set(small.panels), "case \(seed): whoever keeps the quotas can be drawn, and nobody else")
      let draws = small.panels.isEmpty ? 5 : 100
      var (random, second) = (PublicRandom(seed: "greedy \(seed)"), PublicRandom(seed: "greedy \(seed)"))
      var counts: [[Int]: Int] = [:]
      for draw in 0..<draws {
        let found = LegacyDraw.panel(small.pool, random: &random, attempts: 50)
        var expected: [Int]?
        for _ in 0..<50 where expected == nil {
          expected = naive.attempt(&second)
          deadEnds += expected == nil ? 1 : 0
        }
        #expect(found == expected, "case \(seed), draw \(draw)")
        if let found { counts[found, default: 0] += 1 }
      }
      #expect(random.next() == second.next(), "case \(seed): neither looked at more of chance than the other")
      let (all, drawn) = (chances.values.reduce(.zero, +), Double(counts.values.reduce(0, +)))
      for (panel, chance) in chances {
        let expected = (chance / all).rational.approximate * drawn
        // Five standard deviations and one: of some thousand figures none is expected beyond.
        #expect(abs(Double(counts[panel] ?? 0) - expected) <= 5 * expected.squareRoot() + 1, "case \(seed), \(panel)")
      }
      looked += small.panels.isEmpty ? 0 : 1
      level += Set(chances.values).count < chances.count ? 1 : 0
      impossible += small.panels.isEmpty ? 1 : 0
      households += small.pool.members.contains { $0.household != nil } ? 1 : 0
    }
    let seen = "\(looked) \(level) \(deadEnds) \(impossible) \(households)"
    #expect(looked >= 1_000 && impossible > 200 && deadEnds > 1_000 && level > 500 && households > 300, "\(seen)")
  }

  @Test func `no panel is drawn where there is none`() {
    var (random, none) = (PublicRandom(seed: "none"), 0)
    for seed in 70_000..<71_000 {
      var pool = SortitionCase(seed: seed).pool
      pool.drawQuotas(&random)
      let panels = SortitionCase.subsets(pool.members.count, pool.panelSize).filter(pool.accepts)
      let drawn = LegacyDraw.panel(pool, random: &random, attempts: panels.isEmpty ? 50 : 20_000)
      #expect(drawn.map(panels.contains) ?? panels.isEmpty, "case \(seed)")
      none += panels.isEmpty ? 1 : 0
    }
    #expect(none > 100)
  }

  @Test func `who may take a seat, in which order, and who takes it, in a thousand small panels, is found by trying everybody`() {
    var random = PublicRandom(seed: "replacements")
    var (looked, vacant, chosen, steps) = (0, 0, 0, Set<Int>())
    for seed in 4_000..<5_300 {
      let small = SortitionCase(seed: seed)
      guard !small.panels.isEmpty else { continue }
      looked += 1
      let (pool, typed) = (small.pool, TypedPool(small.pool))
      let naive = ReplacementNaive(pool: pool, panels: Set(small.panels), seed: "s \(seed)")
      let panel = random.shuffled(small.panels[random.below(small.panels.count)])
      let leaving = panel[random.below(panel.count)]
      let excluded = Set(pool.members.indices.filter { $0 == leaving || random.below(6) == 0 })
      let found = Replacement.candidates(typed, panel: panel, leaving: leaving, excluded: excluded, seed: naive.seed)
      #expect(found == naive.candidates(panel: panel, leaving: leaving, notAsked: excluded), "case \(seed)")
      chosen += found.count > 1 ? 1 : 0
      steps.formUnion(found.map { naive.distance($0, leaving) })
      // Up to three withdraw, one of them named twice, and with them somebody who may not be on the panel.
      let withdrawn = random.shuffled(panel.prefix(1 + random.below(3)) + [panel[0], random.below(pool.members.count)])
      let after = Replacement.replace(typed, panel: panel, withdrawn: withdrawn, seed: naive.seed)
      let seats = naive.seats(panel: panel, withdrawn: withdrawn)
      #expect(after.panel == seats.compactMap { $0 }.sorted(), "case \(seed)")
      #expect(Set(after.vacant) == Set(zip(panel, seats).filter { $0.1 == nil }.map(\.0)) && after.vacant.count == seats.count { $0 == nil })
      let moved = zip(panel, seats).filter { $0.1 != nil && $0.1 != $0.0 }
      #expect(Set(after.replacements.map { [$0.leaving, $0.joining] }) == Set(moved.map { [$0.0, $0.1 ?? -1] }), "case \(seed)")
      #expect(!after.vacant.isEmpty || small.panels.contains(after.panel), "case \(seed)")
      vacant += after.vacant.isEmpty ? 0 : 1
    }
    #expect(looked >= 1_000 && vacant > 200 && chosen > 300 && steps == [0, 1, 2], "\(looked), vacant \(vacant), \(chosen), \(steps)")
  }

  @Test func `no smaller change of the quotas works: all of them are tried`() throws {
    var random = PublicRandom(seed: "all relaxations")
    var (looked, nobody) = (0, 0)
    for seed in 72_000..<75_000 where looked < 1_000 {
      var pool = SortitionCase(seed: seed).pool
      guard pool.quotas.count <= 6 else { continue }
      pool.drawQuotas(&random)
      let subsets = SortitionCase.subsets(pool.members.count, pool.panelSize)
      guard !subsets.contains(where: pool.accepts) else { continue }
      looked += 1
      guard let relaxation = try? QuotaRelaxation(TypedPool(pool), solver: CoinSolver()) else {
        nobody += 1
        var free = pool
        for quota in free.quotas.indices { (free.quotas[quota].minimum, free.quotas[quota].maximum) = (0, pool.panelSize) }
        #expect(!subsets.contains(where: free.accepts), "case \(seed): no quotas would help")
        continue
      }
      guard relaxation.seats <= 4 else { continue }
      let relaxed = relaxation.applied(to: pool)
      #expect(subsets.contains(where: relaxed.accepts), "case \(seed)")
      let moved = zip(relaxed.quotas, pool.quotas).reduce(0) { $0 + $1.1.minimum - $1.0.minimum + $1.0.maximum - $1.1.maximum }
      #expect(moved == relaxation.seats, "case \(seed)")
      let smaller = Self.relaxations(pool, by: relaxation.seats - 1)
      #expect(!smaller.contains { relaxed in subsets.contains(where: relaxed.accepts) }, "case \(seed)")
    }
    #expect(looked == 1_000 && nobody < 500, "\(looked) \(nobody)")
  }

  /// All ways to lower minima and raise maxima by so many seats in all.
  private static func relaxations(_ pool: SortitionPool, by seats: Int, from first: Int = 0) -> [SortitionPool] {
    guard seats > 0 else { return [pool] }
    guard first < 2 * pool.quotas.count else { return [] }
    return (0...min(seats, pool.panelSize)).flatMap { part in
      var changed = pool
      if first % 2 == 0 { changed.quotas[first / 2].minimum -= part } else { changed.quotas[first / 2].maximum += part }
      return relaxations(changed, by: seats - part, from: first + 1)
    }
  }
}
