import Solvers
import Testing

@testable import SocialChoice

/// From seats that keep no quotas to a panel, one seat after another.
struct SeatWalkTests {
  /// Seats outside of the quotas, and the distance from the wishes, counted anew.
  private static func height(_ typed: TypedPool, _ polytope: PanelPolytope, _ seats: [Int32], _ wishes: [Double]) -> (outside: Int, distance: Double)
  {
    var filled = [Int](repeating: 0, count: polytope.lower.count)
    for type in seats.indices { for row in polytope.rowsOfType[type] { filled[row] += Int(seats[type]) } }
    let outside = filled.indices.reduce(0) { $0 + max(0, polytope.lower[$1] - filled[$1], filled[$1] - polytope.upper[$1]) }
    let distance = seats.indices.reduce(0) { sum, type in
      let gap = wishes[type] - Double(seats[type])
      return sum + gap * gap / Double(typed.types[type].members.count)
    }
    return (outside, distance)
  }

  @Test func `in two thousand small pools each step down is the best of all changes, and the last place has none better`() {
    var (steps, ends) = (0, 0)
    for seed in 0..<2_000 {
      let typed = TypedPool(SortitionCase(seed: seed).pool)
      let polytope = PanelPolytope(typed)
      var random = PublicRandom(seed: "walk \(seed)")
      let wishes = typed.types.map { Double(random.below(1 + 4 * $0.members.count)) / 4 }
      var seats = [Int32](repeating: 0, count: typed.types.count)
      var open = typed.pool.panelSize
      guard polytope.limits.reduce(0, +) >= open else { continue }
      while open > 0 {
        let type = random.below(seats.count)
        if Int(seats[type]) < polytope.limits[type] { (seats[type], open) = (seats[type] + 1, open - 1) }
      }
      for _ in 0..<20 {
        let here = Self.height(typed, polytope, seats, wishes)
        var best = here
        for out in seats.indices where seats[out] > 0 {
          for into in seats.indices where into != out && Int(seats[into]) < polytope.limits[into] {
            var changed = seats
            changed[out] -= 1
            changed[into] += 1
            let there = Self.height(typed, polytope, changed, wishes)
            if (there.outside, there.distance) < (best.outside, best.distance - 1e-9) { best = there }
          }
        }
        var walk = SeatWalk(SeatRows(typed, polytope), seats: seats, worth: SeatWorth(nearTo: wishes, typed))
        #expect(Int(walk.outside) == here.outside, "case \(seed)")
        walk.descend(steps: 1)
        let reached = Self.height(typed, polytope, walk.seats, wishes)
        #expect(reached.outside == best.outside && abs(reached.distance - best.distance) < 1e-6, "case \(seed)")
        if walk.seats == seats { break }
        seats = walk.seats
        steps += 1
      }
      ends += Self.height(typed, polytope, seats, wishes).outside == 0 ? 1 : 0
    }
    #expect(steps > 2_000 && ends > 1_000, "\(steps) \(ends)")
  }

  @Test func `a walk that goes on past a place without a better one finds the panels that are there`() {
    var (below, found) = (0, 0)
    for seed in 0..<100 {
      let pool = MadePool.exact(count: 100, seats: 12, categories: 6, seed: "\(seed)")
      let typed = TypedPool(pool)
      let search = PanelSearch(typed, PanelPolytope(typed), solver: CoinSolver())
      let worth = SeatWorth(of: typed.types.indices.map { Double($0 % 7) })
      guard search.best(worth, steps: 0) == nil else { continue }
      below += 1
      guard let panel = search.best(worth, steps: 1_000) else { continue }
      found += 1
      #expect(typed.accepts(TypePanel(counts: panel.map { Int($0) })), "case \(seed)")
    }
    #expect(below > 20 && found > below * 9 / 10, "\(below) \(found)")
  }

  @Test func `a patient walk never ends on a panel of less worth, often on one of more`() throws {
    var more = 0
    for seed in 0..<80 {
      let typed = TypedPool(MadePool.exact(count: 100, seats: 12, categories: 5, seed: "\(seed)"))
      // Each its own: what a solver keeps warm may begin elsewhere.
      func search() -> PanelSearch { PanelSearch(typed, PanelPolytope(typed), solver: CoinSolver()) }
      let prices = typed.types.indices.map { Double($0 % 7) }
      func worth(_ panel: [Int32]) -> Double { zip(panel, prices).reduce(0) { $0 + Double($1.0) * $1.1 } }
      guard let first = search().best(SeatWorth(of: prices), steps: 300) else { continue }
      let patient = try #require(search().best(SeatWorth(of: prices), steps: 300, isPatient: true))
      #expect(typed.accepts(TypePanel(counts: patient.map { Int($0) })) && worth(patient) >= worth(first) - 1e-9)
      more += worth(patient) > worth(first) ? 1 : 0
    }
    #expect(more > 10, "\(more)")
  }

  @Test(arguments: [(200, 20, 8), (300, 30, 10), (600, 60, 10)])
  func `where every quota asks an exact number a panel is found`(count: Int, seats: Int, categories: Int) {
    let pool = MadePool.exact(count: count, seats: seats, categories: categories, seed: "exact")
    let typed = TypedPool(pool)
    let search = PanelSearch(typed, PanelPolytope(typed), solver: CoinSolver())
    let share = Double(seats) / Double(count)
    let panel = search.best(SeatWorth(nearTo: typed.types.map { share * Double($0.members.count) }, typed), steps: 1_000)
    #expect(pool.quotas.allSatisfy { $0.minimum == $0.maximum } && panel.map { typed.accepts(TypePanel(counts: $0.map { Int($0) })) } == true)
  }
}
