/// The strength of the strongest path from each candidate to each other one.
///
/// A path goes from victory to victory; it is as strong as its weakest one. 0: no path.
package struct PathStrengths: Sendable, Hashable {
  package let candidateCount: Int
  /// What ``subscript(_:_:)`` counts.
  package let measure: VictoryStrength
  /// Row by row, as narrow as those of the table.
  private let cells: [UInt32]

  /// Victories are taken from the strongest to the weakest; a pair that one of them joins has it as the weakest victory of its strongest path.
  /// O(m² + m³ / 64): 1 ms for a hundred candidates.
  package init(_ table: PairwiseTable, by measure: VictoryStrength) {
    let count = table.candidateCount
    candidateCount = count
    self.measure = measure
    let victories = table.victories(by: measure, places: Array(0..<count))
    var cells = [UInt32](repeating: 0, count: count * count)
    var reach = TwoWayReachability(count: count)
    cells.withUnsafeMutableBufferPointer { cells in
      for victory in victories {
        let strength = UInt32(victory.strength)
        reach.join(victory.winner, to: victory.loser) { from, to in cells[from * count + to] = strength }
      }
      for candidate in 0..<count { cells[candidate * count + candidate] = 0 }
    }
    self.cells = cells
  }

  /// In people; 0 where no path leads there.
  package subscript(from: Int, to: Int) -> Int { Int(cells[from * candidateCount + to]) }

  /// The strengths of the paths from one candidate to each, 0 to itself.
  package func strengths(from candidate: Int) -> [Int] { (0..<candidateCount).map { self[candidate, $0] } }

  /// Whether `a` beats `b`: its path is stronger than the way back. This is never circular (Schulze 2011, section 4.1).
  package func beats(_ a: Int, _ b: Int) -> Bool { self[a, b] > self[b, a] }

  /// One of the shortest paths among the strongest from one to the other, both ends in it.
  package func path(from: Int, to: Int, in table: PairwiseTable) -> [Int] { paths([(from, to)], in: table)[0] }

  /// Such a path for each of these pairs. Pairs of the same beginning and strength share one search of O(m²).
  func paths(_ pairs: [(from: Int, to: Int)], in table: PairwiseTable) -> [[Int]] {
    let key = { (pair: (from: Int, to: Int)) in (pair.from, self[pair.from, pair.to]) }
    var paths = [[Int]](repeating: [], count: pairs.count)
    var search: PathSearch?
    for place in pairs.indices.sorted(by: { key(pairs[$0]) < key(pairs[$1]) }) {
      let (from, needed) = key(pairs[place])
      let to = pairs[place].to
      if table.strength(from, to, by: measure) >= needed {
        paths[place] = [from, to]
        continue
      }
      var next = search ?? PathSearch(from: from, needed: needed, count: candidateCount)
      if next.from != from || next.needed != needed { next = PathSearch(from: from, needed: needed, count: candidateCount) }
      search = nil
      paths[place] = next.path(to: to) { table[$0, $1] >= needed && table.strength($0, $1, by: measure) >= needed }
      search = next
    }
    return paths
  }
}

/// A search by breadth along victories of some strength, that goes on as far as is asked.
private struct PathSearch {
  let from: Int
  let needed: Int
  private var previous: [Int]
  private var queue: [Int]
  private var next = 0
  /// Not reached yet, ascending.
  private var waiting: [Int]

  init(from: Int, needed: Int, count: Int) {
    self.from = from
    self.needed = needed
    previous = Array(repeating: -1, count: count)
    queue = [from]
    waiting = (0..<count).filter { $0 != from }
  }

  mutating func path(to end: Int, isStep: (Int, Int) -> Bool) -> [Int] {
    while next < queue.count, previous[end] < 0 {
      let here = queue[next]
      next += 1
      let before = queue.count
      var rest: [Int] = []
      for there in waiting { if isStep(here, there) { queue.append(there) } else { rest.append(there) } }
      for there in queue[before...] { previous[there] = here }
      waiting = rest
    }
    var path = [end]
    while let last = path.last, last != from, previous[last] >= 0 { path.append(previous[last]) }
    return path.reversed()
  }
}

extension PairwiseTable {
  /// The rule of Markus Schulze (*A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method*,
  /// Social Choice and Welfare 36, 2011).
  ///
  /// Who is beaten by nobody through paths wins. The ranking: repeatedly those whom none of the remaining beats.
  /// O(m² + m³ / 64) after the table, and a search of O(m²) for each strength of the paths to losers that no victory alone explains.
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
    let beaten = (0..<candidateCount).filter { $0 != chosen }.map { loser in
      (winner: paths.beats(chosen, loser) ? chosen : winners.first { paths.beats($0, loser) }, loser: loser)
    }
    let losers = LosingReason.list(beaten, tieBroken: chosen, paths, in: self)
    return RankingOutcome(winners: winners, ranking: ranking, chosen: [chosen], ties: ties, losers: losers, trace: .paths(paths))
  }
}

extension LosingReason {
  /// Through which path each loser is beaten by its winner; where it has none, the tie-break took another.
  static func list(
    _ beaten: [(winner: Int?, loser: Int)], tieBroken chosen: Int, _ paths: PathStrengths, in table: PairwiseTable
  ) -> [LosingReason] {
    let pairs = beaten.compactMap { pair in pair.winner.map { (from: $0, to: pair.loser) } }
    var found = zip(pairs, paths.paths(pairs, in: table)).makeIterator()
    return beaten.map { pair in
      guard pair.winner != nil, let ((winner, loser), path) = found.next() else { return LosingReason(pair.loser, .tieBroken(by: chosen)) }
      return LosingReason(loser, .beatenThroughPath(path, strength: paths[winner, loser], against: paths[loser, winner]))
    }
  }
}
