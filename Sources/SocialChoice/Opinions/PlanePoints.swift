/// Weighted points of the plane, each place once, from left to right (then from below): what is computed of them does not hang on who comes first in a file.
struct PlanePoints: Sendable {
  private(set) var x: [Double] = []
  private(set) var y: [Double] = []
  /// What stands there together; zero where only such stand as are to be placed, not counted.
  private(set) var weight: [Double] = []
  /// For each position given, the number of its point.
  let pointOf: [Int]

  init(x givenX: [Double], y givenY: [Double], weight givenWeight: [Double]) {
    let order = givenX.indices.sorted { (givenX[$0], givenY[$0], $0) < (givenX[$1], givenY[$1], $1) }
    var pointOf = [Int](repeating: 0, count: givenX.count)
    for place in order {
      if givenX[place] != x.last || givenY[place] != y.last {
        x.append(givenX[place])
        y.append(givenY[place])
        weight.append(0)
      }
      weight[weight.count - 1] += givenWeight[place]
      pointOf[place] = x.count - 1
    }
    self.pointOf = pointOf
  }

  var count: Int { x.count }

  func squaredDistance(_ one: Int, _ other: Int) -> Double {
    let dx = x[one] - x[other]
    let dy = y[one] - y[other]
    return dx * dx + dy * dy
  }
}
