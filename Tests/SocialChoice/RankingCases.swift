import Testing

@testable import SocialChoice

/// Small random elections with many ties, each from its number.
struct RankingCase {
  let candidateCount: Int
  /// Levels best first; some candidates left out, some equal, some ballots empty.
  var ballots: [(levels: [[Int]], weight: Int)] = []

  init(candidateCount: Int, ballots: [(levels: [[Int]], weight: Int)]) {
    self.candidateCount = candidateCount
    self.ballots = ballots
  }

  init(_ number: Int, largest: Int = 5, equals: Bool = true, complete: Bool = false) {
    var random = PublicRandom(seed: "ranking case \(number)")
    candidateCount = 2 + random.below(largest - 1)
    for _ in 0..<1 + random.below(7) {
      let order = random.shuffled(Array(0..<candidateCount))
      let length = complete ? candidateCount : random.below(candidateCount + 1)
      var levels: [[Int]] = []
      for candidate in order.prefix(length) {
        if equals, !levels.isEmpty, random.below(3) == 0 { levels[levels.count - 1].append(candidate) } else { levels.append([candidate]) }
      }
      ballots.append((levels, 1 + random.below(3)))
    }
  }

  var profile: RankedProfile {
    get throws {
      var profile = try RankedProfile(candidateCount: candidateCount)
      for ballot in ballots { try profile.append(ballot.levels, weight: ballot.weight) }
      return profile
    }
  }

  /// Each ballot as often as its weight.
  var repeated: RankingCase {
    RankingCase(candidateCount: candidateCount, ballots: ballots.flatMap { Array(repeating: ($0.levels, 1), count: $0.weight) })
  }

  /// Candidate c becomes `names[c]`.
  func renamed(_ names: [Int]) -> RankingCase {
    RankingCase(candidateCount: candidateCount, ballots: ballots.map { ($0.levels.map { $0.map { names[$0] } }, $0.weight) })
  }

  /// The rank of each candidate on each ballot; those left out have the last.
  var ranks: [(ranks: [Int], weight: Int)] {
    ballots.map { ballot in
      (
        (0..<candidateCount).map { candidate in ballot.levels.firstIndex { $0.contains(candidate) } ?? candidateCount + 1 }, ballot.weight
      )
    }
  }

  /// All orders of the candidates.
  var orders: [[Int]] { RankingCase.orders(Array(0..<candidateCount)) }

  private static func orders(_ rest: [Int]) -> [[Int]] {
    rest.isEmpty ? [[]] : rest.flatMap { first in orders(rest.filter { $0 != first }).map { [first] + $0 } }
  }
}

extension TieBreak {
  /// Every other case by lot.
  static func ofCase(_ number: Int) -> TieBreak { number % 2 == 0 ? .lexicographic : .seeded("case \(number)") }

  /// The options in the order in which equals are preferred, where nothing has a cost.
  func order(_ count: Int) -> [Int] {
    guard case .seeded(let seed) = self else { return Array(0..<count) }
    var random = PublicRandom(seed: seed)
    return random.shuffled(Array(0..<count))
  }
}

/// Each rule as its winners, for properties that all share.
struct NamedRule: Sendable, CustomTestStringConvertible {
  let name: String
  let winners: @Sendable (RankedProfile) -> [Int]
  var testDescription: String { name }

  static let condorcet: [NamedRule] = [
    NamedRule(name: "copeland") { PairwiseTable($0).copeland(tieBreak: .lexicographic).winners },
    NamedRule(name: "minimax") { PairwiseTable($0).minimax(by: .winningVotes, tieBreak: .lexicographic).winners },
    NamedRule(name: "minimax by margins") { PairwiseTable($0).minimax(by: .margins, tieBreak: .lexicographic).winners },
    NamedRule(name: "ranked pairs") { PairwiseTable($0).rankedPairs(tieBreak: .lexicographic).winners },
    NamedRule(name: "ranked pairs by margins") { PairwiseTable($0).rankedPairs(by: .margins, tieBreak: .lexicographic).winners },
    NamedRule(name: "schulze") { PairwiseTable($0).schulze(tieBreak: .lexicographic).winners },
    NamedRule(name: "schulze by margins") { PairwiseTable($0).schulze(by: .margins, tieBreak: .lexicographic).winners },
    NamedRule(name: "kemeny") { PairwiseTable($0).kemeny(tieBreak: .lexicographic).winners },
  ]
  static let monotonic: [NamedRule] =
    condorcet + [
      NamedRule(name: "plurality") { $0.plurality(tieBreak: .lexicographic).winners },
      NamedRule(name: "borda") { PairwiseTable($0).borda(tieBreak: .lexicographic).winners },
    ]
  static let all: [NamedRule] =
    monotonic + [
      NamedRule(name: "two-round") { $0.twoRound(tieBreak: .lexicographic).winners },
      NamedRule(name: "irv") { $0.instantRunoff(tieBreak: .lexicographic).winners },
      NamedRule(name: "stv-scottish") { $0.transferable(.scottish, seats: 2, tieBreak: .lexicographic).winners },
      NamedRule(name: "stv-meek") { $0.transferable(.meek, seats: 2, tieBreak: .lexicographic).winners },
    ]
}
