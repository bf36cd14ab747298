import Testing

@testable import ChoiceFiles
@testable import SocialChoice

struct OpinionFileTests {
  private func votes(_ text: String) throws -> PolisVotes { try PolisVotes(Array(text.utf8), file: "votes.csv") }

  @Test func `columns may stand in any order, with others between them and Windows' line ends`() throws {
    let plain = try votes("comment-id,voter-id,vote\n3,10,1\n3,9,-1\n12,10,0\n")
    let other = try votes("vote,note,voter-id,timestamp,comment-id\r\n1,\"a, b\",10,5,3\r\n-1,,9,4,3\r\n0,\"x\r\ny\",10,1,12\r\n")
    #expect(plain.participants == ["9", "10"])
    #expect(plain.statements == ["3", "12"])
    #expect(plain.votes == [OpinionSamples.vote(1, 0, 1), OpinionSamples.vote(0, 0, -1), OpinionSamples.vote(1, 1, 0)])
    #expect(other.votes == plain.votes && other.participants == plain.participants)
  }

  @Test func `names may be any text, and numbers stand before them in their order`() throws {
    let read = try votes("comment-id,voter-id,vote\n1,béa,1\n1,12345678901,1\n1,007,1\n1,7,1\n1,amy,1\n1,99999999999999999999,1\n")
    #expect(read.participants == ["007", "7", "12345678901", "99999999999999999999", "amy", "béa"])
  }

  @Test(arguments: ["2", "", "agree", "-2", "nan", "0x1", "1e0", "--1", "1.5", "-", "01"])
  func `a vote that is none is refused with its line`(vote: String) throws {
    let fault = FileFault(file: "votes.csv", line: 3, reason: "the vote is “\(vote)”; -1 (disagree), 0 (pass) or 1 (agree) was expected")
    #expect(throws: fault) { try votes("comment-id,voter-id,vote\n1,1,1\n1,2,\(vote)\n") }
  }

  @Test func `votes as spreadsheets write them are read`() throws {
    let read = try votes("comment-id,voter-id,vote\n1,1,1.0\n1,2,-1.0\n1,3, +1\n1,4,-0.0\n")
    #expect(read.votes.map(\.opinion) == [.agree, .disagree, .agree, .pass])
  }

  @Test func `missing columns and short rows are refused; no rows are not`() throws {
    #expect(throws: FileFault.self) { try votes("comment-id,vote\n1,1\n") }
    #expect(throws: FileFault(file: "votes.csv", line: 2, reason: "the row has 2 fields; 3 were expected")) {
      try votes("comment-id,voter-id,vote\n1,1\n")
    }
    #expect(throws: FileFault(file: "votes.csv", line: 2, reason: "the voter-id is empty")) { try votes("comment-id,voter-id,vote\n1,,1\n") }
    #expect(try votes("comment-id,voter-id,vote\n").votes.isEmpty)
  }

  @Test func `statements with moderated -1 are out, whatever their text holds`() throws {
    let text = "comment-id,moderated,comment-body\n1,-1,\"out, \"\"really\"\"\"\n2,0,\"two\nlines\"\n3,1,in\n"
    let statements = try PolisStatements(Array(text.utf8), file: "comments.csv")
    #expect(statements.moderatedOut == ["1"])
    #expect(statements.texts == ["1": "out, \"really\"", "2": "two\nlines", "3": "in"])
    #expect(throws: FileFault(file: "comments.csv", line: 2, reason: "moderated is “x”; -1 (out), 0 or 1 was expected")) {
      try PolisStatements(Array("comment-id,moderated\n1,x\n".utf8), file: "comments.csv")
    }
  }
}
