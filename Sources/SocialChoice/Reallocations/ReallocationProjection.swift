internal import BigInt

/// From what a rule wants to what the budget allows: money shared by weights under ceilings, then rounded to steps by largest remainder.
enum ReallocationProjection {
  /// What each line gets of `money`, in proportion to the weights; a line that would get more than its room gets its room, and the others share the rest in
  /// the same proportion. Where only lines of weight zero have room left, they share equally.
  ///
  /// - Returns: the shares, and the lines that were held at their room.
  static func shared(_ money: Rational, weights: [Rational], room: [Rational]) -> (shares: [Rational], held: Set<Int>) {
    var shares = [Rational](repeating: .zero, count: weights.count)
    var open = Array(weights.indices)
    var held: Set<Int> = []
    var rest = money
    while !open.isEmpty, !rest.isZero {
      let sum = open.reduce(Rational.zero) { $0 + weights[$1] }
      let factor = rest / (sum.isZero ? Rational(open.count) : sum)
      let wanted = open.map { sum.isZero ? factor : factor * weights[$0] }
      let full = zip(open, wanted).filter { $0.1 > room[$0.0] }.map(\.0)
      if full.isEmpty {
        for (line, share) in zip(open, wanted) { shares[line] = share }
        break
      }
      for line in full {
        shares[line] = room[line]
        rest -= room[line]
      }
      held.formUnion(full)
      open.removeAll { held.contains($0) }
    }
    return (shares, held)
  }

  /// The nearest amounts on steps, in balance: each line's amount is cut to a step, and the steps that are missing go to the lines with the largest
  /// remainders that have room; steps too many, where a floor lies above the cut, come from the lines that stand highest above what they should have.
  ///
  /// The budget's floors and ceilings leave room for the total, so the loops end.
  static func onSteps(_ ideal: [Rational], _ budget: ReallocationBudget, places: [Int]) -> (amounts: [Int], ties: [Tie]) {
    var ties: [Tie] = []
    var amounts = ideal.enumerated().map { line, amount in
      let today = budget.lines[line].amount
      let steps = ((amount - Rational(today)) / Rational(budget.step)).floor
      let cut = BigInt(today) + steps * BigInt(budget.step)
      return Int(max(BigInt(budget.least[line]), min(BigInt(budget.most[line]), cut)))
    }
    var missing = (budget.total - amounts.reduce(0, +)) / budget.step
    var round = 0
    while missing != 0 {
      round += 1
      let sign = missing > 0 ? 1 : -1
      let able = amounts.indices.filter { missing > 0 ? amounts[$0] + budget.step <= budget.most[$0] : amounts[$0] - budget.step >= budget.least[$0] }
      let remainders = able.map { (ideal[$0] - Rational(amounts[$0])) * Rational(sign) }
      guard let largest = remainders.max() else { break }
      let equal = zip(able, remainders).filter { $0.1 == largest }.map(\.0)
      guard let line = equal.min(by: { places[$0] < places[$1] }) else { break }
      // As many equals as there are steps to give is no tie.
      if equal.count > missing.magnitude { ties.append(Tie(round: round, options: equal, chosen: line)) }
      amounts[line] += sign * budget.step
      missing -= sign
    }
    return (amounts, ties)
  }
}
