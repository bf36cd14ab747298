/// Depth first through the tree of decisions, without recursion.
struct KnapsackSearch {
  private let items: KnapsackItems
  private(set) var stepsLeft: Int
  private(set) var best: [Int] = []
  private(set) var bestValue: Int128 = -1
  /// In the order of the walk: see ``WelfareCertificate``.
  private(set) var tree: [WelfareCertificate.Node] = []
  private(set) var multipliers: [Int32] = []
  private(set) var found: [[Int]] = []
  private(set) var isComplete = false

  private var taken: [Int] = []
  private var value: Int128 = 0
  private var left: Int
  private var blocked: [Int]
  /// Items taken whose other branch is still to be walked.
  private var open: [Int] = []

  init(_ items: KnapsackItems, stepLimit: Int) {
    self.items = items
    stepsLeft = stepLimit
    left = items.budget
    blocked = [Int](repeating: 0, count: items.count)
  }

  /// Finds a best choice, and the tree that proves it.
  mutating func prove() {
    var item = 0
    repeat {
      item = descend(from: item, recording: true) { search, item in
        search.value + search.items.bound(from: item, left: search.left) <= search.bestValue
      }
      if item == items.count, value > bestValue { (best, bestValue) = (taken, value) }
      if stepsLeft <= 0 { return }
      guard let next = backtrack() else { break }
      item = next
    } while true
    isComplete = true
  }

  /// Finds all choices of the given value, at most `limit`.
  ///
  /// - Parameter endsWhenFull: whether the search ends with the last that was asked for, without asking if there are more.
  mutating func enumerate(value target: Int128, limit: Int, endsWhenFull: Bool = false) {
    var item = 0
    repeat {
      item = descend(from: item, recording: false) { search, item in search.value + search.items.bound(from: item, left: search.left) < target }
      if item == items.count, value == target {
        if found.count == limit { return }
        found.append(taken)
        if endsWhenFull, found.count == limit { return }
      }
      if stepsLeft <= 0 { return }
      guard let next = backtrack() else { break }
      item = next
    } while true
    isComplete = true
  }

  /// Takes what can be taken until the branch is closed (returns −1) or all items are decided (returns their count).
  private mutating func descend(from start: Int, recording: Bool, isClosed: (borrowing KnapsackSearch, Int) -> Bool) -> Int {
    var item = start
    while true {
      stepsLeft -= 1
      if isClosed(self, item) {
        if recording {
          tree.append(.closed)
          multipliers.append(Int32(items.critical(from: item, left: left)))
        }
        return -1
      }
      guard item < items.count, stepsLeft > 0 else {
        if recording { tree.append(.end) }
        return item
      }
      if items.costs[item] <= left, blocked[item] == 0 {
        if recording { tree.append(.branch) }
        open.append(item)
        taken.append(item)
        value += items.values[item]
        left -= items.costs[item]
        for rival in items.rivals[item] { blocked[rival] += 1 }
      } else if recording {
        tree.append(.impossible)
      }
      item += 1
    }
  }

  /// Leaves out the last item taken; the next one to decide, or nil when all is walked.
  private mutating func backtrack() -> Int? {
    guard let item = open.popLast() else { return nil }
    taken.removeLast()
    value -= items.values[item]
    left += items.costs[item]
    for rival in items.rivals[item] { blocked[rival] -= 1 }
    return item + 1
  }
}
