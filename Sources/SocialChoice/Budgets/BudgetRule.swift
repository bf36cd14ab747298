/// How a participatory budget is counted.
package enum BudgetRule: Sendable, Hashable {
  case greedy(Satisfaction, GreedyOrder)
  case equalShares(Satisfaction, Completion)
  case boundedOverspending(Satisfaction)
  case phragmen
  case maximumWelfare(Satisfaction)

  /// What equal shares, which may leave money, does with the rest.
  package enum Completion: String, Sendable, Hashable, CaseIterable {
    case none
    /// Count again with one unit of the currency more for each person, until nothing fits any more or one more unit would overspend.
    case addOne = "add-one"
    /// The same, and then greedy by value per cost.
    case addOneGreedy = "add-one-greedy"
    /// Phragmén's rule for the projects left, all loads at zero.
    case phragmen
  }

  /// The name of the command line, such as `equal-shares-cost`; the completion stands apart.
  package var name: String {
    switch self {
    case .greedy(let satisfaction, .valuePerCost): "greedy-\(satisfaction.rawValue)"
    case .greedy(let satisfaction, .value): "most-\(satisfaction == .cardinality ? "approvals" : satisfaction.rawValue)"
    case .equalShares(let satisfaction, _): "equal-shares-\(satisfaction.rawValue)"
    case .boundedOverspending(let satisfaction): "bounded-overspending-\(satisfaction.rawValue)"
    case .phragmen: "phragmen"
    case .maximumWelfare(let satisfaction): "max-welfare-\(satisfaction.rawValue)"
    }
  }

  /// All names, in the order of the help.
  package static var names: [String] { all.map(\.name) + ["max-welfare"] }

  private static var all: [BudgetRule] {
    let each = Satisfaction.allCases
    return each.map { .greedy($0, .valuePerCost) } + [Satisfaction.cardinality, .points, .borda].map { .greedy($0, .value) }
      + each.map { .equalShares($0, .none) } + each.map { .boundedOverspending($0) } + [.phragmen]
      + [Satisfaction.cardinality, .cost, .points, .borda].map { .maximumWelfare($0) }
  }

  /// Nil for a name that is none.
  ///
  /// - Parameter kind: decides what `max-welfare` alone means: approvals, points or ranks, whatever the ballots hold.
  package init?(name: String, completion: Completion = .none, kind: BudgetBallotKind) {
    if name == "max-welfare" {
      self = .maximumWelfare(kind == .approval ? .cardinality : kind == .ranking ? .borda : .points)
      return
    }
    guard let rule = Self.all.first(where: { $0.name == name }) else { return nil }
    if case .equalShares(let satisfaction, _) = rule { self = .equalShares(satisfaction, completion) } else { self = rule }
  }
}
