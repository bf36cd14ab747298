/// Symmetric positive definite matrices, row by row, in a fixed order of operations.
enum PositiveMatrix {
  /// The inverse by Cholesky's factor; nil where the matrix is not positive definite in doubles. O(n³).
  static func inverse(_ matrix: [Double], size: Int) -> [Double]? {
    var factor = matrix
    for column in 0..<size {
      for row in column..<size {
        var sum = factor[row * size + column]
        for place in 0..<column { sum -= factor[row * size + place] * factor[column * size + place] }
        if row == column {
          guard sum > 0 else { return nil }
          factor[row * size + row] = sum.squareRoot()
        } else {
          factor[row * size + column] = sum / factor[column * size + column]
        }
      }
    }
    // The factor's own inverse, also lower triangular, kept transposed so that both products run along rows.
    var transposed = [Double](repeating: 0, count: size * size)
    for column in 0..<size {
      transposed[column * size + column] = 1 / factor[column * size + column]
      for row in column + 1..<max(size, column + 1) {
        var sum = 0.0
        for place in column..<row { sum -= factor[row * size + place] * transposed[column * size + place] }
        transposed[column * size + row] = sum / factor[row * size + row]
      }
    }
    var inverse = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0...row {
        var sum = 0.0
        for place in row..<size { sum += transposed[row * size + place] * transposed[column * size + place] }
        inverse[row * size + column] = sum
        inverse[column * size + row] = sum
      }
    }
    return inverse
  }
}
