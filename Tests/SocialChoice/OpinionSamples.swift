import Foundation

@testable import ChoiceFiles
@testable import SocialChoice

/// Made and real conversations for the tests of opinion maps.
enum OpinionSamples {
  /// Votes by chance; a small alphabet and few people give many ties.
  static func random(_ scatter: inout Scatter, people: Int, statements: Int, share: Int = 2) -> [OpinionVote] {
    var votes: [OpinionVote] = []
    for person in 0..<people {
      for statement in 0..<statements where scatter.below(share) == 0 {
        votes.append(vote(person, statement, scatter.below(3) - 1))
      }
    }
    return votes
  }

  /// Camps that disagree with each other on every statement but for one answer in ten.
  static func camps(_ count: Int, people: Int, statements: Int, seed: UInt64 = 7) -> [OpinionVote] {
    var scatter = Scatter(seed: seed)
    let leaning = (0..<count).map { _ in (0..<statements).map { _ in scatter.below(2) * 2 - 1 } }
    return (0..<people).flatMap { person in
      (0..<statements).compactMap { statement in
        guard scatter.below(3) > 0 else { return nil }
        return vote(person, statement, scatter.below(10) == 0 ? 0 : leaning[person % count][statement])
      }
    }
  }

  static func vote(_ person: Int, _ statement: Int, _ value: Int) -> OpinionVote {
    OpinionVote(participant: Int32(person), statement: Int32(statement), opinion: Opinion(rawValue: Int8(value)) ?? .pass)
  }

  static func bytes(_ conversation: String, _ file: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/opinions")
    return try Array(Data(contentsOf: folder.appending(path: "\(conversation)/\(file)")))
  }

  /// The votes, which statements are out, and the group that Polis published for each participant that has one.
  static func real(_ conversation: String) throws -> (votes: PolisVotes, isOut: [Bool], published: [Int: Int]) {
    let votes = try PolisVotes(bytes(conversation, "votes.csv"), file: "votes.csv")
    let statements = try PolisStatements(bytes(conversation, "comments.csv"), file: "comments.csv")
    let table = try CommaSeparated(bytes(conversation, "participants-votes.csv"), file: "participants-votes.csv")
    let places = Dictionary(uniqueKeysWithValues: votes.participants.enumerated().map { ($1, $0) })
    var published: [Int: Int] = [:]
    for record in table.records {
      guard let name = record[0]?.text, let group = record[1].flatMap({ Int($0.text) }), let place = places[name] else { continue }
      published[place] = group
    }
    return (votes, votes.statements.map { statements.moderatedOut.contains($0) }, published)
  }
}
