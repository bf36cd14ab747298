import Foundation
import Testing

@testable import ChoiceFiles
@testable import SocialChoice

/// What pabutools 1.2.3 selects on real budgets.
struct BudgetReferenceTests {
  private func rule(_ key: String) -> BudgetRule? {
    switch key {
    case "phragmen": return .phragmen
    case "mes_cost_add1": return .equalShares(.cost, .addOne)
    default:
      let parts = key.split(separator: "_")
      guard parts.count == 2, let satisfaction = Satisfaction(rawValue: String(parts[1])) else { return nil }
      return parts[0] == "greedy" ? .greedy(satisfaction, .valuePerCost) : parts[0] == "mes" ? .equalShares(satisfaction, .none) : nil
    }
  }

  @Test func `each rule selects on each file what the reference program selects`() throws {
    let data = try Data(contentsOf: BudgetCases.reference.appending(path: "reference.json"))
    let reference = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let instances = try #require(reference["instances"] as? [String: [String: Any]])
    var compared = 0
    for (name, results) in instances {
      let file = try BudgetCases.file(name)
      #expect(file.election.projects.count == results["projects"] as? Int)
      #expect(file.election.ballots.count == results["votes"] as? Int)
      for (key, value) in results {
        guard let expected = value as? [String] else { continue }
        let rule = try #require(self.rule(key))
        let outcome = try BudgetTally().count(file.election, rule)
        #expect(Set(BudgetCases.ids(file.election, outcome)) == Set(expected), "\(name) \(key)")
        #expect(outcome.cost <= file.election.budget)
        compared += 1
      }
    }
    #expect(compared == 17)
  }

  @Test func `what the town of Bemowo funded is read from its file, and costs no more than the budget`() throws {
    let file = try BudgetCases.file("poland_warszawa_2017_bemowo.pb")
    let selected = try #require(file.selected)
    #expect(selected.count == 11)
    #expect(file.election.cost(of: selected) <= file.election.budget)
    // The town counts approvals.
    let outcome = try BudgetTally().count(file.election, .greedy(.cardinality, .value))
    #expect(Set(outcome.winners) == Set(selected))
  }

  @Test func `files are written as they were read`() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: BudgetCases.reference.path())
    where name.hasSuffix(".pb") && !name.contains("lodz") {
      let file = try BudgetCases.file(name)
      let again = try PabulibReader(file: name).read(PabulibWriter.bytes(file))
      #expect(again.election == file.election)
      #expect(again.meta == file.meta)
      #expect(again.projectRows == file.projectRows)
      #expect(again.voteRows == file.voteRows)
    }
  }
}
