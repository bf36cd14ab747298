/// How well points lie in their groups rather than in the next one, from -1 to 1 (P. Rousseeuw 1987): the mean over all points of
/// (distance to the nearest other group − distance within the own) ÷ the larger of the two, 0 for a point alone in its group.
struct Silhouette {
  private let count: Int
  private let distances: [Double]

  /// O(n²) time and memory.
  init(_ points: [SIMD2<Double>]) {
    count = points.count
    var distances = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0..<i {
        let distance = points[i].squaredDistance(to: points[j]).squareRoot()
        distances[i * count + j] = distance
        distances[j * count + i] = distance
      }
    }
    self.distances = distances
  }

  /// The mean over all points, each counted once.
  func mean(_ groupOf: [Int], groups: Int) -> Double {
    guard count > 0 else { return 0 }
    let sizes = groupOf.reduce(into: [Int](repeating: 0, count: groups)) { $0[$1] += 1 }
    var sum = 0.0
    var sums = [Double](repeating: 0, count: groups)
    for point in 0..<count where sizes[groupOf[point]] > 1 {
      for group in 0..<groups { sums[group] = 0 }
      for other in 0..<count { sums[groupOf[other]] += distances[point * count + other] }
      let own = sums[groupOf[point]] / Double(sizes[groupOf[point]] - 1)
      var nearest = Double.infinity
      for group in 0..<groups where group != groupOf[point] && sizes[group] > 0 { nearest = min(nearest, sums[group] / Double(sizes[group])) }
      if nearest.isFinite, max(own, nearest) > 0 { sum += (nearest - own) / max(own, nearest) }
    }
    return sum / Double(count)
  }
}
