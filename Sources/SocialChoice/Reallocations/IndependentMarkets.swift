internal import BigInt

/// The independent-markets rule: of all proposals and of phantom voices that rise together, each line takes the median; the phantoms stop where the lines
/// add up to the money.
///
/// R. Freeman, D. M. Pennock, D. Peters, J. Wortman Vaughan, *Truthful aggregation of budget proposals* (EC 2019; Journal of Economic Theory 193, 2021).
/// With n voices, phantom k (from 0 to n) stands at min(t · (n − k), all the money). The median of the n amounts v₁ ≥ v₂ ≥ … and the n + 1 phantoms is
/// the largest min(v_k, t · k), since it is at least x exactly when some k voices and n + 1 − k phantoms are. So a line follows its own staircase: it is
/// t · k while that lies between v_{k+1} and v_k, and rests at v_k until t · (k − 1) has come as high: piecewise linear in t, with breakpoints v_k / k and
/// v_k / (k − 1). Equal amounts share a stair, so only the different amounts count.
///
/// The t where the lines add up to the money is found exactly: breakpoints of all lines are halved away, each line's being in order already, until no line
/// bends any more between the two values of t that enclose it; there one linear equation is left. O(L² log² n) for L lines after sorting.
struct IndependentMarkets {
  /// For each line its stairs: amounts above the floor, highest first, and the voices for at least so much.
  private let lines: [[(amount: Int, voices: Int)]]
  private let money: Int

  /// Where the phantoms stand: t = `numerator` / `denominator` cents a voice.
  struct Level {
    let numerator: Int
    let denominator: Int
  }

  init(_ proposals: CheckedProposals) {
    let floors = proposals.budget.floors
    lines = zip(proposals.votes, floors).map { votes, floor in
      var voices = 0
      return votes.map { vote in
        voices += vote.weight
        return (amount: vote.amount - floor, voices: voices)
      }
    }
    money = proposals.budget.total - floors.reduce(0, +)
  }

  /// What each line gets above its floor, exactly; in sum the money above all floors.
  func amounts() -> [Rational] {
    guard money > 0 else { return lines.map { _ in .zero } }
    let (low, high) = bracket()
    // Between the two levels each line is slope · t or rests: the line's value at both ends tells which.
    var slope: BigInt = 0
    var fixed: BigInt = 0
    let kinds = lines.map { stairs in rising(stairs, low, high) }
    for (stairs, kind) in zip(lines, kinds) {
      if kind.rises { slope += BigInt(stairs[kind.stair].voices) } else { fixed += BigInt(stairs[kind.stair].amount) }
    }
    let level = slope == 0 ? Rational.zero : Rational(BigInt(money) - fixed, slope)
    return zip(lines, kinds).map { stairs, kind in
      kind.rises ? level * Rational(stairs[kind.stair].voices) : Rational(stairs[kind.stair].amount)
    }
  }

  /// Breakpoint `index` of a line, ascending in t: for stair s (counted from the lowest amount) it stops rising at amount / voices, even indices, and
  /// begins to rise again, as the next higher stair, at amount / (voices for more), odd indices.
  private func breakpoint(_ stairs: [(amount: Int, voices: Int)], _ index: Int) -> Level {
    let stair = stairs.count - 1 - index / 2
    return Level(numerator: stairs[stair].amount, denominator: index % 2 == 0 ? stairs[stair].voices : stairs[stair - 1].voices)
  }

  private func breakpointCount(_ stairs: [(amount: Int, voices: Int)]) -> Int { 2 * stairs.count - 1 }

  private func isAtMost(_ a: Level, _ b: Level) -> Bool {
    Int128(a.numerator) * Int128(b.denominator) <= Int128(b.numerator) * Int128(a.denominator)
  }

  /// The largest min(amount, t · voices) over the stairs, times the level's denominator.
  private func value(_ stairs: [(amount: Int, voices: Int)], _ level: Level) -> Int128 {
    let (top, bottom) = (Int128(level.numerator), Int128(level.denominator))
    // Amounts fall and t · voices grows from stair to stair: the best is where they cross.
    var (first, last) = (0, stairs.count)
    while first < last {
      let middle = (first + last) / 2
      if Int128(stairs[middle].amount) * bottom >= top * Int128(stairs[middle].voices) { first = middle + 1 } else { last = middle }
    }
    let rising = first > 0 ? top * Int128(stairs[first - 1].voices) : 0
    let resting = first < stairs.count ? Int128(stairs[first].amount) * bottom : 0
    return max(rising, resting)
  }

  /// Two levels that enclose the balance, with no breakpoint of any line strictly between them.
  private func bracket() -> (low: Level, high: Level) {
    var low = Level(numerator: 0, denominator: 1)
    // When every line rests at its highest amount the lines add up to the money or more.
    var high = Level(numerator: lines.map { $0[0].amount }.max() ?? 0, denominator: 1)
    var open = lines.map { 0..<breakpointCount($0) }
    while true {
      for (number, stairs) in lines.enumerated() { open[number] = within(stairs, open[number], low, high) }
      guard let widest = open.indices.max(by: { open[$0].count < open[$1].count }), !open[widest].isEmpty else { return (low, high) }
      let range = open[widest]
      let level = breakpoint(lines[widest], (range.lowerBound + range.upperBound) / 2)
      let sum = lines.reduce(Int128(0)) { $0 + value($1, level) }
      if sum <= Int128(money) * Int128(level.denominator) { low = level } else { high = level }
    }
  }

  /// The part of a line's breakpoints that lies strictly between two levels.
  private func within(_ stairs: [(amount: Int, voices: Int)], _ range: Range<Int>, _ low: Level, _ high: Level) -> Range<Int> {
    var (first, end) = (range.lowerBound, range.upperBound)
    while first < end {
      let middle = (first + end) / 2
      if isAtMost(breakpoint(stairs, middle), low) { first = middle + 1 } else { end = middle }
    }
    let start = first
    end = range.upperBound
    while first < end {
      let middle = (first + end) / 2
      if isAtMost(high, breakpoint(stairs, middle)) { end = middle } else { first = middle + 1 }
    }
    return start..<end
  }

  /// Whether a line rises between two neighbouring levels, and on which stair; or on which it rests.
  private func rising(_ stairs: [(amount: Int, voices: Int)], _ low: Level, _ high: Level) -> (stair: Int, rises: Bool) {
    // The first breakpoint that is not at or below the low level ends the stretch.
    var (first, end) = (0, breakpointCount(stairs))
    while first < end {
      let middle = (first + end) / 2
      if isAtMost(breakpoint(stairs, middle), low) { first = middle + 1 } else { end = middle }
    }
    return (stairs.count - 1 - first / 2, first % 2 == 0)
  }
}
