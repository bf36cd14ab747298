/// How far all groups hold the same on a statement, measured three ways.
package struct StatementConsensus: Sendable, Hashable {
  /// By number.
  package let statement: Int
  /// Of all who draw the map.
  package let count: OpinionCount
  /// Polis' group-informed consensus: the product over the groups of (agreements + 1) ÷ (answers + 2). It does not tell pass from disagree.
  package let groupInformed: Double
  /// The lowest, over the groups, of the lower bound of agreement (see ``lowerBound(_:)``): high only if there is no group that is not for it, as far as can be known.
  package let agreementFloor: Double
  /// The group where that bound is lowest.
  package let leastAgreeing: Int
  /// The chance that two people from two different groups take opposite sides; each pair of groups counts the same. From 0 to 1.
  package let divisiveness: Double
  /// The chance that two people of one group take opposite sides; each group counts the same. High: the statement divides, but not along the groups.
  package let innerDivisiveness: Double

  /// For each statement that is not left out; the highest group-informed consensus first, of equals the first. O(groups² × statements).
  package static func all(_ counts: [[OpinionCount]], without isOut: [Bool]) -> [StatementConsensus] {
    guard !counts.isEmpty else { return [] }
    let rows = isOut.indices.filter { !isOut[$0] }.map { statement in
      let groups = counts.map { $0[statement] }
      return (consensus: StatementConsensus(statement, groups), groups: groups)
    }
    // A product over g groups rounds 2g times: what doubles cannot tell apart by twice as much is compared exactly, so that equals are equals.
    let error = Double(2 * counts.count + 1) * 0x1p-52
    return rows.sorted { one, other in
      let (left, right) = (one.consensus.groupInformed, other.consensus.groupInformed)
      if abs(left - right) > error * max(left, right) { return left > right }
      let (exact, others) = (Self.informed(one.groups), Self.informed(other.groups))
      return exact == others ? one.consensus.statement < other.consensus.statement : exact > others
    }.map(\.consensus)
  }

  /// ``groupInformed``, exactly.
  private static func informed(_ groups: [OpinionCount]) -> Rational {
    groups.reduce(.one) { $0 * Rational($1.agree + 1, $1.total + 2) }
  }

  /// - Parameter groups: what each group answered; at least one.
  init(_ statement: Int, _ groups: [OpinionCount]) {
    self.statement = statement
    count = groups.reduce(OpinionCount(), +)
    groupInformed = groups.reduce(1) { $0 * (Double($1.agree + 1) / Double($1.total + 2)) }
    let bounds = groups.map(Self.lowerBound)
    let least = bounds.indices.reduce(0) { bounds[$1] < bounds[$0] ? $1 : $0 }
    agreementFloor = bounds[least]
    leastAgreeing = least
    let shares = groups.map { count in
      (agree: Double(count.agree + 1) / Double(count.total + 3), disagree: Double(count.disagree + 1) / Double(count.total + 3))
    }
    var between = 0.0
    var within = 0.0
    for one in shares.indices {
      within += 2 * shares[one].agree * shares[one].disagree
      for other in 0..<one { between += shares[one].agree * shares[other].disagree + shares[one].disagree * shares[other].agree }
    }
    let pairs = shares.count * (shares.count - 1) / 2
    divisiveness = pairs > 0 ? between / Double(pairs) : 0
    innerDivisiveness = within / Double(shares.count)
  }

  /// The lower end of a 95 % interval (one-sided, E. B. Wilson 1927) of how far a group agrees, from 0 to 1: agree counts 1, pass ½, disagree 0.
  /// With pass between the two the variance is smaller than Wilson's: the bound is on the safe side. No answers: 0.
  ///
  /// 20 agree, 0 pass, 0 disagree: 0.88; 10, 10, 0: 0.57; 10, 0, 10: 0.33; 1, 0, 0: 0.27.
  package static func lowerBound(_ count: OpinionCount) -> Double {
    guard count.total > 0 else { return 0 }
    let n = Double(count.total)
    let z = 1.6448536269514722
    let share = (Double(count.agree) + 0.5 * Double(count.pass)) / n
    let centre = share + z * z / (2 * n)
    let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // The product of both ends is share² ÷ (1 + z²/n): so the lower end loses no digits, and is 0 where nobody agrees.
    return share * share / (centre + spread)
  }
}
