/// Exchanges whole panels of a lottery for others that are known, until no type is below its floor or no exchange helps.
///
/// Single seats move only where quotas leave room for them (``SeatExchange``); whole panels can be exchanged under any quotas. What is made small is
/// Σ ((wish − seats)² + 4 · missing²) / people over types, by the best exchange for one panel after the other. A round looks at all pairs of a panel drawn and
/// a panel known: O(drawn · known · seats).
struct PanelExchange {
  /// How often each of the panels known is drawn.
  private(set) var counts: [Int]
  /// How many seats each type has over all panels drawn.
  private(set) var totals: [Int]
  private let floors: [Int]
  private let wishes: [Double]
  private let sizes: [Double]
  /// The types seated by each panel known, one panel after the other, and how many seats each has.
  private var seats: [(type: Int, count: Int)] = []
  /// Where each panel begins in ``seats``, and where the last one ends.
  private var starts = [0]
  /// For each type what one seat more, and one less, would change.
  private var more: [Double]
  private var less: [Double]

  /// - Parameter sizes: how many people each type has.
  init(known: [[Int32]], counts: [Int], floors: [Int], wishes: [Double], sizes: [Double]) {
    self.counts = counts
    self.floors = floors
    self.wishes = wishes
    self.sizes = sizes
    totals = [Int](repeating: 0, count: floors.count)
    (more, less) = (sizes, sizes)
    for (panel, count) in zip(known, counts) {
      for type in panel.indices where panel[type] > 0 {
        seats.append((type, Int(panel[type])))
        totals[type] += count * Int(panel[type])
      }
      starts.append(seats.count)
    }
    for type in floors.indices { weigh(type) }
  }

  private var isShort: Bool { zip(totals, floors).contains { $0 < $1 } }

  mutating func run() {
    var helped = true
    while helped {
      helped = false
      for place in counts.indices where counts[place] > 0 {
        guard isShort else { return }
        guard let other = best(for: place) else { continue }
        count(place, by: -1)
        count(other, by: 1)
        helped = true
      }
    }
  }

  /// The panel that would do most instead of this one; nil if none would do better.
  private func best(for place: Int) -> Int? {
    var own = [Int](repeating: 0, count: floors.count)
    var leaving = 0.0
    for (type, count) in seats[starts[place]..<starts[place + 1]] {
      own[type] = count
      leaving += change(type, by: -count)
    }
    var (best, least) = (-1, -1e-9)
    for other in counts.indices where other != place {
      var sum = leaving
      for (type, count) in seats[starts[other]..<starts[other + 1]] {
        sum += own[type] == 0 ? change(type, by: count) : change(type, by: count - own[type]) - change(type, by: -own[type])
      }
      if sum < least { (best, least) = (other, sum) }
    }
    return best < 0 ? nil : best
  }

  private func change(_ type: Int, by count: Int) -> Double {
    switch count {
    case 0: 0
    case 1: more[type]
    case -1: less[type]
    default: cost(type, at: totals[type] + count) - cost(type, at: totals[type])
    }
  }

  private func cost(_ type: Int, at total: Int) -> Double {
    let apart = wishes[type] - Double(total)
    let missing = Double(max(0, floors[type] - total))
    return (apart * apart + 4 * missing * missing) / sizes[type]
  }

  private mutating func count(_ place: Int, by step: Int) {
    counts[place] += step
    for (type, count) in seats[starts[place]..<starts[place + 1]] {
      totals[type] += step * count
      weigh(type)
    }
  }

  private mutating func weigh(_ type: Int) {
    more[type] = cost(type, at: totals[type] + 1) - cost(type, at: totals[type])
    less[type] = cost(type, at: totals[type] - 1) - cost(type, at: totals[type])
  }
}
