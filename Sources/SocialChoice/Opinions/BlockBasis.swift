/// What block Lanczos does with its blocks of eight vectors.
enum BlockBasis {
  typealias Block = OpinionAxes.Block

  /// The part of a block that is orthogonal to others and of orthonormal vectors itself; a vector that depends on the others becomes zero.
  /// Gram and Schmidt, twice, which is enough (Giraud, Langou, Rozložník 2005).
  static func orthonormal(_ block: Block, against basis: [Block]) -> Block {
    var block = block
    let before = squares(block)
    for _ in 0..<2 {
      for other in basis {
        let products = dots(other, block)
        for place in block.indices {
          for lane in 0..<8 { block[place] -= products[lane] * other[place][lane] }
        }
      }
      for lane in 0..<8 {
        let products = dot(block, lane)
        let length = products[lane].squareRoot()
        let isNew = products[lane] > 1e-24 * max(before[lane], 1e-200)
        for place in block.indices { block[place][lane] = isNew ? block[place][lane] / length : 0 }
        guard isNew else { continue }
        var shares = products / length
        for earlier in 0...lane { shares[earlier] = 0 }
        for place in block.indices { block[place] -= shares * block[place][lane] }
      }
    }
    return block
  }

  private static func squares(_ block: Block) -> SIMD8<Double> { block.reduce(into: SIMD8<Double>()) { $0 += $1 * $1 } }

  /// Products of one vector of a block with all of them.
  private static func dot(_ block: Block, _ lane: Int) -> SIMD8<Double> { block.reduce(into: SIMD8<Double>()) { $0 += $1 * $1[lane] } }

  /// `[i]` holds the products of vector `i` of the left block with those of the right.
  private static func dots(_ left: Block, _ right: Block) -> [SIMD8<Double>] {
    var products = [SIMD8<Double>](repeating: .zero, count: 8)
    for place in left.indices {
      for lane in 0..<8 { products[lane] += right[place] * left[place][lane] }
    }
    return products
  }

  /// The eigenvalues, descending, and vectors of the operator seen from within the basis.
  static func ritz(_ basis: [Block], _ images: [Block]) -> SymmetricEigen {
    let size = basis.count * 8
    var matrix = [Double](repeating: 0, count: size * size)
    for (i, left) in basis.enumerated() {
      for (j, right) in images.enumerated() where j >= i {
        for (row, products) in dots(left, right).enumerated() {
          for column in 0..<8 { matrix[(i * 8 + row) * size + j * 8 + column] = products[column] }
        }
      }
    }
    return SymmetricEigen(matrix, size: size)
  }

  /// The first eight Ritz vectors (or their images).
  static func combined(_ blocks: [Block], _ ritz: SymmetricEigen) -> Block {
    var result = Block(repeating: .zero, count: blocks[0].count)
    for (number, block) in blocks.enumerated() {
      let shares = (0..<8).map { lane in SIMD8<Double>((0..<8).map { ritz.vectors[$0][number * 8 + lane] }) }
      for place in result.indices {
        var sum = result[place]
        for lane in 0..<8 { sum += shares[lane] * block[place][lane] }
        result[place] = sum
      }
    }
    return result
  }
}
