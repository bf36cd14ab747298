/// How the pairwise table is counted.
///
/// Where ballots are short, level by level. Where there are many long ballots, in columns: the ranks of a block of ballots lie candidate by candidate, a byte
/// each, so that one instruction compares sixteen ballots. A weight is counted by its binary digits: a ballot that stands for five people is in the
/// block that counts once and in the block that counts fourfold.
enum PairwiseCount {
  /// What a byte can tell apart, less one for those left out.
  static let deepestColumn = 255

  static func cells(of profile: RankedProfile) -> [Int] {
    let size = profile.candidateCount
    guard size > 1, profile.total > 0 else { return Array(repeating: 0, count: size * size) }
    return profile.mostLevels <= deepestColumn && profile.ballotCount >= 64 ? byColumns(profile) : byLevels(profile)
  }

  /// Ballot by ballot: each candidate of a level wins against all of the later levels and all that are left out.
  static func byLevels(_ profile: RankedProfile) -> [Int] {
    let size = profile.candidateCount
    var cells = [Int](repeating: 0, count: size * size)
    var isBelow = [Bool](repeating: true, count: size)
    for ballot in 0..<profile.ballotCount where profile.weights[ballot] > 0 {
      let weight = profile.weights[ballot]
      let levels = profile.levels(of: ballot)
      for candidate in 0..<size { isBelow[candidate] = true }
      for level in levels {
        for candidate in level { isBelow[candidate] = false }
        for candidate in level {
          let row = candidate * size
          for other in 0..<size where isBelow[other] { cells[row + other] += weight }
        }
      }
    }
    return cells
  }

  static func byColumns(_ profile: RankedProfile) -> [Int] {
    let size = profile.candidateCount
    var cells = [Int](repeating: 0, count: size * size)
    // 255 vectors: then the lanes of a byte are full. Fewer where so many columns would not stay in the cache.
    let vectors = max(16, min(255, (1 << 19) / (16 * size)))
    var block = RankColumns(candidateCount: size, vectors: vectors)
    let heaviest = profile.weights.max() ?? 0
    var digit = 0
    while heaviest >> digit > 0 {
      for ballot in 0..<profile.ballotCount where profile.weights[ballot] >> digit & 1 == 1 {
        block.append(profile.entries(of: ballot))
        if block.isFull { block.count(into: &cells, times: 1 << digit) }
      }
      block.count(into: &cells, times: 1 << digit)
      digit += 1
    }
    return cells
  }
}

/// The ranks of a block of ballots, candidate by candidate, sixteen ballots a vector.
private struct RankColumns {
  private let candidateCount: Int
  private let vectors: Int
  private var columns: [SIMD16<Int8>]
  private var filled = 0

  private static let leftOut = SIMD16<Int8>(repeating: Int8.max)

  init(candidateCount: Int, vectors: Int) {
    self.candidateCount = candidateCount
    self.vectors = vectors
    columns = Array(repeating: RankColumns.leftOut, count: candidateCount * vectors)
  }

  var isFull: Bool { filled == vectors * 16 }

  mutating func append(_ entries: ArraySlice<Int16>) {
    let (slot, stride) = (filled, vectors * 16)
    entries.withUnsafeBufferPointer { entries in
      columns.withUnsafeMutableBytes { bytes in
        var level = -129
        for entry in entries {
          if entry >= 0 { level += 1 }
          bytes[Int(entry < 0 ? ~entry : entry) * stride + slot] = UInt8(truncatingIfNeeded: level)
        }
      }
    }
    filled += 1
  }

  /// Adds what the block says, `times` over, and empties it. Places that no ballot fills are equal everywhere and count for nobody.
  mutating func count(into cells: inout [Int], times: Int) {
    let (size, used, stride) = (candidateCount, (filled + 15) / 16, vectors)
    guard used > 0 else { return }
    columns.withUnsafeBufferPointer { columns in
      cells.withUnsafeMutableBufferPointer { cells in
        for a in 0..<size {
          let one = columns.baseAddress.map { $0 + a * stride }
          for b in a + 1..<max(size, a + 1) {
            guard let one, let two = columns.baseAddress.map({ $0 + b * stride }) else { return }
            var (higher, lower) = (SIMD16<Int8>.zero, SIMD16<Int8>.zero)
            for vector in 0..<used {
              // A true lane is −1: taking it away counts one.
              higher &-= unsafeBitCast(one[vector] .< two[vector], to: SIMD16<Int8>.self)
              lower &-= unsafeBitCast(two[vector] .< one[vector], to: SIMD16<Int8>.self)
            }
            cells[a * size + b] += times * RankColumns.sum(higher)
            cells[b * size + a] += times * RankColumns.sum(lower)
          }
        }
      }
    }
    for index in columns.indices { columns[index] = RankColumns.leftOut }
    filled = 0
  }

  /// Each lane holds 0 to 255.
  private static func sum(_ lanes: SIMD16<Int8>) -> Int {
    Int(SIMD16<UInt16>(truncatingIfNeeded: unsafeBitCast(lanes, to: SIMD16<UInt8>.self)).wrappedSum())
  }
}
