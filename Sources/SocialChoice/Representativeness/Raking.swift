/// Weights under which the participants have the census's shares in every category at once.
///
/// Iterative proportional fitting (W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940): each category in turn, all weights of a
/// value are multiplied so that its share is right, until all are. Only + − × ÷, summed in the order of the participants and of the categories, so that
/// every machine gets the same last bit. O(rounds · categories · participants).
///
/// A participant whose value is not known keeps the weight in that category's turn; the shares are those of the participants whose value is known.
package struct Raking: Sendable {
  /// How far the weights go.
  package struct Options: Sendable, Hashable {
    /// Shares are right when none is off by more.
    package var tolerance = 1e-10
    /// Turns through all categories.
    package var mostRounds = 1_000
    /// Weights are kept within these multiples of the mean; nil for no trimming. Trimming lowers the design effect and leaves gaps. As some weight is at or
    /// below the mean and some at or above it, bounds that do not hold 1 are widened to it.
    package var bounds: ClosedRange<Double>?

    package init() {}
  }

  /// How it ended.
  package enum End: Sendable, Hashable {
    /// Every share is right.
    case converged
    /// The bounds hold back some weights; none moves any longer, and shares stay off.
    case heldByBounds
    /// The rounds are used up: the categories contradict each other among these participants (some crossing has nobody), or convergence is too slow.
    case notConverged
  }

  /// Why no weights can be right.
  package enum Obstacle: Error, Sendable, Hashable {
    case noParticipants
    case nobodyKnown(category: Int)
    /// The census has such people, and none takes part. Join the value with a similar one, or find someone.
    case missingAmongParticipants(category: Int, value: Int)
    /// Someone takes part whom the census does not know.
    case missingInCensus(category: Int, value: Int)
  }

  /// By participant; their mean is 1.
  package let weights: [Double]
  package let end: End
  /// Turns through all categories.
  package let rounds: Int
  /// The largest distance of a weighted share from the census's.
  package let largestDeviation: Double
  /// What the weights cost in certainty.
  package var designEffect: DesignEffect { DesignEffect(weights) }

  /// The weights, or all that stands in their way.
  package static func weigh(_ participants: Participants, options: Options = Options()) -> Result<Raking, Obstacles> {
    let obstacles = Obstacles(participants)
    return obstacles.all.isEmpty ? .success(Raking(participants, options)) : .failure(obstacles)
  }

  /// What stands in the way of weights; never empty when it is reported.
  package struct Obstacles: Error, Sendable, Hashable {
    /// Each once.
    package let all: [Obstacle]

    init(_ participants: Participants) {
      guard participants.count > 0 else {
        all = [.noParticipants]
        return
      }
      all = participants.census.indices.flatMap { category -> [Obstacle] in
        let comparison = CategoryComparison(participants, category: category)
        if comparison.dissimilarity == nil { return [.nobodyKnown(category: category)] }
        return comparison.rows.indices.compactMap { value in
          switch comparison.rows[value].presence {
          case .missingAmongParticipants: .missingAmongParticipants(category: category, value: value)
          case .missingInCensus: .missingInCensus(category: category, value: value)
          case .inBoth, .nowhere: nil
          }
        }
      }
    }
  }

  private init(_ participants: Participants, _ options: Options) {
    let count = participants.count
    var weights = [Double](repeating: 1, count: count)
    let shares = participants.census.map { category in
      let total = Double(category.total)
      return category.populations.map { Double($0) / total }
    }
    let bounds = options.bounds.map { min($0.lowerBound, 1)...max($0.upperBound, 1) }
    var (round, end, deviation) = (0, End.notConverged, Double.infinity)
    while round < options.mostRounds {
      round += 1
      let before = weights
      for category in shares.indices {
        guard Self.fit(&weights, participants.answers[category], shares[category]) else { break }
      }
      if let bounds { Self.setMeanToOne(&weights, within: bounds) } else { Self.setMeanToOne(&weights) }
      deviation = Self.largestDeviation(weights, participants.answers, shares)
      if deviation <= options.tolerance {
        end = .converged
        break
      }
      if let bounds, weights.contains(where: { $0 <= bounds.lowerBound || $0 >= bounds.upperBound }),
        zip(weights, before).allSatisfy({ abs($0 - $1) <= options.tolerance })
      {
        end = .heldByBounds
        break
      }
    }
    self.weights = weights
    self.end = end
    rounds = round
    largestDeviation = deviation
  }

  private static func sums(_ weights: [Double], _ answers: [Int?], valueCount: Int) -> (byValue: [Double], known: Double) {
    var sums = [Double](repeating: 0, count: valueCount)
    var known = 0.0
    for (participant, value) in answers.enumerated() {
      guard let value else { continue }
      sums[value] += weights[participant]
      known += weights[participant]
    }
    return (sums, known)
  }

  /// - Returns: false where a value's weights have become too small to be told from 0.
  private static func fit(_ weights: inout [Double], _ answers: [Int?], _ shares: [Double]) -> Bool {
    let (sums, known) = sums(weights, answers, valueCount: shares.count)
    for value in shares.indices where shares[value] > 0 && !(sums[value] > 0) { return false }
    for (participant, value) in answers.enumerated() {
      if let value { weights[participant] *= shares[value] * known / sums[value] }
    }
    return true
  }

  private static func largestDeviation(_ weights: [Double], _ answers: [[Int?]], _ shares: [[Double]]) -> Double {
    var largest = 0.0
    for category in shares.indices {
      let (sums, known) = sums(weights, answers[category], valueCount: shares[category].count)
      for value in sums.indices { largest = max(largest, abs(sums[value] / known - shares[category][value])) }
    }
    return largest
  }

  private static func setMeanToOne(_ weights: inout [Double]) {
    let mean = weights.reduce(0, +) / Double(weights.count)
    guard mean > 0, mean.isFinite else { return }
    for participant in weights.indices { weights[participant] /= mean }
  }

  /// All weights times one factor, but none beyond a bound, so that their mean is 1. Whoever must stand at a bound is found side by side: those beyond the
  /// one that is overstepped by more stay at it whatever the others do.
  private static func setMeanToOne(_ weights: inout [Double], within bounds: ClosedRange<Double>) {
    var open = Array(weights.indices)
    var rest = Double(weights.count)
    while !open.isEmpty {
      let sum = open.reduce(0) { $0 + weights[$1] }
      guard sum > 0, sum.isFinite else { return }
      var (below, above) = (0.0, 0.0)
      for participant in open {
        weights[participant] *= rest / sum
        below += max(0, bounds.lowerBound - weights[participant])
        above += max(0, weights[participant] - bounds.upperBound)
      }
      let before = open.count
      var held = 0.0
      open.removeAll { participant in
        let weight = weights[participant]
        guard (below >= above && weight < bounds.lowerBound) || (above >= below && weight > bounds.upperBound) else { return false }
        weights[participant] = min(max(weight, bounds.lowerBound), bounds.upperBound)
        held += weights[participant]
        return true
      }
      if open.count == before { return }
      rest -= held
    }
  }
}

/// What unequal weights cost in precision: L. Kish, *Weighting for unequal Pᵢ*, Journal of Official Statistics 8 (1992).
package struct DesignEffect: Sendable, Hashable {
  /// n Σw² / (Σw)²: how many times larger the variance is than with equal weights. At least 1.
  package let factor: Double
  /// How many participants with equal weights would know as much.
  package let effectiveSize: Double

  /// For no weights, or weights that sum to 0, the factor is 1 and the size 0.
  package init(_ weights: [Double]) {
    var (sum, squares) = (0.0, 0.0)
    for weight in weights {
      sum += weight
      squares += weight * weight
    }
    guard sum > 0 else {
      (factor, effectiveSize) = (1, 0)
      return
    }
    factor = Double(weights.count) * squares / (sum * sum)
    effectiveSize = sum * sum / squares
  }
}
