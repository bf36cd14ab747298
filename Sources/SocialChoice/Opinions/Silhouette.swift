/// How well points lie in their groups rather than in the next one, from -1 to 1 (P. Rousseeuw 1987): the mean over all points of
/// (distance to the nearest other group − distance within the own) ÷ the larger of the two, 0 for a point alone in its group. A point where several
/// people stand is not alone: they are at no distance from each other.
struct Silhouette {
  private let count: Int
  /// Points are looked at eight at a time.
  private let eights: Int
  /// For each point its distances to all, eight by eight.
  private let distances: [SIMD8<Double>]

  /// O(n²) time and memory.
  init(_ points: [SIMD2<Double>]) {
    count = points.count
    eights = (points.count + 7) / 8
    var x = [SIMD8<Double>](repeating: .zero, count: eights)
    var y = x
    for (place, point) in points.enumerated() {
      x[place / 8][place % 8] = point.x
      y[place / 8][place % 8] = point.y
    }
    var distances: [SIMD8<Double>] = []
    distances.reserveCapacity(count * eights)
    for point in points {
      for eight in 0..<eights {
        let (across, up) = (x[eight] - point.x, y[eight] - point.y)
        distances.append((across * across + up * up).squareRoot())
      }
    }
    self.distances = distances
  }

  /// The mean over all points, each counted once.
  ///
  /// - Parameter isShared: for each point whether several people stand exactly there; none if empty.
  func mean(_ groupOf: [Int], groups: Int, isShared: [Bool] = []) -> Double {
    guard count > 0 else { return 0 }
    let sizes = groupOf.reduce(into: [Int](repeating: 0, count: groups)) { $0[$1] += 1 }
    // Group after group, each in the order of its points, so that a sum need not be fetched and stored for each of them.
    var members: [Int] = []
    members.reserveCapacity(count)
    for group in 0..<groups { members += groupOf.indices.filter { groupOf[$0] == group } }
    var sums = [SIMD8<Double>](repeating: .zero, count: groups)
    var sum = 0.0
    for eight in 0..<eights {
      add(eight, members, sizes, to: &sums)
      for point in eight * 8..<min(eight * 8 + 8, count) where sizes[groupOf[point]] > 1 || (!isShared.isEmpty && isShared[point]) {
        let own = sums[groupOf[point]][point % 8] / Double(max(1, sizes[groupOf[point]] - 1))
        var nearest = Double.infinity
        for group in 0..<groups where group != groupOf[point] && sizes[group] > 0 {
          nearest = min(nearest, sums[group][point % 8] / Double(sizes[group]))
        }
        if nearest.isFinite, max(own, nearest) > 0 { sum += (nearest - own) / max(own, nearest) }
      }
    }
    return sum / Double(count)
  }

  /// For each group, the sums of the distances of eight points to its points.
  private func add(_ eight: Int, _ members: [Int], _ sizes: [Int], to sums: inout [SIMD8<Double>]) {
    distances.withUnsafeBufferPointer { distances in
      members.withUnsafeBufferPointer { members in
        var next = 0
        for group in sizes.indices {
          var sum = SIMD8<Double>.zero
          for _ in 0..<sizes[group] {
            sum += distances[members[next] * eights + eight]
            next += 1
          }
          sums[group] = sum
        }
      }
    }
  }
}

/// How well people lie in groups of the points where they stand.
struct PeopleSilhouette: Sendable {
  private let people: [Int]
  private let silhouette: Silhouette

  /// - Parameter people: for each the point where they stand.
  init(_ people: [Int], _ points: PlanePoints) {
    self.people = people
    silhouette = Silhouette(people.map { points.places[$0] })
  }

  /// - Parameter groupOf: the group of each point.
  func mean(_ groupOf: [UInt8], groups: Int) -> Double { silhouette.mean(people.map { Int(groupOf[$0]) }, groups: groups) }
}
