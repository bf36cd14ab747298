/// What has been taken so far, shared by the rules that take one project after the other.
struct BudgetProgress: Sendable {
  private(set) var election: BudgetElection
  private(set) var winners: [Int] = []
  private(set) var isChosen: [Bool]
  private(set) var left: Int
  private(set) var trace: [BudgetRound] = []
  private(set) var ties: [Tie] = []
  /// Of projects that were passed over for want of money: how much was missing then.
  private(set) var missing: [Int: Int] = [:]

  /// With what is mandatory.
  init(_ election: BudgetElection) {
    self.election = election
    isChosen = [Bool](repeating: false, count: election.projects.count)
    left = election.budget
    for project in election.mandatory { take(project, .mandatory) }
  }

  /// - Parameter equals: those that the rule could have taken instead, `project` among them; more than one is a tie.
  mutating func take(_ project: Int, _ step: BudgetRound.Step, among equals: [Int] = []) {
    winners.append(project)
    isChosen[project] = true
    left -= election.projects[project].cost
    trace.append(BudgetRound(project: project, step: step, left: left))
    if equals.count > 1 { ties.append(Tie(round: trace.count, options: equals.sorted(), chosen: project)) }
  }

  mutating func pass(_ project: Int) {
    let short = election.projects[project].cost - left
    if short > 0 { missing[project] = short }
  }

  /// Whether the money is there and no winner excludes it.
  func fits(_ project: Int) -> Bool { election.projects[project].cost <= left && rival(of: project) == nil }

  /// Whether it is not taken and no winner excludes it.
  func isOpen(_ project: Int) -> Bool { !isChosen[project] && rival(of: project) == nil }

  /// A winner that excludes it.
  func rival(of project: Int) -> Int? { election.rivals[project].first { isChosen[$0] } }

  /// Whether nothing more of `projects` could be taken.
  func isExhaustive(among projects: [Int]) -> Bool { !projects.contains { !isChosen[$0] && fits($0) } }

  /// - Parameter reason: the rule's own, asked only where no winner excludes the project and it is not dearer than the whole budget.
  func losses(reason: (Int) -> BudgetLoss.Reason) -> [BudgetLoss] {
    election.projects.indices.filter { !isChosen[$0] }.map { project in
      if let rival = rival(of: project) { return BudgetLoss(project: project, reason: .conflict(with: rival)) }
      let missing = election.projects[project].cost - election.budget
      return BudgetLoss(project: project, reason: missing > 0 ? .aboveBudget(missing: missing) : reason(project))
    }
  }
}
