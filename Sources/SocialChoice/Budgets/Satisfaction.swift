/// What a funded project is worth to those who named it.
package enum Satisfaction: String, Sendable, Hashable, CaseIterable {
  /// The money spent on it: a voter is as content as the sum of the costs of the funded projects that they named.
  case cost
  /// One for each funded project that they named.
  case cardinality
  /// The points that they gave it.
  case points
  /// By rank: of a ballot with k projects the first is worth k − 1, the last 0.
  case borda
}

/// Who supports each project and how much. A voter's satisfaction with a project is its `factor` times the voter's `value`.
struct Support: Sendable {
  /// Where each project's supporters begin in ``voters``; one more than there are projects.
  let starts: [Int]
  /// Ballots by number, ascending for each project. Only those whose value is above zero.
  let voters: [Int32]
  /// Beside ``voters``; empty where each value is one.
  let values: [Int]
  /// The sum of value · weight over all who named the project, values below zero as well.
  let totals: [Int]
  /// The sum of value · weight over its supporters.
  let sums: [Int]
  /// The cost where satisfaction is ``Satisfaction/cost``, else 1.
  let factors: [Int]

  func range(_ project: Int) -> Range<Int> { starts[project]..<starts[project + 1] }

  /// - Throws: ``BudgetFault/wrongBallots(needed:found:)`` for points without points, and for ranks without a ranking.
  init(_ election: BudgetElection, _ satisfaction: Satisfaction) throws(BudgetFault) {
    let ballots = election.ballots
    switch satisfaction {
    case .points where !ballots.hasPoints: throw .wrongBallots(needed: "points or scores", found: ballots.kind)
    case .borda where ballots.kind != .ranking: throw .wrongBallots(needed: "rankings", found: ballots.kind)
    default: break
    }
    let worths: [Int] =
      switch satisfaction {
      case .cost, .cardinality: []
      case .points: ballots.points
      case .borda: (0..<ballots.count).flatMap { ballot in ballots.range(ballot).indices.map { ballots.range(ballot).upperBound - $0 - 1 } }
      }
    self.init(election, factors: election.projects.map { satisfaction == .cost ? $0.cost : 1 }, worths: worths)
  }

  /// Everyone who named the project; with points, everyone who gave it more than none.
  ///
  /// - Parameter named: leaves out the points that a ballot has for what it does not name.
  init(approvalsOf election: BudgetElection, named: Bool = false) {
    let ballots = election.ballots
    let worths = ballots.hasPoints ? ballots.points.map { $0 > 0 ? 1 : 0 } : []
    self.init(election, factors: election.projects.map { _ in 1 }, worths: worths, keepsValues: false, named: named)
  }

  /// - Parameter worths: of each mark on the ballots; empty where each is worth one.
  private init(_ election: BudgetElection, factors: [Int], worths: [Int], keepsValues: Bool = true, named: Bool = false) {
    let ballots = election.ballots
    func range(_ ballot: Int) -> Range<Int> { named ? ballots.named(ballot) : ballots.range(ballot) }
    let count = election.projects.count
    var totals = [Int](repeating: 0, count: count)
    var sums = totals
    var supporters = [Int](repeating: 0, count: count + 1)
    for ballot in 0..<ballots.count {
      let weight = ballots.weights[ballot]
      for place in range(ballot) {
        let worth = worths.isEmpty ? 1 : worths[place]
        let project = Int(ballots.choices[place])
        totals[project] += worth * weight
        guard worth > 0 else { continue }
        sums[project] += worth * weight
        supporters[project + 1] += 1
      }
    }
    for project in 0..<count { supporters[project + 1] += supporters[project] }
    var next = supporters
    var voters = [Int32](repeating: 0, count: supporters[count])
    var values = worths.isEmpty || !keepsValues ? [] : [Int](repeating: 0, count: supporters[count])
    for ballot in 0..<ballots.count {
      for place in range(ballot) {
        let worth = worths.isEmpty ? 1 : worths[place]
        guard worth > 0 else { continue }
        let project = Int(ballots.choices[place])
        voters[next[project]] = Int32(ballot)
        if !values.isEmpty { values[next[project]] = worth }
        next[project] += 1
      }
    }
    (starts, self.voters, self.values, self.totals, self.sums, self.factors) = (supporters, voters, values, totals, sums, factors)
  }
}
