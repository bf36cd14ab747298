/// The best orders of a few candidates, by dynamic programming over subsets.
struct KemenyComponent {
  /// In the tie-break's order.
  let members: [Int]
  let isProvenBest: Bool
  /// The best order, or the one found; of several best ones the first by the tie-break's order.
  private(set) var chosen: [Int] = []
  /// Its disagreements.
  private(set) var cost = 0
  /// `ordered[i][j]`: how many prefer member i to member j.
  private let preferred: [[Int]]
  /// The cost of the best order of each subset; empty where that was over the limit.
  private var costs: [Int] = []
  /// Who may be first in a best order of each subset, as bits.
  private var leaders: [UInt32] = []

  private static let largest = 20

  init(_ table: PairwiseTable, _ members: [Int], steps: Int) {
    self.members = members
    preferred = members.map { a in members.map { table[a, $0] } }
    isProvenBest = members.count <= KemenyComponent.largest && (1 << members.count) <= steps / max(members.count, 1)
    if isProvenBest { fillSubsets() } else { improve(moves: max(1, steps / (members.count * members.count))) }
  }

  private mutating func fillSubsets() {
    let size = members.count
    let sets = 1 << size
    // The disagreements if `first` stands before a set are the sum of two halves that are looked up.
    let low = size / 2
    let high = size - low
    func halves(_ first: Int, _ from: Int, _ bits: Int) -> [Int] {
      var sums = [Int](repeating: 0, count: 1 << bits)
      for set in 1..<max(1, sums.count) {
        sums[set] = sums[set & (set - 1)] + preferred[from + set.trailingZeroBitCount][first]
      }
      return sums
    }
    let lowSums = (0..<size).map { halves($0, 0, low) }
    let highSums = (0..<size).map { halves($0, low, high) }
    var costs = [Int](repeating: 0, count: sets)
    var leaders = [UInt32](repeating: 0, count: sets)
    for set in 1..<max(1, sets) {
      var (best, first): (Int, UInt32) = (.max, 0)
      var rest = set
      while rest != 0 {
        let member = rest.trailingZeroBitCount
        rest &= rest - 1
        let others = set & ~(1 << member)
        let cost = costs[others] + lowSums[member][others & (1 << low - 1)] + highSums[member][others >> low]
        if cost < best { (best, first) = (cost, 1 << UInt32(member)) } else if cost == best { first |= 1 << UInt32(member) }
      }
      (costs[set], leaders[set]) = (best, first)
    }
    self.costs = costs
    self.leaders = leaders
    cost = costs[sets - 1]
    chosen = orders(atMost: 1).first ?? []
  }

  /// Who is first in some best order, ascending.
  var firsts: [Int] {
    guard isProvenBest, let first = leaders.last else { return Array(chosen.prefix(1)) }
    return members.indices.filter { first >> UInt32($0) & 1 == 1 }.map { members[$0] }.sorted()
  }

  /// The cost of the best order of the others; nil where it was not computed.
  func cost(without member: Int) -> Int? {
    guard isProvenBest, let index = members.firstIndex(of: member) else { return nil }
    return costs[(costs.count - 1) & ~(1 << index)]
  }

  /// How many best orders there are: 20! still fits.
  var orderCount: Int? {
    guard isProvenBest else { return nil }
    var counts = [Int](repeating: 1, count: leaders.count)
    for set in 1..<max(1, leaders.count) {
      counts[set] = members.indices.reduce(0) { leaders[set] >> UInt32($1) & 1 == 1 ? $0 + counts[set & ~(1 << $1)] : $0 }
    }
    return counts.last
  }

  /// Where another member could have stood in a best order that begins like the chosen one.
  ///
  /// - Parameter placed: how many stand before the component.
  func ties(after placed: Int) -> [Tie] {
    guard isProvenBest else { return [] }
    var set = leaders.count - 1
    return chosen.enumerated().compactMap { place, candidate in
      let equals = members.indices.filter { leaders[set] >> UInt32($0) & 1 == 1 }.map { members[$0] }
      if let index = members.firstIndex(of: candidate) { set &= ~(1 << index) }
      return equals.count > 1 ? Tie(round: placed + place + 1, options: equals.sorted(), chosen: candidate) : nil
    }
  }

  /// The first best orders, in the tie-break's order.
  func orders(atMost limit: Int) -> [[Int]] {
    guard isProvenBest else { return [chosen] }
    var found: [[Int]] = []
    var waiting: [(set: Int, order: [Int])] = [(leaders.count - 1, [])]
    while let (set, order) = waiting.popLast(), found.count < limit {
      if set == 0 {
        found.append(order)
        continue
      }
      for index in members.indices.reversed() where leaders[set] >> UInt32(index) & 1 == 1 {
        waiting.append((set & ~(1 << index), order + [members[index]]))
      }
    }
    return found
  }

  /// From the order by fewest disagreements when first: moves of one candidate to another place, as long as one helps.
  private mutating func improve(moves: Int) {
    let size = members.count
    // Row by row, as they lie.
    var first = [Int](repeating: 0, count: size)
    for row in preferred { for member in 0..<size { first[member] += row[member] } }
    var order = (0..<size).sorted { first[$0] != first[$1] ? first[$0] < first[$1] : $0 < $1 }
    var left = moves
    var isBetter = true
    while isBetter, left > 0 {
      isBetter = false
      for place in 0..<size where left > 0 {
        left -= 1
        let member = order[place]
        var (best, target, change) = (0, place, 0)
        for above in stride(from: place - 1, through: 0, by: -1) {
          change += preferred[order[above]][member] - preferred[member][order[above]]
          if change < best { (best, target) = (change, above) }
        }
        change = 0
        for below in stride(from: place + 1, to: size, by: 1) {
          change += preferred[member][order[below]] - preferred[order[below]][member]
          if change < best { (best, target) = (change, below) }
        }
        guard target != place else { continue }
        order.insert(order.remove(at: place), at: target)
        isBetter = true
      }
    }
    chosen = order.map { members[$0] }
    cost = order.indices.reduce(0) { sum, i in order[(i + 1)...].reduce(sum) { $0 + preferred[$1][order[i]] } }
  }

  /// One order out of each part, joined in every way, the last part varying first; at most as many as are shown.
  static func joined(_ parts: [[[Int]]]) -> [[Int]] {
    parts.reduce([[]]) { joined, part in
      Array(joined.lazy.flatMap { begun in part.lazy.map { begun + $0 } }.prefix(KemenyOrders.shownOrders))
    }
  }

  static func product(_ a: Int?, _ b: Int?) -> Int? {
    guard let a, let b else { return nil }
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : product
  }
}
