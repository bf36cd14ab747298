/// For each centre those so near to it that one of its points could be nearer to them, the nearest first.
struct CentreNeighbours {
  struct Neighbour {
    /// The squared distance between the two.
    var square: Double
    var number: Int
  }

  /// So many stand for each centre, itself where there are not enough others.
  static let atLeast = 3

  /// Where the neighbours of each centre begin; one more at the end.
  private(set) var starts: [Int]
  private(set) var all: [Neighbour] = []

  /// The squared distance between centres beyond which no other is as near to a point as the one from which it is `distance` (squared) away.
  ///
  /// A centre that is more than twice as far from the point's own centre as the point is, is farther from the point: the triangle says so. A computed square
  /// differs from the true one by less than a part in 2⁵⁰, or by less than 2⁻¹⁰⁷⁰ where numbers end; the surplus here is far more than all three together, so
  /// that the computed distance of the other centre, too, is longer: it is neither nearer nor as near.
  static func reach(_ distance: Double) -> Double { distance * (4 + 0x1p-40) + 0x1p-1000 }

  /// - Parameters:
  ///   - sorted: the centres from left to right, with their numbers in `order`.
  ///   - farthest: for each number the squared distance of its farthest point.
  init(_ sorted: [SIMD2<Double>], _ order: [Int], within farthest: [Double]) {
    starts = [0]
    starts.reserveCapacity(sorted.count + 1)
    all.reserveCapacity(sorted.count * 12)
    var places = [Int](repeating: 0, count: sorted.count)
    for (place, number) in order.enumerated() { places[number] = place }
    withUnsafeTemporaryAllocation(of: Neighbour.self, capacity: sorted.count + 1) { near in
      sorted.withUnsafeBufferPointer { sorted in
        order.withUnsafeBufferPointer { order in
          for number in sorted.indices {
            let reach = Self.reach(farthest[number])
            let count = Self.gather(near, sorted, order, around: places[number], within: reach)
            Self.sort(near, count)
            all.append(contentsOf: near[..<count])
            for _ in count..<max(count, Self.atLeast) { all.append(Neighbour(square: .infinity, number: number)) }
            starts.append(all.count)
          }
        }
      }
    }
  }

  /// Those within reach of the centre at a place, from left to right; how many they are.
  private static func gather(
    _ near: UnsafeMutableBufferPointer<Neighbour>, _ sorted: UnsafeBufferPointer<SIMD2<Double>>, _ order: UnsafeBufferPointer<Int>, around own: Int,
    within reach: Double
  ) -> Int {
    let centre = sorted[own]
    func isInStrip(_ place: Int) -> Bool { (sorted[place].x - centre.x) * (sorted[place].x - centre.x) <= reach }
    var (first, end) = (own, own + 1)
    while first > 0, isInStrip(first - 1) { first -= 1 }
    while end < sorted.count, isInStrip(end) { end += 1 }
    var count = 0
    // Written whether it is within reach or not, and written over if it is not: to foresee which costs more.
    for place in first..<end {
      let square = sorted[place].squaredDistance(to: centre)
      near[count] = Neighbour(square: square, number: order[place])
      count += square <= reach && place != own ? 1 : 0
    }
    return count
  }

  /// The nearest first.
  private static func sort(_ near: UnsafeMutableBufferPointer<Neighbour>, _ count: Int) {
    for place in 1..<max(1, count) {
      let next = near[place]
      var hole = place
      while hole > 0, near[hole - 1].square > next.square {
        near[hole] = near[hole - 1]
        hole -= 1
      }
      near[hole] = next
    }
  }
}
