/// Moves single seats inside the panels of a lottery until no type is below its floor: a type that misses a seat takes it, in some panel, from a
/// type that can
/// spare one, or from one that then takes one elsewhere, and so on (an augmenting path, the shortest first, by breadth-first search).
///
/// Each move keeps its panel a panel. O(panels · seats · categories) for each type on the way.
struct SeatExchange {
  private(set) var panels: [[Int32]]
  private(set) var totals: [Int]
  private let floors: [Int]
  private let wishes: [Double]
  private let rowsOfType: [[Int]]
  private let limits: [Int]
  private let lower: [Int]
  private let upper: [Int]
  /// For each panel the types that sit in it, ascending.
  private var present: [[Int]]
  /// For each panel how many seats each row has.
  private var filled: [[Int]]
  /// How many moves were looked at: what the work is measured by.
  private(set) var looked = 0

  /// One seat of a panel goes from one type to another.
  private struct Move {
    let panel: Int
    let giver: Int
    let taker: Int
  }

  init(panels: [[Int32]], totals: [Int], floors: [Int], wishes: [Double], polytope: PanelPolytope) {
    self.panels = panels
    self.totals = totals
    self.floors = floors
    self.wishes = wishes
    rowsOfType = polytope.rowsOfType.map { Array($0.dropFirst()) }
    limits = polytope.limits
    lower = polytope.lower
    upper = polytope.upper
    present = panels.map { panel in panel.indices.filter { panel[$0] > 0 } }
    filled = []
    for (place, panel) in panels.enumerated() {
      var rows = [Int](repeating: 0, count: lower.count)
      for type in present[place] { for row in rowsOfType[type] { rows[row] += Int(panel[type]) } }
      filled.append(rows)
    }
  }

  /// Serves those below their floors, the most needy first.
  ///
  /// - Parameter widest: how many types one search looks at before it gives up.
  mutating func run(widest: Int) {
    var hopeless = Set<Int>()
    while true {
      let needy = totals.indices.filter { totals[$0] < floors[$0] && !hopeless.contains($0) }
      guard let taker = needy.max(by: { (wishes[$0] - Double(totals[$0]), $1) < (wishes[$1] - Double(totals[$1]), $0) }) else { return }
      if !serve(taker, widest: widest) { hopeless.insert(taker) }
    }
  }

  /// Finds a path from the type that needs a seat to one that can spare one, and moves the seats along it.
  private mutating func serve(_ needy: Int, widest: Int) -> Bool {
    var how = [Move?](repeating: nil, count: totals.count)
    var queue = [needy]
    var next = 0
    while next < queue.count, next < widest {
      let taker = queue[next]
      next += 1
      for place in panels.indices where Int(panels[place][taker]) < limits[taker] {
        looked += present[place].count
        for giver in present[place] where giver != taker && giver != needy && how[giver] == nil && isPossible(place, giver, taker) {
          how[giver] = Move(panel: place, giver: giver, taker: taker)
          if totals[giver] > floors[giver] {
            if follow(from: giver, to: needy, how) { return true }
            how[giver] = nil
          } else {
            queue.append(giver)
          }
        }
      }
    }
    return false
  }

  private func isPossible(_ place: Int, _ giver: Int, _ taker: Int) -> Bool {
    guard panels[place][giver] > 0, Int(panels[place][taker]) < limits[taker] else { return false }
    let from = rowsOfType[giver]
    let to = rowsOfType[taker]
    for row in from where filled[place][row] <= lower[row] && !to.contains(row) { return false }
    for row in to where filled[place][row] >= upper[row] && !from.contains(row) { return false }
    return true
  }

  /// Makes the moves from the one who spares to the needy. A panel that stands twice on the way may not bear the second move: then all are taken
  /// back.
  private mutating func follow(from giver: Int, to needy: Int, _ how: [Move?]) -> Bool {
    var done: [Move] = []
    var type = giver
    while type != needy, let move = how[type] {
      guard isPossible(move.panel, move.giver, move.taker) else {
        for move in done.reversed() { make(Move(panel: move.panel, giver: move.taker, taker: move.giver)) }
        return false
      }
      make(move)
      done.append(move)
      type = move.taker
    }
    return true
  }

  private mutating func make(_ move: Move) {
    panels[move.panel][move.giver] -= 1
    panels[move.panel][move.taker] += 1
    totals[move.giver] -= 1
    totals[move.taker] += 1
    for row in rowsOfType[move.giver] { filled[move.panel][row] -= 1 }
    for row in rowsOfType[move.taker] { filled[move.panel][row] += 1 }
    present[move.panel] = panels[move.panel].indices.filter { panels[move.panel][$0] > 0 }
  }
}
