/// k-means in the plane (S. Lloyd 1957): each point goes to the nearest centre, each centre to the mean of its points, until none moves by a hundredth
/// or the rounds are over. A centre that loses all its points is dropped, as Polis does.
///
/// A point looks only at the centres whose horizontal distance alone is not already too far: with 100 centres about a tenth of them.
/// Of centres equally near, the one with the lowest number is taken.
struct PlaneClusters: Sendable {
  private(set) var x: [Double]
  private(set) var y: [Double]
  private(set) var weight: [Double]
  /// The number of each point's cluster.
  private(set) var clusterOf: [UInt8]

  /// - Precondition: 1 to 255 starts.
  init(_ points: PlanePoints, starts: [Int], rounds: Int) {
    x = starts.map { points.x[$0] }
    y = starts.map { points.y[$0] }
    weight = starts.map { _ in 0 }
    clusterOf = [UInt8](repeating: 0, count: points.count)
    var round = 0
    while true {
      assign(points)
      let moved = recentre(points)
      if moved < 0.01 || (round >= rounds && moved.isFinite) { break }
      round += 1
    }
  }

  var count: Int { x.count }

  /// The sum of squared distances of all to their centres.
  func looseness(_ points: PlanePoints) -> Double {
    points.x.indices.reduce(0) { sum, point in
      let cluster = Int(clusterOf[point])
      let dx = points.x[point] - x[cluster]
      let dy = points.y[point] - y[cluster]
      return sum + points.weight[point] * (dx * dx + dy * dy)
    }
  }

  private mutating func assign(_ points: PlanePoints) {
    let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
    let sortedX = order.map { x[$0] }
    let sortedY = order.map { y[$0] }
    let count = order.count
    sortedX.withUnsafeBufferPointer { centreX in
      sortedY.withUnsafeBufferPointer { centreY in
        points.x.withUnsafeBufferPointer { pointX in
          points.y.withUnsafeBufferPointer { pointY in
            clusterOf.withUnsafeMutableBufferPointer { clusterOf in
              order.withUnsafeBufferPointer { order in
                var right = 0
                for point in pointX.indices {
                  let px = pointX[point]
                  let py = pointY[point]
                  while right < count, centreX[right] < px { right += 1 }
                  var best = Double.infinity
                  var bestCentre = Int.max
                  var up = right
                  while up < count {
                    let dx = centreX[up] - px
                    let reach = dx * dx
                    if reach > best { break }
                    let dy = centreY[up] - py
                    let distance = reach + dy * dy
                    if distance < best || (distance == best && order[up] < bestCentre) { (best, bestCentre) = (distance, order[up]) }
                    up += 1
                  }
                  var down = right - 1
                  while down >= 0 {
                    let dx = centreX[down] - px
                    let reach = dx * dx
                    if reach > best { break }
                    let dy = centreY[down] - py
                    let distance = reach + dy * dy
                    if distance < best || (distance == best && order[down] < bestCentre) { (best, bestCentre) = (distance, order[down]) }
                    down -= 1
                  }
                  clusterOf[point] = UInt8(truncatingIfNeeded: bestCentre)
                }
              }
            }
          }
        }
      }
    }
  }

  /// Moves each centre to the mean of its points and drops those without weight; the longest way that one moved, infinite if one was dropped.
  private mutating func recentre(_ points: PlanePoints) -> Double {
    var sumX = [Double](repeating: 0, count: count)
    var sumY = sumX
    var sum = sumX
    for point in 0..<points.count {
      let cluster = Int(clusterOf[point])
      let share = points.weight[point]
      sumX[cluster] += share * points.x[point]
      sumY[cluster] += share * points.y[point]
      sum[cluster] += share
    }
    let kept = x.indices.filter { sum[$0] > 0 }
    var moved = 0.0
    for cluster in kept {
      let newX = sumX[cluster] / sum[cluster]
      let newY = sumY[cluster] / sum[cluster]
      let dx = newX - x[cluster]
      let dy = newY - y[cluster]
      moved = max(moved, (dx * dx + dy * dy).squareRoot())
      (x[cluster], y[cluster], weight[cluster]) = (newX, newY, sum[cluster])
    }
    guard kept.count < count else { return moved }
    x = kept.map { x[$0] }
    y = kept.map { y[$0] }
    weight = kept.map { weight[$0] }
    return .infinity
  }
}
