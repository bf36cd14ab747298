import Foundation

/// Bradley and Terry's strengths a second time: Newton's method on the likelihood, the first text held where no prior holds any, by plain elimination.
struct PairwiseNaive {
  /// By how much each text is above the mean of all, in logarithms.
  private(set) var logStrengths: [Double]
  /// Of the log strengths (without a prior: of their distance from the mean).
  private(set) var covariance: [[Double]]
  /// Strengths as they stand against an imagined text of strength 1; nil without a prior.
  private(set) var anchored: [Double]?

  /// - Parameter wins: half victories of the one over the other.
  init?(halves: [[Int]], prior: Double) {
    let count = halves.count
    let free = prior > 0 ? Array(0..<count) : Array(1..<count)
    var logs = [Double](repeating: 0, count: count)
    var step = Double.infinity
    for _ in 0..<200 where step > 1e-13 {
      let (slope, curve) = Self.derivatives(halves, prior, logs)
      guard let inverse = Self.inverse(free.map { row in free.map { curve[row][$0] } }) else { return nil }
      let move = inverse.map { row in zip(row, free).reduce(0) { $0 + $1.0 * slope[$1.1] } }
      // No jump of more than one: far from the top the curve leads astray.
      step = move.map(abs).max() ?? 0
      for (place, text) in free.enumerated() { logs[text] += move[place] * min(1, 1 / max(step, 1e-300)) }
    }
    let (_, curve) = Self.derivatives(halves, prior, logs)
    guard let inverse = Self.inverse(free.map { row in free.map { curve[row][$0] } }) else { return nil }
    var held = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for (row, one) in free.enumerated() { for (column, other) in free.enumerated() { held[one][other] = inverse[row][column] } }
    if prior == 0 {
      // From distances to the first text to distances from the mean: taken off along rows, then along columns.
      let rows = held.map { $0.reduce(0, +) / Double(count) }
      let all = rows.reduce(0, +) / Double(count)
      held = (0..<count).map { one in (0..<count).map { held[one][$0] - rows[one] - rows[$0] + all } }
    }
    covariance = held
    anchored = prior > 0 ? logs.map { exp($0) } : nil
    let mean = logs.reduce(0, +) / Double(max(count, 1))
    logStrengths = logs.map { $0 - mean }
  }

  private static func derivatives(_ halves: [[Int]], _ prior: Double, _ logs: [Double]) -> (slope: [Double], curve: [[Double]]) {
    let count = halves.count
    var slope = [Double](repeating: 0, count: count)
    var curve = [[Double]](repeating: slope, count: count)
    for one in 0..<count {
      let anchor = 1 / (1 + exp(-logs[one]))
      slope[one] += prior - 2 * prior * anchor
      curve[one][one] += 2 * prior * anchor * (1 - anchor)
      for other in 0..<count where other != one {
        let games = Double(halves[one][other] + halves[other][one]) / 2
        let chance = 1 / (1 + exp(logs[other] - logs[one]))
        slope[one] += Double(halves[one][other]) / 2 - games * chance
        curve[one][one] += games * chance * (1 - chance)
        curve[one][other] -= games * chance * (1 - chance)
      }
    }
    return (slope, curve)
  }

  /// Gauss and Jordan, the largest pivot first.
  private static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
    let count = matrix.count
    var rows = matrix.enumerated().map { number, row in row + (0..<count).map { $0 == number ? 1.0 : 0.0 } }
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      guard abs(rows[pivot][column]) > 1e-12 else { return nil }
      rows.swapAt(column, pivot)
      let by = rows[column][column]
      rows[column] = rows[column].map { $0 / by }
      for row in 0..<count where row != column && rows[row][column] != 0 {
        let times = rows[row][column]
        rows[row] = zip(rows[row], rows[column]).map { $0 - times * $1 }
      }
    }
    return rows.map { Array($0[count...]) }
  }
}
