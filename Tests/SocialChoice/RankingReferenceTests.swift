import ChoiceFiles
import Foundation
import Testing

@testable import ChoiceCommands
@testable import SocialChoice

/// The results of other programs on real files, through the same table of rules as the command.
struct RankingReferenceTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Reference/ranked")
  private static let names = [
    "schulze_winning_votes", "schulze_margins", "ranked_pairs_winning_votes", "ranked_pairs_margins", "minimax_winning_votes", "minimax_margins",
    "copeland",
    "borda", "irv", "irv_split", "kemeny", "stv_scottish", "stv_meek", "approval", "score", "majority_judgment",
  ]

  private typealias Object = [String: Any]

  private func reference() throws -> [String: Object] {
    let data = try Data(contentsOf: RankingReferenceTests.folder.appending(path: "reference.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Object])
  }

  @Test(arguments: names) func `the reference programs' results, on every file`(rule name: String) throws {
    var met = 0
    for (file, entry) in try reference() {
      guard let expected = (entry["rules"] as? Object)?[name] as? Object else { continue }
      met += 1
      let result = try result(file, name == "irv_split" ? "irv" : name, seats: expected["seats"] as? Int)
      #expect(result.winners == (expected["winners"] as? [Int])?.sorted(), "\(file)")
      if let ranking = (expected["ranking"] ?? expected["ranking_by_majority_gauge"]) as? [[Int]] { #expect(result.ranking == ranking, "\(file)") }
      for (key, own) in [
        ("score", name.hasPrefix("minimax") ? "worst_defeats" : "scores"), ("path_strengths", "path_strengths"), ("gauge", "gauge"),
        ("ranking_by_majority_value", "ranking_by_majority_value"), ("quota", "quota"), ("quota_first", "quota"),
        ("elected_in_order", "elected_in_order"),
        ("disagreements_with_ballots", "disagreements_with_ballots"), ("number_of_rankings", "number_of_rankings"),
      ] {
        guard let value = expected[key] else { continue }
        let mine = try #require(result.trace[own], "\(file) \(own)")
        #expect(try canonical(value) == canonical(mine), "\(file): \(key)")
      }
      if name == "stv_scottish" {
        let wanted = (expected["stages"] as? [Object])?.compactMap { $0["votes"] as? [String: String] } ?? []
        let stages = (result.trace["stages"] as? [Object])?.compactMap { $0["votes"] as? [String: String] } ?? []
        // The reference repeats the last stage as the end of the count.
        #expect(!stages.isEmpty && Array(wanted.prefix(stages.count)) == stages && wanted.last == stages.last, "\(file)")
        #expect((expected["excluded_in_order"] as? [Int]) == (result.trace["excluded_in_order"] as? [Int]), "\(file)")
      }
      if let rankings = expected["rankings"] as? [Any] {
        let mine = try #require(result.trace["rankings"] as? [Any])
        #expect(try Set(rankings.map { try canonical($0) }) == Set(mine.map { try canonical($0) }), "\(file)")
      }
      if name == "irv" { try expectRounds(expected, result.trace, file) }
    }
    #expect(met > 0)
  }

  private func canonical(_ value: Any) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: [value], options: .sortedKeys), as: UTF8.self)
  }

  private func expectRounds(_ expected: Object, _ trace: Object, _ file: String) throws {
    for (wanted, mine) in zip(expected["rounds"] as? [Object] ?? [], trace["rounds"] as? [Object] ?? []) {
      let standing = try #require(mine["standing"] as? [Int])
      let votes = try #require(mine["votes"] as? [Int])
      #expect(Dictionary(uniqueKeysWithValues: zip(standing.map(String.init), votes)) == wanted["votes"] as? [String: Int], "\(file)")
      // From the first tie that is not among those without votes, the reference goes no further.
      if mine["excluded"] as? [Int] != wanted["lowest"] as? [Int] { return }
    }
  }

  private func result(_ file: String, _ rule: String, seats: Int?) throws -> (winners: [Int], ranking: [[Int]], trace: Object) {
    let data = try Data(contentsOf: RankingReferenceTests.folder.appending(path: file))
    let ballots = try BallotFile(bytes: [UInt8](data), name: file)
    let (found, strength) = try #require(RankRules.find(rule))
    let empty = (names: [String](), profile: try GradeProfile(gradeCount: 0, counts: []))
    let input = RankInput(
      candidates: ballots.candidates, orders: try ballots.rankings() ?? RankedProfile(candidateCount: 0),
      approvals: try ballots.approvals() ?? ApprovalProfile(candidateCount: 0), grades: try ballots.grades() ?? empty,
      points: try PointProfile(candidateCount: 0))
    let settings = RankSettings(
      seats: seats ?? ballots.seats ?? 1, tieBreak: .lexicographic, steps: 100_000_000, strength: strength ?? .winningVotes, credits: 100,
      points: nil,
      statusQuo: nil, majority: .majority, refusesReversePaths: false)
    let report = try found.run(input, settings)
    let numbers = ballots.candidates.map(\.number)
    var json: [UInt8] = []
    try TraceWriter.write(report.trace, numbers: numbers) { json += $0 }
    let trace = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? Object)
    #expect(report.losers.count == numbers.count - report.chosen.count && report.losers.allSatisfy { !$0.words.isEmpty && !$0.code.isEmpty })
    return (report.winners.map { numbers[$0] }, (report.ranking ?? []).map { $0.map { numbers[$0] } }, trace)
  }
}
