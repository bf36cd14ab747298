import Solvers
import Testing

@testable import SocialChoice

/// What CBC does at its limit of work.
struct CoinSolverTests {
  /// Which of forty items, whose worth is nearly their weight, fill five knapsacks at once: thousands of nodes.
  private static func program() -> LinearProgram {
    var random = PublicRandom(seed: "knapsacks")
    var program = LinearProgram(rows: (0..<5).map { _ in LinearProgram.Row(upper: 1_000) })
    for _ in 0..<40 {
      let weights = (0..<5).map { _ in Double(40 + random.below(60)) }
      program.columns.append(
        LinearProgram.Column(
          objective: weights.reduce(0, +) / 5 + Double(random.below(10)), upper: 1,
          entries: weights.enumerated().map { (row: $0.offset, value: $0.element) }))
    }
    return program
  }

  @Test func `a solver that met its limit gives the same choice each time, and a bound that the best choice keeps`() throws {
    let program = Self.program()
    let best = try CoinSolver().wholeNumbers(program, nodes: 1_000_000)
    #expect(best.bound == best.objective)
    let early = try CoinSolver().wholeNumbers(program, nodes: 5)
    #expect(early.objective <= best.objective && early.bound > best.objective + 1e-6)
    for _ in 0..<3 {
      let again = try CoinSolver().wholeNumbers(program, nodes: 5)
      #expect(again.values == early.values && again.bound == early.bound)
    }
  }
}
