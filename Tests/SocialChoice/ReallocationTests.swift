import Testing

@testable import ChoiceCommands
@testable import SocialChoice

struct ReallocationTests {
  private func wishes(_ votes: [[Int]], _ rule: ReallocationRule) throws -> [Rational] {
    let budget = try ReallocationNaive.budget(votes[0])
    return try Reallocation.outcome(budget, ReallocationNaive.proposals(votes, budget), rule: rule).lines.map(\.wish)
  }

  @Test func `independent markets agree with medians of phantoms, sought among all breakpoints, on a thousand small budgets`() throws {
    var random = PublicRandom(seed: "markets")
    for number in 0..<1_000 {
      let (lines, voters, money) = (2 + random.below(4), 1 + random.below(6), 1 + random.below(8))
      let votes = (0..<voters).map { _ in ReallocationNaive.division(money, lines, &random) }
      #expect(try wishes(votes, .independentMarkets) == ReallocationNaive.independentMarkets(votes, money: money), "\(number): \(votes)")
    }
  }

  @Test func `the result is balanced to the cent, on steps, within floors and ceilings, whatever people propose`() throws {
    var random = PublicRandom(seed: "bounds")
    var held = 0
    for number in 0..<1_000 {
      let (lines, step) = (2 + random.below(4), 1 + random.below(4))
      let today = (0..<lines).map { _ in random.below(60) }
      let floors = today.map { random.below($0 + 1) }
      let bounds = zip(today, floors).map { BudgetLine(amount: $0, floor: $1, ceiling: random.below(2) == 0 ? nil : $0 + random.below(9)) }
      let budget = try ReallocationBudget(lines: bounds, step: step)
      let free = zip(today, floors).reduce(0) { $0 + $1.0 - $1.1 }
      let proposals = (0..<1 + random.below(5)).map { _ in
        let above = ReallocationNaive.division(free, lines, &random)
        return ReallocationProposal(changes: above.indices.map { above[$0] + floors[$0] - today[$0] }, weight: 1 + random.below(3))
      }
      for rule in ReallocationRule.allCases {
        let outcome = try Reallocation.outcome(budget, proposals, rule: rule, tieBreak: .seeded("\(number)"))
        #expect(outcome.amounts.reduce(0, +) == budget.total)
        #expect(outcome.changes.allSatisfy { $0 % step == 0 })
        for (line, amount) in outcome.amounts.enumerated() {
          #expect(amount >= floors[line] && amount <= bounds[line].ceiling ?? .max)
        }
        #expect(outcome.lines.reduce(.zero) { $0 + $1.wish } == Rational(budget.total))
        #expect(outcome.lines.reduce(.zero) { $0 + $1.ideal } == Rational(budget.total))
        held += outcome.lines.contains { $0.isHeldAtCeiling } ? 1 : 0
        #expect(outcome.lines.allSatisfy { $0.wantedMore + $0.wantedLess + $0.wantedSame == outcome.voices })
      }
    }
    #expect(held > 300)
  }

  @Test func `what all propose is the result; order, names and repeating instead of weighing change nothing`() throws {
    var random = PublicRandom(seed: "symmetry of budgets")
    for _ in 0..<200 {
      let (lines, money) = (2 + random.below(3), 2 + random.below(9))
      let votes = (0..<2 + random.below(4)).map { _ in ReallocationNaive.division(money, lines, &random) }
      let budget = try ReallocationNaive.budget(ReallocationNaive.division(money, lines, &random))
      let names = random.shuffled(Array(0..<lines))
      let renamed = try ReallocationNaive.budget(names.map { budget.lines[$0].amount })
      for rule in ReallocationRule.allCases {
        let same = try Reallocation.outcome(budget, ReallocationNaive.proposals(Array(repeating: votes[0], count: 3), budget), rule: rule)
        #expect(same.amounts == votes[0])
        let proposals = ReallocationNaive.proposals(votes, budget)
        let outcome = try Reallocation.outcome(budget, proposals, rule: rule)
        #expect(try Reallocation.outcome(budget, random.shuffled(proposals), rule: rule) == outcome)
        let other = try Reallocation.outcome(renamed, ReallocationNaive.proposals(votes.map { vote in names.map { vote[$0] } }, renamed), rule: rule)
        #expect(other.lines == names.map { outcome.lines[$0] } || !outcome.ties.isEmpty)
        #expect(other.lines.map(\.wish) == names.map { outcome.lines[$0].wish })
        let doubled = proposals.map { ReallocationProposal(changes: $0.changes, weight: 2) }
        #expect(try Reallocation.outcome(budget, doubled, rule: rule) == Reallocation.outcome(budget, proposals + proposals, rule: rule))
      }
    }
  }

  @Test func `nobody gains by lying to independent markets; some do with medians and means`() throws {
    var random = PublicRandom(seed: "lies")
    let (money, lines) = (5, 3)
    let lies = ReallocationNaive.divisions(money, lines)
    var gains: [ReallocationRule: Int] = [:]
    for _ in 0..<60 {
      let votes = (0..<3).map { _ in ReallocationNaive.division(money, lines, &random) }
      for rule in ReallocationRule.allCases {
        let honest = ReallocationNaive.distance(try wishes(votes, rule), votes[0])
        for lie in lies {
          let told = ReallocationNaive.distance(try wishes([lie] + votes[1...], rule), votes[0])
          if told < honest { gains[rule, default: 0] += 1 }
        }
      }
    }
    #expect(gains[.independentMarkets] == nil)
    #expect(gains[.median, default: 0] > 0 && gains[.mean, default: 0] > 0)
  }

  @Test func `independent markets never give a line less because someone wants more of it and less of the others`() throws {
    var random = PublicRandom(seed: "more")
    for _ in 0..<1_000 {
      let (lines, money) = (2 + random.below(3), 2 + random.below(9))
      var votes = (0..<1 + random.below(4)).map { _ in ReallocationNaive.division(money, lines, &random) }
      let before = try wishes(votes, .independentMarkets)
      guard let from = votes[0].indices.dropFirst().first(where: { votes[0][$0] > 0 }) else { continue }
      votes[0][0] += 1
      votes[0][from] -= 1
      #expect(try wishes(votes, .independentMarkets)[0] >= before[0])
    }
  }

  @Test func `people who want all for one line get their share of the money from independent markets and means`() throws {
    let votes = [[12, 0, 0], [12, 0, 0], [12, 0, 0], [0, 12, 0], [0, 12, 0], [0, 0, 12]]
    for rule in [ReallocationRule.independentMarkets, .mean] { #expect(try wishes(votes, rule) == [6, 4, 2].map { Rational($0) }) }
    // Half of the six, and not more than half, want the first: the medians are 6, 0 and 0.
    #expect(try wishes(votes, .median) == [12, 0, 0].map { Rational($0) })
  }

  @Test func `the mean's failure: who exaggerates comes nearer to the own wish`() throws {
    // Two people share 100. The first wants 60 and 40, the second 0 and 100. By the mean the honest result is 30 and 70.
    #expect(try wishes([[60, 40], [0, 100]], .mean) == [Rational(30), Rational(70)])
    // Saying 100 and 0 instead moves it to 50 and 50, nearer to 60 and 40.
    #expect(try wishes([[100, 0], [0, 100]], .mean) == [Rational(50), Rational(50)])
    // Independent markets: 50 and 50 either way.
    #expect(try wishes([[60, 40], [0, 100]], .independentMarkets) == [Rational(50), Rational(50)])
    #expect(try wishes([[100, 0], [0, 100]], .independentMarkets) == [Rational(50), Rational(50)])
  }

  @Test func `a ceiling holds a line, the rest is shared on, and the rule is then no longer called truthful`() throws {
    let lines = [BudgetLine(amount: 40_00, ceiling: 45_00), BudgetLine(amount: 40_00, floor: 10_00), BudgetLine(amount: 20_00)]
    let budget = try ReallocationBudget(lines: lines, step: 1_00)
    let proposals = [ReallocationProposal(changes: [30_00, -30_00, 0], weight: 3)]
    let outcome = try Reallocation.outcome(budget, proposals, rule: .independentMarkets)
    // 70 is cut to 45; of the 45 above the other floors the second had 0 and the third 20: the third takes all that is over.
    #expect(outcome.amounts == [45_00, 10_00, 45_00])
    #expect(outcome.truthfulness == .bounded(ceilings: [0], steps: false))
    #expect(outcome.lines[0].isHeldAtCeiling && outcome.lines[0].wantedMore == 3)
    #expect(outcome.lines[1].words == "3 of 3 wanted less, 0 more, 0 the same; the median change was -3000 cents")
    #expect(outcome.lines[2].near == 0 && outcome.lines[2].meanDistance == Rational(25_00))
  }

  @Test func `equal remainders go by the tie-break, and the tie is told`() throws {
    let budget = try ReallocationNaive.budget([100, 0, 0])
    let proposals = ReallocationNaive.proposals([[100, 0, 0], [0, 100, 0], [0, 0, 100]], budget)
    let outcome = try Reallocation.outcome(budget, proposals, rule: .independentMarkets)
    #expect(outcome.amounts == [34, 33, 33])
    #expect(outcome.ties == [Tie(round: 1, options: [0, 1, 2], chosen: 0)])
    #expect(outcome.truthfulness == .truthful)
    // No line has half of the voices: the medians are all zero, and the mean speaks.
    let medians = try Reallocation.outcome(budget, proposals)
    #expect(medians.amounts == [34, 33, 33] && medians.scaling == nil)
  }

  @Test func `what cannot be counted is refused with its reason`() throws {
    #expect(throws: ReallocationFault.empty) { try ReallocationBudget(lines: []) }
    #expect(throws: ReallocationFault.line(0)) { try ReallocationBudget(lines: [BudgetLine(amount: 5, floor: 4, ceiling: 3)]) }
    #expect(throws: ReallocationFault.infeasible(floors: 0, ceilings: 9, total: 10)) {
      try ReallocationBudget(lines: [BudgetLine(amount: 5, ceiling: 4), BudgetLine(amount: 5, ceiling: 5)])
    }
    #expect(throws: ReallocationFault.infeasible(floors: 12, ceilings: 20, total: 10)) {
      try ReallocationBudget(lines: [BudgetLine(amount: 5, floor: 7), BudgetLine(amount: 5, floor: 5)])
    }
    #expect(throws: ReallocationFault.noStepWithin(line: 0)) {
      try ReallocationBudget(lines: [BudgetLine(amount: 5, floor: 6, ceiling: 7), BudgetLine(amount: 5)], step: 4)
    }
    #expect(throws: ReallocationFault.step(0)) { try ReallocationBudget(lines: [BudgetLine(amount: 5)], step: 0) }
    #expect(throws: ReallocationFault.tooLarge) { try ReallocationBudget(lines: [BudgetLine(amount: .max)]) }
    let budget = try ReallocationBudget(lines: [BudgetLine(amount: 5, floor: 3), BudgetLine(amount: 5)])
    let refused: [(ReallocationProposal, ReallocationFault)] = [
      (ReallocationProposal(changes: [1]), .lines(proposal: 0)), (ReallocationProposal(changes: [1, 0]), .unbalanced(proposal: 0, by: 1)),
      (ReallocationProposal(changes: [-3, 3]), .belowFloor(proposal: 0, line: 0)),
      (ReallocationProposal(changes: [0, 0], weight: 0), .weight(proposal: 0)),
      (ReallocationProposal(changes: [.max, .min]), .tooLarge),
    ]
    for (proposal, fault) in refused { #expect(throws: fault) { try Reallocation.outcome(budget, [proposal]) } }
    #expect(throws: ReallocationFault.empty) { try Reallocation.outcome(budget, []) }
  }
}
