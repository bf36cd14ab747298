import Testing

@testable import SocialChoice

struct BudgetPropertyTests {
  @Test(arguments: BudgetCases.rules.indices) func `the order of ballots and projects does not matter, and a weight is a repetition`(number: Int)
    throws
  {
    let (rule, kinds) = BudgetCases.rules[number]
    for tieBreak in [TieBreak.lexicographic, .cheapest, .seeded("4 8 15")] {
      for number in 0..<60 {
        guard
          let election = BudgetCases.random(
            "order \(rule) \(number)", kind: kinds[number % kinds.count], conflicts: number % 4 == 0, mandatory: number % 5 == 0),
          let shuffled = BudgetCases.shuffled(election, seed: "\(number)")
        else { continue }
        let tally = BudgetTally(tieBreak: tieBreak)
        let (first, second) = (try tally.count(election, rule), try tally.count(shuffled, rule))
        #expect(Set(BudgetCases.ids(election, first)) == Set(BudgetCases.ids(shuffled, second)), "\(rule.name) \(number)")
      }
    }
  }

  @Test(arguments: BudgetCases.rules.indices) func `no rule spends more than the budget, funds rivals, or forgets a project`(number: Int) throws {
    let (rule, kinds) = BudgetCases.rules[number]
    for number in 0..<300 {
      guard
        let election = BudgetCases.random(
          "bounds \(rule) \(number)", kind: kinds[number % kinds.count], conflicts: number % 2 == 0, mandatory: number % 5 == 0)
      else { continue }
      let outcome = try BudgetTally().count(election, rule)
      #expect(outcome.cost <= election.budget)
      #expect(outcome.cost == election.cost(of: outcome.winners))
      #expect(Set(outcome.winners).count == outcome.winners.count)
      #expect(!election.conflicts.contains { group in outcome.winners.count { group.contains($0) } > 1 })
      #expect(Set(outcome.winners + outcome.losers.map(\.project)) == Set(election.projects.indices))
      #expect(outcome.trace.map(\.project) == outcome.winners)
    }
  }

  @Test func `what a loser is told is true`() throws {
    for number in 0..<1_000 {
      guard let election = BudgetCases.random("reasons \(number)", kind: .approval, conflicts: number % 3 == 0) else { continue }
      for rule in [BudgetRule.greedy(.cardinality, .valuePerCost), .equalShares(.cardinality, .none), .phragmen, .maximumWelfare(.cardinality)] {
        let outcome = try BudgetTally().count(election, rule)
        for loss in outcome.losers {
          let cost = election.projects[loss.project].cost
          switch loss.reason {
          case .noSupport: #expect(Support(approvalsOf: election).sums[loss.project] == 0)
          case .abovePart: Issue.record("no part was cut")
          case .aboveBudget(let missing): #expect(cost == election.budget + missing)
          case .unaffordable(let missing): #expect(missing > 0 && missing <= cost)
          case .supportersShort(let money): #expect(money < cost)
          case .conflict(let winner): #expect(election.rivals[loss.project].contains(winner) && outcome.winners.contains(winner))
          case .ended(let stopper): #expect(!outcome.winners.contains(stopper))
          case .belowOptimum, .tied, .tiedOpen, .perhapsTied: #expect(rule == .maximumWelfare(.cardinality))
          }
        }
      }
    }
  }

  @Test func `a tie is reported with all who were level, and broken as asked`() throws {
    var ballots = BudgetBallots(kind: .approval)
    for project in [0, 1, 2] as [Int32] { ballots.append([project]) }
    let projects = [("b", 3), ("a", 3), ("c", 3)].map { BudgetProject(id: $0.0, cost: $0.1) }
    let election = try BudgetElection(projects: projects, budget: 3, ballots: ballots)
    let outcome = try BudgetTally().count(election, .greedy(.cost, .valuePerCost))
    #expect(outcome.winners == [1])
    #expect(outcome.ties == [Tie(round: 1, options: [0, 1, 2], chosen: 1)])
    let welfare = try BudgetTally().count(election, .maximumWelfare(.cardinality))
    #expect(welfare.winners == [1])
    #expect(welfare.ties == [Tie(round: 1, options: [0, 1, 2], chosen: 1)])
    #expect(welfare.losers.map(\.reason) == [.tied, .tied])
  }

  @Test func `two prices that doubles cannot tell apart are told apart`() throws {
    // Prices 1/(n) and 1/(n) + 1/(n(n−1)·…): costs near 2^51 and supporters that differ by one unit of cost.
    var ballots = BudgetBallots(kind: .approval)
    ballots.append([0], weight: 3)
    ballots.append([1], weight: 3)
    let cost = 1 << 51
    let projects = [BudgetProject(id: "a", cost: cost), BudgetProject(id: "b", cost: cost - 1)]
    let election = try BudgetElection(projects: projects, budget: (1 << 52) - 1, ballots: ballots)
    for rule in [BudgetRule.greedy(.cardinality, .valuePerCost), .phragmen] {
      let outcome = try BudgetTally().count(election, rule)
      #expect(outcome.winners.first == 1)
      #expect(outcome.ties.isEmpty)
    }
    // Equal shares: both halves have (2^52 − 1) / 2 each, which is not enough for a by half a unit.
    let shares = try BudgetTally().count(election, .equalShares(.cardinality, .none))
    #expect(shares.winners == [1])
    #expect(shares.losers.map(\.reason) == [.supportersShort(money: cost - 1)])
  }

  /// Every price has its exact double in the other half, at each stage: only exact fractions see the ties, also far into the count.
  @Test(arguments: [BudgetRule.equalShares(.cost, .none), .equalShares(.cardinality, .none), .phragmen])
  func `of two halves that mirror each other, every choice is a tie`(rule: BudgetRule) throws {
    var random = PublicRandom(seed: "mirror")
    let half = 30
    let costs = (0..<half).map { _ in 1_000 + random.below(9_000) }
    var ballots = BudgetBallots(kind: .approval)
    for _ in 0..<2_000 {
      let named = Set((0..<6).map { _ in Int32(min(random.below(half), random.below(half))) })
      ballots.append(named.sorted())
      ballots.append(named.sorted().map { $0 + Int32(half) })
    }
    let projects = ["a", "b"].flatMap { side in costs.enumerated().map { BudgetProject(id: "\($0.offset)\(side)", cost: $0.element) } }
    let election = try BudgetElection(projects: projects, budget: costs.reduce(0, +), ballots: ballots)
    let outcome = try BudgetTally().count(election, rule)
    #expect(outcome.winners.count > 20)
    for (first, second) in zip(outcome.winners, outcome.winners.dropFirst()) where first < half && second >= half { #expect(second == first + half) }
    #expect(outcome.ties.count == outcome.winners.count / 2)
    #expect(outcome.ties.allSatisfy { $0.options == [$0.chosen, $0.chosen + half] })
  }

  @Test func `bounded overspending funds what equal shares cannot by a little`() throws {
    // Two of three want the project that costs the whole budget; they have two thirds of it (Papasotiropoulos and others).
    var ballots = BudgetBallots(kind: .approval)
    for project in [0, 1, 0] as [Int32] { ballots.append([project]) }
    let projects = [BudgetProject(id: "p1", cost: 1_000), BudgetProject(id: "p2", cost: 100)]
    let election = try BudgetElection(projects: projects, budget: 1_000, ballots: ballots)
    #expect(try BudgetTally().count(election, .equalShares(.cost, .none)).winners == [1])
    #expect(try BudgetTally().count(election, .boundedOverspending(.cost)).winners == [0])
  }

  @Test(arguments: [1, 2, 3, 6, 7, 11, 90, 991]) func `bounded overspending sees a tie whatever the number of people`(people: Int) throws {
    // All name both, and neither can be paid for more than the budget: per unit of its cost each asks the same of everybody.
    var ballots = BudgetBallots(kind: .approval)
    ballots.append([0, 1], weight: people)
    let projects = [BudgetProject(id: "1", cost: 5_000_000), BudgetProject(id: "2", cost: 4_000_000)]
    let outcome = try BudgetTally().count(BudgetElection(projects: projects, budget: 5_000_000, ballots: ballots), .boundedOverspending(.cost))
    #expect(outcome.winners == [0] && outcome.ties == [Tie(round: 1, options: [0, 1], chosen: 0)])
  }

  @Test func `mandatory projects are paid first, and what excludes them is out`() throws {
    var ballots = BudgetBallots(kind: .approval)
    ballots.append([0, 1], weight: 4)
    let projects = ["a", "b", "c"].map { BudgetProject(id: $0, cost: 4) }
    let election = try BudgetElection(projects: projects, budget: 9, ballots: ballots, mandatory: [2], conflicts: [[0, 2]])
    for rule in BudgetCases.rules.map(\.rule) where rule.name.hasSuffix("cost") || rule == .phragmen {
      let outcome = try BudgetTally().count(election, rule)
      #expect(outcome.winners == [2, 1], "\(rule.name)")
      #expect(outcome.losers == [BudgetLoss(project: 0, reason: .conflict(with: 2))])
    }
    #expect(throws: BudgetFault.mandatoryTooExpensive) {
      try BudgetElection(projects: projects, budget: 3, ballots: ballots, mandatory: [2])
    }
  }

  @Test func `a district's money goes to its projects, and the rest to the others`() throws {
    var ballots = BudgetBallots(kind: .approval)
    ballots.append([0, 1, 2], weight: 3)
    ballots.append([3], weight: 9)
    let projects = [("a", "north"), ("b", "north"), ("c", "south"), ("d", nil)].map { BudgetProject(id: $0.0, cost: 4, district: $0.1) }
    let election = try BudgetElection(projects: projects, budget: 13, ballots: ballots)
    let districts = try DistrictBudgets(election, [.init(district: "north", budget: 5)])
    for rule in [BudgetRule.greedy(.cardinality, .valuePerCost), .equalShares(.cost, .addOne), .phragmen] {
      let outcome = try districts.count(rule, by: BudgetTally())
      // South is no part of its own: it stands with those of no district.
      #expect(Set(outcome.winners) == [0, 2, 3])
      #expect(outcome.losers.map(\.project) == [1])
      #expect(outcome.ties.first == Tie(round: 1, options: [0, 1], chosen: 0))
    }
    #expect(throws: BudgetFault.districtsTooExpensive) { try DistrictBudgets(election, [.init(district: "north", budget: 14)]) }
    #expect(throws: BudgetFault.unknownDistrict("east")) { try DistrictBudgets(election, [.init(district: "east", budget: 1)]) }
  }

  @Test func `the indicators count people`() throws {
    var ballots = BudgetBallots(kind: .points)
    ballots.append([0, 1], points: [3, 0], weight: 2)
    ballots.append([2], points: [1])
    ballots.append([] as [Int32])
    let projects = [
      BudgetProject(id: "a", cost: 6, categories: ["green", "sport"]), BudgetProject(id: "b", cost: 4, categories: ["sport"]),
      BudgetProject(id: "c", cost: 5, district: "north"),
    ]
    let election = try BudgetElection(projects: projects, budget: 10, ballots: ballots)
    let indicators = BudgetIndicators(election, winners: [0, 1])
    #expect(indicators.people == 4)
    #expect(indicators.excluded == 2)
    #expect(indicators.satisfied == [2, 2])
    #expect(indicators.themes.map(\.spent) == [6, 10])
    #expect(indicators.districts.map(\.asked) == [5])
    #expect(indicators.efforts.map(\.supporters) == [2, 0])
    #expect(indicators.spentForPeople == 12)
  }
}

/// The numbers that the documentation shows.
struct BudgetExampleTests {
  private func election(_ budget: Int, _ costs: [(String, Int)], _ ballots: [(Int, [Int32])]) throws -> BudgetElection {
    var all = BudgetBallots(kind: .approval)
    for (people, named) in ballots { all.append(named, weight: people) }
    return try BudgetElection(projects: costs.map { BudgetProject(id: $0.0, cost: $0.1) }, budget: budget, ballots: all)
  }

  @Test func `the playground gets its money when everyone has one more`() throws {
    let town = try election(100, [("playground", 48), ("library", 30), ("fountain", 20)], [(3, [0, 2]), (3, [0]), (1, [1, 2]), (3, [1])])
    let plain = try BudgetTally().count(town, .equalShares(.cardinality, .none))
    #expect(plain.winners == [2, 1])
    #expect(plain.losers == [BudgetLoss(project: 0, reason: .supportersShort(money: 45))])
    let raised = try BudgetTally().count(town, .equalShares(.cardinality, .addOne))
    #expect(raised.winners == [2, 1, 0])
    #expect(raised.cost == 98)
    #expect(raised.raised == RaisedShares(added: 1, runs: 2, end: .exhausted))
  }

  @Test func `the fountain's supporters have five left after playground and library`() throws {
    let costs = [("playground", 55), ("library", 30), ("fountain", 20), ("ramp", 12)]
    let town = try election(100, costs, [(3, [0, 2]), (3, [0]), (1, [1, 2]), (1, [1, 3]), (2, [1])])
    let plain = try BudgetTally().count(town, .equalShares(.cost, .none))
    #expect(plain.winners == [0, 1])
    #expect(plain.losers == [BudgetLoss(project: 2, reason: .supportersShort(money: 5)), BudgetLoss(project: 3, reason: .supportersShort(money: 2))])
    // With three more each: 3 · 3.83 + 5.50 = 17.
    let raised = try BudgetTally().count(town, .equalShares(.cost, .addOne))
    #expect(raised.winners == [0, 1] && raised.raised?.added == 3 && raised.losers.first?.reason == .supportersShort(money: 17))
    #expect(try BudgetTally().count(town, .equalShares(.cost, .addOneGreedy)).winners == [0, 1, 3])
    #expect(try BudgetTally().count(town, .equalShares(.cost, .phragmen)).winners == [0, 1])
  }

  @Test func `the stadium of the majority wins by approvals and loses by value for money`() throws {
    let town = try election(100_000, [("stadium", 80_000), ("trees", 15_000), ("benches", 10_000)], [(60, [0]), (40, [1, 2])])
    #expect(try BudgetTally().count(town, .greedy(.cardinality, .value)).winners == [0, 2])
    let value = try BudgetTally().count(town, .greedy(.cardinality, .valuePerCost))
    #expect(value.winners == [2, 1])
    #expect(value.losers == [BudgetLoss(project: 0, reason: .unaffordable(missing: 5_000))])
  }

  @Test func `loads are levelled among supporters`() throws {
    let street = try election(30, [("bench", 6), ("tree", 10), ("sign", 4)], [(1, [0]), (2, [0, 1]), (1, [2])])
    let outcome = try BudgetTally().count(street, .phragmen)
    #expect(outcome.winners == [0, 2, 1])
    #expect(outcome.trace.map(\.step) == [.load(2), .load(4), .load(7)])
  }

  @Test func `two cheaper projects are worth more than the best for its money`() throws {
    let three = try election(10, [("A", 6), ("B", 5), ("C", 5)], [(9, [0]), (7, [1, 2])])
    let outcome = try BudgetTally().count(three, .maximumWelfare(.cardinality))
    #expect(Set(outcome.winners) == [1, 2])
    #expect(outcome.losers == [BudgetLoss(project: 0, reason: .belowOptimum(optimum: 14, atMost: 14))])
  }
}
