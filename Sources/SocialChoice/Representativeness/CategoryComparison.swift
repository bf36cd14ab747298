/// Participants beside the census, in one category. All figures are exact.
package struct CategoryComparison: Sendable, Hashable {
  /// One value of the category.
  package struct Row: Sendable, Hashable {
    package let value: String
    /// Those with the value.
    package let participants: Int
    /// Of those participants whose value is known; nil where none is.
    package let share: Rational?
    /// Of the census, from 0 to 1.
    package let censusShare: Rational
    /// ``share`` − ``censusShare``: above 0 for too many.
    package let gap: Rational?
    package let presence: Presence
  }

  /// Where there are such people.
  package enum Presence: Sendable, Hashable {
    case inBoth
    /// The census has such people, and none takes part: no weighting can speak for them.
    case missingAmongParticipants
    /// Someone takes part whom the census does not know: one of the two is wrong.
    case missingInCensus
    case nowhere
  }

  package let category: String
  /// In the order of the census.
  package let rows: [Row]
  /// Participants whose value is not known.
  package let unknown: Int
  /// The index of dissimilarity, ½ Σ |gap| (O. D. Duncan and B. Duncan, American Sociological Review 20, 1955): the part of the participants who would
  /// have to be others for the shares to be right. From 0 to 1; nil where no participant's value is known.
  package let dissimilarity: Rational?
  private let populations: [Int]

  package init(_ participants: Participants, category: Int) {
    let census = participants.census[category]
    var counts = [Int](repeating: 0, count: census.values.count)
    var unknown = 0
    for value in participants.answers[category] { if let value { counts[value] += 1 } else { unknown += 1 } }
    let known = participants.count - unknown
    let total = census.total
    self.category = census.name
    self.unknown = unknown
    populations = census.populations
    rows = census.values.indices.map { value in
      let share = known > 0 ? Rational(counts[value], known) : nil
      let censusShare = Rational(census.populations[value], total)
      let presence: Presence =
        switch (counts[value] > 0, census.populations[value] > 0) {
        case (true, true): .inBoth
        case (false, true): .missingAmongParticipants
        case (true, false): .missingInCensus
        case (false, false): .nowhere
        }
      return Row(
        value: census.values[value], participants: counts[value], share: share, censusShare: censusShare, gap: share.map { $0 - censusShare },
        presence: presence)
    }
    dissimilarity = known > 0 ? rows.reduce(.zero) { $0 + ($1.gap.map { $0.isNegative ? -$0 : $0 } ?? .zero) } / Rational(2) : nil
  }

  /// How many of each value a group of a size should have: shares of the census by largest remainder, equal remainders to the value named first.
  package func targets(size: Int) -> [Int] {
    let size = Int128(max(size, 0))
    let total = populations.reduce(Int128(0)) { $0 + Int128($1) }
    var targets = populations.map { Int(Int128($0) * size / total) }
    let remainders = populations.map { Int128($0) * size % total }
    let left = Int(size) - targets.reduce(0, +)
    for value in populations.indices.sorted(by: { (remainders[$1], $0) < (remainders[$0], $1) }).prefix(left) { targets[value] += 1 }
    return targets
  }

  /// How many people of each value are still wanted for a group of a size; 0 where there are enough.
  package func wanted(size: Int) -> [Int] { zip(targets(size: size), rows).map { max($0 - $1.participants, 0) } }

  /// The smallest size at which nobody who takes part is one too many: the size to invite for if all are to stay. Nil where someone takes part whom the
  /// census does not know.
  package var sizeKeepingAll: Int? {
    var size = Int128(0)
    let total = populations.reduce(Int128(0)) { $0 + Int128($1) }
    for (population, row) in zip(populations, rows) where row.participants > 0 {
      guard population > 0 else { return nil }
      size = max(size, (Int128(row.participants) * total + Int128(population) - 1) / Int128(population))
    }
    return Int(exactly: size)
  }
}
