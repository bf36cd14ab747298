/// What a rule decided, and why.
package struct BudgetOutcome: Sendable, Hashable {
  /// Projects by number, in the order in which the rule took them; mandatory ones first. The order of maximum welfare is that of value for money.
  package let winners: [Int]
  /// Of the winners together.
  package let cost: Int
  /// Round by round, in the order of ``winners``.
  package let trace: [BudgetRound]
  /// Every tie met among the rounds that chose.
  package let ties: [Tie]
  /// False where a work limit ended the search for further ties.
  package let tiesEnumerated: Bool
  /// False where a work limit ended maximum welfare before it was known which of the best choices the tie-break puts first, or which choice is best.
  package let tieBreakDecided: Bool
  /// For each project that was not funded, in the order of the source.
  package let losers: [BudgetLoss]
  /// Only for maximum welfare of a budget that is not cut into parts.
  package let certificate: WelfareCertificate?
  /// Only for maximum welfare by districts: a certificate for each part, in the order in which they were counted.
  package let partCertificates: [PartCertificate]
  /// Only for equal shares with a completion by more money: how much each person had in the end.
  package let raised: RaisedShares?

  package init(
    winners: [Int], cost: Int, trace: [BudgetRound], ties: [Tie], tiesEnumerated: Bool = true, tieBreakDecided: Bool = true,
    losers: [BudgetLoss], certificate: WelfareCertificate? = nil, partCertificates: [PartCertificate] = [], raised: RaisedShares? = nil
  ) {
    self.winners = winners
    self.cost = cost
    self.trace = trace
    self.ties = ties
    self.tiesEnumerated = tiesEnumerated
    self.tieBreakDecided = tieBreakDecided
    self.losers = losers
    self.certificate = certificate
    self.partCertificates = partCertificates
    self.raised = raised
  }
}

/// What proves the choice of one part of a budget by districts.
package struct PartCertificate: Sendable, Hashable {
  /// Nil for the projects of no district that has a part.
  package let district: String?
  /// What the part could spend on projects that are not mandatory, in smallest units.
  package let budget: Int
  /// The projects of the part, by number.
  package let projects: [Int]
  /// Its projects are numbers of the whole election.
  package let certificate: WelfareCertificate
}

/// One choice of a rule.
package struct BudgetRound: Sendable, Hashable {
  /// How a project came to be funded.
  package enum Step: Sendable, Hashable {
    /// Funded before the count.
    case mandatory
    /// Costs nothing and has support.
    case free
    /// Greedy: `value` of all ballots together in the rule's measure (money for cost, smallest units for points), for each unit of money where
    /// `perCost`.
    case greedy(value: Int, perCost: Bool)
    /// Equal shares: the supporters pay `price` for one unit of satisfaction, those who have less give all they have. `inFull` and `emptied` count
    /// people. `coverage` is below 1 only with bounded overspending. Prices are for showing; the choice was made exactly.
    case bought(price: Double, inFull: Int, emptied: Int, coverage: Double)
    /// Phragmén: each supporter now carries this load, in smallest units of money. For showing; the choice was made exactly.
    case load(Double)
    /// Maximum welfare: the value of all ballots together.
    case optimum(value: Int128)
  }

  package let project: Int
  package let step: Step
  /// Of the budget, after this project. Below zero never.
  package let left: Int
}

/// A project that was not funded, with the shortest true reason.
package struct BudgetLoss: Sendable, Hashable {
  /// Why it was not funded. Projects are numbers of the election, amounts in smallest units.
  package enum Reason: Sendable, Hashable {
    case noSupport
    /// It alone costs more than the whole budget.
    case aboveBudget(missing: Int)
    /// It alone costs more than `budget`, which its district has or, where that is nil, which is left for the projects of no such district.
    case abovePart(missing: Int, budget: Int, district: String?)
    /// When its turn came, this much was missing in the budget.
    case unaffordable(missing: Int)
    /// In the end all its supporters together had `money` left (rounded down), less than its cost. Zero with bounded overspending.
    case supportersShort(money: Int)
    /// This winner and it exclude each other.
    case conflict(with: Int)
    /// Phragmén ended when the next project, `stoppedBy`, did not fit; this one's turn would have come later, or with it.
    case ended(stoppedBy: Int)
    /// The best choice is worth `optimum`; any choice with this project at most `atMost`.
    case belowOptimum(optimum: Int128, atMost: Int128)
    /// It belongs to another choice that is worth as much; the tie-break decided.
    case tied
    /// The same, but which of them the tie-break puts first was not found within the work limit.
    case tiedOpen
    /// The best choice taken is worth `optimum`; whether another that is worth as much has this project was not found within the work limit.
    case perhapsTied(optimum: Int128, atMost: Int128)
  }

  package let project: Int
  package let reason: Reason
}

/// Equal shares counted again with one more unit of the currency for each person, until nothing more fits.
package struct RaisedShares: Sendable, Hashable {
  /// How many units of the currency were added.
  package let added: Int
  /// How often the rule was counted; counts whose result was foreseen are left out.
  package let runs: Int
  /// Why the counting again ended.
  package enum End: String, Sendable, Hashable {
    /// Nothing that has support fits any more.
    case exhausted
    /// One unit more and the rule would overspend.
    case wouldOverspend
    /// The work limit was reached; the outcome is that of the last run.
    case workLimit
  }
  package let end: End
}
