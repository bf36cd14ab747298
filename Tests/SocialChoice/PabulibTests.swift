import Testing

@testable import ChoiceFiles
@testable import SocialChoice

struct PabulibTests {
  private static let plain = """
    META
    key;value
    description;A town
    budget;100
    vote_type;approval
    num_projects;2
    num_votes;2
    PROJECTS
    project_id;cost;name
    1;60;Trees
    2;40;Benches
    VOTES
    voter_id;vote
    7;1,2
    8;2
    """

  private func read(_ text: String, _ mode: PabulibReader.Mode = .lenient, weights: String? = nil) throws -> PabulibFile {
    try PabulibReader(file: "town.pb", mode: mode, weightColumn: weights).read(Array(text.utf8))
  }

  private func fault(_ change: (old: String, new: String), mode: PabulibReader.Mode = .lenient) -> FileFault? {
    do {
      _ = try read(Self.plain.replacing(change.old, with: change.new), mode)
      return nil
    } catch { return error as? FileFault }
  }

  @Test func `line ends, byte order marks, blank lines, blanks, case and the order of columns do not matter`() throws {
    let expected = try read(Self.plain).election
    let crlf = "\u{FEFF}" + Self.plain.replacing("\n", with: "\r\n") + "\r\n\r\n"
    #expect(try read(crlf).election == expected)
    #expect(try read(Self.plain.replacing("\n", with: "\r")).election == expected)
    // As a spreadsheet fills all rows up to the widest, and adds empty ones.
    #expect(try read((Self.plain + "\n").replacing("\n", with: ";;;\n;;;;;\n")).election == expected)
    let moved = Self.plain.replacing("project_id;cost;name\n1;60;Trees\n2;40;Benches", with: "name;COST;project_id\nTrees; 60 ;1\nBenches;40.00;2")
      .replacing("voter_id;vote\n7;1,2\n8;2", with: "vote;voter_id\n1, 2;7\n2;8").replacing("META", with: " meta ")
    #expect(try read(moved).election == expected)
  }

  @Test func `fields in quotes hold separators, doubled quotes and line ends; a quote that nobody closes is a sign`() throws {
    let quoted = try read(Self.plain.replacing("1;60;Trees", with: "1;60;\"Trees; \"\"old\"\"\nand new\""))
    #expect(quoted.election.projects.map(\.name) == ["Trees; \"old\"\nand new", "Benches"])
    let open = try read(Self.plain.replacing("1;60;Trees", with: "1;60;\"Trees for all"))
    #expect(open.election.projects.map(\.name) == ["\"Trees for all", "Benches"])
    #expect(try read(String(decoding: PabulibWriter.bytes(quoted), as: UTF8.self)).projectRows == quoted.projectRows)
  }

  @Test(arguments: [
    ("60", 6_000, 100), ("1 000 000", 1_000_000, 1), ("1,000,000", 1_000_000, 1), ("60,5", 605, 10), ("60.25", 6_025, 100), ("1'000", 1_000, 1),
    ("1,234.50", 12_345, 10), ("6e1", 60, 1), ("60.000", 60, 1),
  ]) func `amounts are read exactly`(text: String, cost: Int, unit: Int) throws {
    let budget = text == "60" ? "100.25" : "100"
    let election = try read(Self.plain.replacing("1;60", with: "1;\(text)").replacing("budget;100", with: "budget;\(budget)")).election
    #expect(election.projects[0].cost == cost)
    #expect(election.unit == unit)
  }

  @Test(arguments: ["-1", "nan", "inf", "0x1p3", "1e400", "1e30", "99999999999999999999", "", "ten", "1/2", "--3", "1.2.3", "1,00,0"])
  func `a cost that is none is a fault in its line`(cost: String) {
    #expect(fault(("1;60", "1;\(cost)"))?.line == 10)
    #expect(fault(("budget;100", "budget;\(cost)"))?.line == 4)
  }

  @Test func `what is malformed is refused in its line`() {
    #expect(fault(("8;2", "8;3"))?.description == "town.pb, line 15: a vote for the project 3, which is not in the section PROJECTS")
    #expect(fault(("8;2", "7;2"))?.line == 15)
    #expect(fault(("2;40", "1;40"))?.line == 11)
    #expect(fault(("VOTES", "PROJECTS"))?.line == 12)
    #expect(fault(("approval", "telepathy"))?.line == 5)
    #expect(fault((";cost;", ";price;"))?.line == 9)
    #expect(fault(("voter_id;vote", "voter_id;choice"))?.line == 13)
    #expect(fault(("META\n", ""))?.line == 1)
    #expect(fault(("VOTES\nvoter_id;vote\n7;1,2\n8;2", ""))?.description == "town.pb: the section VOTES is missing")
    #expect(fault(("budget;100\n", ""))?.reason == "META lacks the budget")
  }

  @Test func `what is odd is read and told, and refused when strict`() throws {
    for (old, new, line) in [("budget;100", "budget;0", 4), ("num_votes;2", "num_votes;3", 7), ("budget;100", "budget;100\nmax_length;1", 15)] {
      #expect(try read(Self.plain.replacing(old, with: new)).remarks.map(\.line) == [line])
      #expect(fault((old, new), mode: .strict)?.line == line)
    }
    #expect(fault(("x", "x"), mode: .strict) == nil)
  }

  @Test func `files of all kinds are read and written again`() throws {
    let points = Self.plain.replacing("approval", with: "cumulative").replacing(
      "voter_id;vote\n7;1,2\n8;2", with: "voter_id;age;vote;points\n7;33;1,2;2.5,1\n8;;none;")
    let file = try read(points)
    #expect(file.election.ballots.points == [25, 10])
    #expect(file.election.pointUnit == 10)
    #expect(file.election.ballots.count == 2)
    let written = String(decoding: PabulibWriter.bytes(file), as: UTF8.self)
    #expect(written.contains("7;33;1,2;2.5,1\n"))
    #expect(try read(written).election == file.election)
    let scores = try read(points.replacing("cumulative", with: "scoring").replacing("budget;", with: "default_score;1\nbudget;"))
    #expect(scores.election.ballots.points == [25, 10, 10, 10])
    for kind in BudgetBallotKind.allCases {
      guard let election = BudgetCases.random("written \(kind)", kind: kind) else { continue }
      let again = try PabulibReader(file: "made.pb", weightColumn: election.ballots.weights.contains { $0 > 1 } ? "weight" : nil).read(
        PabulibWriter.bytes(PabulibFile(election)))
      #expect(again.election == election)
    }
  }

  @Test func `a column of weights counts when it is asked for`() throws {
    let text = Self.plain.replacing("voter_id;vote\n7;1,2\n8;2", with: "voter_id;vote;w\n7;1,2;3\n8;2;1")
    #expect(try read(text).election.people == 2)
    #expect(try read(text, weights: "w").election.people == 4)
    #expect(throws: FileFault.self) { try read(text.replacing("1,2;3", with: "1,2;0"), weights: "w") }
  }

  @Test func `any bytes are read or refused, without a crash`() {
    var random = PublicRandom(seed: "bytes")
    let original = Array(Self.plain.replacing("approval", with: "scoring").replacing("vote\n7;1,2\n8;2", with: "vote;points\n7;1,2;1,2\n8;2;3").utf8)
    let signs = Array(";,\"\n\r-.e0123456789 \u{FE}MVP".utf8)
    for _ in 0..<3_000 {
      var bytes = original
      for _ in 0...random.below(6) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = signs[random.below(signs.count)]
        case 1: bytes.remove(at: place)
        default: bytes.insert(signs[random.below(signs.count)], at: place)
        }
      }
      guard let file = try? PabulibReader(file: "noise.pb").read(bytes) else { continue }
      _ = try? BudgetTally(workLimit: 1_000).count(file.election, .equalShares(.cost, .addOne))
      _ = try? BudgetTally(workLimit: 1_000).count(file.election, .boundedOverspending(.cost))
      _ = try? BudgetTally(workLimit: 1_000).count(file.election, .maximumWelfare(.points))
    }
  }
}
