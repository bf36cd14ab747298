@testable import SocialChoice

/// A budget by districts a second time: everybody's ballot is written out, then torn into one slip for each part, and each part is counted by
/// ``NaiveBudgets``.
struct NaiveDistricts {
  /// A project on a slip, and what it got.
  private typealias Mark = (project: Int, points: Int)

  let election: BudgetElection
  let money: [String: Int]
  /// The districts in the order of counting, then nil for the rest.
  let names: [String?]

  init(_ election: BudgetElection, _ districts: [(name: String, budget: Int)]) {
    self.election = election
    money = Dictionary(uniqueKeysWithValues: districts.map { ($0.name, $0.budget) })
    names = districts.map(\.name) + [nil]
  }

  /// Which part a project belongs to.
  func name(_ project: Int) -> String? { election.projects[project].district.flatMap { money[$0] == nil ? nil : $0 } }

  func budget(_ name: String?) -> Int { name.flatMap { money[$0] } ?? election.budget - money.values.reduce(0, +) }

  func members(_ name: String?) -> [Int] { election.projects.indices.filter { self.name($0) == name } }

  /// The part as a town of its own; nil where it cannot pay what is mandatory.
  func town(_ name: String?) -> BudgetElection? {
    let members = members(name)
    var slips = BudgetBallots(kind: election.ballots.kind)
    for slip in people.map({ $0.filter { self.name($0.project) == name } }) where !slip.isEmpty {
      slips.append(slip.map { mark in Int32(members.firstIndex(of: mark.project) ?? -1) }, points: slip.map(\.points))
    }
    func own(_ projects: [Int]) -> [Int] { projects.compactMap { members.firstIndex(of: $0) } }
    return try? BudgetElection(
      projects: members.map { election.projects[$0] }, budget: budget(name), ballots: slips, mandatory: own(election.mandatory),
      conflicts: election.conflicts.map(own).filter { $0.count > 1 })
  }

  /// Nil where a part cannot pay what is mandatory.
  func count(_ rule: BudgetRule, _ tieBreak: TieBreak) -> NaiveBudgets.Count? {
    var whole = NaiveBudgets.Count(winners: [])
    for name in names {
      guard let town = town(name) else { return nil }
      let (part, members) = (NaiveBudgets(town, tieBreak).count(rule), members(name))
      whole.ties += part.ties.map { tie in
        Tie(round: tie.round + whole.winners.count, options: tie.options.map { members[$0] }, chosen: members[tie.chosen])
      }
      whole.winners += part.winners.map { members[$0] }
    }
    return whole
  }

  /// One list of marks for each person.
  private var people: [[Mark]] {
    let ballots = election.ballots
    return (0..<ballots.count).flatMap { ballot in
      let marks = ballots.range(ballot).map { (project: Int(ballots.choices[$0]), points: ballots.hasPoints ? ballots.points[$0] : 0) }
      return [[Mark]](repeating: marks, count: ballots.weights[ballot])
    }
  }
}
