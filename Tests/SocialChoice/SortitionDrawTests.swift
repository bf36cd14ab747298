import Solvers
import Testing

@testable import SocialChoice

struct SortitionDrawTests {
  @Test func `the greedy draw reaches exactly the panels there are, each as often as its tree of chances says`() {
    var (looked, rare, households) = (0, 0, 0)
    for seed in 3_000..<3_080 {
      let small = SortitionCase(seed: seed)
      var random = PublicRandom(seed: "greedy \(seed)")
      guard (1...30).contains(small.panels.count) else { continue }
      let naive = GreedyDrawNaive(small.pool)
      #expect(Set(naive.chances.keys) == Set(small.panels), "case \(seed): whoever keeps the quotas can be drawn")
      let all = naive.chances.values.reduce(.zero, +)
      let draws = 1_500
      var counts: [[Int]: Int] = [:]
      for _ in 0..<draws {
        guard let panel = LegacyDraw.panel(small.pool, random: &random, attempts: 10_000) else { continue }
        counts[panel, default: 0] += 1
      }
      #expect(counts.values.reduce(0, +) == draws, "case \(seed)")
      for (panel, chance) in naive.chances {
        let expected = (chance / all).rational.approximate * Double(draws)
        // Five standard deviations and one: of some thousand figures none is expected beyond.
        #expect(abs(Double(counts[panel] ?? 0) - expected) <= 5 * expected.squareRoot() + 1, "case \(seed), \(panel)")
      }
      #expect(counts.keys.allSatisfy { naive.chances[$0] != nil }, "case \(seed)")
      looked += 1
      rare += all < Fraction(1) ? 1 : 0
      households += small.pool.members.contains { $0.household != nil } ? 1 : 0
    }
    #expect(looked > 40 && rare > 5 && households > 8, "\(looked), dead ends \(rare), households \(households)")
  }

  @Test func `no panel is drawn where there is none`() {
    var (random, none) = (PublicRandom(seed: "none"), 0)
    for seed in 3_100..<3_400 {
      var pool = SortitionCase(seed: seed).pool
      for quota in pool.quotas.indices {
        pool.quotas[quota].minimum = random.below(pool.panelSize + 1)
        pool.quotas[quota].maximum = max(pool.quotas[quota].minimum, random.below(pool.panelSize + 1))
      }
      let panels = SortitionCase.subsets(pool.members.count, pool.panelSize).filter(pool.accepts)
      let drawn = LegacyDraw.panel(pool, random: &random, attempts: panels.isEmpty ? 50 : 20_000)
      #expect(drawn.map(panels.contains) ?? panels.isEmpty, "case \(seed)")
      none += panels.isEmpty ? 1 : 0
    }
    #expect(none > 100)
  }

  @Test func `who may take a seat is found by trying everybody, the alike first, and the withdrawn are not asked again`() {
    var random = PublicRandom(seed: "replacements")
    var (looked, vacant, steps) = (0, 0, Set<Int>())
    for seed in 4_000..<4_700 {
      let small = SortitionCase(seed: seed)
      guard !small.panels.isEmpty else { continue }
      let (pool, typed) = (small.pool, TypedPool(small.pool))
      let panel = small.panels[random.below(small.panels.count)]
      let leaving = panel[random.below(panel.count)]
      let excluded = Set(pool.members.indices.filter { $0 == leaving || random.below(6) == 0 })
      let found = Replacement.candidates(typed, panel: panel, leaving: leaving, excluded: excluded, seed: "s")
      let rest = panel.filter { $0 != leaving }
      let able = pool.members.indices.filter { !panel.contains($0) && !excluded.contains($0) && small.panels.contains((rest + [$0]).sorted()) }
      #expect(found.sorted() == able, "case \(seed)")
      // 0: the same profile and the same profiles at home; 1: the same profile; 2: the others.
      func home(_ person: Int) -> [[Int]] {
        let household = pool.members[person].household
        let others = household == nil ? [person] : pool.members.indices.filter { pool.members[$0].household == household }
        return others.map { pool.members[$0].features }.sorted { $0.lexicographicallyPrecedes($1) }
      }
      let distances = found.map { person in
        pool.members[person].features != pool.members[leaving].features ? 2 : home(person) == home(leaving) ? 0 : 1
      }
      #expect(distances == distances.sorted(), "case \(seed)")
      steps.formUnion(distances)
      let withdrawn = Array(random.shuffled(panel).prefix(2))
      let after = Replacement.replace(typed, panel: panel, withdrawn: withdrawn, seed: "s")
      #expect(Set(after.panel).isDisjoint(with: withdrawn) && after.panel.count == panel.count - after.vacant.count)
      #expect(Set(after.vacant).union(after.replacements.map(\.leaving)) == Set(withdrawn))
      #expect(!after.vacant.isEmpty || small.panels.contains(after.panel), "case \(seed)")
      vacant += after.vacant.isEmpty ? 0 : 1
      looked += 1
    }
    #expect(looked > 500 && vacant > 100 && steps == [0, 1, 2], "\(looked), vacant \(vacant), \(steps)")
  }

  @Test func `no smaller change of the quotas works: all of them are tried`() throws {
    var random = PublicRandom(seed: "all relaxations")
    var (looked, nobody) = (0, 0)
    for seed in 5_000..<5_250 where looked < 100 {
      var pool = SortitionCase(seed: seed).pool
      guard pool.quotas.count <= 6 else { continue }
      for quota in pool.quotas.indices {
        pool.quotas[quota].minimum = random.below(pool.panelSize + 1)
        pool.quotas[quota].maximum = max(pool.quotas[quota].minimum, random.below(pool.panelSize + 1))
      }
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
    #expect(looked == 100 && nobody < 50, "\(looked) \(nobody)")
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
