import ChoiceFiles
import Foundation
import SocialChoice

/// Participatory budgets: the rules on real files beside pabutools 1.2.3, and made elections of growing size.
enum BudgetBenchmark {
  private static let peer = "pabutools 1.2.3"
  private static let reference = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Tests/SocialChoice/Reference/pabulib")

  static let rows: [Row] = lodz + bemowo + other + growth + [reading]

  private static let lodz: [Row] = [
    row("Łódź", "poland_lodz_2022_.pb", .greedy(.cost, .valuePerCost), 17.11, "1,000 times"),
    row("Łódź", "poland_lodz_2022_.pb", .greedy(.cardinality, .valuePerCost), 13.78, "1,000 times"),
    row("Łódź", "poland_lodz_2022_.pb", .equalShares(.cost, .none), 21.8, "1,000 times"),
    row("Łódź", "poland_lodz_2022_.pb", .equalShares(.cardinality, .none), 11.03, "1,000 times"),
    row("Łódź", "poland_lodz_2022_.pb", .phragmen, 15.73, "1,000 times"),
    row("Łódź", "poland_lodz_2022_.pb", .equalShares(.cost, .addOne), nil, ""),
    row("Łódź", "poland_lodz_2022_.pb", .maximumWelfare(.cardinality), nil, ""),
    row("Łódź", "poland_lodz_2022_.pb", .maximumWelfare(.cost), nil, ""),
    row("Łódź", "poland_lodz_2022_.pb", .boundedOverspending(.cost), nil, ""),
  ]

  private static let bemowo: [Row] = [
    row("Bemowo", "poland_warszawa_2017_bemowo.pb", .equalShares(.cost, .addOne), 33.86, "300 times"),
    row("Bemowo", "poland_warszawa_2017_bemowo.pb", .equalShares(.cost, .none), 0.6, ""),
    row("Bemowo", "poland_warszawa_2017_bemowo.pb", .phragmen, 0.58, ""),
  ]

  private static let other: [Row] = [
    row("Częstochowa", "poland_czestochowa_2020_.pb", .equalShares(.points, .none), 0.5, ""),
    row("Częstochowa", "poland_czestochowa_2020_.pb", .equalShares(.points, .addOne), nil, ""),
    row("Kraków", "poland_krakow_2022_debniki.pb", .greedy(.borda, .valuePerCost), 5.58, ""),
    row("Kraków", "poland_krakow_2022_debniki.pb", .equalShares(.borda, .none), 0.09, ""),
  ]

  private static let growth: [Row] = [1_000, 10_000, 100_000, 1_000_000].flatMap { voters in
    [
      .equalShares(.cost, .none), .phragmen, .greedy(.cost, .valuePerCost), .maximumWelfare(.cost), .boundedOverspending(.cost),
    ].map { (rule: BudgetRule) in
      Row(engine: "budgets", name: "\(rule.name), made, \(voters) × 100", peer: nil, target: "") {
        let election = try made(voters: voters, projects: 100)
        return { "\(try BudgetTally().count(election, rule).winners.count) funded" }
      }
    }
  }

  private static let reading = Row(engine: "budgets", name: "reading Łódź (90,494 × 160)", peer: nil, target: "") {
    let bytes = try [UInt8](Data(contentsOf: reference.appending(path: "poland_lodz_2022_.pb")))
    return { "\(try PabulibReader(file: "poland_lodz_2022_.pb").read(bytes).election.ballots.count) ballots" }
  }

  /// Times the count, not the reading.
  private static func row(_ town: String, _ file: String, _ rule: BudgetRule, _ seconds: Double?, _ target: String) -> Row {
    let completion: String
    if case .equalShares(_, let chosen) = rule, chosen != .none { completion = ", \(chosen.rawValue)" } else { completion = "" }
    return Row(engine: "budgets", name: "\(rule.name)\(completion), \(town)", peer: seconds.map { ($0, peer) }, target: target) {
      let bytes = try [UInt8](Data(contentsOf: reference.appending(path: file)))
      let election = try PabulibReader(file: file).read(bytes).election
      return { "\(try BudgetTally().count(election, rule).winners.count) funded" }
    }
  }

  /// Each voter names five projects, the first ones more often.
  private static func made(voters: Int, projects: Int) throws -> BudgetElection {
    var random = PublicRandom(seed: "budgets \(voters)")
    let all = (0..<projects).map { BudgetProject(id: "\($0)", cost: 1_000 + random.below(100_000)) }
    var ballots = BudgetBallots(kind: .approval)
    for _ in 0..<voters { ballots.append((0..<5).map { _ in Int32(min(random.below(projects), random.below(projects))) }) }
    return try BudgetElection(projects: all, budget: 1_500_000, ballots: ballots)
  }
}
