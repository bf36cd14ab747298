import Testing

@testable import ChoiceFiles
@testable import SocialChoice

/// What is odd in a Pabulib file, and how it is read: lenient with a remark in its line, strict refused there.
struct FileOddityTests {
  private func file(
    meta: [String] = ["budget;1000"], type: String = "approval", projects: [String] = ["1;60", "2;40"], votes: [String] = ["voter_id;vote", "7;1,2"]
  ) -> String {
    (["META", "key;value", "vote_type;\(type)"] + meta + ["PROJECTS", "project_id;cost"] + projects + ["VOTES"] + votes).joined(separator: "\n")
  }

  private func read(_ text: String, _ mode: PabulibReader.Mode = .lenient) throws -> PabulibFile {
    try PabulibReader(file: "town.pb", mode: mode).read(Array(text.utf8))
  }

  /// Reads leniently one file with one remark, and strictly the same as a fault.
  private func odd(_ text: String, line: Int?, _ words: String) throws -> PabulibFile {
    let read = try read(text)
    #expect(read.remarks.map(\.line) == [line] && read.remarks.first?.reason.contains(words) == true, "\(read.remarks)")
    let fault = #expect(throws: FileFault.self) { try self.read(text, .strict) }
    #expect(fault == read.remarks.first)
    return read
  }

  @Test func `a comma before three digits parts thousands where another amount of the file does, and is told`() throws {
    let read = try odd(file(meta: ["budget;1,000,000"], projects: ["1;600,000", "2;40"]), line: 7, "600,000 is read as 600000")
    #expect(read.election.projects.map(\.cost) == [600_000, 40] && read.election.unit == 1)
    let points = try odd(file(meta: ["budget;600,000"], projects: ["1;1,234.50", "2;40"]), line: 4, "the budget: 600,000 is read as 600000")
    #expect(points.election.budget == 6_000_000 && points.election.unit == 10)
  }

  @Test func `a ballot of points without any counts as empty, and is told`() throws {
    let read = try odd(file(type: "cumulative", votes: ["voter_id;vote;points", "7;1,2;3,1", "8;2;"]), line: 12, "without points")
    #expect(read.election.ballots.count == 2 && read.election.ballots.range(1).isEmpty)
  }

  @Test func `where nothing else in the file says what such a comma is, it stands before decimals, and is told`() throws {
    let read = try odd(file(meta: ["budget;600,000"], projects: ["1;600,5", "2;40"]), line: 4, "600,000 is read as 600, the comma before decimals")
    #expect(read.election.budget == 6_000 && read.election.projects[0].cost == 6_005)
    #expect(read.smallest("600,000") == nil && read.smallest("600,5") == 6_005 && read.smallest("600.5") == 6_005)
  }

  @Test(arguments: ["12,5", "0,125", "1234,567", "12,50", "1'000", "1 000 000", "600.000"])
  func `amounts that can be read in one way are not remarked upon`(text: String) throws {
    #expect(try read(file(meta: ["budget;10000"], projects: ["1;\(text)", "2;40"]), .strict).remarks.isEmpty)
  }

  @Test func `points between thousands and a comma before decimals are read as in Europe, and told`() throws {
    let read = try odd(file(meta: ["budget;10000"], projects: ["1;1.000,50", "2;40"]), line: 7, "1.000,50 is read as 1000.5")
    #expect(read.election.projects[0].cost == 10_005 && read.election.unit == 10)
    let both = try self.read(file(meta: ["budget;1.000.000"], projects: ["1;600.000", "2;40"]))
    #expect(both.election.budget == 1_000_000 && both.election.projects[0].cost == 600_000)
    #expect(both.remarks.map(\.line) == [4, 7])
    for text in ["1.00,50", "1,000.50,5", "1.000,5,0"] {
      #expect(throws: FileFault.self) { try self.read(file(projects: ["1;\(text)", "2;40"])) }
    }
  }

  @Test func `a ballot with more or fewer numbers of points than projects is left out`() throws {
    func points(_ row: String) -> String { file(type: "cumulative", votes: ["voter_id;vote;points", "8;1;3", row]) }
    for (row, words) in [
      ("9;1;2,5", "1 project and 2 numbers"), ("9;1,2;3,2,9", "2 projects and 3 numbers"), ("9;1,2;3", "2 projects and 1 number"),
    ] {
      let read = try odd(points(row), line: 12, words)
      #expect(read.election.ballots.count == 1 && read.election.ballots.points == [3] && read.voteRows.count == 1)
    }
    #expect(try read(points("9;1;2,"), .strict).election.ballots.points == [3, 2])
  }

  @Test func `more than one project under choose-1 breaks the rules of the file`() throws {
    let read = try odd(file(type: "choose-1"), line: 11, "2 projects, at most 1 are allowed")
    #expect(read.breaches.map(\.ballot) == [0])
  }

  @Test func `a project twice on a ballot counts once`() throws {
    let read = try odd(file(votes: ["voter_id;vote", "7;1,2,1"]), line: 11, "the project 1 stands twice")
    #expect(read.election.ballots.choices == [0, 1])
    let points = try odd(file(type: "cumulative", votes: ["voter_id;vote;points", "7;2,2;3,4"]), line: 11, "its last points count")
    #expect(points.election.ballots.choices == [1] && points.election.ballots.points == [4])
  }

  @Test func `a row without its vote is an empty ballot`() throws {
    #expect(try odd(file(votes: ["voter_id;vote", "7"]), line: 11, "ends before the field of the vote").election.ballots.starts == [0, 0])
  }

  @Test func `limits and default scores that are no numbers are passed over`() throws {
    #expect(try odd(file(meta: ["budget;1000", "max_length;many"]), line: 5, "max_length is “many”").rules == BallotRules())
    #expect(try odd(file(meta: ["budget;1000", "max_sum_cost;lots"]), line: 5, "max_sum_cost is “lots”").rules == BallotRules())
    let votes = ["voter_id;vote;points", "7;1,2;3,1"]
    _ = try odd(file(meta: ["budget;1000", "default_score;low"], type: "scoring", votes: votes), line: 5, "default_score is “low”")
    #expect(try read(file(meta: ["budget;1000", "max_length;none", "min_length;"]), .strict).remarks.isEmpty)
    #expect(try read(file(meta: ["budget;1000", "num_votes;1,000"])).remarks.first?.reason == "the file speaks of 1000 votes and has 1")
  }

  @Test func `a column of weights that nobody asked for is told`() throws {
    _ = try odd(file(votes: ["voter_id;vote;weight", "7;1,2;3"]), line: 10, "--weights weight")
    let used = try PabulibReader(file: "town.pb", mode: .strict, weightColumn: "weight").read(
      Array(file(votes: ["voter_id;vote;weight", "7;1,2;3"]).utf8))
    #expect(used.election.people == 3)
  }

  @Test func `letters that are not UTF-8 are read as Latin-1 and told with their line`() throws {
    let text = file(projects: ["1;60;Caf\u{E9} \u{2013} l'ann\u{E9}e", "2;40;Łódź"]).replacing("project_id;cost", with: "project_id;cost;name")
    // One name as old spreadsheets write it, in a file that is UTF-8 else.
    var bytes = Array(text.utf8)
    let first = try #require(bytes.firstRange(of: Array("Caf\u{E9} \u{2013}".utf8)))
    bytes.replaceSubrange(first, with: [0x43, 0x61, 0x66, 0xE9, 0x20, 0x96])
    let read = try PabulibReader(file: "town.pb").read(bytes)
    #expect(read.election.projects.map(\.name) == ["Café – l'année", "Łódź"])
    #expect(read.remarks.map(\.line) == [7] && read.remarks[0].reason.contains("2 letters, the first here, are not UTF-8 and read as Latin-1"))
    #expect(throws: read.remarks[0]) { try PabulibReader(file: "town.pb", mode: .strict).read(bytes) }
    #expect(try PabulibReader(file: "town.pb", mode: .strict).read(Array(text.utf8)).remarks.isEmpty)
  }

  @Test func `what is UTF-8 and what is not is told as the standard library tells it, on 3,000 random texts`() {
    var random = PublicRandom(seed: "letters")
    let parts: [UInt8] = [
      0x41, 0x0A, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
    ]
    var (valid, broken) = (0, 0)
    for _ in 0..<3_000 {
      let bytes = [0x41] + (0..<random.below(7)).map { _ in parts[random.below(parts.count)] }
      let text = FileText(bytes)
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((text.oddity == nil) == isValid && String(validating: text.bytes, as: UTF8.self) != nil, "\(bytes)")
      if isValid { valid += 1 } else { broken += 1 }
    }
    #expect(valid > 200 && broken > 1_000)
  }

  @Test func `fields that are separated by commas are told as such, with the line`() throws {
    let commas = file().replacing("key;value", with: "key,value").replacing("vote_type;approval", with: "vote_type,approval")
    let fault = #expect(throws: FileFault.self) { try read(commas) }
    #expect(fault?.line == 2 && fault?.reason == "the fields are separated by commas; a semicolon is wanted")
    #expect(throws: FileFault(file: "town.pb", line: 10, reason: "the fields are separated by tabs; a semicolon is wanted")) {
      try read(file().replacing("voter_id;vote", with: "voter_id\tvote"))
    }
  }

  @Test func `a rule with a minimum says at least`() throws {
    _ = try odd(file(meta: ["budget;1000", "min_length;3"]), line: 12, "2 projects, at least 3 are wanted")
    _ = try odd(file(meta: ["budget;1000", "max_sum_cost;99,5"]), line: 12, "projects for 100 together, at most 99.5 are allowed")
  }

  @Test func `points that stand for silence are not what people named, and keep the rules of the ballot`() throws {
    let text = file(
      meta: ["budget;60", "default_score;1", "max_length;1"], type: "scoring", votes: ["voter_id;vote;points", "7;2;3", "8;1;2", "9;;"])
    let read = try read(text)
    #expect(read.remarks.isEmpty && read.election.ballots.points == [3, 1, 2, 1, 1, 1])
    let indicators = BudgetIndicators(read.election, winners: [0])
    #expect(indicators.satisfied == [2, 1] && indicators.excluded == 2 && indicators.efforts.map(\.supporters) == [1])
    let dropped = read.election.ballots.filter { $0 != 1 }
    #expect(dropped.points == [3, 1, 1, 1] && dropped.named(0) == 0..<1 && dropped.named(1) == 2..<2)
    #expect(String(decoding: PabulibWriter.bytes(read), as: UTF8.self).contains("\n7;2;3\n8;1;2\n"))
  }
}
