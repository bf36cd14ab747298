/// How the pairwise table is counted.
///
/// Where ballots name few of the candidates, pair by pair of those named. Where there are many long ballots, in columns: the ranks of a block of ballots lie
/// candidate by candidate, so that one instruction compares sixteen ballots (eight where ballots have more than 255 levels). A weight is counted by its
/// binary digits: a ballot that stands for five people is in the block that counts once and in the block that counts fourfold.
/// Every count fits 32 bits, as no profile has more people (``ProfileFault/largestTotal``).
enum PairwiseCount {
  /// What a byte can tell apart, less one for those left out.
  static let deepestColumn = 255

  static func cells(of profile: RankedProfile) -> [UInt32] {
    let size = profile.candidateCount
    guard size > 1, profile.total > 0 else { return Array(repeating: 0, count: size * size) }
    let lanes = profile.mostLevels <= deepestColumn ? 16 : 8
    // Pairs in all ballots against comparisons of columns: as doubles, since ballots may be many.
    let pairs = (0..<profile.ballotCount).reduce(0.0) { sum, ballot in
      let named = Double(profile.entries(of: ballot).count)
      return sum + named * named
    }
    let compared = Double(profile.ballotCount) * Double(size) * Double(size) / Double(lanes)
    return profile.ballotCount < 64 || pairs < compared ? byPairs(profile) : byColumns(profile)
  }

  /// Ballot by ballot, in time of the square of those it names: who is named counts against everyone, less the ballots that name the other as high or higher.
  static func byPairs(_ profile: RankedProfile) -> [UInt32] {
    let size = profile.candidateCount
    var cells = [UInt32](repeating: 0, count: size * size)
    var named = [UInt32](repeating: 0, count: size)
    cells.withUnsafeMutableBufferPointer { cells in
      for ballot in 0..<profile.ballotCount where profile.weights[ballot] > 0 {
        let weight = UInt32(profile.weights[ballot])
        let entries = Array(profile.entries(of: ballot))
        var end = 0
        for place in entries.indices {
          // Where the level of this candidate ends: all before are as high or higher.
          if place == end {
            end += 1
            while end < entries.count, entries[end] < 0 { end += 1 }
          }
          let candidate = Int(entries[place] < 0 ? ~entries[place] : entries[place])
          named[candidate] += weight
          let row = candidate * size
          // Below zero, which is to say round the end, until all who name the candidate are added.
          for other in entries[..<end] { cells[row + Int(other < 0 ? ~other : other)] &-= weight }
        }
      }
      for candidate in 0..<size {
        let row = candidate * size
        for other in 0..<size { cells[row + other] &+= named[candidate] }
        cells[row + candidate] = 0
      }
    }
    return cells
  }

  static func byColumns(_ profile: RankedProfile) -> [UInt32] { RankColumnCount.cells(of: profile) }
}
