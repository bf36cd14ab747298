@testable import SocialChoice

/// Raking within bounds once more, on the table of crossings: each kind of person (one answer, or none, for each category) has one weight.
struct RakingNaive {
  let census: [CensusCategory]
  /// Each different row of answers, and how many people gave it.
  let kinds: [(answers: [Int?], people: Double)]
  let bounds: ClosedRange<Double>?
  /// By kind.
  private(set) var weights: [Double]

  init(_ participants: Participants, bounds: ClosedRange<Double>?) {
    census = participants.census
    let rows = (0..<participants.count).map { person in participants.answers.map { $0[person] } }
    var different: [[Int?]] = []
    for row in rows where !different.contains(row) { different.append(row) }
    kinds = different.map { row in (row, Double(rows.count { $0 == row })) }
    self.bounds = bounds
    weights = kinds.map { _ in 1 }
  }

  var count: Double { kinds.reduce(0) { $0 + $1.people } }

  func weight(of row: [Int?]) -> Double? { kinds.firstIndex { $0.answers == row }.map { weights[$0] } }

  private func sum(_ weights: [Double], where isMeant: (Int) -> Bool = { _ in true }) -> Double {
    kinds.indices.reduce(0) { $0 + (isMeant($1) ? weights[$1] * kinds[$1].people : 0) }
  }

  func share(_ category: Int, _ value: Int) -> Double {
    sum(weights) { kinds[$0].answers[category] == value } / sum(weights) { kinds[$0].answers[category] != nil }
  }

  func censusShare(_ category: Int, _ value: Int) -> Double {
    Double(census[category].populations[value]) / Double(census[category].populations.reduce(0, +))
  }

  var largestDeviation: Double {
    census.indices.flatMap { category in
      census[category].populations.indices.map { abs(share(category, $0) - censusShare(category, $0)) }
    }.max() ?? 0
  }

  /// Everybody's shares put right in each category in turn; then all weights times the one factor with which, cut at the bounds, their mean is 1.
  mutating func round() {
    for category in census.indices {
      let factors = census[category].populations.indices.map { value in
        share(category, value) > 0 ? censusShare(category, value) / share(category, value) : 1
      }
      for (kind, person) in kinds.enumerated() { if let value = person.answers[category] { weights[kind] *= factors[value] } }
    }
    let factor = scale()
    weights = weights.map { cut($0 * factor) }
  }

  private func cut(_ weight: Double) -> Double { bounds.map { min(max(weight, $0.lowerBound), $0.upperBound) } ?? weight }

  /// The cut sum is a broken line in the factor, and straight between factors at which a weight meets a bound.
  private func scale() -> Double {
    guard let bounds else { return count / sum(weights) }
    let breaks = weights.flatMap { [bounds.lowerBound / $0, bounds.upperBound / $0] }.sorted()
    func cutSum(_ factor: Double) -> Double { sum(weights.map { cut($0 * factor) }) }
    guard let low = breaks.last(where: { cutSum($0) <= count }), let high = breaks.first(where: { cutSum($0) > count }) else {
      return breaks.last ?? 1
    }
    return low + (high - low) * (count - cutSum(low)) / (cutSum(high) - cutSum(low))
  }
}
