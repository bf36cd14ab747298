/// How many seats the people of one feature may have.
package struct Quota: Sendable, Hashable {
  /// What the feature belongs to: `gender`.
  package let category: String
  /// The feature: `woman`.
  package let feature: String
  /// Seats, from 0.
  package var minimum: Int
  /// Seats, at least ``minimum``.
  package var maximum: Int

  package init(category: String, feature: String, minimum: Int, maximum: Int) {
    self.category = category
    self.feature = feature
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// Someone who is willing to sit on the panel.
package struct PoolMember: Sendable, Hashable {
  /// One feature for each category, each the number of a quota.
  package let features: [Int]
  /// People with the same household may not both sit; nil for someone whose household is not known.
  package let household: Int?

  package init(features: [Int], household: Int? = nil) {
    self.features = features
    self.household = household
  }
}

/// What a draw is asked: who is willing, which quotas hold, how many seats there are.
package struct SortitionPool: Sendable, Hashable {
  /// By number: their places here.
  package let members: [PoolMember]
  package var quotas: [Quota]
  /// Seats, at least 1.
  package let panelSize: Int

  /// - Precondition: the features of each member are numbers of `quotas`.
  package init(members: [PoolMember], quotas: [Quota], panelSize: Int) {
    self.members = members
    self.quotas = quotas
    self.panelSize = panelSize
  }

  /// Whether these members, by their numbers, are a panel: as many as there are seats, each once, quotas kept, no household twice.
  package func accepts(_ panel: [Int]) -> Bool {
    guard panel.count == panelSize, Set(panel).count == panelSize, panel.allSatisfy(members.indices.contains) else { return false }
    var seats = [Int](repeating: 0, count: quotas.count)
    for member in panel { for feature in members[member].features { seats[feature] += 1 } }
    guard zip(seats, quotas).allSatisfy({ $0.1.minimum <= $0.0 && $0.0 <= $0.1.maximum }) else { return false }
    let households = panel.compactMap { members[$0].household }
    return Set(households).count == households.count
  }
}
