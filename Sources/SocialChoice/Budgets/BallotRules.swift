/// What an election allows on a ballot. Limits that are nil do not bind.
package struct BallotRules: Sendable, Hashable {
  /// How many projects a ballot may name.
  package var length: ClosedLimits = ClosedLimits()
  /// Of each mark, in smallest units of a point.
  package var points: ClosedLimits = ClosedLimits()
  /// Of all marks on a ballot, in smallest units of a point.
  package var sumOfPoints: ClosedLimits = ClosedLimits()
  /// Of the projects named, in smallest units of money.
  package var sumOfCosts: ClosedLimits = ClosedLimits()

  package init() {}

  /// What is allowed, both ends included; nil where nothing is set.
  package struct ClosedLimits: Sendable, Hashable {
    package var least: Int?
    package var most: Int?

    package init(least: Int? = nil, most: Int? = nil) {
      self.least = least
      self.most = most
    }

    func breach(by value: Int) -> Int? {
      if let least, value < least { return least }
      if let most, value > most { return most }
      return nil
    }
  }

  /// The rule that a ballot breaks: what the ballot has, and the limit that it passes, in the units of ``BallotRules``.
  package enum Breach: Sendable, Hashable {
    case length(Int, limit: Int)
    case points(Int, limit: Int)
    case sumOfPoints(Int, limit: Int)
    case sumOfCosts(Int, limit: Int)
  }

  /// The first rule that the ballot breaks; nil where it keeps all. An empty ballot breaks a least length, but no other rule.
  package func breach(of ballot: Int, in ballots: BudgetBallots, costs: [Int]) -> Breach? {
    let range = ballots.named(ballot)
    if let limit = length.breach(by: range.count) { return .length(range.count, limit: limit) }
    if range.isEmpty { return nil }
    if ballots.hasPoints {
      let marks = ballots.points[range]
      for mark in marks { if let limit = points.breach(by: mark) { return .points(mark, limit: limit) } }
      let sum = Int(clamping: marks.reduce(Int128(0)) { $0 + Int128($1) })
      if let limit = sumOfPoints.breach(by: sum) { return .sumOfPoints(sum, limit: limit) }
    }
    let cost = ballots.choices[range].reduce(0) { $0 + costs[Int($1)] }
    return sumOfCosts.breach(by: cost).map { .sumOfCosts(cost, limit: $0) }
  }
}

extension BudgetBallots {
  /// Only those ballots for which the condition holds.
  package func filter(_ isKept: (Int) -> Bool) -> BudgetBallots {
    var kept = BudgetBallots(kind: kind)
    for ballot in 0..<count where isKept(ballot) {
      let range = named(ballot)
      if hasPoints {
        let others = range.upperBound..<self.range(ballot).upperBound
        kept.append(
          choices[range], points: points[range], others: Array(choices[others]), silence: points[others].first ?? 0, weight: weights[ballot])
      } else {
        kept.append(choices[range], weight: weights[ballot])
      }
    }
    return kept
  }
}
