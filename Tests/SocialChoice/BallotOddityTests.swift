import Testing

@testable import ChoiceFiles
@testable import SocialChoice

/// What is odd in files of ranked and graded ballots, of pools and of opinions, and how it is read.
struct BallotOddityTests {
  private func read(_ text: String, _ name: String) throws -> BallotFile { try BallotFile(bytes: Array(text.utf8), name: name) }

  private func odd(_ text: String, _ name: String, line: Int?, _ words: String) throws -> BallotFile {
    let file = try read(text, name)
    #expect(file.remarks.map(\.line) == [line] && file.remarks.first?.reason.contains(words) == true, "\(file.remarks)")
    #expect(throws: try #require(file.remarks.first)) { try BallotFile(bytes: Array(text.utf8), name: name, isStrict: true) }
    return file
  }

  private static let header = "# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: Ada\n# ALTERNATIVE NAME 2: Bea\n"

  @Test func `in a Scottish ward the label says which candidate, not the row`() throws {
    let text = "3,1,\n5,2,\n\"Candidate 2\",\"Ann\",\"Green\",\n\"Candidate 3\",\"Bo\",\"Blue\",\n\"Candidate 1\",\"Cy\",\"Red\",\n\"Ward 9\",\n"
    let file = try read(text, "w.csv")
    #expect(file.candidates.map(\.name) == ["Cy – Red", "Ann – Green", "Bo – Blue"] && file.remarks.isEmpty)
  }

  @Test(arguments: [
    ("\"Candidate 1\",A,x\n\"Candidate 1\",B,x\n", 4, "named twice"), ("\"Ann Orr\",A,x\n", 3, "no label"),
    (",A,x\n", 3, "label of the candidate is missing"),
    ("\"Candidate 3\",A,x\n", 3, "more candidates than the 2"),
  ]) func `a label of a Scottish ward that is missing, repeated or too high is refused with its line`(rows: String, line: Int, words: String) throws {
    let fault = try #require(throws: FileFault.self) { try read("2,1,\n5,1,\n" + rows, "w.csv") }
    #expect(fault.line == line && fault.reason.contains(words), "\(fault)")
  }

  @Test func `a header of PrefLib against itself and orders that are not complete are told`() throws {
    _ = try odd(Self.header + "3: 1,2\n2: 1\n1: 2\n", "v.soc", line: 5, "2 lines, the first here, have only 1")
    _ = try odd(Self.header + "# ALTERNATIVE NAME 3: Cem\n3: 1,2,3\n", "v.soc", line: 1, "says 2 alternatives and names 3")
    _ = try odd("# NUMBER ALTERNATIVES: 3\n" + Self.header + "3: 1,2\n", "v.soc", line: 2, "NUMBER ALTERNATIVES stands twice, first in line 1")
    let same = try odd(Self.header.replacing("Bea", with: "Ada") + "3: 1,2\n", "v.soc", line: 3, "the candidates 1 and 2 have the same name, “Ada”")
    #expect(same.candidates.count == 2)
    #expect(try read(Self.header + "3: 1\n", "v.soi").remarks.isEmpty)
  }

  @Test func `a voter twice and a candidate twice in a table of points are told`() throws {
    let voter = try odd("voter,A,B\nv1,3,1\nv1,2,2\n", "p.csv", line: 3, "the voter v1 stands twice, first in line 2")
    #expect(voter.oddities == ["line 3: the voter v1 stands twice, first in line 2; both ballots are counted"])
    _ = try odd("voter,A,A\nv1,3,1\n", "p.csv", line: 1, "the candidates 1 and 2 have the same name")
    _ = try odd("candidate;Good;Bad\nA;1,250;3,75\nB;2;3\n", "g.csv", line: 2, "“1,250” is read as 1.25, the comma before decimals")
    _ = try odd("candidate,Good,Good\nA,3,1\n", "g.csv", line: 1, "two columns are called “Good”")
  }

  @Test func `names that are not UTF-8 are read as Latin-1 and told, in ballots, pools and opinions`() throws {
    func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
    let ballots = try BallotFile(bytes: latin(Self.header.replacing("Bea", with: "Béa") + "1: 1,2\n"), name: "v.soc")
    #expect(ballots.candidates.map(\.name) == ["Ada", "Béa"] && ballots.remarks.map(\.line) == [3])
    let table = try BallotFile(bytes: latin("voter,Zoé\nv1,3\n"), name: "p.csv")
    #expect(table.candidates.map(\.name) == ["Zoé"] && table.remarks.map(\.line) == [1])
    let quotas = Array("category,feature,min,max\ncity,Orléans,0,1\n".utf8)
    let pool = try SortitionFiles(pool: latin("id,city\n1,Orléans\n"), poolName: "p", quotas: quotas, quotasName: "q", panelSize: 1)
    #expect(pool.members.count == 1 && pool.remarks.map(\.line) == [2])
    let votes = try PolisVotes(latin("comment-id,voter-id,vote\n1,zoé,1\n"), file: "votes.csv")
    #expect(votes.participants == ["zoé"] && votes.remarks.map(\.line) == [2])
  }

  @Test func `rows of a pool that are the same with their id, and a category twice among the columns, are told`() throws {
    func read(_ pool: String) throws -> [FileFault] {
      let quotas = Array("category,feature,min,max\nage,young,0,2\nage,old,0,2\n".utf8)
      return try SortitionFiles(pool: Array(pool.utf8), poolName: "p", quotas: quotas, quotasName: "q", panelSize: 2).remarks
    }
    let same = try read("id,age\n1,young\n2,old\n1,young\n2,old\n")
    #expect(same.map(\.line) == [4] && same[0].reason.contains("the same as line 2 in every column, and 1 more"), "\(same)")
    // Nothing but categories: two young people, for all that is known.
    #expect(try read("age\nyoung\nyoung\n").isEmpty && read("id,age\n,young\n,young\n").isEmpty)
    let columns = try read("id,age,Age\n1,young,old\n2,old,old\n")
    #expect(columns.map(\.line) == [1] && columns[0].reason.contains("several columns are called “age”"), "\(columns)")
  }

  @Test(arguments: ["\"\"Preston, Seton and Gosford\"\",", "\"Ward 3, the Isles\"", "Isles, Ward 3,", "Isles"])
  func `a ward's name may have commas`(ward: String) throws {
    let file = try read("2,1,\n3,1,2,\n2,2,\n\"Candidate 1\",\"Ada\",\"P\",\n\"Candidate 2\",\"Bo\",\"Q\",\n\(ward)\n", "w.csv")
    #expect(file.candidates.map(\.name) == ["Ada – P", "Bo – Q"] && file.remarks.isEmpty)
    // Before all are named it is a candidate that is not well written.
    let text = "2,1,\n3,1,2,\n\"Candidate 1\",\"Ada\",\"P\",\nPreston, Seton and Gosford,\n"
    let fault = try #require(throws: FileFault.self) { try read(text, "w.csv") }
    #expect(fault.line == 4 && fault.reason.contains("“Preston” is no label"), "\(fault)")
    #expect(throws: FileFault.self) { try read("1,1,\n3,1,\nCandidate 1,Ada,P,\nCandidate 2,Bo,Q,\n", "w.csv") }
  }

  @Test func `a ward with semicolons is a ward`() throws {
    let file = try read("2;1;\n3;1;2;\n2;2;\nCandidate 1;Ada;P\nCandidate 2;Bo, jr;Q\nIsles\n", "w.csv")
    #expect(file.candidates.map(\.name) == ["Ada – P", "Bo, jr – Q"] && file.seats == 1)
  }

  @Test(arguments: [0, 1]) func `categories are named from 0 or from 1`(first: Int) throws {
    let names = "# CATEGORY NAME \(first): Yes\n# CATEGORY NAME \(first + 1): No\n"
    for count in ["# NUMBER CATEGORIES: 2\n", ""] {
      let file = try read("# NUMBER ALTERNATIVES: 2\n\(count)\(names)3: {1},{2}\n", "c.cat")
      let grades = try #require(try file.grades())
      #expect(grades.names == ["Yes", "No"] && grades.profile.counts == [[3, 0], [0, 3]])
    }
  }

  @Test func `quotas without a minimum or a maximum are told`() throws {
    let remarks = try SortitionFiles(
      pool: Array("age\nyoung\nold\n".utf8), poolName: "p", quotas: Array("category,feature,min,max\nage,young,1,\nage,old,,1\n".utf8),
      quotasName: "q", panelSize: 2
    ).remarks
    #expect(remarks.map(\.line) == [2, 3] && remarks[0].reason.contains("no maximum: all 2 seats") && remarks[1].reason.contains("no minimum: 0"))
  }

  @Test func `a first line that names the separator is no record`() throws {
    for end in ["\n", "\r\n"] {
      let table = try CommaSeparated(Array("SEP=;\(end)age;name\(end)1,5;a,b,c\(end)".utf8), file: "t.csv")
      #expect(table.header == ["age", "name"] && table.headerLine == 2)
      #expect(table.rows.map { $0.fields.map(\.text) } == [["1,5", "a,b,c"]] && table.rows.map(\.line) == [3])
    }
    #expect(try CommaSeparated(Array("sep=;x,b\n1,2\n".utf8), file: "t.csv").header == ["sep=;x", "b"])
  }

  @Test func `a table with a row a person says what a table of votes says`() throws {
    func read(_ text: String) throws(FileFault) -> PolisVotes { try PolisVotes(Array(text.utf8), file: "v.csv") }
    let votes = try read("voter-id,comment-id,vote\n10,0,1\n10,2,-1\nBo,2,0\n2,11,1\n")
    for text in [
      "participant,group-id,n-votes,0,2,11\n10,0,2,1,-1,\nBo,,1,,0,\n,,,,,\n2,1,1,,,1\n3,,0,,,\n", "2;0;person;11\n-1;1.0;10;\n0;;Bo\n;;2;1\n",
    ] {
      let table = try read(text)
      #expect(table.participants == votes.participants && table.statements == votes.statements)
      func sorted(_ votes: [OpinionVote]) -> [OpinionVote] { votes.sorted { ($0.participant, $0.statement) < ($1.participant, $1.statement) } }
      #expect(sorted(table.votes) == sorted(votes.votes))
    }
    for (text, line, words) in [
      ("participant,0,1\nAda,1,0\nBo,2,\n", 3, "the vote on 0 is “2”"), ("participant,0,1\n,1,0\n", 2, "the participant is empty"),
      ("0,1,2\n1,0,1\n", 1, "no column names the person"), ("participant,group-id\n1,0\n", 1, "no column is called by the number of a statement"),
    ] {
      let fault = try #require(throws: FileFault.self) { try read(text) }
      #expect(fault.line == line && fault.reason.contains(words), "\(fault)")
    }
    let other = try #require(throws: FileFault.self) { try PolisVotes(Array("who,what\n1,1\n".utf8), file: "v.csv") }
    #expect(other.reason.contains("there is no column “comment-id”"))
  }
}
