/// k-means in the plane (S. Lloyd 1957): each point goes to the nearest centre, each centre to the mean of its points, until none moves by a hundredth
/// or the rounds are over. A centre that loses all its points is dropped, as Polis does. Of centres equally near, the one with the lowest number is taken.
///
/// The same result as looking at every centre for every point, with less work: see ``ClusterWork``.
struct PlaneClusters: Sendable {
  private(set) var centres: [SIMD2<Double>]
  private(set) var weight: [Double]
  /// The number of each point's cluster; points without weight are placed at the end.
  private(set) var clusterOf: [UInt8]

  /// - Precondition: 1 to 255 starts, each the number of a point with weight.
  init(_ points: PlanePoints, starts: [Int], rounds: Int) {
    self.init(points, from: starts.map { points.places[$0] }, rounds: rounds)
  }

  /// - Parameter still: it ends when no centre moves by as much, or at 0 when none moves.
  /// - Precondition: 1 to 255 centres.
  init(_ points: PlanePoints, from first: [SIMD2<Double>], rounds: Int, until still: Double = 0.01) {
    centres = first
    weight = first.map { _ in 0 }
    clusterOf = [UInt8](repeating: 0, count: points.count)
    var work = ClusterWork(points.counted)
    var round = 0
    while true {
      work.assign(to: centres)
      let moved = recentre(&work)
      if moved < still || moved == 0 || (round >= rounds && moved.isFinite) { break }
      round += 1
    }
    if points.others.numbers.isEmpty {
      clusterOf = work.clusterOf
    } else {
      for (place, point) in points.counted.numbers.enumerated() { clusterOf[point] = work.clusterOf[place] }
      placeOthers(points.others)
    }
  }

  var count: Int { centres.count }

  private mutating func placeOthers(_ others: PlanePoints.Part) {
    var work = ClusterWork(others)
    work.assign(to: centres)
    for (place, point) in others.numbers.enumerated() { clusterOf[point] = work.clusterOf[place] }
  }

  /// Moves each centre to the mean of its points and drops those without; the longest way that one moved, infinite if one was dropped.
  private mutating func recentre(_ work: inout ClusterWork) -> Double {
    let sums = work.sums(clusters: count)
    var longest = 0.0
    for cluster in centres.indices where sums[cluster].z > 0 {
      let mean = SIMD2(sums[cluster].x / sums[cluster].z, sums[cluster].y / sums[cluster].z)
      longest = max(longest, mean.squaredDistance(to: centres[cluster]).squareRoot())
      centres[cluster] = mean
      weight[cluster] = sums[cluster].z
    }
    let kept = centres.indices.filter { sums[$0].z > 0 }
    guard kept.count < count else { return longest }
    centres = kept.map { centres[$0] }
    weight = kept.map { weight[$0] }
    work.forget()
    return .infinity
  }

  /// The sum of squared distances of all that count to their centres.
  func looseness(_ points: PlanePoints) -> Double {
    points.places.indices.reduce(0) { $0 + points.weight[$1] * points.places[$1].squaredDistance(to: centres[Int(clusterOf[$1])]) }
  }
}
