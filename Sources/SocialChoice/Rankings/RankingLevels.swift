/// Rankings from figures and from "is above".
enum RankingLevels {
  /// Candidates by figure, the largest first, equals together and ascending.
  static func byLargest<Figure: Comparable>(_ figures: [Figure]) -> [[Int]] {
    let order = figures.indices.sorted { figures[$0] != figures[$1] ? figures[$0] > figures[$1] : $0 < $1 }
    var levels: [[Int]] = []
    for candidate in order {
      if let last = levels.last?.first, figures[last] == figures[candidate] {
        levels[levels.count - 1].append(candidate)
      } else {
        levels.append([candidate])
      }
    }
    return levels
  }

  /// Repeatedly those above whom none of the remaining stands. `isAbove` must have no cycle.
  static func byPeeling(_ count: Int, isAbove: (Int, Int) -> Bool) -> [[Int]] {
    var remaining = Array(0..<count)
    var levels: [[Int]] = []
    // How many of the remaining stand above each: taken away level by level, so that each pair is asked twice only.
    var above = (0..<count).map { candidate in (0..<count).count { $0 != candidate && isAbove($0, candidate) } }
    while !remaining.isEmpty {
      let level = remaining.filter { above[$0] == 0 }
      guard !level.isEmpty else { return levels + [remaining] }
      remaining.removeAll { above[$0] == 0 }
      for candidate in remaining { above[candidate] -= level.count { isAbove($0, candidate) } }
      levels.append(level)
    }
    return levels
  }

  /// The outcome of a rule that gives each candidate a figure and takes the largest.
  static func outcome(of scores: [Rational], tieBreak: TieBreak) -> RankingOutcome {
    let ranking = byLargest(scores)
    guard let winners = ranking.first else {
      return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: .scores([]))
    }
    let (chosen, ties) = choose(winners, count: scores.count, tieBreak: tieBreak)
    let losers = scores.indices.filter { $0 != chosen }.map { candidate in
      LosingReason(
        candidate, scores[candidate] == scores[chosen] ? .tieBroken(by: chosen) : .fewer(own: scores[candidate], than: chosen, with: scores[chosen]))
    }
    return RankingOutcome(winners: winners, ranking: ranking, chosen: [chosen], ties: ties, losers: losers, trace: .scores(scores))
  }

  /// The one of several equals whom the tie-break takes, with the tie if there was one.
  ///
  /// - Precondition: `winners` is not empty.
  static func choose(_ winners: [Int], count: Int, tieBreak: TieBreak) -> (chosen: Int, ties: [Tie]) {
    let places = tieBreak.places(count: count)
    let chosen = winners.min { places[$0] < places[$1] } ?? winners[0]
    return (chosen, winners.count > 1 ? [Tie(round: 1, options: winners, chosen: chosen)] : [])
  }
}
