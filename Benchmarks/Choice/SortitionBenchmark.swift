import SocialChoice
import Solvers

/// Draws by lot: made pools, since the paper's own are not public.
enum SortitionBenchmark {
  static let rows: [Row] = [
    (200, 20, 4, nil, "seconds"), (400, 40, 5, (95, "a Python package with HiGHS"), "seconds"),
    (300, 30, 6, (356, "a Python package with HiGHS"), "seconds"),
    (600, 60, 7, (1_200, "a Python package with HiGHS, not ended"), "minutes"),
    (1_727, 110, 7, (4_012, "the paper's program, on its own pool"), "under 300 s, gap at most 0.001"),
  ].map { (count: Int, seats: Int, categories: Int, peer: (seconds: Double, program: String)?, target: String) in
    Row(
      engine: "sortition", name: "leximin, \(count) people, \(seats) seats, \(categories) categories", peer: peer, target: target,
      prepare: {
        let pool = MadePool.hard(count: count, seats: seats, categories: categories, seed: "hard")
        return {
          let lottery = try SeatLottery(pool, method: .leximin, size: 1_000, seed: "benchmark", solver: CoinSolver())
          return "minimum \(lottery.minimum)/1000, gap \(lottery.gap?.approximate ?? 0)"
        }
      })
  }
}
