/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (C. G. J. Jacobi 1846; Golub and Van Loan, *Matrix Computations*, 8.5).
///
/// Only + − × ÷ √ in a fixed order: the same bits on any machine. O(n³) a sweep, fewer than ten sweeps in practice, thirty at most.
struct SymmetricEigen {
  /// Descending.
  private(set) var values: [Double]
  /// `vectors[i]` belongs to `values[i]`, of length 1.
  private(set) var vectors: [[Double]]

  /// - Parameter matrix: row by row, `size` × `size`; only its upper triangle is read.
  init(_ matrix: [Double], size: Int) {
    var a = matrix
    var rotated = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      rotated[i * size + i] = 1
      for j in 0..<i { a[i * size + j] = a[j * size + i] }
    }
    for _ in 0..<30 where Self.sweep(&a, &rotated, size) == false { break }
    let order = (0..<size).sorted { (-a[$0 * size + $0], $0) < (-a[$1 * size + $1], $1) }
    values = order.map { a[$0 * size + $0] }
    vectors = order.map { Array(rotated[$0 * size..<($0 + 1) * size]) }
  }

  /// One rotation for each pair; false if there was nothing left to rotate.
  private static func sweep(_ matrix: inout [Double], _ vectors: inout [Double], _ size: Int) -> Bool {
    var changed = false
    matrix.withUnsafeMutableBufferPointer { a in
      vectors.withUnsafeMutableBufferPointer { v in
        guard let rows = a.baseAddress, let turned = v.baseAddress else { return }
        for p in 0..<size {
          for q in p + 1..<max(p + 1, size) {
            let off = a[p * size + q]
            let scale = abs(a[p * size + p]) + abs(a[q * size + q])
            guard abs(off) > 1e-17 * scale else { continue }
            changed = true
            let theta = (a[q * size + q] - a[p * size + p]) / (2 * off)
            let tangent = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
            let cosine = 1 / (tangent * tangent + 1).squareRoot()
            let sine = tangent * cosine
            // The two diagonal elements, and the one beside it that becomes zero; the columns are the rows again.
            let (left, right) = (a[p * size + p] - tangent * off, a[q * size + q] + tangent * off)
            let (first, second) = (rows + p * size, rows + q * size)
            turn(first, second, size, cosine, sine)
            turn(turned + p * size, turned + q * size, size, cosine, sine)
            (a[p * size + p], a[p * size + q], a[q * size + p], a[q * size + q]) = (left, 0, 0, right)
            var row = rows
            for k in 0..<size {
              row[p] = first[k]
              row[q] = second[k]
              row += size
            }
          }
        }
      }
    }
    return changed
  }

  private static func turn(_ row: UnsafeMutablePointer<Double>, _ other: UnsafeMutablePointer<Double>, _ size: Int, _ cosine: Double, _ sine: Double)
  {
    for k in 0..<size {
      let (x, y) = (row[k], other[k])
      row[k] = cosine * x - sine * y
      other[k] = sine * x + cosine * y
    }
  }
}
