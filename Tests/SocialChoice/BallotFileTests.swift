import ChoiceFiles
import SocialChoice
import Testing

struct BallotFileTests {
  private func read(_ text: String, _ name: String = "votes.toi") throws -> BallotFile { try BallotFile(bytes: Array(text.utf8), name: name) }

  private func levels(_ file: BallotFile) throws -> [String] {
    let profile = try #require(try file.rankings())
    return (0..<profile.ballotCount).map { "\(profile.weights[$0]): \(profile.levels(of: $0).map { $0.map { file.candidates[$0].number } })" }
  }

  static let header = "# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Ada\n# ALTERNATIVE NAME 2: Béa\n# ALTERNATIVE NAME 3: Cem, the elder: II\n"

  @Test func `today's header, counts, braces, spaces, comments, and lines without count`() throws {
    let file = try read(BallotFileTests.header + "# a word\n3: 1,{2,3}\r\n\r\n 2 : { 3 , 1 } , 2 \n{2},1\n1,\n4:\n")
    #expect(file.candidates.map(\.name) == ["Ada", "Béa", "Cem, the elder: II"])
    #expect(try levels(file) == ["3: [[1], [2, 3]]", "2: [[3, 1], [2]]", "1: [[2], [1]]", "1: [[1]]", "4: []"])
  }

  @Test func `the header of before 2022`() throws {
    let file = try read("3\n1,Ada\n2,Béa, the younger\n3,Cem\n7,7,2\n5,1,{2,3}\n2,3\n", "ED-00001-00000001.toi")
    #expect(file.candidates.map(\.name) == ["Ada", "Béa, the younger", "Cem"])
    #expect(try levels(file) == ["5: [[1], [2, 3]]", "2: [[3]]"])
    #expect(file.oddities.isEmpty)
  }

  @Test func `a byte order mark, no header, numbers from 0, names without number of alternatives`() throws {
    #expect(try levels(try read("\u{FEFF}2: 7,9\n1: 9\n")) == ["2: [[7], [9]]", "1: [[9]]"])
    #expect(try read("# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 0: a\n# ALTERNATIVE NAME 1: b\n1: 0,1\n").candidates.map(\.number) == [0, 1])
    #expect(try read("# ALTERNATIVE NAME 4: a\n# alternative name 2: b\n1: 4,2\n").candidates.map(\.name) == ["b", "a"])
    #expect(try read("# NUMBER ALTERNATIVES: 2\n1: 2\n").candidates.map(\.name) == ["Candidate 1", "Candidate 2"])
  }

  @Test func `lines may end with a carriage return alone, and the file may be UTF-16 with its mark`() throws {
    for text in [
      BallotFileTests.header + "2: 2,1\n1: 3\n", "3\n1,Ada\n2,Béa\n3,Cem\n3,3,2\n2,2,1\n1,3\n",
      "3,1,\n2,2,1,\n1,3,\n\"Candidate 1\",\"Ada\",\n\"Candidate 2\",\"Béa\",\n\"Candidate 3\",\"Cem\",\n\"Ward\",\n",
    ] {
      let old = text.replacing("\n", with: "\r")
      #expect(try levels(read(old, "votes")) == ["2: [[2], [1]]", "1: [[3]]"])
      let wide = [0xFF, 0xFE] + old.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
      #expect(try levels(BallotFile(bytes: wide, name: "votes")) == ["2: [[2], [1]]", "1: [[3]]"])
    }
    #expect(try read("candidate,good,bad\rA,3,2\rB,1,4\r", "grades.csv").grades()?.profile.counts == [[3, 2], [1, 4]])
  }

  @Test func `categories with empty and missing ones`() throws {
    let file = try read(
      BallotFileTests.header + "# NUMBER CATEGORIES: 3\n# CATEGORY NAME 1: Yes\n2: {},{1,2},3\n1: {3,1}\n1: {},{},{}\n", "votes.cat")
    let grades = try #require(try file.grades())
    #expect(grades.names == ["Yes", "Category 2", "Category 3"])
    #expect(grades.profile.counts == [[1, 2, 0], [0, 2, 0], [1, 0, 2]])
    #expect(try file.approvals()?.ballots.map(\.approved) == [[], [0, 2], []])
    #expect(try file.approvals(levels: 2)?.ballots.map(\.approved) == [[0, 1], [0, 2], []])
    #expect(try levels(file) == ["2: [[1, 2], [3]]", "1: [[3, 1]]", "1: []"])
  }

  @Test func `what the header gets wrong is said, and read`() throws {
    let file = try read("# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 5\n# DATA TYPE: soi\n1: {1,2}\n")
    #expect(file.oddities.count == 2)
  }

  @Test(
    arguments: [
      ("1: 1,4", 5, "alternative 4"), ("1: 1,2,1", 5, "twice"), ("1: {1,2},2", 5, "twice"), ("x: 1,2", 5, "count"), ("-2: 1", 5, "-2"),
      ("1: {1,2", 5, "brace"), ("1: 1,,2", 5, "missing"), ("1: 1,two", 5, "two"), ("1: {1}2", 5, "comma"), ("1.5: 1", 5, "count"),
      ("1: 1 2", 5, "1 2"),
      ("99999999999999999999: 1", 5, "count"), ("3999999999: 1\n2: 1", 6, "more than"), ("1: nan", 5, "nan"), ("", nil, "no ballots"),
      ("# ALTERNATIVE NAME 2: again\n1: 1", 5, "twice"), ("# NUMBER VOTERS: many\n1: 1", 5, "many"),
    ] as [(String, Int?, String)])
  func `a malformed ballot is refused with its line and the reason`(ballot: String, line: Int?, words: String) throws {
    let fault = try #require(throws: FileFault.self) { try read(BallotFileTests.header + ballot + "\n") }
    #expect(fault.line == line && fault.reason.contains(words), "\(fault)")
  }

  @Test(arguments: ["", "\n\n", "hello", "{\"a\": 1}", "a,b\n1,2\n"]) func `what holds no ballots is refused`(text: String) {
    #expect(throws: FileFault.self) { try read(text, "votes.csv") }
  }

  @Test func `a Scottish ward: quotes, commas in names, skipped preferences, missing commas at the end`() throws {
    let file = try read(
      "\u{FEFF}3,2,\r\n12,1,,3,\r\n4,2\r\n\"Candidate 1\",\"Ann \"\"Nan\"\" Orr\",\"Green, (Gr)\",\r\n\"Candidate 2\",B,C\r\n\"Candidate 3\",D,E,\r\n\"Ward 9\",",
      "w.csv")
    #expect(file.seats == 2 && file.candidates.map(\.name) == ["Ann \"Nan\" Orr – Green, (Gr)", "B – C", "D – E"])
    #expect(try levels(file) == ["12: [[1], [3]]", "4: [[2]]"])
  }

  @Test(arguments: [
    ("3,2,\n5,1,4,\n", 2), ("3,2,\n5,1,1,\n", 2), ("2,1,\n5,1,\n\"C 1\",a,b,\n\"C 2\",a,b,\n\"C 3\",a,b,\n", 5), ("2,1,\n5,1,x,\n", 2),
    ("2,1,\n5,1,\n\"C 1\",a,b,\n5,2,\n", 4), ("0,1,\n5,1,\n", 1),
  ]) func `a malformed ward is refused with its line`(text: String, line: Int) throws {
    let fault = try #require(throws: FileFault.self) { try read(text, "w.csv") }
    #expect(fault.line == line, "\(fault)")
  }

  @Test func `grades: decimals, percent signs, semicolons, missing votes as the lowest grade`() throws {
    let file = try read("candidate;Good;Fair;Bad\nA;50,5 %;20;29,5\nB;\"40\";30;28\n", "g.csv")
    let (names, profile) = try #require(try file.grades())
    let unit = try #require({ if case .grades(_, _, let unit) = file.ballots { unit } else { nil } }() as Int?)
    #expect(names == ["Good", "Fair", "Bad"] && unit == 10)
    #expect(profile.counts == [[505, 200, 295], [400, 300, 300]] && file.oddities.count == 1)
    let counts = try read("candidate,Good,Bad\nA,3,4\nB,1,1\n", "g.csv")
    #expect(try counts.grades()?.profile.counts == [[3, 4], [1, 6]])
  }

  @Test(arguments: [("A,1", 2), ("A,1,2,3", 2), ("A,1,x", 2), ("A,1,-2", 2), ("A,1,nan", 2), ("A,1,0x1", 2), ("A,1,1e3", 2)])
  func `a malformed row of grades is refused with its line`(row: String, line: Int) throws {
    let fault = try #require(throws: FileFault.self) { try read("candidate,Good,Bad\n" + row + "\n", "g.csv") }
    #expect(fault.line == line)
  }

  @Test func `points: by voter or by count, empty cells are 0`() throws {
    func points(_ text: String) throws -> PointProfile? { if case .points(let profile) = try read(text, "p.csv").ballots { profile } else { nil } }
    let byVoter = try #require(try points("voter,A,B\nv1,3,\nv2,-1,2\n"))
    #expect(byVoter.ballots.map(\.points) == [[3, 0], [-1, 2]])
    let byCount = try #require(try points("count,A,B\n7,3\n"))
    #expect(byCount.ballots.map(\.points) == [[3, 0]] && byCount.total == 7)
    let fault = try #require(throws: FileFault.self) { try read("count,A\n7,x\n", "p.csv") }
    #expect(fault.line == 2)
  }

  @Test func `bytes that are no text do not trap`() {
    var random = PublicRandom(seed: "bytes")
    let parts = ["1", "2", ",", "{", "}", ":", "\n", "#", " ", "\"", "3", "candidate", "\r", "-", ";", "\u{FE}"]
    for name in ["a.toi", "a.cat", "a.csv", "a.soc"] {
      for _ in 0..<3_000 {
        let bytes = (0..<random.below(40)).flatMap { _ in Array(parts[random.below(parts.count)].utf8) }
        _ = try? BallotFile(bytes: bytes, name: name)
      }
    }
  }

  @Test func `a quoted name may run over two lines, in tables of grades and of points`() throws {
    let grades = try read("candidate,Good,Bad\n\"Ann,\nthe first\",3,4\nBea,4,3\n", "g.csv")
    #expect(grades.candidates.map(\.name) == ["Ann,\nthe first", "Bea"])
    #expect(try grades.grades()?.profile.counts == [[3, 4], [4, 3]])
    let points = try read("voter,\"Ann,\nthe first\",Bea\n\"v\n1\",3,2\n\nv2,-1,2\n", "p.csv")
    #expect(points.candidates.map(\.name) == ["Ann,\nthe first", "Bea"])
    let fault = try #require(throws: FileFault.self) { try read("voter,\"A\nB\",C\nv1,1,x\n", "p.csv") }
    #expect(fault.line == 3)
  }
}
