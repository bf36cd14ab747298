/// Groups of few people, looked at once more along their borders.
///
/// Somebody near the middle between two groups draws the mean of their own towards them, so that k-means can come to rest with them on either side. The points
/// nearest to a border are put on its other side, one at a time, and k-means goes on from the means of there; the division in which people lie best is taken,
/// until none is better. Every division looked at is one where k-means rests: without that, the best silhouette is one stranger against all.
///
/// A round costs 20 runs of k-means and 20 silhouettes, O(people²) each.
struct GroupBorder {
  private static let tried = 20
  /// Less is no gain but rounding.
  private static let leastGain = 1e-9

  private let points: PlanePoints
  private let groups: Int
  private(set) var groupOf: [UInt8]

  /// - Parameters:
  ///   - groupOf: a division where k-means rests.
  ///   - silhouette: its own.
  init(_ points: PlanePoints, _ people: PeopleSilhouette, from groupOf: [UInt8], groups: Int, silhouette: Double) {
    self.points = points
    self.groups = groups
    self.groupOf = groupOf
    var best = silhouette
    while let better = neighbours(people).max(by: { $0.silhouette < $1.silhouette }), better.silhouette > best + Self.leastGain {
      self.groupOf = better.groupOf
      best = better.silhouette
    }
  }

  /// Where else k-means comes to rest once a point has changed sides; none where a group has nobody.
  private func neighbours(_ people: PeopleSilhouette) -> [(groupOf: [UInt8], silhouette: Double)] {
    let (sums, weights) = totals
    guard groups > 1, weights.allSatisfy({ $0 > 0 }) else { return [] }
    let means = zip(sums, weights).map { $0 / $1 }
    let border = points.counted.numbers.map { (point: $0, side: otherSide(of: $0, means)) }.sorted {
      ($0.side.farther, $0.point) < ($1.side.farther, $1.point)
    }
    let found = Together.map(min(Self.tried, border.count)) { place -> (groupOf: [UInt8], silhouette: Double)? in
      let (point, side) = border[place]
      let (own, weight) = (Int(groupOf[point]), points.weight[point])
      guard weights[own] > weight else { return nil }
      var centres = means
      centres[own] = (sums[own] - weight * points.places[point]) / (weights[own] - weight)
      centres[side.group] = (sums[side.group] + weight * points.places[point]) / (weights[side.group] + weight)
      let found = PlaneClusters(points, from: centres, rounds: 100, until: 0)
      guard found.count == groups, found.clusterOf != groupOf else { return nil }
      return (found.clusterOf, people.mean(found.clusterOf, groups: groups))
    }
    return found.compactMap { $0 }
  }

  /// For each group the weighted sum of its places, and its weight.
  private var totals: (sums: [SIMD2<Double>], weights: [Double]) {
    var sums = [SIMD2<Double>](repeating: .zero, count: groups)
    var weights = [Double](repeating: 0, count: groups)
    for point in points.counted.numbers {
      sums[Int(groupOf[point])] += points.weight[point] * points.places[point]
      weights[Int(groupOf[point])] += points.weight[point]
    }
    return (sums, weights)
  }

  /// The nearest other group, and how much farther its mean is than that of the own.
  private func otherSide(of point: Int, _ means: [SIMD2<Double>]) -> (group: Int, farther: Double) {
    let distances = means.map { points.places[point].squaredDistance(to: $0).squareRoot() }
    let own = Int(groupOf[point])
    let other = distances.indices.filter { $0 != own }.min { (distances[$0], $0) < (distances[$1], $1) } ?? own
    return (other, distances[other] - distances[own])
  }
}
