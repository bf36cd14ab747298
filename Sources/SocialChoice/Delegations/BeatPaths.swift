/// How strongly one side beats the other: by the weight for the winner, then, at equal weight, by the smaller weight for the loser.
struct DefeatStrength: Comparable, Sendable, Hashable {
  /// Weight for the winner; 0 for a tie, −1 for a defeat, which is no step of a path.
  let winner: Int
  let loser: Int

  static let tie = DefeatStrength(winner: 0, loser: 0)
  static let defeated = DefeatStrength(winner: -1, loser: 0)

  init(winner: Int, loser: Int) {
    self.winner = winner
    self.loser = loser
  }

  init(of side: Int, against other: Int) { self = side > other ? Self(winner: side, loser: other) : side == other ? .tie : .defeated }

  static func < (a: Self, b: Self) -> Bool { a.winner == b.winner ? a.loser > b.loser : a.winner < b.winner }
}

/// The strongest paths of victories between all pairs of a battle, the status quo among them: M. Schulze, *A new monotonic, clone-independent, reversal
/// symmetric, and Condorcet-consistent single-winner election method*, Social Choice and Welfare 36 (2011). O(options² · log + options³ / 64).
///
/// The search is that of ``PathStrengths``; the strengths are others: a tie is a step here, and equal victories are told apart by the loser's weight.
struct BeatPaths: Sendable {
  private let side: Int
  private var strengths: [DefeatStrength]

  subscript(from: Int, to: Int) -> DefeatStrength { strengths[from * side + to] }

  init(_ battle: Battle) {
    let side = battle.optionCount + 1
    self.side = side
    let direct = (0..<side * side).map { DefeatStrength(of: battle[$0 / side, $0 % side], against: battle[$0 % side, $0 / side]) }
    var strengths = (0..<side * side).map { $0 / side == $0 % side ? DefeatStrength.tie : .defeated }
    var reach = TwoWayReachability(count: side)
    for step in direct.indices.filter({ direct[$0] >= .tie && $0 / side != $0 % side }).sorted(by: { direct[$0] > direct[$1] }) {
      reach.join(step / side, to: step % side) { from, to in if from != to { strengths[from * side + to] = direct[step] } }
    }
    self.strengths = strengths
  }

  /// Ranks from 1; a rank holds all whom none of those still unranked beats. O(options²) for each rank.
  func ranks() -> [Int] {
    var ranks = [Int](repeating: 0, count: side)
    var rank = 0
    while true {
      let left = ranks.indices.filter { ranks[$0] == 0 }
      if left.isEmpty { return ranks }
      rank += 1
      for option in left where !left.contains(where: { self[$0, option] > self[option, $0] }) { ranks[option] = rank }
    }
  }
}
