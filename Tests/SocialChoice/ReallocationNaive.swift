@testable import SocialChoice

/// Small budgets, and independent markets again by their definition: phantoms, medians, and the balance sought among all breakpoints.
enum ReallocationNaive {
  static func median(_ values: [Rational]) -> Rational { values.sorted()[values.count / 2] }

  /// What each line gets when phantom k stands at min(t · (n − k), money).
  static func amounts(_ votes: [[Int]], money: Int, level: Rational) -> [Rational] {
    let phantoms = (0...votes.count).map { min(level * Rational(votes.count - $0), Rational(money)) }
    return votes[0].indices.map { line in median(phantoms + votes.map { Rational($0[line]) }) }
  }

  static func independentMarkets(_ votes: [[Int]], money: Int) -> [Rational] {
    let values = Set(votes.joined()).union([0, money])
    let levels = Set(values.flatMap { value in (1...votes.count).map { Rational(value, $0) } }).sorted()
    var low = Rational.zero
    for level in levels {
      let sum = amounts(votes, money: money, level: level).reduce(.zero, +)
      guard sum >= Rational(money) else {
        low = level
        continue
      }
      // Between neighbouring breakpoints every line is a straight piece.
      let before = amounts(votes, money: money, level: low).reduce(.zero, +)
      let part = sum == before ? .zero : (Rational(money) - before) / (sum - before)
      return amounts(votes, money: money, level: low + (level - low) * part)
    }
    return []
  }

  /// Every way to give `money` to `lines`.
  static func divisions(_ money: Int, _ lines: Int) -> [[Int]] {
    guard lines > 1 else { return [[money]] }
    return (0...money).flatMap { first in divisions(money - first, lines - 1).map { [first] + $0 } }
  }

  static func division(_ money: Int, _ lines: Int, _ random: inout PublicRandom) -> [Int] {
    var rest = money
    var parts = (0..<lines - 1).map { _ in
      let part = random.below(rest + 1)
      rest -= part
      return part
    }
    parts.append(rest)
    return random.shuffled(parts)
  }

  static func budget(_ amounts: [Int], floors: [Int]? = nil) throws -> ReallocationBudget {
    try ReallocationBudget(lines: zip(amounts, floors ?? amounts.map { _ in 0 }).map { BudgetLine(amount: $0, floor: $1) })
  }

  static func proposals(_ votes: [[Int]], _ budget: ReallocationBudget) -> [ReallocationProposal] {
    votes.map { vote in ReallocationProposal(changes: zip(vote, budget.lines).map { $0 - $1.amount }) }
  }

  /// The sum of distances, line by line.
  static func distance(_ result: [Rational], _ wish: [Int]) -> Rational {
    zip(result, wish).reduce(.zero) { sum, pair in
      let difference = pair.0 - Rational(pair.1)
      return sum + (difference.isNegative ? -difference : difference)
    }
  }
}
