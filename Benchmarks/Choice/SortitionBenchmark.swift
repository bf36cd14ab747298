import ChoiceFiles
import Foundation
import SocialChoice
import Solvers

/// Draws by lot: the two pools that the paper publishes, and made ones.
enum SortitionBenchmark {
  static let rows: [Row] =
    [
      published("example_small_20", seats: 20, peer: (16, "a Python package with HiGHS")),
      published("example_large_200", seats: 200, peer: (1_162, "the paper's program")),
    ] + leximin
    + [
      ringed(count: 300, seats: 30, rare: 10, levels: 4), ringed(count: 1_200, seats: 60, rare: 30, levels: 8),
      ringed(count: 1_727, seats: 110, rare: 60, levels: 9),
      exact(count: 300, seats: 30), exact(count: 1_000, seats: 100),
      lottery(.maximin, count: 200, seats: 20), lottery(.maximin, count: 2_000, seats: 200), lottery(.legacy, count: 200, seats: 20),
      lottery(.legacy, count: 2_000, seats: 200), replacements(count: 200, seats: 20), replacements(count: 2_000, seats: 200),
    ]

  private static let leximin: [Row] = [
    (200, 20, 4, nil, "seconds"), (400, 40, 5, (95, "a Python package with HiGHS"), "seconds"),
    (300, 30, 6, (356, "a Python package with HiGHS"), "seconds"),
    (600, 60, 7, (1_200, "a Python package with HiGHS, not ended"), "minutes"),
    (1_727, 110, 7, (4_012, "the paper's program, on its own pool"), "under 300 s, gap at most 0.001"),
  ].map { (count: Int, seats: Int, categories: Int, peer: (seconds: Double, program: String)?, target: String) in
    Row(
      engine: "sortition", name: "leximin, \(count) people, \(seats) seats, \(categories) categories", peer: peer, target: target,
      prepare: {
        let pool = MadePool.hard(count: count, seats: seats, categories: categories, seed: "hard")
        return { try words(pool, .leximin) }
      })
  }

  /// Quotas that promise the rare half as much again as panels give them.
  private static func ringed(count: Int, seats: Int, rare: Int, levels: Int) -> Row {
    Row(engine: "sortition", name: "leximin over panels, \(count) people, \(seats) seats, 6 categories", peer: nil, target: "minutes") {
      let pool = MadePool.ringed(count: count, seats: seats, rare: rare, levels: levels, seed: "rings")
      return { try words(pool, .leximin) }
    }
  }

  /// Quotas that all ask an exact number.
  private static func exact(count: Int, seats: Int) -> Row {
    Row(engine: "sortition", name: "leximin, exact quotas, \(count) people, \(seats) seats, 10 categories", peer: nil, target: "minutes") {
      let pool = MadePool.exact(count: count, seats: seats, categories: 10, seed: "exact")
      return { try words(pool, .leximin) }
    }
  }

  private static let reference = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Tests/SocialChoice/Reference/sortition")

  private static func published(_ name: String, seats: Int, peer: (seconds: Double, program: String)) -> Row {
    Row(engine: "sortition", name: "leximin, the paper's \(name)", peer: peer, target: "under 2 s") {
      @Sendable func bytes(_ file: String) throws -> [UInt8] { try Array(Data(contentsOf: reference.appending(path: "\(name)/\(file)"))) }
      let files = try SortitionFiles(
        pool: bytes("respondents.csv"), poolName: "respondents.csv", quotas: bytes("categories.csv"), quotasName: "categories.csv", panelSize: seats)
      let pool = SortitionPool(members: files.members, quotas: files.quotas, panelSize: seats)
      return { try words(pool, .leximin) }
    }
  }

  private static func lottery(_ method: SortitionMethod, count: Int, seats: Int) -> Row {
    Row(engine: "sortition", name: "\(method.rawValue), \(count) people, \(seats) seats, 4 categories", peer: nil, target: "") {
      let pool = MadePool.hard(count: count, seats: seats, categories: 4, seed: "hard")
      return { try words(pool, method) }
    }
  }

  private static func replacements(count: Int, seats: Int) -> Row {
    Row(engine: "sortition", name: "replacements for \(seats / 10) of \(seats), \(count) people, 4 categories", peer: nil, target: "") {
      let pool = MadePool.hard(count: count, seats: seats, categories: 4, seed: "hard")
      let lottery = try SeatLottery(pool, method: .legacy, size: 1, seed: "benchmark", solver: CoinSolver())
      let withdrawn = Array(lottery.panels[0].prefix(seats / 10))
      return {
        let replaced = Replacement.replace(lottery.typed, panel: lottery.panels[0], withdrawn: withdrawn, seed: "benchmark")
        return "\(replaced.replacements.count) replaced"
      }
    }
  }

  private static func words(_ pool: SortitionPool, _ method: SortitionMethod) throws -> String {
    let lottery = try SeatLottery(pool, method: method, size: 1_000, seed: "benchmark", solver: CoinSolver())
    return "minimum \(lottery.minimum)/1000, gap \(lottery.gap?.approximate ?? 0)"
  }
}
