import Foundation

@testable import ChoiceFiles
@testable import SocialChoice

/// Small elections by seed, with many ties: few different costs, few voters.
enum BudgetCases {
  static func random(
    _ seed: String, kind: BudgetBallotKind, voters: Int = 7, projects: Int = 6, costs: Int = 6, conflicts: Bool = false, mandatory: Bool = false
  ) -> BudgetElection? {
    var random = PublicRandom(seed: seed)
    let count = 1 + random.below(projects)
    let ids = random.shuffled((1...12).map { "\($0)" })
    let all = (0..<count).map { BudgetProject(id: ids[$0], cost: random.below(20) == 0 ? 0 : 1 + random.below(costs)) }
    let total = all.reduce(0) { $0 + $1.cost }
    var ballots = BudgetBallots(kind: kind)
    for _ in 0..<(1 + random.below(voters)) {
      let named = random.shuffled((0..<count).map { Int32($0) }).prefix(random.below(min(count, 4) + 1))
      ballots.append(named, points: named.map { _ in random.below(4) }, weight: 1 + random.below(2))
    }
    let groups = conflicts && count > 2 ? [[0, 1], [1, 2]] : []
    let first = mandatory ? [random.below(count)] : []
    let budget = first.reduce(0) { $0 + all[$1].cost } + random.below(total + 2)
    return try? BudgetElection(projects: all, budget: budget, ballots: ballots, mandatory: first, conflicts: groups)
  }

  /// An election as a line: `5; a=4 b=3; 2× a b; 1× b` is a budget of 5, two projects with their costs, two people for both and one for b. With
  /// points, `a:3` gives three.
  static func town(_ line: String, kind: BudgetBallotKind = .approval) throws -> BudgetElection {
    let parts = line.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    let projects = parts[1].map { $0.split(separator: "=") }.map { BudgetProject(id: String($0[0]), cost: Int($0[1]) ?? 0) }
    var ballots = BudgetBallots(kind: kind)
    for part in parts[2...] {
      let marks = part.dropFirst().map { $0.split(separator: ":").map(String.init) }
      let named = marks.map { mark in Int32(projects.firstIndex { $0.id == mark[0] } ?? -1) }
      ballots.append(named, points: marks.map { $0.count > 1 ? Int($0[1]) ?? 0 : 1 }, weight: Int(part[0].dropLast()) ?? 0)
    }
    return try BudgetElection(projects: projects, budget: Int(parts[0][0]) ?? 0, ballots: ballots)
  }

  /// The same election with every ballot a second time, turned round: what stands on ballots of the same places is worth the same.
  static func mirrored(_ election: BudgetElection) -> BudgetElection? {
    var ballots = BudgetBallots(kind: election.ballots.kind)
    for ballot in 0..<election.ballots.count {
      let range = election.ballots.range(ballot)
      let (named, weight) = (Array(election.ballots.choices[range]), election.ballots.weights[ballot])
      let marks = election.ballots.hasPoints ? Array(election.ballots.points[range]) : []
      ballots.append(named, points: marks, weight: weight)
      ballots.append(named.reversed(), points: marks, weight: weight)
    }
    return try? BudgetElection(
      projects: election.projects, budget: election.budget, ballots: ballots, mandatory: election.mandatory, conflicts: election.conflicts)
  }

  /// The same election with ballots and projects in another order, and each ballot of weight w as w ballots.
  static func shuffled(_ election: BudgetElection, seed: String) -> BudgetElection? {
    var random = PublicRandom(seed: seed)
    let order = random.shuffled(Array(election.projects.indices))
    var place = order
    for (new, old) in order.enumerated() { place[old] = new }
    var copies: [Int] = []
    for ballot in 0..<election.ballots.count { copies += [Int](repeating: ballot, count: election.ballots.weights[ballot]) }
    var ballots = BudgetBallots(kind: election.ballots.kind)
    for ballot in random.shuffled(copies) {
      let range = election.ballots.range(ballot)
      let marks = election.ballots.hasPoints ? Array(election.ballots.points[range]) : []
      ballots.append(election.ballots.choices[range].map { Int32(place[Int($0)]) }, points: marks)
    }
    return try? BudgetElection(
      projects: order.map { election.projects[$0] }, budget: election.budget, ballots: ballots, mandatory: election.mandatory.map { place[$0] },
      conflicts: election.conflicts.map { $0.map { place[$0] } })
  }

  /// Every rule with every completion, and the kinds of ballots it counts.
  static let rules: [(rule: BudgetRule, kinds: [BudgetBallotKind])] =
    Satisfaction.allCases.flatMap { satisfaction in
      let kinds: [BudgetBallotKind] =
        switch satisfaction {
        case .cost, .cardinality: [.approval, .ranking]
        case .points: [.points, .scores]
        case .borda: [.ranking]
        }
      var rules: [BudgetRule] = [.greedy(satisfaction, .valuePerCost)]
      if satisfaction != .cost { rules.append(.greedy(satisfaction, .value)) }
      rules += BudgetRule.Completion.allCases.map { .equalShares(satisfaction, $0) }
      rules += [.boundedOverspending(satisfaction), .maximumWelfare(satisfaction)]
      return rules.map { ($0, kinds) }
    } + [(.phragmen, BudgetBallotKind.allCases)]

  static func ids(_ election: BudgetElection, _ outcome: BudgetOutcome) -> [String] { outcome.winners.map { election.projects[$0].id } }

  static let reference = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/pabulib")

  static func file(_ name: String) throws -> PabulibFile {
    try PabulibReader(file: name).read([UInt8](Data(contentsOf: reference.appending(path: name))))
  }
}
