/// The pairwise table by columns of ranks.
enum RankColumnCount {
  /// Ranks in bytes where they fit, else in two.
  static func cells(of profile: RankedProfile) -> [UInt32] {
    profile.mostLevels <= PairwiseCount.deepestColumn
      ? RankColumns<SIMD16<Int8>>.cells(of: profile) : RankColumns<SIMD8<Int16>>.cells(of: profile)
  }
}

/// Some ranks, each in a lane.
private protocol RankVector: SIMD where Scalar: FixedWidthInteger & SignedInteger {
  /// One more in each lane where `a` is below `b`.
  mutating func count(_ a: Self, below b: Self)
  /// All lanes together, which hold 0 to 255 each, with or without a sign.
  var sum: Int { get }
}

extension SIMD16: RankVector where Scalar == Int8 {
  // A true lane is −1: taking it away counts one.
  mutating func count(_ a: Self, below b: Self) { self &-= unsafeBitCast(a .< b, to: Self.self) }

  var sum: Int { Int(SIMD16<UInt16>(truncatingIfNeeded: unsafeBitCast(self, to: SIMD16<UInt8>.self)).wrappedSum()) }
}

extension SIMD8: RankVector where Scalar == Int16 {
  mutating func count(_ a: Self, below b: Self) { self &-= unsafeBitCast(a .< b, to: Self.self) }

  var sum: Int { Int(wrappedSum()) }
}

/// The ranks of a block of ballots, candidate by candidate, a few ballots a vector.
private struct RankColumns<Ranks: RankVector> {
  private let candidateCount: Int
  private let vectors: Int
  private var columns: [Ranks]
  private var filled = 0

  private init(candidateCount: Int, vectors: Int) {
    self.candidateCount = candidateCount
    self.vectors = vectors
    columns = Array(repeating: Ranks(repeating: Ranks.Scalar.max), count: candidateCount * vectors)
  }

  /// - Precondition: no ballot has as many levels as a lane has values.
  static func cells(of profile: RankedProfile) -> [UInt32] {
    let size = profile.candidateCount
    var cells = [UInt32](repeating: 0, count: size * size)
    // 255 vectors: then the lanes of a byte are full. Fewer where so many columns would not stay in the cache.
    let vectors = max(16, min(255, (1 << 19) / (16 * max(1, size))))
    var block = RankColumns(candidateCount: size, vectors: vectors)
    let heaviest = profile.weights.max() ?? 0
    var digit = 0
    while heaviest >> digit > 0 {
      for ballot in 0..<profile.ballotCount where profile.weights[ballot] >> digit & 1 == 1 {
        block.append(profile.entries(of: ballot))
        if block.filled == vectors * Ranks.scalarCount { block.count(into: &cells, times: 1 << digit) }
      }
      block.count(into: &cells, times: 1 << digit)
      digit += 1
    }
    return cells
  }

  private mutating func append(_ entries: ArraySlice<Int16>) {
    let (slot, stride) = (filled, vectors * Ranks.scalarCount)
    entries.withUnsafeBufferPointer { entries in
      columns.withUnsafeMutableBytes { bytes in
        var level = Int(Ranks.Scalar.min) - 1
        for entry in entries {
          if entry >= 0 { level += 1 }
          let place = Int(entry < 0 ? ~entry : entry) * stride + slot
          bytes.storeBytes(
            of: Ranks.Scalar(truncatingIfNeeded: level), toByteOffset: place * MemoryLayout<Ranks.Scalar>.size, as: Ranks.Scalar.self)
        }
      }
    }
    filled += 1
  }

  /// Adds what the block says, `times` over, and empties it. Places that no ballot fills are equal everywhere and count for nobody.
  private mutating func count(into cells: inout [UInt32], times: Int) {
    let (size, used, stride) = (candidateCount, (filled + Ranks.scalarCount - 1) / Ranks.scalarCount, vectors)
    guard used > 0 else { return }
    columns.withUnsafeBufferPointer { columns in
      cells.withUnsafeMutableBufferPointer { cells in
        for a in 0..<size {
          let one = columns.baseAddress.map { $0 + a * stride }
          for b in a + 1..<max(size, a + 1) {
            guard let one, let two = columns.baseAddress.map({ $0 + b * stride }) else { return }
            var (higher, lower) = (Ranks.zero, Ranks.zero)
            for vector in 0..<used {
              higher.count(one[vector], below: two[vector])
              lower.count(two[vector], below: one[vector])
            }
            cells[a * size + b] += UInt32(times * higher.sum)
            cells[b * size + a] += UInt32(times * lower.sum)
          }
        }
      }
    }
    for index in columns.indices { columns[index] = Ranks(repeating: Ranks.Scalar.max) }
    filled = 0
  }
}
