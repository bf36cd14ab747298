/// Weighted points of the plane, each place once, from left to right (then from below): what is computed of them does not hang on who comes first in a file.
struct PlanePoints: Sendable {
  private(set) var places: [SIMD2<Double>] = []
  /// What stands there together; zero where only such stand as are to be placed, not counted.
  private(set) var weight: [Double] = []
  /// For each position given, the number of its point.
  let pointOf: [Int]

  init(_ positions: [SIMD2<Double>], weight given: [Double]) {
    let order = positions.indices.sorted {
      (positions[$0].x, positions[$0].y, $0) < (positions[$1].x, positions[$1].y, $1)
    }
    var pointOf = [Int](repeating: 0, count: positions.count)
    for place in order {
      if positions[place] != places.last {
        places.append(positions[place])
        weight.append(0)
      }
      weight[weight.count - 1] += given[place]
      pointOf[place] = places.count - 1
    }
    self.pointOf = pointOf
  }

  var count: Int { places.count }

  /// The same places with other weights.
  func weighing(_ weight: [Double]) -> PlanePoints {
    var points = self
    points.weight = weight
    return points
  }
}

extension SIMD2<Double> {
  func squaredDistance(to other: SIMD2<Double>) -> Double {
    let difference = self - other
    let squares = difference * difference
    return squares.x + squares.y
  }
}
