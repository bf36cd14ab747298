/// The points of one run of k-means, from left to right, and the centre that each was last with.
///
/// Which centre is nearest, and of equals which has the lowest number, hangs on the distances alone, not on how many were looked at and found farther. So a
/// point looks at few: at first at those whose horizontal distance is not longer than the way to the best so far, then at the neighbours of the centre it was
/// last with.
struct ClusterWork {
  let places: [SIMD2<Double>]
  let weight: [Double]
  private(set) var clusterOf: [UInt8]
  /// False where ``clusterOf`` says nothing yet.
  private var isAssigned = false
  /// The numbers of the centres from left to right, as they stood last.
  private var order: [Int] = []
  /// The squared distance of each point to the centre it was last with, where that stands now.
  private var distances: [Double] = []

  init(_ points: PlanePoints.Part) {
    places = points.places
    weight = points.weight
    clusterOf = [UInt8](repeating: 0, count: places.count)
  }

  /// The centres have other numbers now.
  mutating func forget() { isAssigned = false }

  /// For each cluster the weighted sum of its points, and (third) their weight.
  func sums(clusters: Int) -> [SIMD4<Double>] {
    var sums = [SIMD4<Double>](repeating: .zero, count: clusters)
    for place in places.indices {
      sums[Int(clusterOf[place])] += weight[place] * SIMD4(places[place].x, places[place].y, 1, 0)
    }
    return sums
  }

  /// - Precondition: 1 to 256 centres, no fewer than at the last call unless ``forget()`` was called since.
  mutating func assign(to centres: [SIMD2<Double>]) {
    // To look at all of a few is quicker than to choose.
    if centres.count <= 8 { return compareAll(centres) }
    sort(centres)
    // Neighbours are found once for all points of a centre: that wants several points.
    if isAssigned, places.count >= 4 * centres.count { follow(centres) } else { search(centres) }
    isAssigned = true
  }

  /// At first by merging, then by insertion: from round to round centres move little.
  private mutating func sort(_ centres: [SIMD2<Double>]) {
    if order.count != centres.count {
      order = centres.indices.sorted { (centres[$0].x, $0) < (centres[$1].x, $1) }
      return
    }
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

  /// Looks to the right and to the left of each point at once, until on both sides the horizontal distance alone is longer than the way to the best so far.
  private mutating func search(_ centres: [SIMD2<Double>]) {
    // On both sides one that is no number: never nearest, and never within the way to the best.
    let (nowhere, none) = ([SIMD2(repeating: Double.nan)], [centres.count])
    let padded = nowhere + order.map { centres[$0] } + nowhere
    let paddedOrder = none + order + none
    let (allPlaces, wasAssigned) = (places, isAssigned)
    let (places, centres, sorted, order) = (allPlaces.span, centres.span, padded.span, paddedOrder.span)
    var clusterOf = clusterOf.mutableSpan
    let last = sorted.count - 1
    var right = 1
    var nearest = 0
    for place in places.indices {
      let point = places[place]
      while sorted[right].x < point.x { right += 1 }
      // Where nothing is known the nearest of the last point is as good as any.
      if wasAssigned { nearest = Int(clusterOf[place]) }
      var best = Candidate(number: nearest, distance: point.squaredDistance(to: centres[nearest]))
      var (up, down) = (right, right - 1)
      var isWithin = true
      while isWithin {
        // Two each way before it is asked whether that was enough: how many are needed cannot be foreseen.
        for _ in 0..<2 {
          let (above, below) = (sorted[up] - point, sorted[down] - point)
          let (aboveSquares, belowSquares) = (above * above, below * below)
          isWithin = aboveSquares.x <= best.distance || belowSquares.x <= best.distance
          best.meet(order[up], at: aboveSquares.x + aboveSquares.y)
          best.meet(order[down], at: belowSquares.x + belowSquares.y)
          up += up < last ? 1 : 0
          down -= down > 0 ? 1 : 0
        }
      }
      nearest = best.number
      clusterOf[place] = UInt8(truncatingIfNeeded: nearest)
    }
  }

  /// Looks at the neighbours of the centre that each point was last with.
  private mutating func follow(_ centres: [SIMD2<Double>]) {
    let around = CentreNeighbours(order.map { centres[$0] }, order, within: measure(centres))
    let (allPlaces, allDistances) = (places, distances)
    let (places, centres, distances) = (allPlaces.span, centres.span, allDistances.span)
    let (starts, neighbours) = (around.starts.span, around.all.span)
    var clusterOf = clusterOf.mutableSpan
    for place in places.indices {
      let own = Int(clusterOf[place])
      var best = Candidate(number: own, distance: distances[place])
      let reach = CentreNeighbours.reach(best.distance)
      var next = starts[own]
      let end = starts[own + 1]
      // The first are looked at in any case: most points have one or two within reach, and which cannot be foreseen.
      for _ in 0..<CentreNeighbours.atLeast {
        let number = neighbours[next].number
        best.meet(number, at: places[place].squaredDistance(to: centres[number]))
        next += 1
      }
      while next < end, neighbours[next].square <= reach {
        let number = neighbours[next].number
        best.meet(number, at: places[place].squaredDistance(to: centres[number]))
        next += 1
      }
      clusterOf[place] = UInt8(truncatingIfNeeded: best.number)
    }
  }

  /// How far each point is from the centre it was last with; for each centre the farthest.
  private mutating func measure(_ centres: [SIMD2<Double>]) -> [Double] {
    if distances.isEmpty { distances = [Double](repeating: 0, count: places.count) }
    var farthest = [Double](repeating: 0, count: centres.count)
    var farthestSpan = farthest.mutableSpan
    let (allPlaces, clusters) = (places, clusterOf)
    let (places, centres, clusterOf) = (allPlaces.span, centres.span, clusters.span)
    var distances = distances.mutableSpan
    for place in places.indices {
      let own = Int(clusterOf[place])
      let distance = places[place].squaredDistance(to: centres[own])
      distances[place] = distance
      farthestSpan[own] = max(farthestSpan[own], distance)
    }
    return farthest
  }
}

/// The nearest centre so far, of equals the one with the lowest number.
private struct Candidate {
  var number: Int
  /// The squared distance, as its bits: of what is not negative they are in the same order.
  private var bits: UInt64

  init(number: Int, distance: Double) {
    self.number = number
    bits = distance.bitPattern
  }

  var distance: Double { Double(bitPattern: bits) }

  /// Each a choice of values rather than of ways: which is nearer the processor cannot foresee, but hardly ever are two as near.
  @inline(__always)
  mutating func meet(_ other: Int, at distance: Double) {
    let others = distance.bitPattern
    if others == bits { number = min(number, other) }
    number = others < bits ? other : number
    bits = min(bits, others)
  }
}
