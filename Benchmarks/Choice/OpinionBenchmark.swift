import ChoiceFiles
import Foundation
import SocialChoice

/// Opinion maps: a real conversation against red-dwarf 0.4.0 (Python), and made ones that grow tenfold to the size of a country's.
enum OpinionBenchmark {
  static let rows: [Row] = real + made

  private static let reference = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Tests/SocialChoice/Reference/opinions")

  private static var real: [Row] {
    let folder = reference.appending(path: "brexit-consensus")
    let bytes: @Sendable () throws -> [UInt8] = { try Array(Data(contentsOf: folder.appending(path: "votes.csv"))) }
    return [
      Row(engine: "opinions", name: "Brexit, 5,312 rows: reading and map", peer: (0.25, "red-dwarf 0.4.0"), target: "30 times faster") {
        let bytes = try bytes()
        return { describe(try map(PolisVotes(bytes, file: "votes.csv"))) }
      },
      Row(engine: "opinions", name: "Brexit, 5,312 rows: map", peer: (0.25, "red-dwarf 0.4.0"), target: "30 times faster") {
        let votes = try PolisVotes(bytes(), file: "votes.csv")
        return { describe(map(votes)) }
      },
    ]
  }

  private static var made: [Row] {
    [
      makeRow(
        people: 2_000, statements: 200, share: 8, peer: (1.11, "red-dwarf 0.4.0 on a real conversation of this size"), target: "30 times faster"),
      makeRow(people: 10_000, statements: 200, share: 10),
      makeRow(people: 10_000, statements: 2_000, share: 10),
      makeRow(people: 100_000, statements: 2_000, share: 10, target: "5 s, 1 GB on 2 cores"),
    ]
  }

  private static func makeRow(people: Int, statements: Int, share: Int, peer: (seconds: Double, program: String)? = nil, target: String = "") -> Row {
    let name = "\(people) people, \(statements) statements, one cell in \(share)"
    return Row(engine: "opinions", name: name, peer: peer, target: target) {
      let votes = MadeOpinions.votes(people: people, statements: statements, share: share)
      return { describe(OpinionMap(OpinionMatrix(votes, participants: people, statements: statements))) }
    }
  }

  private static func map(_ votes: PolisVotes) -> OpinionMap {
    OpinionMap(OpinionMatrix(votes.votes, participants: votes.participants.count, statements: votes.statements.count))
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
