/// Ranked ballots: each an order of some of the candidates, best first, in which several may be equal.
///
/// Candidates are numbered from 0 in the order of the input. Those that a ballot leaves out stand below all it names and equal to one another.
/// A ballot's weight is how many people cast it. A million ballots of a hundred candidates take 200 MB.
///
/// ```swift
/// var profile = try RankedProfile(candidateCount: 4)
/// try profile.append([[0], [1, 2], [3]], weight: 3)   // in a PrefLib file: `3: 1,{2,3},4`
/// ```
package struct RankedProfile: Sendable, Hashable {
  package let candidateCount: Int
  /// How many people cast each ballot.
  package private(set) var weights: [Int] = []
  /// All weights added.
  package private(set) var total = 0
  /// Whether some ballot names two candidates as equal.
  package private(set) var hasEqualRanks = false
  /// The longest ballot, in levels.
  private(set) var mostLevels = 0
  /// The ballots one after the other, best first; one that is equal to the one before it is stored as its complement (below zero).
  private(set) var entries: [Int16] = []
  private(set) var starts: [Int] = [0]

  package init(candidateCount: Int) throws(ProfileFault) {
    guard (0...ProfileFault.largestCandidateCount).contains(candidateCount) else { throw .tooManyCandidates(candidateCount) }
    self.candidateCount = candidateCount
  }

  /// How many ballots are stored; each may stand for several people.
  package var ballotCount: Int { weights.count }

  /// Adds a ballot: its levels, best first. Empty levels say nothing.
  package mutating func append(_ levels: [[Int]], weight: Int = 1) throws(ProfileFault) {
    let before = entries.count
    var depth = 0
    for level in levels where !level.isEmpty {
      depth += 1
      if level.count > 1 { hasEqualRanks = true }
      for (place, candidate) in level.enumerated() {
        guard (0..<candidateCount).contains(candidate) else {
          entries.removeSubrange(before...)
          throw .unknownCandidate(candidate)
        }
        entries.append(place == 0 ? Int16(candidate) : ~Int16(candidate))
      }
    }
    try close(from: before, levels: depth, weight: weight)
  }

  /// Adds a ballot without equals, best first.
  package mutating func append(order: [Int], weight: Int = 1) throws(ProfileFault) {
    let before = entries.count
    for candidate in order {
      guard (0..<candidateCount).contains(candidate) else {
        entries.removeSubrange(before...)
        throw .unknownCandidate(candidate)
      }
      entries.append(Int16(candidate))
    }
    try close(from: before, levels: order.count, weight: weight)
  }

  private mutating func close(from before: Int, levels: Int, weight: Int) throws(ProfileFault) {
    if let repeated = firstRepeated(from: before) {
      entries.removeSubrange(before...)
      throw .repeatedCandidate(repeated)
    }
    let (sum, overflow) = total.addingReportingOverflow(weight)
    guard weight >= 0, !overflow, sum <= ProfileFault.largestTotal else {
      entries.removeSubrange(before...)
      throw weight < 0 ? .negativeWeight(weight) : .tooManyBallots
    }
    total = sum
    weights.append(weight)
    starts.append(entries.count)
    mostLevels = max(mostLevels, levels)
  }

  private func firstRepeated(from before: Int) -> Int? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: candidateCount / 64 + 1) { seen in
      seen.initialize(repeating: 0)
      for entry in entries[before...] {
        let candidate = Int(entry < 0 ? ~entry : entry)
        let bit: UInt64 = 1 << UInt64(candidate & 63)
        if seen[candidate >> 6] & bit != 0 { return candidate }
        seen[candidate >> 6] |= bit
      }
      return nil
    }
  }

  /// The levels of one ballot, best first.
  package func levels(of ballot: Int) -> [[Int]] {
    var levels: [[Int]] = []
    for entry in entries[starts[ballot]..<starts[ballot + 1]] {
      if entry < 0 { levels[levels.count - 1].append(Int(~entry)) } else { levels.append([Int(entry)]) }
    }
    return levels
  }

  /// One ballot as stored: complements are equal to the one before.
  func entries(of ballot: Int) -> ArraySlice<Int16> { entries[starts[ballot]..<starts[ballot + 1]] }

  /// The same votes with equal ballots as one, in the order in which each was first met, and without ballots that stand for nobody.
  ///
  /// A table of places, half of them empty; a dictionary of slices counts references, and takes three times as long.
  package func grouped() -> RankedProfile {
    var result = self
    result.weights = []
    result.entries = []
    result.starts = [0]
    var table = [Int32](repeating: -1, count: 1 << max(4, Int.bitWidth - (2 * ballotCount).leadingZeroBitCount))
    entries.withUnsafeBytes { entries in
      for ballot in 0..<ballotCount where weights[ballot] > 0 {
        let size = MemoryLayout<Int16>.stride
        let ranks = UnsafeRawBufferPointer(rebasing: entries[starts[ballot] * size..<starts[ballot + 1] * size])
        var hasher = Hasher()
        hasher.combine(bytes: ranks)
        var place = hasher.finalize() & (table.count - 1)
        while table[place] >= 0, !result.holds(ranks, at: Int(table[place])) { place = (place + 1) & (table.count - 1) }
        if table[place] >= 0 {
          result.weights[Int(table[place])] += weights[ballot]
        } else {
          table[place] = Int32(result.weights.count)
          result.weights.append(weights[ballot])
          result.entries.append(contentsOf: ranks.bindMemory(to: Int16.self))
          result.starts.append(result.entries.count)
        }
      }
    }
    return result
  }

  private func holds(_ ranks: UnsafeRawBufferPointer, at ballot: Int) -> Bool {
    let size = MemoryLayout<Int16>.stride
    guard (starts[ballot + 1] - starts[ballot]) * size == ranks.count else { return false }
    return entries.withUnsafeBytes { $0[starts[ballot] * size..<starts[ballot + 1] * size].elementsEqual(ranks) }
  }
}
