/// Who stands above whom along victories that are locked in: the transitive closure, as bits.
struct Reachability: Hashable {
  let count: Int
  private let words: Int
  private var rows: [UInt64]

  init(count: Int) {
    self.count = count
    words = (count + 63) / 64
    rows = Array(repeating: 0, count: count * words)
  }

  func isAbove(_ a: Int, _ b: Int) -> Bool { rows[a * words + b >> 6] >> UInt64(b & 63) & 1 == 1 }

  /// Sets `winner` and all above it above `loser` and all below it. The caller has seen that no cycle closes.
  mutating func lock(_ winner: Int, above loser: Int) {
    if isAbove(winner, loser) { return }
    for candidate in 0..<count where (candidate == winner || isAbove(candidate, winner)) && !isAbove(candidate, loser) {
      for word in 0..<words { rows[candidate * words + word] |= rows[loser * words + word] }
      rows[candidate * words + loser >> 6] |= 1 << UInt64(loser & 63)
    }
  }

  /// Those above whom nobody stands, ascending.
  var sources: [Int] {
    var below = [UInt64](repeating: 0, count: words)
    for candidate in 0..<count { for word in 0..<words { below[word] |= rows[candidate * words + word] } }
    return (0..<count).filter { below[$0 >> 6] >> UInt64($0 & 63) & 1 == 0 }
  }

  var levels: [[Int]] { RankingLevels.byPeeling(count) { isAbove($0, $1) } }
}
