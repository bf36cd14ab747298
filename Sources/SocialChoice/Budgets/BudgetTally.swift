/// Counts an election by a rule: the door to this room.
///
/// ```swift
/// let outcome = try BudgetTally(tieBreak: .lexicographic).count(election, .equalShares(.cost, .addOne))
/// outcome.winners.map { election.projects[$0].id }
/// ```
package struct BudgetTally: Sendable {
  package let tieBreak: TieBreak
  /// For maximum welfare: decisions in the tree. For equal shares with more money: the number of counts.
  package let workLimit: Int

  package init(tieBreak: TieBreak = .lexicographic, workLimit: Int = 5_000_000) {
    self.tieBreak = tieBreak
    self.workLimit = max(1, workLimit)
  }

  /// - Parameter progress: called while equal shares is counted again and again, with what everyone was given more; by bounded overspending, with how
  ///   many projects are funded.
  /// - Throws: ``BudgetFault/wrongBallots(needed:found:)``, and ``BudgetFault/tooLarge`` where the values of a knapsack are.
  package func count(_ election: BudgetElection, _ rule: BudgetRule, progress: ((Int) -> Void)? = nil) throws(BudgetFault) -> BudgetOutcome {
    let places = election.places(tieBreak)
    switch rule {
    case .greedy(let satisfaction, let order):
      let greedy = GreedyBudget(election: election, support: try Support(election, satisfaction), order: order, places: places)
      let result = greedy.count(from: BudgetProgress(election))
      return outcome(result, losses: result.losses(reason: Self.whenReached(election, result)))
    case .equalShares(let satisfaction, let completion):
      return try equalShares(election, satisfaction, completion, places, progress)
    case .boundedOverspending(let satisfaction):
      var rule = try BoundedOverspending(election, satisfaction, places: places)
      let result = rule.count(from: BudgetProgress(election), report: progress)
      return outcome(result, losses: rule.losses(result))
    case .phragmen:
      return phragmen(election, from: BudgetProgress(election), places)
    case .maximumWelfare(let satisfaction):
      return try MaximumWelfare(election, satisfaction, places: places, stepLimit: workLimit).outcome()
    }
  }

  private func outcome(_ progress: BudgetProgress, losses: [BudgetLoss], raised: RaisedShares? = nil) -> BudgetOutcome {
    BudgetOutcome(
      winners: progress.winners, cost: progress.election.cost(of: progress.winners), trace: progress.trace, ties: progress.ties, losers: losses,
      raised: raised)
  }

  /// A greedy rule reaches every project; those left out did not fit what was left then.
  private static func whenReached(_ election: BudgetElection, _ result: BudgetProgress) -> (Int) -> BudgetLoss.Reason {
    { .unaffordable(missing: result.missing[$0] ?? election.projects[$0].cost - result.left) }
  }

  private func phragmen(_ election: BudgetElection, from beginning: BudgetProgress, _ places: [Int], raised: RaisedShares? = nil) -> BudgetOutcome {
    var rule = BudgetPhragmen(election, places: places)
    let (result, stopper) = rule.count(from: beginning)
    let losses = result.losses { project in
      let missing = election.projects[project].cost - result.left
      if project == stopper || stopper == nil { return .unaffordable(missing: missing) }
      return stopper.map { .ended(stoppedBy: $0) } ?? .unaffordable(missing: missing)
    }
    return outcome(result, losses: losses, raised: raised)
  }
}

// MARK: - Equal shares and its completions

extension BudgetTally {
  private func equalShares(
    _ election: BudgetElection, _ satisfaction: Satisfaction, _ completion: BudgetRule.Completion, _ places: [Int], _ report: ((Int) -> Void)?
  ) throws(BudgetFault) -> BudgetOutcome {
    var rule = try EqualShares(election, satisfaction, places: places)
    guard let share = rule.share else {
      let nothing = BudgetProgress(election)
      return outcome(nothing, losses: nothing.losses { _ in .noSupport })
    }
    switch completion {
    case .none:
      let result = rule.count(share: share) ?? rule.beginning
      return outcome(result, losses: rule.losses(result))
    case .addOne:
      let (result, raised) = raise(&rule, share, report)
      return outcome(result, losses: rule.losses(result), raised: raised)
    case .addOneGreedy:
      let (result, raised) = raise(&rule, share, report)
      let greedy = GreedyBudget(election: election, support: rule.support, order: .valuePerCost, places: places).count(from: result)
      return outcome(greedy, losses: greedy.losses(reason: Self.whenReached(election, greedy)), raised: raised)
    case .phragmen:
      let result = rule.count(share: share) ?? rule.beginning
      // As with the other completions, what is left is only asked for where something fits.
      if result.isExhaustive(among: Array(election.projects.indices)) { return outcome(result, losses: rule.losses(result)) }
      return phragmen(election, from: result, places)
    }
  }

  /// More money for everyone, one unit at a time. The rule leaves behind the state of the count whose result is returned.
  private func raise(_ rule: inout EqualShares, _ share: Rational, _ report: ((Int) -> Void)?) -> (BudgetProgress, RaisedShares) {
    var previous = rule.beginning
    var (added, runs) = (0, 0)
    let step = Rational(rule.election.unit)
    while true {
      runs += 1
      guard let result = rule.count(share: share + Rational(added) * step) else {
        // Back to the state that the losses are told from.
        let last = max(0, added - 1)
        previous = rule.count(share: share + Rational(last) * step) ?? previous
        return (previous, RaisedShares(added: last, runs: runs, end: .wouldOverspend))
      }
      if result.isExhaustive(among: rule.buyable) { return (result, RaisedShares(added: added, runs: runs, end: .exhausted)) }
      guard runs < workLimit else { return (result, RaisedShares(added: added, runs: runs, end: .workLimit)) }
      previous = result
      // Counts whose result is known to be this one are left out.
      added += 1 + rule.lookahead.steps(of: rule.election.unit)
      report?(added)
    }
  }
}
