/// Who reaches whom along steps that are added one by one, known from both ends, so that a step costs the pairs that it joins.
///
/// All steps together: O(m³ / 64) for m candidates, and O(1) for each that says nothing new.
struct TwoWayReachability {
  let count: Int
  private let words: Int
  /// Row a: whom a reaches.
  private var below: [UInt64]
  /// Row b: who reaches b.
  private var above: [UInt64]

  init(count: Int) {
    self.count = count
    words = (count + 63) / 64
    below = Array(repeating: 0, count: count * words)
    above = below
  }

  func reaches(_ a: Int, _ b: Int) -> Bool { below[a * words + b >> 6] >> UInt64(b & 63) & 1 == 1 }

  /// Lets `from`, and all that reach it, reach `to` and all that it reaches. A candidate on a cycle reaches itself.
  mutating func join(_ from: Int, to end: Int) { join(from, to: end) { _, _ in } }

  /// - Parameter report: called once with each pair that is joined now and was not before.
  mutating func join(_ from: Int, to end: Int, report: (Int, Int) -> Void) {
    if reaches(from, end) { return }
    let (words, endBit) = (self.words, UInt64(1) << UInt64(end & 63))
    below.withUnsafeMutableBufferPointer { below in
      above.withUnsafeMutableBufferPointer { above in
        for group in 0..<words {
          var starts = above[from * words + group]
          if group == from >> 6 { starts |= 1 << UInt64(from & 63) }
          starts &= ~above[end * words + group]
          while starts != 0 {
            let start = group << 6 + starts.trailingZeroBitCount
            starts &= starts - 1
            for word in 0..<words {
              var ends = below[end * words + word]
              if word == end >> 6 { ends |= endBit }
              ends &= ~below[start * words + word]
              below[start * words + word] |= ends
              while ends != 0 {
                let reached = word << 6 + ends.trailingZeroBitCount
                ends &= ends - 1
                above[reached * words + start >> 6] |= 1 << UInt64(start & 63)
                report(start, reached)
              }
            }
          }
        }
      }
    }
  }

  /// Those whom nobody reaches, ascending.
  var sources: [Int] { (0..<count).filter { candidate in above[candidate * words..<(candidate + 1) * words].allSatisfy { $0 == 0 } } }

  /// Again and again those whom none of the rest reaches, best first. There must be no cycle.
  var levels: [[Int]] { RankingLevels.byPeeling(count) { reaches($0, $1) } }
}
