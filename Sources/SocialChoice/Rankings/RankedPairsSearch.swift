/// Every way to lock in victories that the orders of equally strong ones allow.
struct RankedPairsSearch {
  /// The final orders, each once.
  private(set) var outcomes: Set<Reachability> = []
  /// False where the limit was reached: `outcomes` then holds nothing.
  private(set) var isComplete = true
  private var left: Int

  /// - Parameter victories: the strongest first.
  init(_ victories: [Victory], count: Int, steps: Int) {
    left = steps
    guard Self.leastSteps(victories, count: count) <= steps else {
      isComplete = false
      return
    }
    // Not a set: a victory that is alone in its strength leads each order to one other, in place.
    var states = [Reachability(count: count)]
    var start = 0
    while start < victories.count {
      let end = victories[start...].firstIndex { $0.strength != victories[start].strength } ?? victories.count
      if end - start == 1 {
        let (winner, loser) = (victories[start].winner, victories[start].loser)
        for index in states.indices where !states[index].isAbove(loser, winner) { states[index].lock(winner, above: loser) }
        left -= states.count * count
      } else {
        let group = Array(victories[start..<end])
        var next: Set<Reachability> = []
        for state in states where left >= 0 { next.formUnion(expand(state, group)) }
        states = Array(next)
      }
      start = end
      if left < 0 {
        isComplete = false
        return
      }
    }
    outcomes = Set(states)
  }

  /// What the search takes if it meets one order only: where this is over the limit it need not begin.
  private static func leastSteps(_ victories: [Victory], count: Int) -> Int {
    var (sum, start) = (0, 0)
    while start < victories.count {
      let end = victories[start...].firstIndex { $0.strength != victories[start].strength } ?? victories.count
      sum += end - start == 1 ? count : count * (count / 8) + end - start
      start = end
    }
    return sum
  }

  /// What one group makes of one order. What is left to decide hangs on the order reached alone, so that each order is looked at once.
  private mutating func expand(_ start: Reachability, _ group: [Victory]) -> Set<Reachability> {
    var ends: Set<Reachability> = []
    var seen: Set<Reachability> = [start]
    var waiting = [start]
    while let state = waiting.popLast() {
      let open = group.filter { !state.isAbove($0.loser, $0.winner) && !state.isAbove($0.winner, $0.loser) }
      left -= state.count * (state.count / 8 + 2 * open.count) + group.count
      if left < 0 { return ends }
      var all = state
      let fits = open.allSatisfy { victory in
        guard !all.isAbove(victory.loser, victory.winner) else { return false }
        all.lock(victory.winner, above: victory.loser)
        return true
      }
      if fits {
        ends.insert(all)
        continue
      }
      for next in branches(state, open) where seen.insert(next).inserted { waiting.append(next) }
    }
    return ends
  }

  /// Victories that are on no cycle are locked in on every way; of those on cycles, the ones of one knot are tried one by one.
  private mutating func branches(_ state: Reachability, _ open: [Victory]) -> [Reachability] {
    let knots = Knots(state, open)
    let free = open.filter { !knots.areTogether($0.winner, $0.loser) }
    var base = state
    // On no cycle with any of the open ones: whatever is locked in otherwise, these stay possible.
    for victory in free { base.lock(victory.winner, above: victory.loser) }
    if base != state { return [base] }
    guard let first = open.first(where: { knots.areTogether($0.winner, $0.loser) }) else { return [] }
    let knot = open.filter { knots.areTogether($0.winner, first.winner) && knots.areTogether($0.loser, first.winner) }
    left -= knot.count * state.count * (state.count / 64 + 1)
    if left < 0 { return [] }
    return knot.map { victory in
      var next = state
      next.lock(victory.winner, above: victory.loser)
      return next
    }
  }
}

/// The strongly connected components of an order and some more victories.
struct Knots {
  private var reach: Reachability

  init(_ order: Reachability, _ victories: [Victory]) {
    reach = order
    // Locking in lets cycles close here: the closure then says who reaches whom both ways.
    for victory in victories { reach.lock(victory.winner, above: victory.loser) }
  }

  func areTogether(_ a: Int, _ b: Int) -> Bool { a == b || (reach.isAbove(a, b) && reach.isAbove(b, a)) }
}
