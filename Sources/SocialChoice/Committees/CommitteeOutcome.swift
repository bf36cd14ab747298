/// What a committee rule found, and why.
package struct CommitteeOutcome: Sendable, Hashable {
  /// The committee under the tie-break, ascending; shorter than the seats only for equal shares without completion.
  package let chosen: [Int]
  /// Whether ``committees`` holds every committee that some way of breaking ties gives.
  package let ties: TieEnumeration
  /// The committees that are equally right, each ascending, in lexicographic order; ``chosen`` is among them.
  package let committees: [[Int]]
  /// Seat by seat; empty for the optimal rule, which fills all seats at once.
  package let rounds: [CommitteeRound]
  /// Every tie that the count under the tie-break met.
  package let tiesMet: [Tie]
  /// For each candidate outside ``chosen``, ascending, the shortest true reason.
  package let losers: [CommitteeLoser]
  /// The optimum and its proof, for the optimal rule alone.
  package let optimum: ProportionalApprovalOptimum?

  init(
    chosen: [Int], ties: TieEnumeration, committees: [[Int]], rounds: [CommitteeRound] = [], tiesMet: [Tie] = [], losers: [CommitteeLoser],
    optimum: ProportionalApprovalOptimum? = nil
  ) {
    self.chosen = chosen
    self.ties = ties
    self.committees = committees
    self.rounds = rounds
    self.tiesMet = tiesMet
    self.losers = losers
    self.optimum = optimum
  }

  /// Those who sit in each of the tied committees: elected however ties are broken.
  package var inEveryCommittee: [Int] {
    let common = committees.dropFirst().reduce(Set(committees.first ?? [])) { $0.intersection($1) }
    return common.sorted()
  }

  /// Those who sit in at least one of the tied committees.
  package var inSomeCommittee: [Int] { Set(committees.joined()).sorted() }
}

/// Whether all tied results are known.
package enum TieEnumeration: String, Sendable, Hashable {
  case enumerated
  /// The work limit was reached: the result under the tie-break stands, other results may be as good.
  case notEnumerated = "not enumerated"
}

/// Which part of a rule gave a seat.
package enum CommitteeStage: String, Sendable, Hashable {
  /// Sequential proportional approval: the value is the points that the candidate adds.
  case points
  /// Phragmén: the value is the load that each supporter then carries.
  case load
  /// Equal shares: the value is the most that a supporter pays.
  case price
  /// Completion of equal shares by approvals: the value is their number. Also for seats that nobody wants: the value is 0.
  case approvals
}

/// One seat.
package struct CommitteeRound: Sendable, Hashable {
  package let stage: CommitteeStage
  /// By number.
  package let elected: Int
  /// In the unit of the stage.
  package let value: Rational
  /// The voters who approve of the one elected.
  package let supporters: Int
  /// Equal shares: those of the supporters who gave all they had left, less than ``value``.
  package let exhausted: Int
}

/// A candidate without a seat, and why.
package struct CommitteeLoser: Sendable, Hashable {
  package let candidate: Int
  package let reason: CommitteeReason
}

/// The shortest true reason why a candidate has no seat.
package enum CommitteeReason: Sendable, Hashable {
  case approvedByNobody
  /// The last seat went to another at this value, and the candidate stood at its own: fewer points or approvals, a higher load or price. Equal
  /// values mean that the tie-break decided.
  case behind(stage: CommitteeStage, own: Rational, elected: Int, value: Rational)
  /// Equal shares: what its supporters have left together, in seats; below 1, and a seat costs 1.
  case notAffordable(left: Rational)
  /// Optimal proportional approval: of all exchanges with one member the least bad one, and the points that it loses (0: as good, and the tie-break decided).
  case exchangeLoses(member: Int, points: Rational)

  /// The name of the reason for machines: it does not change. Its numbers are those of the case.
  package var code: String {
    switch self {
    case .approvedByNobody: "approved_by_nobody"
    case .behind: "behind"
    case .notAffordable: "not_affordable"
    case .exchangeLoses: "exchange_loses"
    }
  }
}
