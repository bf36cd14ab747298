/// k-means in the plane (S. Lloyd 1957): each point goes to the nearest centre, each centre to the mean of its points, until none moves by a hundredth
/// or the rounds are over. A centre that loses all its points is dropped, as Polis does. Of centres equally near, the one with the lowest number is taken.
///
/// The same result as looking at every centre for every point, with less work: a point begins at its last centre and looks only at those whose horizontal
/// distance alone is not already longer than the way to the best so far.
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
    let counted = points.weight.indices.filter { points.weight[$0] > 0 }
    var work = ClusterWork(places: counted.map { points.places[$0] }, weight: counted.map { points.weight[$0] })
    var round = 0
    while true {
      work.assign(to: centres)
      let moved = recentre(&work)
      if moved < still || moved == 0 || (round >= rounds && moved.isFinite) { break }
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

/// The points of one run of k-means, from left to right, and the centre that each was last with.
private struct ClusterWork {
  let places: [SIMD2<Double>]
  let weight: [Double]
  private(set) var clusterOf: [UInt8]
  /// The numbers of the centres from left to right, as they stood last.
  private var order: [Int] = []

  init(places: [SIMD2<Double>], weight: [Double]) {
    self.places = places
    self.weight = weight
    clusterOf = [UInt8](repeating: 0, count: places.count)
  }

  /// The centres have other numbers now.
  mutating func forget() { clusterOf = [UInt8](repeating: 0, count: places.count) }

  /// For each cluster the weighted sum of its points, and (third) their weight.
  func sums(clusters: Int) -> [SIMD4<Double>] {
    var sums = [SIMD4<Double>](repeating: .zero, count: clusters)
    for place in places.indices {
      sums[Int(clusterOf[place])] += weight[place] * SIMD4(places[place].x, places[place].y, 1, 0)
    }
    return sums
  }

  mutating func assign(to centres: [SIMD2<Double>]) {
    // To look at all of a few is quicker than to choose.
    if centres.count <= 8 { return compareAll(centres) }
    sort(centres)
    let sorted = order.map { centres[$0] }
    sorted.withUnsafeBufferPointer { sorted in
      order.withUnsafeBufferPointer { order in
        var right = 0
        for place in places.indices {
          while right < sorted.count, sorted[right].x < places[place].x { right += 1 }
          let last = Int(clusterOf[place])
          let found = Self.nearest(places[place], sorted, order, from: right, last: last, centres[last])
          clusterOf[place] = UInt8(truncatingIfNeeded: found)
        }
      }
    }
  }

  /// By insertion: from round to round centres move little.
  private mutating func sort(_ centres: [SIMD2<Double>]) {
    if order.count != centres.count { order = Array(centres.indices) }
    order.withUnsafeMutableBufferPointer { order in
      for place in 1..<order.count {
        let next = order[place]
        var hole = place
        while hole > 0, (centres[next].x, next) < (centres[order[hole - 1]].x, order[hole - 1]) {
          order[hole] = order[hole - 1]
          hole -= 1
        }
        order[hole] = next
      }
    }
  }

  private mutating func compareAll(_ centres: [SIMD2<Double>]) {
    centres.withUnsafeBufferPointer { centres in
      places.withUnsafeBufferPointer { places in
        clusterOf.withUnsafeMutableBufferPointer { clusterOf in
          for place in places.indices {
            var nearest = 0
            var least = places[place].squaredDistance(to: centres[0])
            for next in 1..<max(1, centres.count) {
              let distance = places[place].squaredDistance(to: centres[next])
              nearest = distance < least ? next : nearest
              least = min(least, distance)
            }
            clusterOf[place] = UInt8(truncatingIfNeeded: nearest)
          }
        }
      }
    }
  }

  /// The number of the nearest centre, of equals the lowest.
  @inline(__always)
  private static func nearest(
    _ point: SIMD2<Double>, _ sorted: UnsafeBufferPointer<SIMD2<Double>>, _ order: UnsafeBufferPointer<Int>, from right: Int, last: Int,
    _ lastCentre: SIMD2<Double>
  ) -> Int {
    var nearest = last
    var least = point.squaredDistance(to: lastCentre)
    func look(_ next: Int) -> Bool {
      let difference = sorted[next] - point
      let squares = difference * difference
      if squares.x > least { return false }
      let distance = squares.x + squares.y
      let isNearer = distance < least || (distance == least && order[next] < nearest)
      nearest = isNearer ? order[next] : nearest
      least = isNearer ? distance : least
      return true
    }
    var up = right
    while up < sorted.count, look(up) { up += 1 }
    var down = right - 1
    while down >= 0, look(down) { down -= 1 }
    return nearest
  }
}
