/// k-means in the plane (S. Lloyd 1957): each point goes to the nearest centre, each centre to the mean of its points, until none moves by a hundredth
/// or the rounds are over. A centre that loses all its points is dropped, as Polis does. Of centres equally near, the one with the lowest number is taken.
///
/// The same result as looking at every centre for every point, with less work: a point looks only at centres whose horizontal distance alone is not too far,
/// and only if the centres have moved enough since it last looked for another to be nearer (G. Hamerly, *Making k-means even faster*, 2010).
struct PlaneClusters: Sendable {
  private(set) var centres: [SIMD2<Double>]
  private(set) var weight: [Double]
  /// The number of each point's cluster; points without weight are placed at the end.
  private(set) var clusterOf: [UInt8]

  /// - Precondition: 1 to 255 starts, each the number of a point with weight.
  init(_ points: PlanePoints, starts: [Int], rounds: Int) {
    centres = starts.map { points.places[$0] }
    weight = starts.map { _ in 0 }
    clusterOf = [UInt8](repeating: 0, count: points.count)
    let counted = points.weight.indices.filter { points.weight[$0] > 0 }
    var work = ClusterWork(places: counted.map { points.places[$0] }, weight: counted.map { points.weight[$0] })
    var round = 0
    while true {
      work.assign(to: centres)
      let moved = recentre(&work)
      if moved < 0.01 || (round >= rounds && moved.isFinite) { break }
      round += 1
    }
    for (place, point) in counted.enumerated() { clusterOf[point] = work.clusterOf[place] }
    if counted.count < points.count { placeOthers(points) }
  }

  var count: Int { centres.count }

  private mutating func placeOthers(_ points: PlanePoints) {
    let others = points.weight.indices.filter { points.weight[$0] == 0 }
    var work = ClusterWork(places: others.map { points.places[$0] }, weight: others.map { _ in 0 })
    work.assign(to: centres)
    for (place, point) in others.enumerated() { clusterOf[point] = work.clusterOf[place] }
  }

  /// Moves each centre to the mean of its points and drops those without; the longest way that one moved, infinite if one was dropped.
  private mutating func recentre(_ work: inout ClusterWork) -> Double {
    let sums = work.sums(clusters: count)
    var ways = [Double](repeating: 0, count: count)
    for cluster in centres.indices where sums[cluster].z > 0 {
      let mean = SIMD2(sums[cluster].x / sums[cluster].z, sums[cluster].y / sums[cluster].z)
      ways[cluster] = mean.squaredDistance(to: centres[cluster]).squareRoot()
      centres[cluster] = mean
      weight[cluster] = sums[cluster].z
    }
    let kept = centres.indices.filter { sums[$0].z > 0 }
    guard kept.count < count else {
      work.centresMoved(by: ways)
      return ways.reduce(0, max)
    }
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

/// The points of one run of k-means, and what each knows of the centres.
private struct ClusterWork {
  /// From left to right.
  let places: [SIMD2<Double>]
  let weight: [Double]
  var clusterOf: [UInt8]
  /// How much centres may still move before another can be nearer: the way to the second nearest less the way to the nearest, less what they moved since.
  private var slack: [Double]

  /// Far above what rounding adds to a slack, far below what matters.
  private static let margin = 1e-9

  init(places: [SIMD2<Double>], weight: [Double]) {
    self.places = places
    self.weight = weight
    clusterOf = [UInt8](repeating: 0, count: places.count)
    slack = [Double](repeating: 0, count: places.count)
  }

  mutating func forget() { slack = [Double](repeating: 0, count: places.count) }

  mutating func centresMoved(by ways: [Double]) {
    let longest = ways.reduce(0, max)
    for place in slack.indices { slack[place] -= ways[Int(clusterOf[place])] + longest }
  }

  /// For each cluster the weighted sum of its points, and (third) their weight.
  func sums(clusters: Int) -> [SIMD4<Double>] {
    var sums = [SIMD4<Double>](repeating: .zero, count: clusters)
    for place in places.indices {
      sums[Int(clusterOf[place])] += weight[place] * SIMD4(places[place].x, places[place].y, 1, 0)
    }
    return sums
  }

  mutating func assign(to centres: [SIMD2<Double>]) {
    let order = centres.indices.sorted { (centres[$0].x, $0) < (centres[$1].x, $1) }
    let sorted = order.map { centres[$0] }
    sorted.withUnsafeBufferPointer { sorted in
      var right = 0
      for place in places.indices {
        let point = places[place]
        while right < sorted.count, sorted[right].x < point.x { right += 1 }
        guard slack[place] <= Self.margin else { continue }
        let found = Self.nearest(point, sorted, order, from: right)
        clusterOf[place] = UInt8(truncatingIfNeeded: found.centre)
        slack[place] = found.second.squareRoot() - found.first.squareRoot()
      }
    }
  }

  /// The number of the nearest centre, the squared distance to it and to the second nearest.
  @inline(__always)
  private static func nearest(_ point: SIMD2<Double>, _ sorted: UnsafeBufferPointer<SIMD2<Double>>, _ order: [Int], from right: Int)
    -> (centre: Int, first: Double, second: Double)
  {
    var centre = Int.max
    var first = Double.infinity
    var second = Double.infinity
    var up = right
    var down = right - 1
    while true {
      let wayUp = up < sorted.count ? sorted[up].x - point.x : .infinity
      let wayDown = down >= 0 ? point.x - sorted[down].x : .infinity
      let goesUp = wayUp <= wayDown
      let way = goesUp ? wayUp : wayDown
      if way * way > second || way == .infinity { break }
      let next = goesUp ? up : down
      let distance = point.squaredDistance(to: sorted[next])
      if distance < first || (distance == first && order[next] < centre) {
        second = first
        first = distance
        centre = order[next]
      } else if distance < second {
        second = distance
      }
      if goesUp { up += 1 } else { down -= 1 }
    }
    return (centre, first, second)
  }
}
