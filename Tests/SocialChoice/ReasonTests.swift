import ArgumentParser
import Foundation
import Testing

@testable import ChoiceCommands
@testable import ChoiceFiles
@testable import SocialChoice

/// Why not: for machines, beside the words.
struct ReasonTests {
  private typealias Object = [String: Any]

  private func losers(_ text: String, _ rule: String, seats: Int = 1, name: String = "b.soi") throws -> [String: Object] {
    let file = try BallotFile(bytes: Array(text.utf8), name: name)
    let (found, _) = try #require(RankRules.find(rule))
    let input = RankInput(
      candidates: file.candidates, orders: try file.rankings() ?? RankedProfile(candidateCount: 0),
      approvals: try file.approvals() ?? ApprovalProfile(candidateCount: 0),
      grades: try file.grades() ?? ([], GradeProfile(gradeCount: 0, counts: [])), points: try PointProfile(candidateCount: 0))
    let settings = RankSettings(
      seats: seats, tieBreak: .lexicographic, steps: 1_000, strength: .winningVotes, credits: 100, points: nil, statusQuo: nil, majority: .majority,
      refusesReversePaths: false)
    let page = RankPage(
      rule: rule, strength: nil, file: file, tieBreak: "first in the file", report: try found.run(input, settings), quorum: nil)
    var json: [UInt8] = []
    try page.writeJSON { json += $0 }
    let document = try #require(JSONSerialization.jsonObject(with: Data(json)) as? Object)
    return try #require(document["losers"] as? [String: Object])
  }

  /// A beats B 8 to 4, B beats C 9 to 3, C beats A 7 to 5.
  private static let circle = """
    # NUMBER ALTERNATIVES: 3
    # ALTERNATIVE NAME 1: A
    # ALTERNATIVE NAME 2: B
    # ALTERNATIVE NAME 3: C
    5: 1,2,3
    4: 2,3,1
    3: 3,1,2
    """

  @Test func `each loser has a reason with its numbers, and the words`() throws {
    let schulze = try losers(Self.circle, "schulze")
    #expect(schulze.keys.sorted() == ["2", "3"])
    let third = try #require(schulze["3"])
    #expect(third["reason"] as? String == "beaten_through_path" && third["path"] as? [Int] == [1, 2, 3])
    #expect(third["strength"] as? Int == 8 && third["strength_back"] as? Int == 7)
    #expect((third["words"] as? String)?.contains("A – B – C") == true)
    let plurality = try #require(try losers(Self.circle, "plurality")["2"])
    #expect(plurality["reason"] as? String == "fewer" && plurality["own"] as? Int == 4 && plurality["measure"] as? String == "votes")
    #expect(plurality["opponent"] as? Int == 1 && plurality["opponent_has"] as? Int == 5)
    let runoff = try losers(Self.circle, "irv")
    #expect(runoff["3"]?["reason"] as? String == "excluded" && runoff["3"]?["round"] as? Int == 1)
    #expect(runoff["3"]?["own"] as? Int == 3 && runoff["3"]?["next"] as? Int == 4)
    #expect(runoff["2"]?["reason"] as? String == "lost_last_round" && runoff["2"]?["opponent_has"] as? Int == 8)
    let transferable = try #require(try losers(Self.circle, "stv-scottish")["3"])
    #expect(transferable["reason"] as? String == "excluded_in_stage" && transferable["quota"] as? String == "7.00000")
    let committee = try #require(try losers(Self.circle, "sequential-pav")["2"])
    #expect(committee["reason"] as? String == "behind" && committee["measure"] as? String == "points" && committee["opponent"] as? Int == 1)
  }

  @Test func `somebody whom another outcome of the ties takes hears of it`() throws {
    let names = (1...4).map { "# ALTERNATIVE NAME \($0): \(["W", "X", "Y", "Z"][$0 - 1])\n" }.joined()
    // W, X and Y, Z are equally right with every mixed pair: {1,3}, {1,4}, {2,3} and {2,4} are the ballots.
    let square = "# NUMBER ALTERNATIVES: 4\n" + names + "1: {1,3}\n1: {1,4}\n1: {2,3}\n1: {2,4}\n"
    let committee = try losers(square, "pav", seats: 2, name: "b.toi")
    #expect(committee.values.allSatisfy { $0["in_other_outcome"] as? Bool == true && ($0["words"] as? String)?.contains("otherwise") == true })
    // C is excluded by a lot between B and C.
    let lots = "# NUMBER ALTERNATIVES: 4\n" + names + "6: 1\n3: 2\n3: 3\n1: 4,2\n1: 4,3\n"
    let third = try #require(try losers(lots, "stv-meek", seats: 2)["3"])
    #expect(third["in_other_outcome"] as? Bool == true && third["reason"] as? String == "excluded_in_stage")
    #expect(try losers(lots, "stv-meek", seats: 2)["4"]?["in_other_outcome"] == nil)
  }

  @Test func `a median grade against another is told by its place among the grades`() throws {
    let table = "candidate,good,fair,bad\nA,3,1,1\nB,1,3,1\n"
    let loser = try #require(try losers(table, "majority-judgment", name: "g.csv")["2"])
    #expect(loser["reason"] as? String == "weaker_grade" && (loser["own"] as? Object)?["grade"] as? Int == 2)
    #expect((loser["opponent_has"] as? Object)?["grade"] as? Int == 1 && loser["opponent"] as? Int == 1)
  }

  @Test func `a project that is not funded has the numbers of its reason`() throws {
    let file = try BudgetCases.file("poland_warszawa_2017_bemowo.pb")
    let outcome = try BudgetTally().count(file.election, .equalShares(.cost, .none))
    let report = TallyReport(file, file.election, outcome, rule: .equalShares(.cost, .none), completion: "none", ties: "lexicographic")
    let document = try #require(JSONSerialization.jsonObject(with: Data(report.json().utf8)) as? Object)
    let short = try #require((document["losers"] as? [Object])?.first { $0["reason"] as? String == "supporters_short" })
    let left = try #require((short["numbers"] as? Object)?["left"] as? Int)
    #expect((short["words"] as? String)?.contains("less than \(left + 1)") == true)
  }

  @Test func `an initiative that does not win says which check it failed`() throws {
    let bytes = try DelegationReferenceTests.bytes("world-50.json")
    let world = try LiquidWorldFile.read(bytes, named: "world")
    let outcomes = world.votings.indices.map { VotingOutcome(world, voting: $0) }
    let text = try LiquidResultsFile.write(world, outcomes: outcomes, chains: false)
    let document = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
    let issues = try #require(document["issues"] as? [String: Object])
    for (voting, outcome) in zip(world.votings, outcomes) {
      let reasons = try #require(issues[String(voting.id)]?["why_not"] as? [Object])
      let options = outcome.decision?.outcome.options ?? []
      #expect(reasons.compactMap { $0["reason"] as? String } == options.compactMap { $0.whyNot?.code })
    }
  }

  @Test func `a rule that does not fit the ballots is wrong use, and an order of replacements needs a seed`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/pabulib")
    let file = folder.appending(path: "poland_warszawa_2017_bemowo.pb").path
    #expect(throws: ExitCode(64)) { try TallyCommand.parse([file, "--rule", "greedy-points"]).run() }
    #expect(throws: (any Error).self) { try DrawCommand.parse(["p", "q", "--panel", "4", "--number", "3", "--alternates", "2"]) }
    #expect(throws: (any Error).self) { try DrawCommand.parse(["p", "q", "--panel", "4", "--number", "3", "--withdrawn", "2"]) }
    #expect(throws: Never.self) { try DrawCommand.parse(["p", "q", "--panel", "4", "--number", "3", "--seed", "s", "--alternates", "2"]) }
  }
}
