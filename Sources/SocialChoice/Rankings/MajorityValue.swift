/// The grades of a candidate in the order in which medians are taken away, as runs.
///
/// From the lower median outwards the grades are taken in turn: of 2k+1 grades first the middle, then one below, one above, two below …; of 2k first the
/// lower of the middle two, then the upper … So the sequence is told by the two halves of the sorted grades, each read from the middle.
struct MajorityValue {
  private let total: Int
  /// From the middle down: (grade, how many), the better grades first. With an odd number the middle is here.
  private let lower: [(grade: Int, count: Int)]
  /// From the middle up: the worse grades first.
  private let upper: [(grade: Int, count: Int)]

  init(_ row: [Int]) {
    total = row.reduce(0, +)
    // Both halves as doubled counts, so that the middle one of an odd number is half in each: then all candidates start alike.
    var left = total
    var upper: [(grade: Int, count: Int)] = []
    var lower: [(grade: Int, count: Int)] = []
    for (grade, count) in row.enumerated() where count > 0 {
      let above = min(left, 2 * count)
      if above > 0 { upper.insert((grade, above), at: 0) }
      if 2 * count > above { lower.append((grade, 2 * count - above)) }
      left -= above
    }
    self.upper = upper
    self.lower = lower
  }

  /// Below zero if `a` is better. Candidates with other numbers of grades are compared by shares.
  static func compare(_ a: MajorityValue, _ b: MajorityValue) -> Int {
    guard a.total > 0, b.total > 0 else { return (a.total > 0 ? 0 : 1) - (b.total > 0 ? 0 : 1) }
    var walks = (Walk(a, b.total), Walk(b, a.total))
    while let one = walks.0.here, let two = walks.1.here {
      // As far as neither half changes its grade, each step says the same: the lower grade first, then the upper.
      if one.lower != two.lower { return one.lower < two.lower ? -1 : 1 }
      if one.upper != two.upper { return one.upper < two.upper ? -1 : 1 }
      let step = min(one.length, two.length)
      walks.0.advance(step)
      walks.1.advance(step)
    }
    return 0
  }

  /// Both halves from the middle outwards, lengths multiplied so that two candidates have as many.
  private struct Walk {
    private var lower: ArraySlice<(grade: Int, count: Int128)>
    private var upper: ArraySlice<(grade: Int, count: Int128)>

    init(_ value: MajorityValue, _ factor: Int) {
      lower = value.lower.map { ($0.grade, Int128($0.count) * Int128(factor)) }[...]
      upper = value.upper.map { ($0.grade, Int128($0.count) * Int128(factor)) }[...]
    }

    var here: (lower: Int, upper: Int, length: Int128)? {
      guard let below = lower.first, let above = upper.first else { return nil }
      return (below.grade, above.grade, min(below.count, above.count))
    }

    mutating func advance(_ step: Int128) {
      Walk.take(step, from: &lower)
      Walk.take(step, from: &upper)
    }

    private static func take(_ step: Int128, from half: inout ArraySlice<(grade: Int, count: Int128)>) {
      guard let first = half.first else { return }
      if first.count == step { half.removeFirst() } else { half[half.startIndex].count -= step }
    }
  }
}
