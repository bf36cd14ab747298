import ChoiceFiles
import Foundation
import SocialChoice

/// Opinion maps: two real conversations against red-dwarf 0.4.0 (Python; its pipeline without reading, warm, the least of what was measured), and made ones
/// that grow tenfold to the size of a country's.
enum OpinionBenchmark {
  static let rows: [Row] =
    real("brexit-consensus", "Brexit, 5,303 votes", peer: 0.062)
    + real("vtaiwan.uberx", "UberX in Taiwan, 49,443 votes", peer: 0.28, target: "30 times faster") + made

  private static let reference = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Tests/SocialChoice/Reference/opinions")

  private static func real(_ conversation: String, _ name: String, peer seconds: Double, target: String = "") -> [Row] {
    let folder = reference.appending(path: conversation)
    @Sendable func bytes(_ file: String) throws -> [UInt8] { try Array(Data(contentsOf: folder.appending(path: file))) }
    let peer = (seconds, "red-dwarf 0.4.0")
    return [
      Row(engine: "opinions", name: "\(name): reading and map", peer: peer, target: target) {
        let (votes, statements) = (try bytes("votes.csv"), try bytes("comments.csv"))
        return { describe(try map(PolisVotes(votes, file: "votes.csv"), PolisStatements(statements, file: "comments.csv"))) }
      },
      Row(engine: "opinions", name: "\(name): map", peer: peer, target: target) {
        let votes = try PolisVotes(bytes("votes.csv"), file: "votes.csv")
        let statements = try PolisStatements(bytes("comments.csv"), file: "comments.csv")
        return { describe(map(votes, statements)) }
      },
    ]
  }

  private static var made: [Row] {
    [
      makeRow(people: 2_000, statements: 200, share: 8),
      makeRow(people: 10_000, statements: 200, share: 10),
      makeRow(people: 10_000, statements: 2_000, share: 10),
      makeRow(people: 100_000, statements: 2_000, share: 10, target: "5 s, 1 GB on 2 cores"),
      arriving(people: 1_000), arriving(people: 10_000), stability(people: 100), stability(people: 1_000),
    ]
  }

  private static func makeRow(people: Int, statements: Int, share: Int, target: String = "") -> Row {
    let name = "\(people) people, \(statements) statements, one cell in \(share)"
    return Row(engine: "opinions", name: name, peer: nil, target: target) {
      let votes = MadeOpinions.votes(people: people, statements: statements, share: share)
      return { describe(OpinionMap(OpinionMatrix(votes, participants: people, statements: statements))) }
    }
  }

  /// A hundred votes come to a conversation whose map is drawn, and it is drawn again.
  private static func arriving(people: Int) -> Row {
    Row(engine: "opinions", name: "100 votes more and a new map, \(people) people, 200 statements", peer: nil, target: "") {
      var conversation = OpinionConversation()
      conversation.add(MadeOpinions.votes(people: people, statements: 200, share: 10))
      _ = conversation.map()
      let more = (0..<100).map { OpinionVote(participant: Int32($0 * (people / 100)), statement: Int32($0), opinion: .agree) }
      return { [conversation] in
        var conversation = conversation
        conversation.add(more)
        return describe(conversation.map())
      }
    }
  }

  private static func stability(people: Int) -> Row {
    Row(engine: "opinions", name: "number of groups by stability, \(people) people, 200 statements", peer: nil, target: "") {
      let matrix = OpinionMatrix(MadeOpinions.votes(people: people, statements: 200, share: 8), participants: people, statements: 200)
      var options = OpinionMap.Options()
      options.number = .stability
      return { [options] in describe(OpinionMap(matrix, options: options)) }
    }
  }

  private static func map(_ votes: PolisVotes, _ statements: PolisStatements) -> OpinionMap {
    let matrix = OpinionMatrix(votes.votes, participants: votes.participants.count, statements: votes.statements.count)
    return OpinionMap(matrix, leavingOut: votes.statements.map { statements.moderatedOut.contains($0) })
  }

  private static func describe(_ map: OpinionMap) -> String {
    "groups of \(map.sizes.map { String($0) }.joined(separator: ", ")), \(map.axes.passes) passes"
  }
}

/// People of three camps who lean to agree or disagree with each statement as their camp does, and answer by chance.
enum MadeOpinions {
  static func votes(people: Int, statements: Int, share: Int) -> [OpinionVote] {
    var state: UInt64 = 20_261_125
    func below(_ count: UInt64) -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return (state >> 11) % count
    }
    let leanings = (0..<3).map { _ in (0..<statements).map { _ in 15 + below(70) } }
    var votes: [OpinionVote] = []
    votes.reserveCapacity(people * statements / share + people)
    for person in 0..<people {
      let camp = Int(below(10))
      let leaning = leanings[camp < 5 ? 0 : camp < 8 ? 1 : 2]
      for statement in 0..<statements where below(UInt64(share)) == 0 {
        let die = below(100)
        let opinion: Opinion = below(8) == 0 ? .pass : die < leaning[statement] ? .agree : .disagree
        votes.append(OpinionVote(participant: Int32(person), statement: Int32(statement), opinion: opinion))
      }
    }
    return votes
  }
}
