/// The greedy draw that was common before 2021: seats go one by one to people of the feature that is most in need, and it begins anew when that
/// fails.
///
/// The need of a feature is (its minimum − its seats) / (people of it who can still be drawn). One of the neediest feature's people is drawn, each as
/// likely; whoever shares a full feature or a household with the panel can no longer be drawn. When all minima are met, the remaining seats are drawn
/// among all who are left. It gives no promise about chances: people with rare combinations may have almost none.
package struct LegacyDraw: Sendable {
  /// A panel that keeps the quotas, by numbers of the pool, ascending; nil after `attempts` failures.
  package static func panel(_ pool: SortitionPool, random: inout PublicRandom, attempts: Int) -> [Int]? {
    for _ in 0..<attempts {
      var draw = LegacyDraw(pool)
      if let panel = draw.run(&random) { return panel }
    }
    return nil
  }

  private let pool: SortitionPool
  private var open: [Int]
  private var available: [Int]
  private var seats: [Int]

  private init(_ pool: SortitionPool) {
    self.pool = pool
    open = Array(pool.members.indices)
    seats = [Int](repeating: 0, count: pool.quotas.count)
    available = [Int](repeating: 0, count: pool.quotas.count)
    for member in pool.members { for feature in member.features { available[feature] += 1 } }
    remove { member in member.features.contains { pool.quotas[$0].maximum == 0 } }
  }

  private mutating func remove(_ isOut: (PoolMember) -> Bool) {
    open.removeAll { number in
      guard isOut(pool.members[number]) else { return false }
      for feature in pool.members[number].features { available[feature] -= 1 }
      return true
    }
  }

  private mutating func run(_ random: inout PublicRandom) -> [Int]? {
    var panel: [Int] = []
    while panel.count < pool.panelSize {
      var neediest: (feature: Int, need: Int, available: Int)?
      for feature in pool.quotas.indices {
        let need = pool.quotas[feature].minimum - seats[feature]
        guard need > 0 else { continue }
        guard need <= available[feature] else { return nil }
        if neediest.map({ need * $0.available > $0.need * available[feature] }) ?? true { neediest = (feature, need, available[feature]) }
      }
      let candidates = neediest.map { neediest in open.filter { pool.members[$0].features.contains(neediest.feature) } } ?? open
      guard !candidates.isEmpty else { return nil }
      let drawn = candidates[random.below(candidates.count)]
      panel.append(drawn)
      let person = pool.members[drawn]
      for feature in person.features { seats[feature] += 1 }
      let full = Set(person.features.filter { seats[$0] >= pool.quotas[$0].maximum })
      open.removeAll { number in
        let other = pool.members[number]
        let isOut =
          number == drawn || (person.household != nil && other.household == person.household) || other.features.contains { full.contains($0) }
        if isOut { for feature in other.features { available[feature] -= 1 } }
        return isOut
      }
    }
    return pool.accepts(panel) ? panel.sorted() : nil
  }
}
