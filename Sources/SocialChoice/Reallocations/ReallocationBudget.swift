/// Why proposals for a budget cannot be counted.
package enum ReallocationFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is no line, or no proposal.
  case empty
  /// A line's floor is below zero or above its ceiling, or its amount is below zero.
  case line(Int)
  /// The step is below one cent.
  case step(Int)
  /// All floors together are more, or all ceilings together less, than the budget; on whole steps from today's amounts.
  case infeasible(floors: Int, ceilings: Int, total: Int)
  /// No amount that is whole steps away from today's lies between a line's floor and ceiling.
  case noStepWithin(line: Int)
  /// A proposal has not one amount a line.
  case lines(proposal: Int)
  /// A proposal's changes do not add up to zero; by so many cents.
  case unbalanced(proposal: Int, by: Int)
  /// A proposal takes a line below its floor.
  case belowFloor(proposal: Int, line: Int)
  /// A weight below 1.
  case weight(proposal: Int)
  /// More than 10,000 lines, 2^50 cents or 2^40 voices: bounds that keep every sum exact.
  case tooLarge

  package var description: String {
    switch self {
    case .empty: "there is no line, or no proposal"
    case .line(let line): "line \(line + 1): the amount and the floor must not be below zero, nor the floor above the ceiling"
    case .step(let step): "a step of \(step) cents: it must be at least one"
    case .infeasible(let floors, let ceilings, let total):
      "on whole steps the floors add up to \(floors) cents and the ceilings to \(ceilings): the budget of \(total) must lie between"
    case .noStepWithin(let line): "line \(line + 1): no amount in whole steps lies between its floor and its ceiling"
    case .lines(let proposal): "proposal \(proposal + 1) has not one change for each line"
    case .unbalanced(let proposal, let by): "proposal \(proposal + 1) is out of balance by \(by) cents"
    case .belowFloor(let proposal, let line): "proposal \(proposal + 1) takes line \(line + 1) below its floor"
    case .weight(let proposal): "proposal \(proposal + 1): a weight is a whole number from 1"
    case .tooLarge: "more than 10,000 lines, 2^50 cents or 2^40 voices"
    }
  }
}

/// One line of a budget, in cents.
package struct BudgetLine: Sendable, Hashable {
  /// Today's amount.
  package let amount: Int
  /// What the line must keep (obligations, contracts): no proposal and no result goes below.
  package let floor: Int
  /// What the line must not exceed in the result; nil where nothing is set. A proposal may wish for more.
  package let ceiling: Int?

  package init(amount: Int, floor: Int = 0, ceiling: Int? = nil) {
    self.amount = amount
    self.floor = floor
    self.ceiling = ceiling
  }
}

/// A balanced budget that people may propose to shift money in.
package struct ReallocationBudget: Sendable, Hashable {
  package let lines: [BudgetLine]
  /// The result changes each line by a whole number of steps of so many cents; 1 by default.
  package let step: Int
  /// The sum of today's amounts, which every proposal and the result keep.
  package let total: Int
  /// The lowest and highest amounts that lie on steps, within floors and ceilings.
  let least: [Int]
  let most: [Int]

  /// - Throws: ``ReallocationFault``, where no balanced result exists.
  package init(lines: [BudgetLine], step: Int = 1) throws(ReallocationFault) {
    let bound = 1 << 50
    guard !lines.isEmpty else { throw .empty }
    guard lines.count <= 10_000, step <= bound else { throw .tooLarge }
    guard step >= 1 else { throw .step(step) }
    var total = 0
    for (number, line) in lines.enumerated() {
      guard line.amount >= 0, line.floor >= 0, line.floor <= line.ceiling ?? line.floor else { throw .line(number) }
      guard line.amount <= bound, line.floor <= bound else { throw .tooLarge }
      total += line.amount
      guard total <= bound else { throw .tooLarge }
    }
    // On steps from today's amount; a line can never get more than the whole budget.
    let reach = lines.map { min($0.ceiling ?? total, max(total, $0.floor)) }
    let least = lines.map { $0.amount + Self.rounded($0.floor - $0.amount, to: step, up: true) }
    let most = zip(lines, reach).map { $0.amount + Self.rounded($1 - $0.amount, to: step, up: false) }
    if let line = lines.indices.first(where: { least[$0] > most[$0] }) { throw .noStepWithin(line: line) }
    let (floors, ceilings) = (least.reduce(0, +), most.reduce(0, +))
    guard floors <= total, total <= ceilings else { throw .infeasible(floors: floors, ceilings: ceilings, total: total) }
    self.lines = lines
    self.step = step
    self.total = total
    self.least = least
    self.most = most
  }

  /// A multiple of the step next to `change`, not below it (`up`) or not above it.
  private static func rounded(_ change: Int, to step: Int, up: Bool) -> Int {
    let rest = (change % step + step) % step
    return rest == 0 ? change : change - rest + (up ? step : 0)
  }

  var floors: [Int] { lines.map(\.floor) }
}

/// Changes that one participant proposes, in cents, line by line; they add up to zero.
package struct ReallocationProposal: Sendable, Hashable {
  /// In the order of the lines; none takes a line below its floor.
  package let changes: [Int]
  /// How many participants proposed exactly this, from 1.
  package let weight: Int

  package init(changes: [Int], weight: Int = 1) {
    self.changes = changes
    self.weight = weight
  }
}

/// Proposals that were found to fit the budget.
struct CheckedProposals {
  let budget: ReallocationBudget
  /// For each line the proposed amounts, highest first, each once, with the voices for it.
  let votes: [[(amount: Int, weight: Int)]]
  let voices: Int

  init(_ budget: ReallocationBudget, _ proposals: [ReallocationProposal]) throws(ReallocationFault) {
    guard !proposals.isEmpty else { throw .empty }
    var voices = 0
    // Line after line, so that the proposals, which lie all over memory, are gone through once.
    var amounts = [Int](repeating: 0, count: proposals.count * budget.lines.count)
    for (number, proposal) in proposals.enumerated() {
      guard proposal.changes.count == budget.lines.count else { throw .lines(proposal: number) }
      guard proposal.weight >= 1 else { throw .weight(proposal: number) }
      guard proposal.weight <= 1 << 40 - voices else { throw .tooLarge }
      voices += proposal.weight
      var sum = 0
      for (line, change) in proposal.changes.enumerated() {
        guard change.magnitude <= 1 << 50 else { throw .tooLarge }
        let amount = budget.lines[line].amount + change
        guard amount >= budget.lines[line].floor else { throw .belowFloor(proposal: number, line: line) }
        amounts[line * proposals.count + number] = amount
        sum += change
      }
      guard sum == 0 else { throw .unbalanced(proposal: number, by: sum) }
    }
    self.budget = budget
    self.voices = voices
    votes = budget.lines.indices.map { line in
      var weights: [Int: Int] = [:]
      for (number, proposal) in proposals.enumerated() { weights[amounts[line * proposals.count + number], default: 0] += proposal.weight }
      return weights.map { (amount: $0.key, weight: $0.value) }.sorted { $0.amount > $1.amount }
    }
  }
}
