import Testing

@testable import SocialChoice

/// Budgets by districts, in a thousand small elections for each of several rules.
struct DistrictBudgetTests {
  private static let rules: [(rule: BudgetRule, kind: BudgetBallotKind)] = [
    (.greedy(.cost, .valuePerCost), .approval), (.greedy(.borda, .value), .ranking), (.equalShares(.cost, .none), .approval),
    (.equalShares(.points, .addOneGreedy), .points), (.equalShares(.cardinality, .phragmen), .ranking), (.boundedOverspending(.cost), .approval),
    (.phragmen, .scores), (.maximumWelfare(.borda), .ranking), (.maximumWelfare(.cost), .approval),
  ]
  private static let tieBreaks: [TieBreak] = [.lexicographic, .cheapest, .seeded("108")]

  /// An election, and parts for one or two of its districts; not all of the money, nor all of the projects, have one.
  private static func sample(_ seed: String, _ kind: BudgetBallotKind) -> (election: BudgetElection, districts: [(name: String, budget: Int)])? {
    guard let drawn = BudgetCases.random(seed, kind: kind, projects: 8), drawn.projects.count > 1 else { return nil }
    var random = PublicRandom(seed: "parts of \(seed)")
    let projects = drawn.projects.map {
      BudgetProject(id: $0.id, cost: $0.cost, district: ["north", "south", "west", nil][random.below(4)])
    }
    let known = (["north", "south"] as [String]).filter { name in projects.contains { $0.district == name } }
    let named = random.shuffled(known).prefix(1 + random.below(2))
    var left = drawn.budget
    let districts = named.map { (name: String) in
      let budget = random.below(left + 1)
      left -= budget
      return (name: name, budget: budget)
    }
    // Two that exclude each other within a part, and now and then one that must be had.
    let first = random.below(projects.count)
    func part(_ project: Int) -> String? { projects[project].district.flatMap { name in districts.contains { $0.name == name } ? name : nil } }
    let beside = projects.indices.filter { $0 != first && part($0) == part(first) }
    let conflicts = random.below(2) == 0 ? beside.prefix(1).map { [first, $0] } : []
    let mandatory = random.below(4) == 0 ? [first] : []
    guard
      let election = try? BudgetElection(
        projects: projects, budget: drawn.budget, ballots: drawn.ballots, mandatory: mandatory, conflicts: conflicts)
    else { return nil }
    return districts.isEmpty ? nil : (election, districts)
  }

  @Test(arguments: rules.indices) func `each part is counted as if it were a town of its own, in a thousand elections`(place: Int) throws {
    let (rule, kind) = Self.rules[place]
    var (compared, refused, both, level) = (0, 0, 0, 0)
    for number in 0..<3_000 where compared < 1_000 {
      guard let (election, districts) = Self.sample("districts \(rule) \(number)", kind) else { continue }
      let (tieBreak, naive) = (Self.tieBreaks[number % 3], NaiveDistricts(election, districts))
      let cut = try DistrictBudgets(election, districts.map { .init(district: $0.name, budget: $0.budget) })
      let tally = BudgetTally(tieBreak: tieBreak)
      guard let expected = naive.count(rule, tieBreak) else {
        let poor = naive.names.first { name in naive.town(name) == nil } ?? nil
        #expect(throws: BudgetFault.mandatoryAbovePart(poor), "case \(number)") { try cut.count(rule, by: tally) }
        refused += 1
        continue
      }
      compared += 1
      let outcome = try cut.count(rule, by: tally)
      if case .maximumWelfare = rule {
        #expect(Set(outcome.winners) == Set(expected.winners), "case \(number)")
      } else {
        #expect(outcome.winners == expected.winners, "case \(number)")
      }
      #expect(outcome.ties == expected.ties, "case \(number)")
      hold(outcome, naive, number)
      both += districts.count > 1 ? 1 : 0
      level += outcome.ties.isEmpty ? 0 : 1
    }
    #expect(compared == 1_000 && refused > 20 && both > 200 && level > 20, "\(compared) \(refused) \(both) \(level)")
  }

  /// What is true of every outcome by districts.
  private func hold(_ outcome: BudgetOutcome, _ naive: NaiveDistricts, _ number: Int) {
    let election = naive.election
    for name in naive.names {
      let members = naive.members(name)
      // No part spends another's money, and `left` is what is left of the part.
      var left = naive.budget(name)
      for round in outcome.trace where members.contains(round.project) {
        left -= election.projects[round.project].cost
        #expect(round.left == left && left >= 0, "case \(number)")
      }
      for loss in outcome.losers where members.contains(loss.project) {
        let cost = election.projects[loss.project].cost
        switch loss.reason {
        case .aboveBudget: Issue.record("case \(number): not the whole budget, but the part, is too small")
        case .abovePart(let missing, let budget, let district):
          #expect(district == name && budget == naive.budget(name) && cost == budget + missing && missing > 0, "case \(number)")
        case .conflict(let other): #expect(outcome.winners.contains(other) && election.rivals[loss.project].contains(other), "case \(number)")
        case .ended(let stopper): #expect(members.contains(stopper) && !outcome.winners.contains(stopper), "case \(number)")
        default: #expect(cost <= naive.budget(name), "case \(number)")
        }
      }
    }
    #expect(outcome.trace.map(\.project) == outcome.winners && outcome.cost == election.cost(of: outcome.winners))
    #expect(Set(outcome.winners + outcome.losers.map(\.project)) == Set(election.projects.indices))
    #expect(outcome.winners.count + outcome.losers.count == election.projects.count)
    #expect(election.mandatory.allSatisfy(outcome.winners.contains))
    #expect(!election.conflicts.contains { group in outcome.winners.count(where: group.contains) > 1 })
  }

  @Test(arguments: rules.indices) func `votes on other parts change nothing in a district, in a thousand elections`(place: Int) throws {
    let (rule, kind) = Self.rules[place]
    var (compared, changed) = (0, 0)
    for number in 0..<3_000 where compared < 1_000 {
      guard let (election, districts) = Self.sample("apart \(rule) \(number)", kind), election.mandatory.isEmpty else { continue }
      compared += 1
      let own = districts[0].name
      let members = election.projects.indices.filter { election.projects[$0].district == own }
      // Everybody names the projects of this district alone, and ten people come who name all others.
      var ballots = BudgetBallots(kind: kind)
      for ballot in 0..<election.ballots.count {
        let marks = election.ballots.range(ballot).filter { members.contains(Int(election.ballots.choices[$0])) }
        let points = election.ballots.hasPoints ? marks.map { election.ballots.points[$0] } : []
        ballots.append(marks.map { election.ballots.choices[$0] }, points: points, weight: election.ballots.weights[ballot])
      }
      let others = election.projects.indices.filter { !members.contains($0) }.map { Int32($0) }
      ballots.append(others, points: others.map { _ in 3 }, weight: 10)
      let moved = try BudgetElection(projects: election.projects, budget: election.budget, ballots: ballots, conflicts: election.conflicts)
      let parts = districts.map { DistrictBudgets.Part(district: $0.name, budget: $0.budget) }
      let before = try DistrictBudgets(election, parts).count(rule, by: BudgetTally())
      let after = try DistrictBudgets(moved, parts).count(rule, by: BudgetTally())
      #expect(before.winners.filter(members.contains) == after.winners.filter(members.contains), "case \(number)")
      changed += before.winners == after.winners ? 0 : 1
    }
    #expect(compared == 1_000 && changed > 100, "\(compared) \(changed)")
  }
}
