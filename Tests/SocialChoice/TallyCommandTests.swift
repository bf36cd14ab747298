import Foundation
import Testing

@testable import ChoiceCommands
@testable import ChoiceFiles
@testable import SocialChoice

struct TallyCommandTests {
  private func report(_ rule: BudgetRule) throws -> TallyReport {
    let file = try BudgetCases.file("poland_warszawa_2017_bemowo.pb")
    return TallyReport(file, file.election, try BudgetTally().count(file.election, rule), rule: rule, completion: "add-one", ties: "lexicographic")
  }

  @Test func `the JSON has the keys that the documentation promises`() throws {
    let json = try report(.equalShares(.cost, .addOne)).json()
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let promised: Set = [
      "winners", "cost", "budget", "rule", "completion", "trace", "ties", "ties_met", "ties_enumerated", "tie_break", "losers", "indicators",
      "raised",
    ]
    #expect(Set(object.keys) == promised)
    #expect(object["cost"] as? Int == 646_259)
    #expect((object["winners"] as? [String])?.count == 21)
    #expect((object["losers"] as? [[String: Any]])?.first?["reason"] as? String == "supporters_short")
  }

  @Test func `ties are a list, or are said not to be enumerated, as for rank`() throws {
    let town = try BudgetCases.town("4; a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1 i=5; 2× a b c d; 2× e f g h; 1× a i b c d e f g h")
    let file = try BudgetCases.file("poland_warszawa_2017_bemowo.pb")
    func ties(_ limit: Int) throws -> (ties: Any?, met: [[String: Any]]?, isWhole: Bool?) {
      let outcome = try BudgetTally(workLimit: limit).count(town, .maximumWelfare(.cardinality))
      let json = try TallyReport(file, town, outcome, rule: .maximumWelfare(.cardinality), completion: "none", ties: "lexicographic").json()
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      return (object["ties"], object["ties_met"] as? [[String: Any]], object["ties_enumerated"] as? Bool)
    }
    let all = try ties(1_000)
    #expect((all.ties as? [[String: Any]])?.count == 1 && all.met?.first?["projects"] as? [String] == ["a", "b", "c", "d", "e", "f", "g", "h"])
    #expect(all.isWhole == true)
    let some = try ties(1)
    #expect(some.ties as? String == "not enumerated" && some.met != nil && some.isWhole == false)
  }

  @Test func `amounts with cents are written as they are`() throws {
    let amounts = [Amount(smallest: 123_456, places: 2, text: "1234.56"), Amount(smallest: 5, places: 0, text: "5")]
    #expect(String(decoding: try JSONEncoder().encode(amounts), as: UTF8.self) == "[1234.56,5]")
  }

  @Test func `the table names every project, funded or not, with a reason`() throws {
    let report = try report(.phragmen)
    let text = TallyTable(report).text
    #expect(report.winners.count + report.losers.count == 33)
    for id in report.winners + report.losers.map(\.project) { #expect(text.contains("\n\(id) ")) }
  }

  @Test func `the table has a line for each theme and district, and what a project costs each of its supporters`() throws {
    let plain = try BudgetCases.town("10; a=6 b=4 c=5; 2× a b; 1× c; 1×")
    let (themes, districts) = ([["green", "sport"], ["sport"], []], ["north", nil, "south"] as [String?])
    func report(_ isPlain: Bool) throws -> String {
      let projects = plain.projects.enumerated().map { place, project in
        BudgetProject(
          id: project.id, cost: project.cost, categories: isPlain ? [] : themes[place], district: isPlain ? nil : districts[place])
      }
      let town = try BudgetElection(projects: projects, budget: 10, ballots: plain.ballots, mandatory: [0])
      let outcome = try BudgetTally().count(town, .greedy(.cost, .valuePerCost))
      let file = try BudgetCases.file("poland_warszawa_2017_bemowo.pb")
      return TallyTable(TallyReport(file, town, outcome, rule: .greedy(.cost, .valuePerCost), completion: "none", ties: "lexicographic")).text
    }
    let text = try report(false)
    let figures = "projects funded, money spent of what they asked, how often people named them:"
    #expect(text.contains("\nBy theme: \(figures)\ngreen  1 of 1   6 of 6, 2 times\nsport  2 of 2  10 of 10, 4 times\n"), "\(text)")
    #expect(text.contains("\nBy district: \(figures)\nnorth  1 of 1  6 of 6, 2 times\nsouth  0 of 1  0 of 5, 1 time\n"), "\(text)")
    #expect(text.hasSuffix("\nCost for each person who named the project:\na  3.00  2 people\nb  2.00  2 people"), "\(text)")
    #expect(!(try report(true)).contains("By "))
  }

  @Test func `maximum welfare alone takes what the ballots hold`() {
    #expect(BudgetRule(name: "max-welfare", kind: .ranking) == .maximumWelfare(.borda))
    #expect(BudgetRule(name: "max-welfare", kind: .scores) == .maximumWelfare(.points))
    for name in BudgetRule.names where name != "max-welfare" { #expect(BudgetRule(name: name, kind: .approval)?.name == name) }
    #expect(BudgetRule(name: "dice", kind: .approval) == nil)
  }
}
