/// The strength of the strongest path from each candidate to each other one.
///
/// A path goes from victory to victory; it is as strong as its weakest one. 0: no path.
package struct PathStrengths: Sendable, Hashable {
  package let candidateCount: Int
  package let measure: VictoryStrength
  /// Row by row.
  private let cells: [Int]

  /// The widest paths by the algorithm of Floyd and Warshall: O(m³), 1 ms for a hundred candidates.
  package init(_ table: PairwiseTable, by measure: VictoryStrength) {
    let count = table.candidateCount
    candidateCount = count
    self.measure = measure
    var cells = [Int](repeating: 0, count: count * count)
    for a in 0..<count {
      for b in 0..<count where a != b { cells[a * count + b] = table.strength(a, b, by: measure) }
    }
    cells.withUnsafeMutableBufferPointer { cells in
      for middle in 0..<count {
        for from in 0..<count where from != middle {
          let first = cells[from * count + middle]
          if first == 0 { continue }
          for to in 0..<count {
            let through = min(first, cells[middle * count + to])
            if through > cells[from * count + to] { cells[from * count + to] = through }
          }
        }
      }
      for candidate in 0..<count { cells[candidate * count + candidate] = 0 }
    }
    self.cells = cells
  }

  package subscript(from: Int, to: Int) -> Int { cells[from * candidateCount + to] }

  /// Whether `a` beats `b`: its path is stronger than the way back. This is never circular (Schulze 2011, section 4.1).
  package func beats(_ a: Int, _ b: Int) -> Bool { self[a, b] > self[b, a] }

  /// One of the shortest paths among the strongest from one to the other, both ends in it.
  package func path(from: Int, to: Int, in table: PairwiseTable) -> [Int] {
    let needed = self[from, to]
    if table.strength(from, to, by: measure) >= needed { return [from, to] }
    var previous = [Int](repeating: -1, count: candidateCount)
    var queue = [from]
    var next = 0
    while next < queue.count, previous[to] < 0 {
      let here = queue[next]
      next += 1
      for there in 0..<candidateCount where there != from && previous[there] < 0 && table.strength(here, there, by: measure) >= needed {
        previous[there] = here
        queue.append(there)
      }
    }
    var path = [to]
    while let last = path.last, last != from, previous[last] >= 0 { path.append(previous[last]) }
    return path.reversed()
  }
}

extension PairwiseTable {
  /// The rule of Markus Schulze (*A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method*,
  /// Social Choice and Welfare 36, 2011).
  ///
  /// Who is beaten by nobody through paths wins. The ranking: repeatedly those whom none of the remaining beats.
  /// O(m³) after the table.
  ///
  /// Example: 5 people rank A>B>C, 4 B>C>A, 3 C>A>B. A beats B by 8, B beats C by 9, C beats A by 7. From A to C there is a path of strength 8, back 7:
  /// A wins.
  package func schulze(by measure: VictoryStrength = .winningVotes, tieBreak: TieBreak) -> RankingOutcome {
    let paths = PathStrengths(self, by: measure)
    let ranking = RankingLevels.byPeeling(candidateCount) { paths.beats($0, $1) }
    guard let winners = ranking.first else {
      return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: .paths(paths))
    }
    let (chosen, ties) = RankingLevels.choose(winners, count: candidateCount, tieBreak: tieBreak)
    let losers = (0..<candidateCount).filter { $0 != chosen }.map { loser in
      guard let winner = paths.beats(chosen, loser) ? chosen : winners.first(where: { paths.beats($0, loser) }) else {
        return LosingReason(loser, .tieBroken(by: chosen))
      }
      let path = paths.path(from: winner, to: loser, in: self)
      return LosingReason(loser, .beatenThroughPath(path, strength: paths[winner, loser], against: paths[loser, winner]))
    }
    return RankingOutcome(winners: winners, ranking: ranking, chosen: [chosen], ties: ties, losers: losers, trace: .paths(paths))
  }
}
