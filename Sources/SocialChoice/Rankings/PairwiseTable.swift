/// For each two candidates, how many people prefer the one to the other.
///
/// Those a ballot leaves out are below all it ranks and equal to one another; equals count for neither side.
package struct PairwiseTable: Sendable, Hashable {
  package let candidateCount: Int
  /// How many people voted.
  package let total: Int
  /// Row by row: `cells[a * candidateCount + b]` prefer a to b. Narrow, since there may be millions.
  private let cells: [UInt32]

  /// Counts the profile. A million ballots of a hundred candidates take half a second.
  package init(_ profile: RankedProfile) {
    candidateCount = profile.candidateCount
    total = profile.total
    cells = PairwiseCount.cells(of: profile)
  }

  /// How many prefer `a` to `b`.
  package subscript(a: Int, b: Int) -> Int { Int(cells[a * candidateCount + b]) }

  /// Whether more people prefer `a` to `b` than `b` to `a`.
  package func beats(_ a: Int, _ b: Int) -> Bool { self[a, b] > self[b, a] }

  /// How strong the victory of `a` over `b` is; 0 where `a` does not win.
  package func strength(_ a: Int, _ b: Int, by measure: VictoryStrength) -> Int {
    let (own, other) = (self[a, b], self[b, a])
    guard own > other else { return 0 }
    return measure == .winningVotes ? own : own - other
  }

  /// The candidate who beats each other one, if there is one.
  package var condorcetWinner: Int? {
    (0..<candidateCount).first { a in (0..<candidateCount).allSatisfy { $0 == a || beats(a, $0) } }
  }
}

/// How the victory of one candidate over another is measured.
package enum VictoryStrength: String, Sendable, Hashable {
  /// By the number of people who prefer the winner.
  case winningVotes = "winning-votes"
  /// By how many more they are than those who prefer the loser.
  case margins
}
