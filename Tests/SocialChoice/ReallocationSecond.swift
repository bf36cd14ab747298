@testable import SocialChoice

/// Reallocation again, voice by voice in fractions, with floors, ceilings and steps.
struct ReallocationSecond {
  let lines: [BudgetLine]
  let step: Int
  /// The amounts that each voice wishes.
  let voices: [[Int]]

  var total: Int { lines.reduce(0) { $0 + $1.amount } }
  var money: Int { total - lines.reduce(0) { $0 + $1.floor } }

  private func column(_ line: Int) -> [Fraction] { voices.map { Fraction($0[line]) } }

  func median(_ line: Int) -> Fraction {
    let sorted = column(line).sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / Fraction(2)
  }

  func mean(_ line: Int) -> Fraction { column(line).reduce(.zero, +) / Fraction(voices.count) }

  func wishes(_ rule: ReallocationRule) -> [Fraction] {
    let floors = lines.map { Fraction($0.floor) }
    switch rule {
    case .mean: return lines.indices.map(mean)
    case .median:
      let above = lines.indices.map { median($0) - floors[$0] }
      let sum = above.reduce(.zero, +)
      return sum == .zero ? lines.indices.map(mean) : lines.indices.map { floors[$0] + above[$0] * Fraction(money) / sum }
    case .independentMarkets: return zip(markets(), floors).map { $0 + $1 }
    }
  }

  /// Medians with the phantoms at min(level · (voices − k), money) where they balance: between two neighbouring bends all lines are straight.
  private func markets() -> [Fraction] {
    let count = voices.count
    let above = lines.indices.map { line in voices.map { Fraction($0[line] - lines[line].floor) } }
    func amounts(_ level: Fraction) -> [Fraction] {
      let phantoms = (0...count).map { min(level * Fraction(count - $0), Fraction(money)) }
      return above.map { ($0 + phantoms).sorted()[count] }
    }
    let bends = Set(above.joined()).union([.zero, Fraction(money)]).flatMap { value in (1...count).map { value / Fraction($0) } }
    let levels = Set(bends).sorted()
    func sum(_ level: Fraction) -> Fraction { amounts(level).reduce(.zero, +) }
    var (first, end) = (0, levels.count - 1)
    while first < end {
      let middle = (first + end) / 2
      if sum(levels[middle]) >= Fraction(money) { end = middle } else { first = middle + 1 }
    }
    guard first > 0 else { return amounts(levels[0]) }
    let (low, high) = (levels[first - 1], levels[first])
    let part = (Fraction(money) - sum(low)) / (sum(high) - sum(low))
    return amounts(low + (high - low) * part)
  }

  /// What ceilings leave: one factor for all that want something, as large as the money allows; what they cannot take goes to the others alike.
  func ideal(_ wishes: [Fraction]) -> [Fraction] {
    let weights = zip(wishes, lines).map { $0 - Fraction($1.floor) }
    let room = lines.map { line in Fraction(line.ceiling.map { $0 - line.floor } ?? money) }
    let shares = poured(Fraction(money), weights, room)
    let rest = Fraction(money) - shares.reduce(.zero, +)
    let others = poured(rest, weights.map { Fraction($0 == .zero ? 1 : 0) }, room)
    return lines.indices.map { Fraction(lines[$0].floor) + shares[$0] + others[$0] }
  }

  /// min(factor · weight, room) with the factor at which they add up to the money, or all that there is room for.
  private func poured(_ money: Fraction, _ weights: [Fraction], _ room: [Fraction]) -> [Fraction] {
    let wanting = weights.indices.filter { weights[$0] > .zero }
    func shares(_ factor: Fraction) -> [Fraction] { weights.indices.map { min(factor * weights[$0], room[$0]) } }
    func sum(_ factor: Fraction) -> Fraction { shares(factor).reduce(.zero, +) }
    let bends = [Fraction.zero] + wanting.map { room[$0] / weights[$0] }.sorted()
    guard let end = bends.firstIndex(where: { sum($0) >= money }) else { return shares(bends[bends.count - 1]) }
    guard end > 0 else { return shares(.zero) }
    let slope = wanting.filter { room[$0] / weights[$0] >= bends[end] }.reduce(Fraction.zero) { $0 + weights[$1] }
    return shares(bends[end - 1] + (money - sum(bends[end - 1])) / slope)
  }

  /// All amounts on steps within the bounds that add up to the total and lie nearest to the ideal, by the sum of squares.
  func nearest(_ ideal: [Fraction]) -> Set<[Int]> {
    // In whole parts of a common denominator.
    let unit = ideal.reduce(1) { common, amount in Fraction(common, Int(amount.below)).below == 1 ? common : common * Int(amount.below) }
    let parts = ideal.map { Int($0.above) * (unit / Int($0.below)) }
    var (best, nearest) = (Int128.max, Set<[Int]>())
    for amounts in onSteps(0, total) {
      let distance = zip(amounts, parts).reduce(Int128(0)) { $0 + Int128($1.0 * unit - $1.1) * Int128($1.0 * unit - $1.1) }
      if distance < best { (best, nearest) = (distance, []) }
      if distance == best { nearest.insert(amounts) }
    }
    return nearest
  }

  private func onSteps(_ line: Int, _ money: Int) -> [[Int]] {
    guard line < lines.count else { return money == 0 ? [[]] : [] }
    let most = min(lines[line].ceiling ?? money, money)
    let amounts = (0...max(most, 0)).filter { $0 >= lines[line].floor && $0 <= most && ($0 - lines[line].amount) % step == 0 }
    return amounts.flatMap { amount in onSteps(line + 1, money - amount).map { [amount] + $0 } }
  }
}

/// Small budgets with floors, ceilings, steps and weights, many amounts equal.
struct SmallReallocation {
  let budget: ReallocationBudget
  var proposals: [ReallocationProposal]

  init?(_ random: inout PublicRandom, lines most: Int = 4, largest: Int = 8, ceilings: Bool = true, steps: Bool = true) {
    let count = 2 + random.below(most - 1)
    let today = (0..<count).map { _ in random.below(largest) }
    let floors = today.map { random.below(2) == 0 ? 0 : random.below($0 + 1) }
    let bounds = zip(today, floors).map { BudgetLine(amount: $0, floor: $1, ceiling: ceilings && random.below(3) == 0 ? $0 + random.below(4) : nil) }
    guard let budget = try? ReallocationBudget(lines: bounds, step: steps ? 1 + random.below(3) : 1) else { return nil }
    self.budget = budget
    let free = zip(today, floors).reduce(0) { $0 + $1.0 - $1.1 }
    proposals = (0..<1 + random.below(5)).map { _ in
      let above = ReallocationNaive.division(free, count, &random)
      return ReallocationProposal(changes: above.indices.map { above[$0] + floors[$0] - today[$0] }, weight: 1 + random.below(3))
    }
  }

  var second: ReallocationSecond {
    let voices = proposals.flatMap { proposal in
      Array(repeating: zip(budget.lines, proposal.changes).map { $0.amount + $1 }, count: proposal.weight)
    }
    return ReallocationSecond(lines: budget.lines, step: budget.step, voices: voices)
  }

  func outcome(_ rule: ReallocationRule, _ tieBreak: TieBreak = .lexicographic) throws -> ReallocationOutcome {
    try Reallocation.outcome(budget, proposals, rule: rule, tieBreak: tieBreak)
  }

  /// The same with one voice that wants so much more of one line and less of another; nil where it cannot.
  func wanting(more line: Int, less other: Int, by step: Int = 1, proposal: Int = 0) -> SmallReallocation? {
    var changes = proposals[proposal].changes
    guard budget.lines[other].amount + changes[other] - step >= budget.lines[other].floor else { return nil }
    changes[line] += step
    changes[other] -= step
    var changed = self
    changed.proposals[proposal] = ReallocationProposal(changes: changes, weight: proposals[proposal].weight)
    return changed
  }
}
