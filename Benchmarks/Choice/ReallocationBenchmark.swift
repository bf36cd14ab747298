import SocialChoice

/// Budget reallocation from made proposals: each moves money between a few lines.
enum ReallocationBenchmark {
  static let rows: [Row] = [1_000, 10_000, 100_000].flatMap { people in
    ReallocationRule.allCases.map { rule in
      Row(engine: "reallocations", name: "\(rule.rawValue), \(people) proposals, 30 lines", peer: nil, target: "") {
        var random = PublicRandom(seed: "reallocations \(people)")
        let lines = (0..<30).map { _ in BudgetLine(amount: 1_000_000_00 + random.below(9_000_000_00), floor: 500_000_00) }
        let budget = try ReallocationBudget(lines: lines, step: 1_000_00)
        let proposals = (0..<people).map { _ in
          var changes = [Int](repeating: 0, count: 30)
          for _ in 0..<4 {
            let amount = random.below(100_000_00)
            changes[random.below(30)] += amount
            changes[random.below(30)] -= amount
          }
          return ReallocationProposal(changes: changes)
        }
        return { "line 1: \(try Reallocation.outcome(budget, proposals, rule: rule).changes[0] / 100) euros" }
      }
    }
  }
}
