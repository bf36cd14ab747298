import Foundation
import Testing

@testable import ChoiceCommands
@testable import ChoiceFiles
@testable import SocialChoice

/// What `isegoria opinions` says of small conversations whose groups are known.
struct OpinionReportTests {
  /// Camps that agree with their own statements alone, without any noise.
  private func camps(_ count: Int, people: Int, statements: Int = 8) -> [OpinionVote] {
    (0..<people).flatMap { person in
      (0..<statements).map { OpinionSamples.vote(person, $0, $0 * count / statements == person * count / people ? 1 : -1) }
    }
  }

  private func map(_ votes: [OpinionVote], people: Int, statements: Int, _ rule: GroupNumber.Rule, seed: String = "isegoria") -> OpinionMap {
    var options = OpinionMap.Options()
    options.seed = seed
    options.number = rule
    return OpinionMap(OpinionMatrix(votes, participants: people, statements: statements), options: options)
  }

  private func table(_ rows: [(statement: Int, person: Int, vote: Int)], _ rule: GroupNumber.Rule = .silhouette) throws -> String {
    let text = "comment-id,voter-id,vote\n" + rows.map { "\($0.statement),\($0.person),\($0.vote)\n" }.joined()
    var options = OpinionMap.Options()
    options.number = rule
    return OpinionReport(try PolisVotes(Array(text.utf8), file: "votes.csv"), nil, options: options).table()
  }

  /// Six agree with 1, six disagree; all pass on 0, disagree with 2 and agree with 3.
  private var twelve: [(statement: Int, person: Int, vote: Int)] {
    (0..<12).flatMap { [(0, $0, 0), (1, $0, $0 < 6 ? 1 : -1), (2, $0, -1), (3, $0, 1)] }
  }

  @Test(arguments: [12, 20, 40, 100, 400])
  func `halves of two camps without noise find both again, though they stand at two places`(people: Int) {
    let map = map(camps(2, people: people), people: people, statements: 8, .stability)
    for seed in ["a", "b", "c", "d", "e", "f"] {
      #expect(self.map(camps(2, people: people), people: people, statements: 8, .stability, seed: seed).number.chosen == 2, "\(seed)")
    }
    #expect(map.number.chosen == 2)
    #expect(map.number.stability?.trials.map(\.agreement) == [1])
    #expect(map.number.silhouettes == [1])
    #expect(map.sizes == [people / 2, people / 2])
  }

  @Test func `halves of three camps without noise find the three again`() {
    #expect(map(camps(3, people: 300, statements: 9), people: 300, statements: 9, .stability).number.chosen == 3)
  }

  @Test func `where nobody could be compared the table does not say that halves find one group`() throws {
    let few = try table((0..<4).map { (0, $0, $0 < 2 ? 1 : -1) }, .stability)
    #expect(few.contains("too few people") && !few.contains("halves of the people find"), "\(few)")
    let alike = try table((0..<40).map { (0, $0, 1) }, .stability)
    #expect(alike.contains("1 group: there are no two different places"), "\(alike)")
  }

  @Test func `a statement that nobody of a group agrees with is not among the most agreed, and passing is told from agreeing`() throws {
    let text = try table(twelve)
    let agreed = try #require(text.firstRange(of: "Most agreed")).lowerBound
    let divisive = try #require(text.firstRange(of: "Most divisive")).lowerBound
    let lines = text[agreed..<divisive].split(separator: "\n").dropFirst()
    #expect(lines.count == 1 && lines.first?.contains("12/0/0  3") == true, "\(lines)")
    #expect(try table((0..<12).map { (0, $0, 0) }).contains("no statement has somebody who agrees"))
  }

  @Test func `the JSON has the keys that are promised, and names as they stand in the file`() throws {
    let people = ["camelCase", "snake_case", "a/b", "É"]
    let rows = people.enumerated().flatMap { place, name in (0..<2).map { "theText\($0),\(name),\(place < 2 ? 1 : -1)\n" } }
    let statements = try PolisStatements(Array("comment-id,comment-body\ntheText0,Why\n".utf8), file: "comments.csv")
    let votes = try PolisVotes(Array(("comment-id,voter-id,vote\n" + rows.joined()).utf8), file: "votes.csv")
    var options = OpinionMap.Options()
    let rules: [(GroupNumber.Rule, [String])] = [
      (.silhouette, []), (.stability, ["by_stability", "stability"]), (.fixed(2), ["asked"]), (.fixed(5), ["asked", "most_possible"]),
    ]
    for (rule, ofNumber) in rules {
      options.number = rule
      let text = try OpinionReport(votes, statements, options: options).json()
      let all = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      func keys(_ value: Any?) -> [String] { ((value as? [String: Any])?.keys).map { $0.sorted() } ?? [] }
      func first(_ value: Any?) -> Any? { (value as? [Any])?.first }
      #expect(
        keys(all) == [
          "certainty", "consensus", "explained_variance", "group_sizes", "groups", "left_out", "number_of_groups", "participants", "placed_only",
          "positions", "representative", "statements", "votes",
        ])
      for key in ["groups", "certainty", "positions"] { #expect(keys(all[key]) == people.sorted()) }
      #expect(keys(all["number_of_groups"]) == (["by_silhouette", "chosen", "rule", "silhouettes"] + ofNumber).sorted())
      #expect(
        keys(first((all["representative"] as? [String: Any])?["0"])).filter { $0 != "text" } == [
          "best_agreement", "probability", "probability_test", "representativeness", "representativeness_test", "side", "statement", "successes",
          "trials",
        ])
      let consensus = try #require(all["consensus"] as? [[String: Any]])
      #expect(consensus.map { $0["text"] as? String } == ["Why", nil] && consensus.map { $0["statement"] as? String } == ["theText0", "theText1"])
      #expect(
        keys(consensus[1]) == [
          "agreement_floor", "counts", "counts_by_group", "divisiveness", "group_informed", "inner_divisiveness", "least_agreeing_group",
          "statement",
        ])
      #expect(keys(consensus[0]["counts"]) == ["agree", "disagree", "pass"] && keys(first(consensus[0]["counts_by_group"])).count == 3)
    }
  }

  @Test func `fewer groups than were asked for are explained`() throws {
    let text = try table(twelve, .fixed(3))
    #expect(text.contains("2 groups: 3 were asked for, but people stand at only 2 different places"), "\(text)")
    #expect(try !table(twelve, .fixed(2)).contains("asked for"))
  }
}
