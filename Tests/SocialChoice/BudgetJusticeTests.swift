import Testing

@testable import SocialChoice

/// Extended justified representation up to one project (Peters, Pierczyński, Skowron 2021), by looking at each group and each set of projects.
struct BudgetJusticeTests {
  @Test(arguments: Satisfaction.allCases) func `equal shares gives every group that agrees its part, up to one project`(satisfaction: Satisfaction)
    throws
  {
    let kinds = BudgetCases.rules.first { $0.rule == .equalShares(satisfaction, .none) }?.kinds ?? []
    var compared = 0
    for number in 0..<1_100 where compared < 1_000 {
      guard let election = BudgetCases.random("justice \(number)", kind: kinds[number % kinds.count], voters: 4, projects: 5), election.people > 0
      else {
        continue
      }
      compared += 1
      let naive = NaiveBudgets(election)
      for completion in [BudgetRule.Completion.none, .phragmen] {
        let outcome = try BudgetTally().count(election, .equalShares(satisfaction, completion))
        #expect(!isUnjust(naive, outcome.winners, satisfaction), "case \(number)")
      }
    }
    #expect(compared == 1_000)
  }

  @Test(arguments: [Satisfaction.cost, .cardinality]) func `a greedy count gives a third of the people nothing`(satisfaction: Satisfaction) throws {
    let town = try BudgetCases.town("6; a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1; 2× a b c d e f; 1× g h")
    let outcome = try BudgetTally().count(town, .greedy(satisfaction, .valuePerCost))
    #expect(outcome.winners == Array(0..<6))
    #expect(isUnjust(NaiveBudgets(town), outcome.winners, satisfaction))
  }

  /// A group whose part of the money pays for some projects, each worth at least so much to all of them, and of whom nobody has as much, even with one
  /// of these projects more.
  private func isUnjust(_ naive: NaiveBudgets, _ winners: [Int], _ satisfaction: Satisfaction) -> Bool {
    let (election, worths) = (naive.election, naive.worths(satisfaction))
    return (1..<(1 << election.projects.count)).contains { set in
      let wanted = election.projects.indices.filter { set >> $0 & 1 == 1 }
      let price = election.cost(of: wanted)
      return groups(worths, wanted).contains { group in
        guard price * worths.count <= group.count * election.budget else { return false }
        let least = wanted.reduce(0) { sum, project in sum + (group.map { worths[$0][project] }.min() ?? 0) }
        return !group.contains { voter in
          func content(_ projects: [Int]) -> Int { projects.reduce(0) { $0 + worths[voter][$1] } }
          return content(winners) >= least || wanted.contains { !winners.contains($0) && content(winners + [$0]) > least }
        }
      }
    }
  }

  /// Those for whom each of the projects is worth something, in all groups; equal voters go together, since fewer of them only have less money.
  private func groups(_ worths: [[Int]], _ wanted: [Int]) -> [[Int]] {
    let kinds = Set(worths.filter { worth in wanted.allSatisfy { worth[$0] > 0 } })
    return kinds.reduce([[]]) { groups, kind in groups + groups.map { $0 + worths.indices.filter { worths[$0] == kind } } }.filter { !$0.isEmpty }
  }
}
