import ChoiceFiles
import Foundation
import SocialChoice
import Testing

struct DelegationReferenceTests {
  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/liquid/\(name)")))
  }

  @Test(arguments: ["world-8.json", "world-50.json"])
  func `every figure is LiquidFeedback's`(name: String) throws {
    let bytes = try Self.bytes(name)
    let world = try LiquidWorldFile.read(bytes, named: name)
    let outcomes = world.votings.indices.map { VotingOutcome(world, voting: $0) }
    let written = try LiquidResultsFile.write(world, outcomes: outcomes, chains: true)
    let found = try #require(JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any])
    let document = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let expected = try #require(document["results"] as? [String: Any])
    let expectedIssues = try #require(expected["issues"] as? [String: [String: NSObject]])
    let foundIssues = try #require(found["issues"] as? [String: [String: NSObject]])
    var compared = 0
    for (id, table) in expectedIssues {
      for (key, value) in table {
        #expect(foundIssues[id]?[key] == value, "issue \(id), \(key)")
        compared += 1
      }
    }
    #expect(compared == 14 * world.votings.count)
    let chains = try #require(found["chains_during_discussion"] as? [NSDictionary])
    for chain in try #require(expected["chains_during_discussion"] as? [NSDictionary]) { #expect(chains.contains(chain), "\(chain)") }
  }

  @Test(arguments: [
    (#"{"members":[[1,true],[1,true]],"units":[],"areas":[],"issues":[]}"#, "members[1]: a second row with the id 1"),
    (#"{"members":[[1,true]],"units":[[1,7]],"areas":[],"issues":[]}"#, "units[0]: no unit 7"),
    (#"{"members":[[1,true]],"units":[[1,null]],"areas":[[1,1]],"issues":[[1,1,[5,5]]]}"#, "issues[0]: the initiative 5 is listed twice"),
    (
      #"{"members":[[1,true],[2,true]],"units":[[1,null]],"areas":[],"issues":[],"delegations":[[1,2,"unit",1],[2,9,"unit",1]]}"#,
      "delegations[1]: no member 9"
    ),
    (
      #"{"members":[[1,true],[2,true]],"units":[[1,null]],"areas":[],"issues":[],"delegations":[[1,2,"unit",1],[1,null,"unit",1]]}"#,
      "delegations[1]: a second word of member 1 for unit 1"
    ),
    (
      #"{"members":[[1,true],[2,true]],"units":[[1,null]],"areas":[],"issues":[],"delegations":[[1,2,"town",1]]}"#,
      #"delegations[0][3]: the scope is "unit", "area" or "issue", not "town""#
    ),
    (
      #"{"members":[[1,true]],"units":[[1,null]],"areas":[[1,1]],"issues":[[1,1,[5]]],"votes":[[1,1,{"6":1}]]}"#,
      "votes[0]: issue 1 has no initiative 6"
    ),
    (#"{"members":[[1,true]],"units":[],"areas":[]}"#, "issues is missing"),
    (#"{"members":[[1.5,true]],"units":[],"areas":[],"issues":[]}"#, "1.5 is no whole number, or too large"),
    (#"{"members":[[1,true]],"units":[],"areas":[],"issues":[]"#, "no valid JSON: the document ends where a comma or } is expected"),
    (#"{"members":[[1,maybe]],"units":[]}"#, "no valid JSON: a value is expected, not “maybe]]”"),
  ])
  func `a refused world names the line, the row and the reason`(world: String, reason: String) {
    let line = 3
    #expect(throws: FileFault(file: "w.json", line: line, reason: reason)) {
      try LiquidWorldFile.read(Array("{\"note\":[\"\\\"}]\", {}],\n\"world\":\n\(world)}".utf8), named: "w.json")
    }
  }

  @Test func `the line of a fault is that of the row`() throws {
    let text = "\u{FEFF}{\"world\": {\r\n\"members\": [\r\n[1, true],\r\n[2, false],\r\n[3]\r\n]}}"
    let fault = try #require(throws: FileFault.self) { try LiquidWorldFile.read(Array(text.utf8), named: "w.json") }
    #expect(fault.line == 5)
    #expect(fault.reason.hasPrefix("members[2]"))
    for end in 0..<text.utf8.count { _ = try? LiquidWorldFile.read(Array(text.utf8.prefix(end)), named: "w.json") }
  }

  @Test func `deep nesting is refused before it is parsed, with its line`() {
    let bytes = Array("{\"world\":\n".utf8) + [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: FileFault(file: "w.json", line: 2, reason: "nested deeper than 32 levels")) { try LiquidWorldFile.read(bytes, named: "w.json") }
  }

  @Test func `brackets inside of strings nest nothing, and what stands beside the world is not read`() throws {
    let text = #"{"note":"\#(String(repeating: "[", count: 100))\"[","world":{"members":[[3,true],[1,false]],"units":[],"areas":[],"issues":[]}}"#
    let world = try LiquidWorldFile.read(Array(text.utf8), named: "w.json")
    #expect(world.memberIDs == [1, 3])
    #expect(world.isActive == [false, true])
  }

  @Test func `a voting without any supported initiative counts nothing and says so`() throws {
    let text = """
      {"world":{"members":[[1,true],[2,true]],"units":[[1,null]],"privileges":[[1,1,true],[1,2,true]],"areas":[[1,1]],"issues":[[1,1,[5]]],
      "delegations":[[2,1,"unit",1]],"votes":[[1,1,{"5":1}]]}}
      """
    let world = try LiquidWorldFile.read(Array(text.utf8), named: "w.json")
    let outcome = VotingOutcome(world, voting: 0)
    #expect(outcome.state == .nothingAdmitted)
    #expect(outcome.decision == nil)
    #expect(outcome.votes.totals.balances(unit: 1))
  }
}
