/// How often each candidate got each grade.
///
/// Grades are numbered from 0, the best first. Majority judgment and score need no more than these sums.
package struct GradeProfile: Sendable, Hashable {
  /// Of all grades, given or not.
  package let gradeCount: Int
  /// `counts[candidate][grade]`; a candidate may have fewer grades than there are voters.
  package let counts: [[Int]]
  package var candidateCount: Int { counts.count }

  /// Fails if a row has not `gradeCount` entries, one is below zero, or a row adds up to more than ``ProfileFault/largestTotal``.
  package init(gradeCount: Int, counts: [[Int]]) throws(ProfileFault) {
    guard counts.count <= ProfileFault.largestCandidateCount else { throw .tooManyCandidates(counts.count) }
    for row in counts {
      guard row.count == gradeCount else { throw .tooManyBallots }
      var sum = 0
      for count in row {
        guard count >= 0 else { throw .negativeWeight(count) }
        let (next, overflow) = sum.addingReportingOverflow(count)
        guard !overflow, next <= ProfileFault.largestTotal else { throw .tooManyBallots }
        sum = next
      }
    }
    self.gradeCount = gradeCount
    self.counts = counts
  }

  /// Score (range) voting: the largest sum of points wins.
  ///
  /// - Parameters:
  ///   - points: for each grade, the best first; nil for a grade that says nothing. Grades that are missing on a ballot give nothing either.
  ///   - unit: how many of ``counts`` make one vote; at least 1. Sums are in votes times points.
  package func score(points: [Int?], unit: Int = 1, tieBreak: TieBreak) -> RankingOutcome {
    let scores = counts.map { row in
      zip(row, points).reduce(Rational.zero) { sum, pair in pair.1.map { sum + Rational(pair.0, max(1, unit)) * Rational($0) } ?? sum }
    }
    return RankingLevels.outcome(of: scores, tieBreak: tieBreak)
  }
}
