internal import BigInt

/// The runoff for one place: which texts the voices pour into, step after step.
struct ProportionalRunoff {
  private let ballots: [(levels: [[Int]], weight: Int)]
  /// For each text the ballots that it stands on.
  private var ballotsOf: [[Int]]
  private var isIn: [Bool]
  private var remaining: [Int]
  private var glasses: Glasses
  /// For each ballot the first level that holds a text in the runoff, and how many.
  private var levels: [Int]
  private var sharing: [Int]
  /// At `[d][text]` the weight of those who pour into d texts, this one among them; and at `[d]` how many ballots these are.
  private var byDivisor: [[Int]] = []
  private var ballotsByDivisor: [Int] = []

  /// - Parameter open: those without a place.
  init(_ ballots: [(levels: [[Int]], weight: Int)], _ open: [Int], textCount: Int) {
    self.ballots = ballots
    remaining = open
    isIn = Array(repeating: false, count: textCount)
    for text in open { isIn[text] = true }
    glasses = Glasses(count: textCount)
    levels = Array(repeating: 0, count: ballots.count)
    sharing = levels
    ballotsOf = Array(repeating: [], count: textCount)
    for (number, ballot) in ballots.enumerated() {
      for text in ballot.levels.joined() where isIn[text] { ballotsOf[text].append(number) }
      turn(number)
    }
  }

  /// The one that is left at the end, or those who would be safe in the same moment.
  mutating func left() -> [Int] {
    while remaining.count > 1 {
      let flows = flows()
      let first = glasses.firstFull(of: remaining, flows)
      // Every open text is on a ballot, so some level of that ballot is fed.
      guard let safe = first.first, first.count < remaining.count else { return remaining }
      for text in first { isIn[text] = false }
      remaining.removeAll { !isIn[$0] }
      glasses.pour(into: remaining, untilFull: safe, flows)
      for ballot in Set(first.flatMap { ballotsOf[$0] }) { turn(ballot) }
    }
    return remaining
  }

  /// A ballot pours into those of its first level that are still in the runoff, and no more where it did.
  private mutating func turn(_ ballot: Int) {
    let (levels, weight) = ballots[ballot]
    if sharing[ballot] > 0 { pour(levels[self.levels[ballot]], -weight, sharing[ballot]) }
    sharing[ballot] = 0
    while self.levels[ballot] < levels.count {
      let level = levels[self.levels[ballot]]
      sharing[ballot] = level.reduce(0) { isIn[$1] ? $0 + 1 : $0 }
      if sharing[ballot] > 0 { return pour(level, weight, sharing[ballot]) }
      self.levels[ballot] += 1
    }
  }

  private mutating func pour(_ level: [Int], _ weight: Int, _ divisor: Int) {
    while byDivisor.count <= divisor {
      byDivisor.append(Array(repeating: 0, count: isIn.count))
      ballotsByDivisor.append(0)
    }
    ballotsByDivisor[divisor] += weight > 0 ? 1 : -1
    for text in level { byDivisor[divisor][text] += weight }
  }

  /// What flows into each text of the runoff, in common whole parts: in machine words where they are sure to hold it.
  private func flows() -> Glasses.Flows {
    let divisors = ballotsByDivisor.indices.filter { ballotsByDivisor[$0] > 0 }
    // All weights together are at most 2^40.
    var unit: UInt = 1
    for divisor in divisors where unit < 1 << 23 { unit = unit / unit.commonDivisor(UInt(divisor)) * UInt(divisor) }
    if unit < 1 << 23 {
      var sums = [UInt](repeating: 0, count: isIn.count)
      for divisor in divisors {
        let part = unit / UInt(divisor)
        for text in remaining { sums[text] += part * UInt(byDivisor[divisor][text]) }
      }
      return .words(sums)
    }
    let common = divisors.reduce(BigInt(1)) { $0 / $0.greatestCommonDivisor(with: BigInt($1)) * BigInt($1) }
    var sums = [BigInt](repeating: 0, count: isIn.count)
    for divisor in divisors {
      let part = common / BigInt(divisor)
      for text in remaining { sums[text] += part * BigInt(byDivisor[divisor][text]) }
    }
    return .long(sums)
  }
}
