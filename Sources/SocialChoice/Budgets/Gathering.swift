/// Collects what the supporters of one project hold, purse by purse.
struct Gathering {
  private let support: Support
  private let weights: [Int]
  private(set) var holdings: [Holding] = []
  /// For projects that all supporters value alike: by purse, the place in ``holdings``, or −1.
  private var slots: [Int32] = []
  private var slotsByValue: [PurseAndValue: Int32] = [:]

  private struct PurseAndValue: Hashable {
    let purse: Int32
    let value: Int
  }

  init(support: Support, weights: [Int]) {
    self.support = support
    self.weights = weights
  }

  mutating func gather(_ project: Int, _ owners: [Int32], _ purses: Purses) {
    clear(count: purses.count)
    let range = support.range(project)
    if support.values.isEmpty {
      if purses.prices.isEmpty {
        // Nobody has paid yet.
        append(purse: Purses.full, value: 1, people: support.sums[project], purses)
        slots[Int(Purses.full)] = 0
        return
      }
      for place in range { add(support.voters[place], owners, purses) }
    } else {
      for place in range { add(support.voters[place], value: support.values[place], owners, purses) }
    }
  }

  private mutating func clear(count: Int) {
    for holding in holdings where Int(holding.purse) < slots.count { slots[Int(holding.purse)] = -1 }
    if slots.count < count { slots.append(contentsOf: repeatElement(-1, count: max(count, 2 * slots.count) - slots.count)) }
    holdings.removeAll(keepingCapacity: true)
    if !slotsByValue.isEmpty { slotsByValue.removeAll(keepingCapacity: true) }
  }

  @inline(__always) private mutating func add(_ voter: Int32, _ owners: [Int32], _ purses: Purses) {
    let purse = owners[Int(voter)]
    guard purse != Purses.empty else { return }
    let slot = slots[Int(purse)]
    if slot >= 0 {
      holdings[Int(slot)].people &+= weights[Int(voter)]
    } else {
      slots[Int(purse)] = Int32(holdings.count)
      append(purse: purse, value: 1, people: weights[Int(voter)], purses)
    }
  }

  private mutating func add(_ voter: Int32, value: Int, _ owners: [Int32], _ purses: Purses) {
    let purse = owners[Int(voter)]
    guard purse != Purses.empty else { return }
    let key = PurseAndValue(purse: purse, value: value)
    if let slot = slotsByValue[key] {
      holdings[Int(slot)].people += weights[Int(voter)]
    } else {
      slotsByValue[key] = Int32(holdings.count)
      append(purse: purse, value: value, people: weights[Int(voter)], purses)
    }
  }

  private mutating func append(purse: Int32, value: Int, people: Int, _ purses: Purses) {
    holdings.append(Holding(purse: purse, value: value, people: people, money: purses.money[Int(purse)], error: purses.error[Int(purse)]))
  }

  /// Gives each supporter of the gathered project a new purse.
  ///
  /// - Parameter heirs: beside ``holdings``.
  func pass(_ heirs: [Int32], to owners: inout [Int32], of project: Int) {
    for place in support.range(project) {
      let voter = Int(support.voters[place])
      let purse = owners[voter]
      guard purse != Purses.empty else { continue }
      let slot: Int32 =
        if support.values.isEmpty { slots[Int(purse)] } else {
          slotsByValue[PurseAndValue(purse: purse, value: support.values[place])] ?? 0
        }
      owners[voter] = heirs[Int(slot)]
    }
  }
}
