/// A budget cut into parts, one for each of some districts and one for all other projects: each part is counted by itself.
///
/// A part's voters are those who named one of its projects; so with equal shares a district's money is shared out among those who voted on it.
package struct DistrictBudgets: Sendable {
  /// A district and its money.
  package struct Part: Sendable, Hashable {
    /// As projects name it.
    package let district: String
    /// In the smallest unit of money.
    package let budget: Int

    package init(district: String, budget: Int) {
      self.district = district
      self.budget = budget
    }
  }

  private let election: BudgetElection
  private let parts: [Part]

  /// - Throws: ``BudgetFault/districtsTooExpensive`` where the parts are more than the budget, ``BudgetFault/unknownDistrict(_:)`` for one without
  ///   projects or named twice.
  package init(_ election: BudgetElection, _ parts: [Part]) throws(BudgetFault) {
    var rest = election.budget
    var seen: Set<String> = []
    for part in parts {
      guard election.projects.contains(where: { $0.district == part.district }), seen.insert(part.district).inserted else {
        throw .unknownDistrict(part.district)
      }
      guard part.budget >= 0, part.budget <= rest else { throw .districtsTooExpensive }
      rest -= part.budget
    }
    self.election = election
    self.parts = parts
    let districts = Set(parts.map(\.district))
    func part(_ project: Int) -> String? { election.projects[project].district.flatMap { districts.contains($0) ? $0 : nil } }
    for project in election.projects.indices {
      if let rival = election.rivals[project].first(where: { part($0) != part(project) }) { throw .conflictAcrossDistricts(project, rival) }
    }
  }

  /// Counts each district in the order given, then the projects of no such district with the money that no district got.
  ///
  /// - Returns: one outcome. Its rounds follow one another; `left` is what is left of the part. Each part has its certificate.
  package func count(_ rule: BudgetRule, by tally: BudgetTally, progress: ((Int) -> Void)? = nil) throws(BudgetFault) -> BudgetOutcome {
    var winners: [Int] = []
    var trace: [BudgetRound] = []
    var ties: [Tie] = []
    var losers: [BudgetLoss] = []
    var (enumerated, decided) = (true, true)
    var certificates: [PartCertificate] = []
    for (place, (members, budget)) in members.enumerated() {
      let district = place < parts.count ? parts[place].district : nil
      let election = try part(members, budget, of: district)
      let outcome = try tally.count(election, rule, progress: progress)
      ties += outcome.ties.map { Tie(round: $0.round + trace.count, options: $0.options.map { members[$0] }, chosen: members[$0.chosen]) }
      winners += outcome.winners.map { members[$0] }
      trace += outcome.trace.map { BudgetRound(project: members[$0.project], step: $0.step, left: $0.left) }
      losers += outcome.losers.map { BudgetLoss(project: members[$0.project], reason: $0.reason.inPart(district, budget) { members[$0] }) }
      enumerated = enumerated && outcome.tiesEnumerated
      decided = decided && outcome.tieBreakDecided
      if let certificate = outcome.certificate {
        certificates.append(
          PartCertificate(
            district: district, budget: budget - election.mandatoryCost, projects: members,
            certificate: certificate.renumbered { members[$0] }))
      }
    }
    return BudgetOutcome(
      winners: winners, cost: election.cost(of: winners), trace: trace, ties: ties, tiesEnumerated: enumerated, tieBreakDecided: decided,
      losers: losers.sorted { $0.project < $1.project }, partCertificates: certificates)
  }

  /// The projects of each part, ascending, and its money.
  private var members: [([Int], budget: Int)] {
    let districts = Set(parts.map(\.district))
    let own = parts.map { part in (election.projects.indices.filter { election.projects[$0].district == part.district }, budget: part.budget) }
    let others = election.projects.indices.filter { index in !(election.projects[index].district.map(districts.contains) ?? false) }
    return own + [(others, budget: parts.reduce(election.budget) { $0 - $1.budget })]
  }

  private func part(_ members: [Int], _ budget: Int, of district: String?) throws(BudgetFault) -> BudgetElection {
    var place = [Int](repeating: -1, count: election.projects.count)
    for (new, old) in members.enumerated() { place[old] = new }
    var ballots = BudgetBallots(kind: election.ballots.kind)
    for ballot in 0..<election.ballots.count {
      let marks = election.ballots.range(ballot).filter { place[Int(election.ballots.choices[$0])] >= 0 }
      if marks.isEmpty { continue }
      let points = election.ballots.hasPoints ? marks.map { election.ballots.points[$0] } : []
      ballots.append(
        marks.map { Int32(place[Int(election.ballots.choices[$0])]) }, points: points, weight: election.ballots.weights[ballot])
    }
    let mandatory = election.mandatory.compactMap { place[$0] >= 0 ? place[$0] : nil }
    guard mandatory.reduce(0, { $0 + election.projects[members[$1]].cost }) <= budget else { throw .mandatoryAbovePart(district) }
    return try BudgetElection(
      projects: members.map { election.projects[$0] }, budget: budget, ballots: ballots, unit: election.unit, pointUnit: election.pointUnit,
      mandatory: mandatory,
      conflicts: election.conflicts.map { group in group.compactMap { place[$0] >= 0 ? place[$0] : nil } })
  }
}

extension BudgetLoss.Reason {
  /// With the projects that it names numbered anew, and the money of the part for the whole budget.
  fileprivate func inPart(_ district: String?, _ budget: Int, number: (Int) -> Int) -> BudgetLoss.Reason {
    switch self {
    case .aboveBudget(let missing): .abovePart(missing: missing, budget: budget, district: district)
    case .conflict(let winner): .conflict(with: number(winner))
    case .ended(let stopper): .ended(stoppedBy: number(stopper))
    default: self
    }
  }
}
