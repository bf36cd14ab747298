/// The choice with the greatest value of all ballots together that the budget allows: a knapsack, solved exactly by branch and bound.
///
/// Projects are decided in the order of value per cost, "taken" before "left out". A branch is closed when filling the rest of the budget in that
/// order, the last project in part (Dantzig 1957), cannot bring more than the best choice known. The closed branches are the certificate. Exponential
/// in the worst case, hence the limit of steps; a step costs O(log projects).
struct MaximumWelfare {
  let election: BudgetElection
  let places: [Int]
  private let items: KnapsackItems
  private let stepLimit: Int

  init(_ election: BudgetElection, _ satisfaction: Satisfaction, places: [Int], stepLimit: Int) throws(BudgetFault) {
    self.election = election
    self.places = places
    items = try KnapsackItems(election, Support(election, satisfaction), places: places)
    // Enough to reach a first choice.
    self.stepLimit = max(2 * items.count + 2, stepLimit)
  }

  func outcome() -> BudgetOutcome {
    var search = KnapsackSearch(items, stepLimit: stepLimit)
    search.prove()
    // Of a search that did not end, the bound at the root is what is proven.
    let bound = search.isComplete ? search.bestValue : items.bound(from: 0, left: items.budget)
    var ties = WelfareTies(items, order: items.projects.indices.sorted { places[items.projects[$0]] < places[items.projects[$1]] }, best: search)
    if bound == search.bestValue { ties.search(stepLimit: stepLimit) }
    var progress = BudgetProgress(election)
    var value: Int128 = 0
    for item in ties.chosen {
      value += items.values[item]
      progress.take(items.projects[item], .optimum(value: value))
    }
    let certificate = WelfareCertificate(
      order: items.projects, best: ties.chosen.map { items.projects[$0] }, tree: search.isComplete ? search.tree : [.closed],
      multipliers: search.isComplete ? search.multipliers : [Int32(items.critical(from: 0, left: items.budget))],
      value: search.bestValue, bound: bound)
    let tie = ties.firstOpen.map {
      Tie(round: 1, options: ties.open.map { items.projects[$0] }.sorted(), chosen: items.projects[$0])
    }
    return BudgetOutcome(
      winners: progress.winners, cost: election.cost(of: progress.winners), trace: progress.trace, ties: tie.map { [$0] } ?? [],
      tiesEnumerated: ties.isComplete, tieBreakDecided: ties.isFirst, losers: losers(progress, ties), certificate: certificate)
  }

  /// Of a project of another best choice the tie-break decided, also where it and a winner exclude each other.
  private func losers(_ progress: BudgetProgress, _ ties: WelfareTies) -> [BudgetLoss] {
    let equals = Set(ties.inSome.map { items.projects[$0] })
    return progress.losses { reason($0, ties) }.map { loss in
      equals.contains(loss.project) ? BudgetLoss(project: loss.project, reason: ties.isFirst ? .tied : .tiedOpen) : loss
    }
  }

  private func reason(_ project: Int, _ ties: WelfareTies) -> BudgetLoss.Reason {
    guard let item = items.projects.firstIndex(of: project) else {
      let missing = election.projects[project].cost - (election.budget - election.mandatoryCost)
      return missing > 0 ? .unaffordable(missing: missing) : .noSupport
    }
    let atMost = items.bound(with: item)
    return ties.isUnknown(item) && atMost >= ties.value
      ? .perhapsTied(optimum: ties.value, atMost: atMost) : .belowOptimum(optimum: ties.value, atMost: atMost)
  }
}
