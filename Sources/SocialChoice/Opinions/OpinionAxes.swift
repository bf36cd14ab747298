/// The two directions in which the participants differ most: principal components of the votes, where an empty cell stands for the statement's mean.
///
/// Filled with its column's mean and centred, an empty cell is zero: the dense matrix never exists, and a multiplication costs one pass over the votes.
/// The method is block Lanczos with restarts (Golub and Underwood 1977): eight directions at once, four passes, then the best eight of the 32 directions
/// found (Rayleigh and Ritz) begin again. It ends when both residuals are below 10⁻⁹ of the first eigenvalue, or after ``passLimit`` passes.
/// Sums run in the order of participants and statements, with + − × ÷ √ only: the same bits on any machine.
package struct OpinionAxes: Sendable {
  typealias Block = [SIMD8<Double>]
  static let passLimit = 240
  private static let blocks = 4

  /// For each axis the weight of each statement, together of length 1 (all zero where the votes do not differ that way). The largest weight is positive.
  package let weights: [[Double]]
  /// The mean answer to each statement, from -1 to 1; zero for those left out.
  package let means: [Double]
  /// The share of all variance that each axis shows, from 0 to 1.
  package let explainedVariance: [Double]
  /// Multiplications that were needed.
  package let passes: Int

  /// - Parameters:
  ///   - isOut: true for each statement that is left out.
  ///   - earlier: axes of an earlier state of the same conversation, to start near the end; they change the time needed, and the result by less than 10⁻⁸.
  package init(_ matrix: OpinionMatrix, without isOut: [Bool], startingFrom earlier: OpinionAxes? = nil) {
    var means = [Double](repeating: 0, count: matrix.statements)
    var total = 0.0
    for (statement, count) in matrix.counts.enumerated() where !isOut[statement] && count.total > 0 {
      let mean = Double(count.agree - count.disagree) / Double(count.total)
      means[statement] = mean
      total += Double(count.agree + count.disagree) - Double(count.total) * mean * mean
    }
    self.means = means
    let product = CentredProduct(matrix: matrix, means: means, isOut: isOut)
    let found = Self.largest(product, Self.start(matrix.statements, isOut, earlier))
    weights = (0..<2).map { axis in Self.upright(found.vectors.map { $0[axis] }, isNothing: found.values[axis] <= 1e-12 * total) }
    explainedVariance = (0..<2).map { total > 0 ? max(0, found.values[$0] / total) : 0 }
    passes = found.passes
  }

  /// Made numbers between -1 and 1, the same for the same place: no direction is orthogonal to them but by design.
  private static func start(_ statements: Int, _ isOut: [Bool], _ earlier: OpinionAxes?) -> Block {
    var scatter = Scatter(seed: 0x5EED)
    return (0..<statements).map { statement in
      var lanes = SIMD8<Double>()
      for lane in 0..<8 { lanes[lane] = scatter.unit() * 2 - 1 }
      if let earlier, statement < earlier.means.count {
        lanes[0] = lanes[0] * 1e-3 + earlier.weights[0][statement]
        lanes[1] = lanes[1] * 1e-3 + earlier.weights[1][statement]
      }
      return isOut[statement] ? .zero : lanes
    }
  }

  private static func upright(_ vector: [Double], isNothing: Bool) -> [Double] {
    if isNothing { return vector.map { _ in 0 } }
    let largest = vector.reduce(0) { max($0, abs($1)) }
    let leads = vector.first { abs($0) > largest * (1 - 1e-6) } ?? 0
    return leads < 0 ? vector.map { -$0 } : vector
  }

  private static func largest(_ product: CentredProduct, _ start: Block) -> (values: [Double], vectors: Block, passes: Int) {
    var first = BlockBasis.orthonormal(start, against: [])
    var image = product.times(first)
    var passes = 1
    while true {
      var basis = [first]
      var images = [image]
      while basis.count < blocks {
        let next = BlockBasis.orthonormal(images[images.count - 1], against: basis)
        basis.append(next)
        images.append(product.times(next))
        passes += 1
      }
      let ritz = BlockBasis.ritz(basis, images)
      first = BlockBasis.combined(basis, ritz)
      image = BlockBasis.combined(images, ritz)
      var residuals = SIMD8<Double>()
      var values = SIMD8<Double>()
      for lane in 0..<8 { values[lane] = ritz.values[lane] }
      for place in first.indices {
        let residual = image[place] - values * first[place]
        residuals += residual * residual
      }
      let bound = 1e-9 * max(values[0], 0)
      if (residuals[0] <= bound * bound && residuals[1] <= bound * bound) || passes >= passLimit {
        return ([values[0], values[1]], first, passes)
      }
      first = BlockBasis.orthonormal(first, against: [])
    }
  }
}

/// Multiplication by XᵀX, X the filled and centred votes.
struct CentredProduct {
  let matrix: OpinionMatrix
  let means: [Double]
  let isOut: [Bool]

  /// Rows are cut into pieces by their number of votes alone, and the pieces' sums added in order.
  func times(_ block: OpinionAxes.Block) -> OpinionAxes.Block {
    let lift = zip(means, isOut).map { mean, out in out ? SIMD4<Double>() : SIMD4(-1 - mean, -mean, 1 - mean, 0) }
    let pieces = max(1, min(16, matrix.votes / 100_000))
    let size = (matrix.participants + pieces - 1) / pieces
    let sums = Together.map(pieces) { piece in
      product(rows: min(piece * size, matrix.participants)..<min((piece + 1) * size, matrix.participants), block, lift)
    }
    var result = sums[0]
    for sum in sums.dropFirst() {
      for place in result.indices { result[place] += sum[place] }
    }
    return result
  }

  private func product(rows: Range<Int>, _ block: OpinionAxes.Block, _ lift: [SIMD4<Double>]) -> OpinionAxes.Block {
    var result = OpinionAxes.Block(repeating: .zero, count: block.count)
    result.withUnsafeMutableBufferPointer { result in
      block.withUnsafeBufferPointer { block in
        lift.withUnsafeBufferPointer { lift in
          matrix.columns.withUnsafeBufferPointer { columns in
            matrix.values.withUnsafeBufferPointer { values in
              for participant in rows {
                let row = matrix.starts[participant]..<matrix.starts[participant + 1]
                var dot = SIMD8<Double>()
                for place in row {
                  let column = Int(columns[place])
                  dot += block[column] * lift[column][Int(values[place]) + 1]
                }
                for place in row {
                  let column = Int(columns[place])
                  result[column] += dot * lift[column][Int(values[place]) + 1]
                }
              }
            }
          }
        }
      }
    }
    return result
  }
}
