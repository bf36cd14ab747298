/// Weighted points of the plane, each place once, from left to right (then from below): what is computed of them does not hang on who comes first in a file.
struct PlanePoints: Sendable {
  private(set) var places: [SIMD2<Double>] = []
  /// What stands there together; zero where only such stand as are to be placed, not counted.
  private(set) var weight: [Double] = []
  /// For each position given, the number of its point.
  let pointOf: [Int]
  /// Those with weight and those without, which many runs of k-means go through.
  private(set) var counted = Part()
  private(set) var others = Part()

  /// Some of the points, from left to right.
  struct Part: Sendable {
    var numbers: [Int] = []
    var places: [SIMD2<Double>] = []
    var weight: [Double] = []
  }

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
    divide()
  }

  private mutating func divide() {
    counted = part { $0 > 0 }
    others = part { !($0 > 0) }
  }

  private func part(_ isIn: (Double) -> Bool) -> Part {
    let numbers = weight.indices.filter { isIn(weight[$0]) }
    return Part(numbers: numbers, places: numbers.map { places[$0] }, weight: numbers.map { weight[$0] })
  }

  var count: Int { places.count }

  /// The same places with other weights.
  func weighing(_ weight: [Double]) -> PlanePoints {
    var points = self
    points.weight = weight
    points.divide()
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
