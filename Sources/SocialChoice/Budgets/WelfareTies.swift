/// Which choices are worth as much as the best, and which of them the tie-break puts first.
///
/// All of them are looked for up to a limit. Where there are more, each project is asked about in the order of the tie-break: is there a best choice
/// with it and with those already fixed? What is fixed so is the choice whose projects come first. Then each project is asked whether it is in some and
/// whether it is in every best choice. An answer is a search of its own, exponential in the worst case.
struct WelfareTies {
  /// What a best choice is worth.
  let value: Int128
  /// The items of the best choice that the tie-break puts first, if ``isFirst``; of one of those found otherwise.
  private(set) var chosen: [Int]
  private(set) var isFirst = false
  /// Items of the best choices that were found.
  private(set) var inSome: Set<Int>
  private var inEvery: Set<Int>
  /// Whether the items of all best choices are known.
  private(set) var isComplete = false
  private var excluded: Set<Int> = []
  private var stepsLeft = 0
  private let items: KnapsackItems
  /// The items, the preferred first.
  private let order: [Int]

  init(_ items: KnapsackItems, order: [Int], best: KnapsackSearch) {
    (self.items, self.order) = (items, order)
    (value, chosen) = (best.bestValue, best.best)
    inSome = Set(chosen)
    inEvery = inSome
  }

  /// Items that some of the best choices have, and some have not.
  var open: Set<Int> { inSome.subtracting(inEvery) }

  /// Of the open items that were chosen the preferred one; nil where no tie was met.
  var firstOpen: Int? { order.first { open.contains($0) && chosen.contains($0) } }

  /// Whether it was not found out if a best choice has this item.
  func isUnknown(_ item: Int) -> Bool { !isComplete && !inSome.contains(item) && !excluded.contains(item) }

  mutating func search(stepLimit: Int) {
    var all = KnapsackSearch(items, stepLimit: min(stepLimit, 200_000))
    all.enumerate(value: value, limit: 64)
    for choice in all.found { note(choice) }
    chosen = all.found.min { rank($0).lexicographicallyPrecedes(rank($1)) } ?? chosen
    if all.isComplete {
      (isFirst, isComplete) = (true, true)
      return
    }
    stepsLeft = stepLimit
    isFirst = findFirst()
    stepsLeft = stepLimit
    isComplete = findOthers()
  }

  private func rank(_ choice: [Int]) -> [Int] { order.indices.filter { choice.contains(order[$0]) } }

  private mutating func note(_ choice: [Int]) {
    inSome.formUnion(choice)
    inEvery.formIntersection(choice)
  }

  private mutating func findFirst() -> Bool {
    var fixed: Set<Int> = []
    var out: Set<Int> = []
    for item in order {
      // Nothing can be added to a best choice, since each item is worth something.
      if fixed.count == chosen.count { return true }
      if chosen.contains(item) {
        fixed.insert(item)
        continue
      }
      switch ask(with: fixed.union([item]), without: out) {
      case .found(let choice):
        chosen = choice
        fixed.insert(item)
      case .none: out.insert(item)
      case .unknown: return false
      }
    }
    return true
  }

  private mutating func findOthers() -> Bool {
    var isComplete = true
    for item in 0..<items.count where !inSome.contains(item) {
      switch ask(with: [item], without: []) {
      case .found: break
      case .none: excluded.insert(item)
      case .unknown: isComplete = false
      }
    }
    for item in inEvery where inEvery.contains(item) {
      if case .unknown = ask(with: [], without: [item]) { isComplete = false }
    }
    return isComplete
  }

  private enum Answer { case found([Int]), none, unknown }

  /// A best choice with these items and without those.
  private mutating func ask(with taken: Set<Int>, without out: Set<Int>) -> Answer {
    guard let rest = items.rest(taken: taken, without: out) else { return .none }
    let wanted = taken.reduce(value) { $0 - items.values[$1] }
    guard rest.bound(from: 0, left: rest.budget) >= wanted else { return .none }
    guard stepsLeft > 0 else { return .unknown }
    var search = KnapsackSearch(rest, stepLimit: stepsLeft)
    search.enumerate(value: wanted, limit: 1, endsWhenFull: true)
    stepsLeft = search.stepsLeft
    guard let found = search.found.first else { return search.isComplete ? .none : .unknown }
    let choice = (found.map { rest.projects[$0] } + taken).sorted()
    note(choice)
    return .found(choice)
  }
}
