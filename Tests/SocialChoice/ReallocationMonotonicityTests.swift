import Testing

@testable import SocialChoice

struct ReallocationMonotonicityTests {
  @Test func `who wants more of a line and less of another never makes it less: means always, medians and markets without ceilings`() throws {
    var random = PublicRandom(seed: "more of a line")
    var changed = 0
    for round in 0..<1_000 {
      let withCeilings = round % 2 == 0
      guard let small = SmallReallocation(&random, largest: 6, ceilings: withCeilings) else { continue }
      let count = small.budget.lines.count
      let line = random.below(count)
      guard let more = small.wanting(more: line, less: (line + 1 + random.below(count - 1)) % count) else { continue }
      for rule in ReallocationRule.allCases where rule == .mean || !withCeilings {
        let (before, after) = (try small.outcome(rule), try more.outcome(rule))
        #expect(after.lines[line].wish >= before.lines[line].wish && after.lines[line].ideal >= before.lines[line].ideal, "\(rule): \(small)")
        changed += after.lines[line].ideal > before.lines[line].ideal ? 1 : 0
      }
    }
    #expect(changed > 300, "\(changed)")
  }

  /// Two people, six euros, and a first line that must get nothing: what the rule would give it is shared among the others in proportion.
  private func markets(_ first: [Int]) throws -> [Rational] {
    let budget = try ReallocationBudget(lines: [BudgetLine(amount: 0, ceiling: 0), BudgetLine(amount: 0), BudgetLine(amount: 6)])
    let outcome = try Reallocation.outcome(budget, ReallocationNaive.proposals([first, [0, 3, 3]], budget), rule: .independentMarkets)
    #expect(outcome.amounts.map { Rational($0) } == outcome.lines.map(\.ideal))
    return outcome.lines.map(\.ideal)
  }

  @Test func `the failure of markets under a ceiling: wanting more of a line can make it less, and a lie can gain`() throws {
    let first = try markets([3, 0, 3])
    #expect(first == [0, 2, 4].map { Rational($0) })
    // Three more for the last line, nothing for the closed one: the last line gets less, since nothing is left over to be shared.
    let second = try markets([0, 0, 6])
    #expect(second == [0, 3, 3].map { Rational($0) })
    // So who wants all for the last line does better by asking half of it for the closed one.
    #expect(ReallocationNaive.distance(first, [0, 0, 6]) < ReallocationNaive.distance(second, [0, 0, 6]))
  }

  @Test func `the failure of medians under a ceiling: wanting more of a line can silence them, and the mean gives it less`() throws {
    // Six euros; the first line may have one. Nobody's median but the first line's is above zero: the five that are over go to the others alike.
    let lines = [BudgetLine(amount: 0, ceiling: 1), BudgetLine(amount: 0), BudgetLine(amount: 0), BudgetLine(amount: 6)]
    let budget = try ReallocationBudget(lines: lines)
    func ideal(_ first: [Int]) throws -> [Rational] {
      let others = [[6, 0, 0, 0], [6, 0, 0, 0], [0, 0, 6, 0], [0, 0, 0, 6]]
      return try Reallocation.outcome(budget, ReallocationNaive.proposals([first] + others, budget)).lines.map(\.ideal)
    }
    #expect(try ideal([1, 0, 5, 0]) == [Rational(1), Rational(5, 3), Rational(5, 3), Rational(5, 3)])
    // One of the five wants one for the second line instead of the first: no median is left, and few want the second line on average.
    #expect(try ideal([0, 1, 5, 0]) == [Rational(1), Rational(5, 18), Rational(55, 18), Rational(5, 3)])
  }

  @Test func `the failure of markets on coarse steps: a lie can gain, and the rule is not called truthful`() throws {
    let lines = [BudgetLine(amount: 1, floor: 1), BudgetLine(amount: 3, floor: 1), BudgetLine(amount: 3)]
    let budget = try ReallocationBudget(lines: lines, step: 3)
    func outcome(_ first: [Int]) throws -> ReallocationOutcome {
      try Reallocation.outcome(budget, ReallocationNaive.proposals([first, [3, 1, 3]], budget), rule: .independentMarkets)
    }
    let wish = [1, 5, 1]
    let (honest, told) = (try outcome(wish), try outcome([1, 1, 5]))
    #expect(honest.amounts == [4, 3, 0] && told.amounts == [1, 3, 3])
    #expect(ReallocationNaive.distance(told.amounts.map { Rational($0) }, wish) == Rational(4))
    #expect(ReallocationNaive.distance(honest.amounts.map { Rational($0) }, wish) == Rational(6))
    #expect(honest.truthfulness == .bounded(ceilings: [], steps: true))
  }
}
