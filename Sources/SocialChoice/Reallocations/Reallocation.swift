internal import BigInt

/// How proposals of changes become one budget.
package enum ReallocationRule: String, Sendable, Hashable, CaseIterable {
  /// Each line takes the median of the amounts proposed for it (halfway between the middle two); what lies above the floors is then scaled to the money.
  case median
  /// Each line takes the mean.
  case mean
  /// Each line takes the median of the proposals and of phantom voices (Freeman, Pennock, Peters, Wortman Vaughan 2021).
  case independentMarkets = "independent-markets"
}

/// Whether anyone could have gained by proposing something else than what they want.
package enum Truthfulness: Sendable, Hashable {
  /// Nobody gains who measures a result by the sum of its distances from the own wish, line by line; up to the rounding to cents.
  case truthful
  /// The rule itself can be gained from.
  case notOfThisRule
  /// The rule would be, but its result was moved: lines held at their ceiling, or steps above one cent that changed it.
  case bounded(ceilings: [Int], steps: Bool)
}

/// The budget that a rule makes of the proposals, and why.
package struct ReallocationOutcome: Sendable, Hashable {
  package let rule: ReallocationRule
  /// The new amounts in cents; their sum is the budget's.
  package let amounts: [Int]
  /// The new amounts less today's; their sum is zero.
  package let changes: [Int]
  /// In the order of the budget.
  package let lines: [ReallocationLine]
  /// Voices, that is proposals by weight.
  package let voices: Int
  /// Whether anyone could have gained by exaggerating.
  package let truthfulness: Truthfulness
  /// By what the money above the floors that the medians ask for was multiplied; 1 for other rules, nil where no median asks for any.
  package let scaling: Rational?
  /// Steps that went by the tie-break.
  package let ties: [Tie]
}

/// What happened to one line, in numbers that a page can put into words.
package struct ReallocationLine: Sendable, Hashable {
  /// The voices that wanted more, less and the same.
  package let wantedMore: Int
  package let wantedLess: Int
  package let wantedSame: Int
  /// The median of the changes, and their mean, in cents.
  package let medianChange: Rational
  package let meanChange: Rational
  /// What the rule wanted to give, before ceilings and steps.
  package let wish: Rational
  /// What ceilings left of it, before steps.
  package let ideal: Rational
  /// Whether the rule would have given it more than its ceiling.
  package let isHeldAtCeiling: Bool
  /// The voices whose amount is within the tolerance of the result.
  package let near: Int
  /// The mean of the distances between the proposals and the result, in cents.
  package let meanDistance: Rational
}

/// Aggregates proposals of changes to the lines of a balanced budget.
package enum Reallocation {
  /// - Parameters:
  ///   - tolerance: within so many per cent of a line's result a proposal counts as near it.
  ///   - tieBreak: to whom a step goes where remainders are equal.
  /// - Throws: ``ReallocationFault``.
  package static func outcome(
    _ budget: ReallocationBudget, _ proposals: [ReallocationProposal], rule: ReallocationRule = .median, tolerance: Int = 10,
    tieBreak: TieBreak = .lexicographic
  ) throws(ReallocationFault) -> ReallocationOutcome {
    let checked = try CheckedProposals(budget, proposals)
    let (wishes, scaling) = wishes(checked, rule)
    let floors = budget.floors.map { Rational($0) }
    let money = Rational(budget.total) - floors.reduce(.zero, +)
    let room = budget.lines.enumerated().map { line, bounds in
      bounds.ceiling.map { Rational($0) - floors[line] } ?? money
    }
    let (shares, held) = ReallocationProjection.shared(money, weights: zip(wishes, floors).map { $0 - $1 }, room: room)
    let ideal = zip(floors, shares).map { $0 + $1 }
    let places = tieBreak.places(count: budget.lines.count, costs: budget.lines.map(\.amount))
    let (amounts, ties) = ReallocationProjection.onSteps(ideal, budget, places: places)
    let lines = budget.lines.indices.map { line in
      agreement(checked, line, wish: wishes[line], ideal: ideal[line], amount: amounts[line], isHeld: held.contains(line), tolerance)
    }
    let isMovedBySteps = budget.step > 1 && zip(amounts, ideal).contains { Rational($0) != $1 }
    let truthfulness: Truthfulness =
      rule != .independentMarkets
      ? .notOfThisRule : held.isEmpty && !isMovedBySteps ? .truthful : .bounded(ceilings: held.sorted(), steps: isMovedBySteps)
    return ReallocationOutcome(
      rule: rule, amounts: amounts, changes: zip(amounts, budget.lines).map { $0 - $1.amount }, lines: lines, voices: checked.voices,
      truthfulness: truthfulness, scaling: scaling, ties: ties)
  }

  /// What the rule wants each line to have, in sum the budget, with the scaling of the medians.
  private static func wishes(_ proposals: CheckedProposals, _ rule: ReallocationRule) -> (wishes: [Rational], scaling: Rational?) {
    let floors = proposals.budget.floors.map { Rational($0) }
    let means = proposals.votes.map { mean($0, of: proposals.voices) }
    switch rule {
    case .mean: return (means, .one)
    case .independentMarkets: return (zip(IndependentMarkets(proposals).amounts(), floors).map { $0 + $1 }, .one)
    case .median:
      let above = zip(proposals.votes, floors).map { median($0, of: proposals.voices) - $1 }
      let sum = above.reduce(.zero, +)
      // No line has half of the voices for anything above its floor: there is nothing to scale, and the mean speaks.
      guard !sum.isZero else { return (means, nil) }
      let scaling = (Rational(proposals.budget.total) - floors.reduce(.zero, +)) / sum
      return (zip(above, floors).map { $0 * scaling + $1 }, scaling)
    }
  }

  /// Of amounts from the highest down: the one in the middle, or halfway between the two in the middle.
  static func median(_ votes: [(amount: Int, weight: Int)], of voices: Int) -> Rational {
    var passed = 0
    for (place, vote) in votes.enumerated() {
      passed += vote.weight
      if 2 * passed > voices { return Rational(vote.amount) }
      if 2 * passed == voices, place + 1 < votes.count { return Rational(BigInt(vote.amount + votes[place + 1].amount), 2) }
    }
    return Rational(votes.last?.amount ?? 0)
  }

  private static func mean(_ votes: [(amount: Int, weight: Int)], of voices: Int) -> Rational {
    Rational(BigInt(votes.reduce(Int128(0)) { $0 + Int128($1.amount) * Int128($1.weight) }), BigInt(voices))
  }

  private static func agreement(
    _ proposals: CheckedProposals, _ line: Int, wish: Rational, ideal: Rational, amount: Int, isHeld: Bool, _ tolerance: Int
  ) -> ReallocationLine {
    let votes = proposals.votes[line]
    let today = proposals.budget.lines[line].amount
    func voices(_ belong: (Int) -> Bool) -> Int { votes.reduce(0) { belong($1.amount) ? $0 + $1.weight : $0 } }
    let distances = votes.map { (amount: abs($0.amount - amount), weight: $0.weight) }
    return ReallocationLine(
      wantedMore: voices { $0 > today }, wantedLess: voices { $0 < today }, wantedSame: voices { $0 == today },
      medianChange: median(votes, of: proposals.voices) - Rational(today), meanChange: mean(votes, of: proposals.voices) - Rational(today),
      wish: wish,
      ideal: ideal, isHeldAtCeiling: isHeld,
      near: voices { Int128(abs($0 - amount)) * 100 <= Int128(tolerance) * Int128(amount) }, meanDistance: mean(distances, of: proposals.voices))
  }
}
