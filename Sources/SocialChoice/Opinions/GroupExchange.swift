/// Groups made tighter by moving one point at a time to another group, until no such move lowers the sum of squared distances to the means of the groups
/// (J. Hartigan, *Clustering Algorithms*, 1975). k-means stops earlier: it does not see that a mean moves with the point.
///
/// O(points × groups) a round; what is reached hangs on the groups it begins with, not on the order of people in a file.
struct GroupExchange {
  private let points: PlanePoints
  private let groups: Int
  private(set) var groupOf: [UInt8]
  private var sums: [SIMD2<Double>]
  private var weights: [Double]

  init(_ points: PlanePoints, from groupOf: [UInt8], groups: Int) {
    self.points = points
    self.groups = groups
    self.groupOf = groupOf
    sums = [SIMD2<Double>](repeating: .zero, count: groups)
    weights = [Double](repeating: 0, count: groups)
    for point in groupOf.indices {
      sums[Int(groupOf[point])] += points.weight[point] * points.places[point]
      weights[Int(groupOf[point])] += points.weight[point]
    }
    var rounds = 0
    while rounds < 100, !settle() { rounds += 1 }
    for point in groupOf.indices where points.weight[point] == 0 { self.groupOf[point] = UInt8(nearest(points.places[point])) }
  }

  /// One round over all points; true when none moved.
  private mutating func settle() -> Bool {
    var isStill = true
    for point in groupOf.indices where points.weight[point] > 0 {
      let (own, weight, place) = (Int(groupOf[point]), points.weight[point], points.places[point])
      // A group is not emptied.
      guard weights[own] > weight else { continue }
      let saved = weights[own] / (weights[own] - weight) * place.squaredDistance(to: mean(own))
      var best = (group: own, cost: saved * (1 - 1e-9))
      for group in 0..<groups where group != own && weights[group] > 0 {
        let cost = weights[group] / (weights[group] + weight) * place.squaredDistance(to: mean(group))
        if cost < best.cost { best = (group, cost) }
      }
      guard best.group != own else { continue }
      sums[own] -= weight * place
      weights[own] -= weight
      sums[best.group] += weight * place
      weights[best.group] += weight
      groupOf[point] = UInt8(best.group)
      isStill = false
    }
    return isStill
  }

  private func mean(_ group: Int) -> SIMD2<Double> { sums[group] / weights[group] }

  private func nearest(_ place: SIMD2<Double>) -> Int {
    var best = (group: 0, distance: Double.infinity)
    for group in 0..<groups where weights[group] > 0 {
      let distance = place.squaredDistance(to: mean(group))
      if distance < best.distance { best = (group, distance) }
    }
    return best.group
  }
}
