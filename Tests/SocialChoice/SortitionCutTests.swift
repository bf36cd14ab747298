import Solvers
import Testing

@testable import SocialChoice

/// Where quotas promise more than panels give: sums that no panel exceeds bring the ideal down to what lotteries can do.
struct SortitionCutTests {
  @Test func `in a thousand small rings no panel exceeds a cut, and the ideal lowered by them is leximin over all panels`() throws {
    var (looked, lowered, farthest) = (0, 0, 0.0)
    for seed in 0..<2_000 where looked < 1_000 {
      let small = SortitionCase(rings: seed)
      guard !small.panels.isEmpty else { continue }
      looked += 1
      let (typed, cuts, aims) = try small.lowered()
      for panel in small.panels.map({ small.seats(typed, $0) }) {
        for cut in cuts {
          #expect(cut.weights.reduce(0) { $0 + $1.weight * Double(panel[$1.type]) } <= cut.most + 1e-7, "case \(seed)")
        }
      }
      let best = try small.leximin()
      for (member, chance) in best.enumerated() { farthest = max(farthest, abs(aims[typed.typeOfMember[member]] - chance)) }
      lowered += cuts.isEmpty ? 0 : 1
    }
    #expect(looked == 1_000 && lowered > 150 && farthest < 1e-6, "\(looked) \(lowered) \(farthest)")
  }

  /// A solver that finds panels, but gives up when it is asked which is worth most.
  private struct GivesUp: LinearSolver {
    /// Also on the linear programme that a cut is looked for with.
    let atOnce: Bool

    private final class Nothing: WarmProgram {
      func set(objective: Double, ofColumn column: Int) {}
      func set(lower: Double, upper: Double, ofColumn column: Int) {}
      func set(lower: Double, upper: Double, ofRow row: Int) {}
      func set(value: Double, row: Int, column: Int) {}
      func append(_ column: LinearProgram.Column) {}
      func solve() throws(SolverFault) -> LinearSolution { throw .stopped }
    }

    func keep(_ program: LinearProgram) -> any WarmProgram {
      atOnce && program.columns.first?.objective == -1 ? Nothing() : CoinSolver().keep(program)
    }
    func wholeNumbers(_ program: LinearProgram, nodes: Int) throws(SolverFault) -> IntegerSolution {
      guard program.columns.allSatisfy({ $0.objective == 0 }) else { throw .stopped }
      return try CoinSolver().wholeNumbers(program, nodes: nodes)
    }
  }

  @Test func `where the solver gives up on a cut there is a lottery nevertheless, and its gap is told`() throws {
    let pool = MadePool.ringed(count: 40, seats: 6, rare: 4, levels: 2, seed: "rings")
    let lowered = try SeatLottery(pool, method: .leximin, size: 1_000, seed: "s", solver: CoinSolver())
    #expect(lowered.usedPanels)
    for atOnce in [false, true] {
      let other = try SeatLottery(pool, method: .leximin, size: 1_000, seed: "s", solver: GivesUp(atOnce: atOnce))
      #expect(!other.usedPanels && other.panels.count == 1_000 && other.panels.allSatisfy(pool.accepts))
      #expect(!other.isCertified && (other.gap ?? .zero) > Rational(1, 100))
    }
  }

  @Test func `mending towards chances that no panels give ends when it has looked at enough moves`() throws {
    let typed = TypedPool(MadePool.ringed(count: 40, seats: 6, rare: 4, levels: 2, seed: "rings"))
    let (polytope, solver) = (PanelPolytope(typed), CoinSolver())
    let found = try solver.wholeNumbers(polytope.program(objectives: typed.types.map { _ in 0 }), nodes: 1_000)
    let lottery = TypeLottery(
      typed, polytope, chances: try RelaxedLeximin(typed, solver: solver).chances, count: 100, known: [found.values.map { Int32($0) }],
      solver: solver, progress: { _ in })
    var (exchanged, stopped, mended) = (lottery, lottery, lottery)
    exchanged.mend(polytope, turns: 0)
    stopped.mend(polytope, turns: 40, effortAtMost: 1)
    mended.mend(polytope, turns: 40)
    #expect(stopped.panels == exchanged.panels && mended.panels != exchanged.panels && mended.missing > 0)
  }

  @Test func `a hundred kinds of people and more get what panels give, not what quotas promise`() throws {
    let pool = MadePool.ringed(count: 300, seats: 30, rare: 10, levels: 5, seed: "rings")
    let lottery = try SeatLottery(pool, method: .leximin, size: 1_000, seed: "s", solver: CoinSolver())
    #expect(lottery.typed.types.count > 100 && lottery.usedPanels && !lottery.isCertified)
    #expect(lottery.panels.allSatisfy(pool.accepts))
    // One seat for thirty people, of which the polytope makes one and a half.
    #expect(abs((lottery.aims.min() ?? 0) - 1.0 / 30) < 1e-6 && (lottery.bounds.first?.approximate ?? 0) > 0.049)
    for (type, aim) in zip(lottery.typed.types, lottery.aims) {
      for member in type.members { #expect(Double(lottery.seats[member]) / 1_000 >= aim - 1e-3 - 1e-6) }
    }
  }
}
