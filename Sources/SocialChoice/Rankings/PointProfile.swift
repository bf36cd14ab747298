/// Ballots that give each candidate a number: points, or votes bought with credits. Numbers may be below zero.
package struct PointProfile: Sendable, Hashable {
  /// One ballot, or several equal ones.
  package struct Ballot: Sendable, Hashable {
    /// One a candidate.
    package let points: [Int]
    /// How many people cast it.
    package let weight: Int
  }

  package let candidateCount: Int
  package private(set) var ballots: [Ballot] = []
  /// All weights added.
  package private(set) var total = 0

  /// The largest number a ballot may give, either side of zero: times ``ProfileFault/largestTotal`` it still fits into 64 bits.
  package static let largestPoints = 2_000_000_000

  package init(candidateCount: Int) throws(ProfileFault) {
    guard (0...ProfileFault.largestCandidateCount).contains(candidateCount) else { throw .tooManyCandidates(candidateCount) }
    self.candidateCount = candidateCount
  }

  /// Adds a ballot; false if a number is larger than ``largestPoints`` or their number is not that of the candidates.
  package mutating func append(points: [Int], weight: Int = 1) throws(ProfileFault) -> Bool {
    guard points.count == candidateCount, points.allSatisfy({ abs($0.clampedForMagnitude) <= PointProfile.largestPoints }) else { return false }
    guard weight >= 0 else { throw .negativeWeight(weight) }
    let (sum, overflow) = total.addingReportingOverflow(weight)
    guard !overflow, sum <= ProfileFault.largestTotal else { throw .tooManyBallots }
    total = sum
    ballots.append(Ballot(points: points, weight: weight))
    return true
  }

  /// Score voting on these numbers: the largest sum wins.
  package func score(tieBreak: TieBreak) -> RankingOutcome { RankingLevels.outcome(of: sums(of: ballots).map { Rational($0) }, tieBreak: tieBreak) }

  func sums(of counted: [Ballot]) -> [Int] {
    var sums = [Int](repeating: 0, count: candidateCount)
    for ballot in counted { for candidate in 0..<candidateCount { sums[candidate] += ballot.points[candidate] * ballot.weight } }
    return sums
  }

  /// The same as grades: each number that occurs is a grade, the largest the best.
  package func grades() throws(ProfileFault) -> (profile: GradeProfile, grades: [Int]) {
    let grades = Set(ballots.flatMap(\.points)).sorted(by: >)
    let places = Dictionary(uniqueKeysWithValues: grades.enumerated().map { ($1, $0) })
    var counts = [[Int]](repeating: Array(repeating: 0, count: grades.count), count: candidateCount)
    for ballot in ballots {
      for (candidate, points) in ballot.points.enumerated() { if let grade = places[points] { counts[candidate][grade] += ballot.weight } }
    }
    return (try GradeProfile(gradeCount: grades.count, counts: counts), grades)
  }
}

extension Int {
  /// `abs` traps on the smallest integer.
  fileprivate var clampedForMagnitude: Int { Swift.max(self, -Int.max) }
}
