/// Collects what the supporters of one project hold, purse by purse.
struct Gathering {
  private let support: Support
  private let weights: [Int]
  private(set) var holdings: [Holding] = []
  /// For projects that all supporters value alike: by purse, how many people hold it, all zero between two gatherings; and where each purse goes.
  private var people: [Int] = []
  private var heirs: [Int32] = []
  private var touched: [Int32] = []
  private var found = 0
  private var slots: [PurseAndValue: Int32] = [:]

  private struct PurseAndValue: Hashable {
    let purse: Int32
    let value: Int
  }

  init(support: Support, weights: [Int]) {
    self.support = support
    self.weights = weights
  }

  mutating func gather(_ project: Int, _ owners: [Int32], _ purses: Purses) {
    holdings.removeAll(keepingCapacity: true)
    if !support.values.isEmpty {
      gatherByValue(project, owners, purses)
    } else if purses.prices.isEmpty {
      // Nobody has paid yet.
      append(purse: Purses.full, value: 1, people: support.sums[project], purses)
    } else {
      gatherAlike(project, owners, count: purses.count)
      for purse in touched[..<found] {
        if purse != Purses.empty { append(purse: purse, value: 1, people: people[Int(purse)], purses) }
        people[Int(purse)] = 0
      }
    }
  }

  /// The hot loop of the rule. Indices are safe: voters are ballots, owners are purses below `count`, and each purse is touched at most once.
  private mutating func gatherAlike(_ project: Int, _ owners: [Int32], count: Int) {
    if people.count < count { people.append(contentsOf: repeatElement(0, count: count + count / 2 - people.count)) }
    // One place more than there are purses, since the place after the last found is written too.
    if touched.count <= count { touched = [Int32](repeating: 0, count: count + count / 2 + 1) }
    let range = support.range(project)
    var found = 0
    support.voters.withUnsafeBufferPointer { voters in
      owners.withUnsafeBufferPointer { owners in
        weights.withUnsafeBufferPointer { weights in
          people.withUnsafeMutableBufferPointer { people in
            touched.withUnsafeMutableBufferPointer { touched in
              for place in range {
                let voter = Int(voters[place])
                let purse = Int(owners[voter])
                let before = people[purse]
                touched[found] = Int32(truncatingIfNeeded: purse)
                // A new purse moves the end of the list; weights are at least 1, so zero means new.
                found &+= before == 0 ? 1 : 0
                people[purse] = before &+ weights[voter]
              }
            }
          }
        }
      }
    }
    self.found = found
  }

  private mutating func gatherByValue(_ project: Int, _ owners: [Int32], _ purses: Purses) {
    slots.removeAll(keepingCapacity: true)
    for place in support.range(project) {
      let voter = Int(support.voters[place])
      guard owners[voter] != Purses.empty else { continue }
      let key = PurseAndValue(purse: owners[voter], value: support.values[place])
      if let slot = slots[key] {
        holdings[Int(slot)].people += weights[voter]
      } else {
        slots[key] = Int32(holdings.count)
        append(purse: key.purse, value: key.value, people: weights[voter], purses)
      }
    }
  }

  private mutating func append(purse: Int32, value: Int, people: Int, _ purses: Purses) {
    holdings.append(
      Holding(
        purse: purse, value: value, people: people, money: purses.money[Int(purse)], error: purses.error[Int(purse)],
        growth: purses.growth[Int(purse)]))
  }

  /// Gives each supporter of the gathered project a new purse.
  ///
  /// - Parameter new: beside ``holdings``.
  mutating func pass(_ new: [Int32], to owners: inout [Int32], of project: Int, count: Int) {
    let range = support.range(project)
    guard support.values.isEmpty else {
      for place in range {
        let voter = Int(support.voters[place])
        if let slot = slots[PurseAndValue(purse: owners[voter], value: support.values[place])] { owners[voter] = new[Int(slot)] }
      }
      return
    }
    if heirs.count < count { heirs.append(contentsOf: repeatElement(Purses.empty, count: count + count / 2 - heirs.count)) }
    heirs[Int(Purses.empty)] = Purses.empty
    for (holding, heir) in zip(holdings, new) { heirs[Int(holding.purse)] = heir }
    support.voters.withUnsafeBufferPointer { voters in
      heirs.withUnsafeBufferPointer { heirs in
        owners.withUnsafeMutableBufferPointer { owners in
          for place in range {
            let voter = Int(voters[place])
            owners[voter] = heirs[Int(owners[voter])]
          }
        }
      }
    }
  }
}
