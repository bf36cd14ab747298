import Foundation

@testable import SocialChoice

/// Results of abcvoting on real and generated profiles, read from `Reference/committees`.
enum CommitteeReference {
  struct Generated: Decodable {
    let candidates: Int
    let seats: Int
    let ballots: [Ballot]
    let results: [String: [[Int]]]

    struct Ballot: Decodable {
      let weight: Int
      let approved: [Int]

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        weight = try list.decode(Int.self)
        approved = try list.decode([Int].self)
      }
    }

    func election() throws -> CommitteeElection {
      try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots.map { ($0.approved, $0.weight) })
    }
  }

  struct RealFile: Decodable {
    let seats: Int
    let candidates: [String: String]
    let ballots: Int
    let rules: [String: Result]

    enum CodingKeys: String, CodingKey {
      case seats = "committee_size"
      case candidates, ballots, rules
    }

    struct Result: Decodable {
      let committees: [[Int]]
      let score: String?
    }
  }

  static func bytes(_ name: String) throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Reference/committees")
    return try Data(contentsOf: folder.appendingPathComponent(name))
  }

  static func generated() throws -> [Generated] { try JSONDecoder().decode([Generated].self, from: bytes("abcvoting.json")) }

  static func realFiles() throws -> [String: RealFile] { try JSONDecoder().decode([String: RealFile].self, from: bytes("multiwinner.json")) }

  /// The first category of each line of a categorical PrefLib file is what the ballot approves of.
  static func election(_ name: String, _ file: RealFile) throws -> CommitteeElection {
    var ballots: [(approved: [Int], weight: Int)] = []
    for line in String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let halves = line.split(separator: ":", maxSplits: 1)
      let first = halves[1].drop { $0 == " " }
      let names = first.hasPrefix("{") ? first.dropFirst().prefix { $0 != "}" } : first.prefix { $0 != "," }
      ballots.append((names.split(separator: ",").compactMap { Int($0) }.map { $0 - 1 }, Int(halves[0]) ?? 0))
    }
    return try CommitteeElection(candidateCount: file.candidates.count, seats: file.seats, ballots: ballots)
  }

  static let rules: [String: @Sendable (CommitteeElection) -> CommitteeOutcome] = [
    "pav": { ProportionalApproval.outcome($0) },
    "sequential-pav": { SequentialProportionalApproval.outcome($0) },
    "sequential-phragmen": { SequentialPhragmen.outcome($0) },
    "equal-shares": { CommitteeEqualShares.outcome($0) },
    "equal-shares none": { CommitteeEqualShares.outcome($0, completion: .none) },
    "equal-shares approval": { CommitteeEqualShares.outcome($0, completion: .approval) },
    "equal-shares increment": { CommitteeEqualShares.outcome($0, completion: .increment) },
  ]
  /// How `multiwinner.json` calls them.
  static let otherNames = [
    "pav": "pav", "seqpav": "sequential-pav", "seqphragmen": "sequential-phragmen", "equal-shares": "equal-shares",
    "equal-shares:none": "equal-shares none", "equal-shares-with-av-completion": "equal-shares approval",
    "equal-shares-with-increment-completion": "equal-shares increment",
  ]
}
