import Foundation
import Testing

@testable import ChoiceCommands
@testable import SocialChoice

/// What a loser of a budget by districts is told.
struct DistrictReasonTests {
  private func report(_ arguments: [String]) throws -> TallyReport {
    let text = """
      META
      key;value
      budget;1000
      vote_type;approval
      PROJECTS
      project_id;cost;district
      a;300;North
      b;100;North
      c;900;South
      VOTES
      voter_id;vote
      1;a,c
      2;a,b
      3;c
      """
    let path = FileManager.default.temporaryDirectory.appending(path: "districts-\(UUID().uuidString).pb")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(text.utf8).write(to: path)
    return try #require(TallyCommand.parse([path.path] + arguments) as TallyCommand?).report()
  }

  @Test(arguments: ["greedy-cost", "equal-shares-cost", "phragmen", "max-welfare", "bounded-overspending-cost"])
  func `a project dearer than its part is told what the part is`(rule: String) throws {
    let losers = try report(["--rule", rule, "--district-budget", "North=200"]).losers
    #expect(losers.map(\.project) == ["a", "c"])
    #expect(losers.map(\.reason) == ["above_budget", "above_budget"])
    #expect(losers[0].words == "it alone costs 100 more than the 200 of its district, North")
    #expect(losers[0].numbers.missing?.smallest == 100 && losers[0].numbers.budget?.smallest == 200 && losers[0].numbers.district == "North")
    #expect(losers[1].words == "it alone costs 100 more than the 800 that the districts leave")
    #expect(losers[1].numbers.budget?.smallest == 800 && losers[1].numbers.district == nil)
    // Without parts it is the whole budget, as before.
    let whole = try report(["--rule", rule, "--mandatory", "b"]).losers
    #expect(whole.allSatisfy { $0.reason != "above_budget" && $0.numbers.budget == nil })
  }

  @Test func `the best choice of a part is not called the best of all`() throws {
    let cut = try report(["--rule", "max-welfare", "--district-budget", "North=300"])
    #expect(cut.winners == ["a"] && cut.losers.first?.words == "in its part the best choice, worth 2, does without it")
    #expect(TallyTable(cut).text.contains("No choice within the parts is worth more: the proof has "))
    let whole = try report(["--rule", "max-welfare"])
    #expect(TallyTable(whole).text.contains("No choice is worth more: the proof has "))
    #expect(whole.losers.allSatisfy { !$0.words.hasPrefix("in its part") })
  }

  @Test func `mandatory projects that a part cannot pay are refused with its name`() {
    for (arguments, words) in [
      (["--district-budget", "North=200", "--mandatory", "a"], "the mandatory projects of the district North cost more than its part of the budget"),
      (["--district-budget", "North=200", "--mandatory", "c"], "cost more than what the districts leave"),
    ] {
      let error = #expect(throws: (any Error).self) { try report(["--rule", "greedy-cost"] + arguments) }
      #expect("\(error.map(String.init(describing:)) ?? "")".contains(words), "\(String(describing: error))")
    }
  }
}

/// The town of docs/algorithms/district-budgets.md.
struct DistrictExampleTests {
  private func town(_ mandatory: [Int] = [], conflicts: [[Int]] = []) throws -> BudgetElection {
    let drawn = try BudgetCases.town(
      "1000; playground=300 benches=200 hall=450 library=500 trees=250; 1× playground hall trees; 1× playground library; 1× benches hall library; "
        + "1× library; 1× trees library; 1× hall")
    let districts = ["North", "North", "North", "South", nil] as [String?]
    let projects = zip(drawn.projects, districts).map { BudgetProject(id: $0.id, cost: $0.cost, district: $1) }
    return try BudgetElection(projects: projects, budget: 1_000, ballots: drawn.ballots, mandatory: mandatory, conflicts: conflicts)
  }

  @Test func `the example of the page comes out as the page says`() throws {
    let (town, tally) = (try town(), BudgetTally())
    let parts = [DistrictBudgets.Part(district: "North", budget: 400)]
    let cut = try DistrictBudgets(town, parts)
    let greedy = BudgetRule.greedy(.cost, .valuePerCost)
    #expect(Set(BudgetCases.ids(town, try tally.count(town, greedy))) == ["library", "hall"])
    let parted = try cut.count(greedy, by: tally)
    #expect(BudgetCases.ids(town, parted) == ["playground", "library"] && parted.cost == 800)
    #expect(
      parted.losers.map(\.reason) == [
        .unaffordable(missing: 100), .abovePart(missing: 50, budget: 400, district: "North"), .unaffordable(missing: 150),
      ])
    let shares = try cut.count(.equalShares(.cost, .none), by: tally)
    #expect(shares.winners.isEmpty)
    #expect(
      shares.losers.map(\.reason) == [
        .supportersShort(money: 200), .supportersShort(money: 100), .abovePart(missing: 50, budget: 400, district: "North"),
        .supportersShort(money: 480), .supportersShort(money: 240),
      ])
    #expect(BudgetCases.ids(town, try tally.count(town, .equalShares(.cost, .none))) == ["library"])
    let benches = try self.town([1])
    let paid = try DistrictBudgets(benches, parts).count(greedy, by: tally)
    #expect(BudgetCases.ids(benches, paid) == ["benches", "library"] && paid.losers.first?.reason == .unaffordable(missing: 100))
    #expect(throws: BudgetFault.conflictAcrossDistricts(2, 3)) { try DistrictBudgets(self.town(conflicts: [[3, 2]]), parts) }
  }
}
