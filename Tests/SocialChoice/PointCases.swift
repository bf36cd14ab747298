import Testing

@testable import SocialChoice

/// Small random elections in which each ballot gives each candidate a number from −2 to 3, few numbers and few ballots, so that many are equal.
struct PointCase {
  let candidateCount: Int
  var ballots: [(points: [Int], weight: Int)]

  init(candidateCount: Int, ballots: [(points: [Int], weight: Int)]) {
    self.candidateCount = candidateCount
    self.ballots = ballots
  }

  init(_ number: Int) {
    var random = PublicRandom(seed: "point case \(number)")
    let count = 1 + random.below(5)
    candidateCount = count
    ballots = (0..<random.below(8)).map { _ in ((0..<count).map { _ in random.below(6) - 2 }, random.below(4)) }
  }

  var points: PointProfile {
    get throws {
      var profile = try PointProfile(candidateCount: candidateCount)
      for ballot in ballots { guard try profile.append(points: ballot.points, weight: ballot.weight) else { throw ProfileFault.tooManyBallots } }
      return profile
    }
  }

  /// Who has a number above zero is approved of.
  var approvals: ApprovalProfile {
    get throws {
      var profile = try ApprovalProfile(candidateCount: candidateCount)
      for ballot in ballots { try profile.append(approved: ballot.points.indices.filter { ballot.points[$0] > 0 }.reversed(), weight: ballot.weight) }
      return profile
    }
  }

  /// What each candidate gets if a number is worth so much.
  func figures(_ worth: (Int) -> Int) -> [Rational] {
    (0..<candidateCount).map { candidate in
      ballots.reduce(.zero) { sum, ballot in (0..<ballot.weight).reduce(sum) { sum, _ in sum + Rational(worth(ballot.points[candidate])) } }
    }
  }

  /// Each ballot as often as its weight.
  var repeated: PointCase {
    PointCase(candidateCount: candidateCount, ballots: ballots.flatMap { Array(repeating: ($0.points, 1), count: $0.weight) })
  }

  /// Candidate c becomes `names[c]`.
  func renamed(_ names: [Int]) -> PointCase {
    let places = names.indices.map { name in names.firstIndex(of: name) ?? 0 }
    return PointCase(candidateCount: candidateCount, ballots: ballots.map { ballot in (places.map { ballot.points[$0] }, ballot.weight) })
  }
}

/// Each rule on such ballots as its outcome.
struct PointRule: Sendable, CustomTestStringConvertible {
  let name: String
  let outcome: @Sendable (PointCase) throws -> RankingOutcome
  var testDescription: String { name }

  static let quadratic = PointRule(name: "quadratic") { try $0.points.quadratic(credits: 12, tieBreak: .lexicographic) }
  static let judgment = PointRule(name: "majority judgment") { try $0.points.grades().profile.majorityJudgment(tieBreak: .lexicographic) }
  static let monotonic: [PointRule] = [
    PointRule(name: "approval") { try $0.approvals.approval(tieBreak: .lexicographic) },
    PointRule(name: "score") { try $0.points.score(tieBreak: .lexicographic) },
    PointRule(name: "score by grades") { election in
      let (profile, grades) = try election.points.grades()
      return profile.score(points: grades, tieBreak: .lexicographic)
    },
    judgment,
  ]
  static let all = monotonic + [quadratic]
}
