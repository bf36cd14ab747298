/// Projects, ballots and the money there is: what every rule of this room starts from.
///
/// Amounts are whole numbers of the smallest unit that the source uses (``unit`` of them make one of the currency), so that nothing is rounded.
package struct BudgetElection: Sendable, Hashable {
  /// By number: their places here.
  package let projects: [BudgetProject]
  /// Zero or more.
  package let budget: Int
  package let ballots: BudgetBallots
  /// How many smallest units make one of the currency (1 where all amounts are whole, 100 where there are cents).
  package let unit: Int
  /// How many smallest units make one point.
  package let pointUnit: Int
  /// Funded before anything is counted; their cost comes off the budget first.
  package let mandatory: [Int]
  /// Groups of projects of which at most one may be funded.
  package let conflicts: [[Int]]
  /// Of each project, those that may not be funded beside it.
  package let rivals: [[Int]]
  /// People, that is ballots by their weight.
  package let people: Int

  /// Amounts below it are told apart exactly by a double.
  package static let largestAmount = 1 << 52

  /// - Throws: ``BudgetFault`` where an amount is negative or too large, an id stands twice, or what is mandatory cannot be had together.
  package init(
    projects: [BudgetProject], budget: Int, ballots: BudgetBallots, unit: Int = 1, pointUnit: Int = 1, mandatory: [Int] = [], conflicts: [[Int]] = []
  ) throws(BudgetFault) {
    self.projects = projects
    self.budget = budget
    self.ballots = ballots
    self.unit = max(1, unit)
    self.pointUnit = max(1, pointUnit)
    self.mandatory = Set(mandatory).sorted()
    self.conflicts = conflicts.map { Set($0).sorted() }
    people = try Self.people(of: ballots, projects: projects.count)
    rivals = try Self.rivals(conflicts: conflicts, count: projects.count)
    try checkAmounts()
    try checkMandatory()
  }

  private func checkAmounts() throws(BudgetFault) {
    guard budget >= 0 else { throw .negativeBudget }
    guard budget < Self.largestAmount, projects.count < 1 << 20 else { throw .tooLarge }
    var seen: Set<String> = []
    for (index, project) in projects.enumerated() {
      guard project.cost >= 0 else { throw .negativeCost(index) }
      guard project.cost < Self.largestAmount >> 10 || project.cost < Self.largestAmount && projects.count < 1_024 else { throw .tooLarge }
      guard seen.insert(project.id).inserted else { throw .sameId(index) }
    }
  }

  private func checkMandatory() throws(BudgetFault) {
    for project in mandatory {
      guard projects.indices.contains(project) else { throw .unknownProject(project) }
      if let rival = rivals[project].first(where: mandatory.contains) { throw .mandatoryInConflict(project, rival) }
    }
    guard mandatoryCost <= budget else { throw .mandatoryTooExpensive }
  }

  private static func people(of ballots: BudgetBallots, projects: Int) throws(BudgetFault) -> Int {
    var people = 0
    for weight in ballots.weights {
      guard weight >= 1, weight < 1 << 40 else { throw .badWeight(weight) }
      people += weight
      guard people < 1 << 40 else { throw .tooLarge }
    }
    if let stray = ballots.choices.first(where: { $0 < 0 || Int($0) >= projects }) { throw .unknownProject(Int(stray)) }
    let largest = ballots.points.lazy.map(\.magnitude).max() ?? 1
    // Sums of marks, and their product with a ranking's length, stay below 2^62.
    let longest = UInt(max(1, projects))
    let (product, tooMuch) = max(largest, longest).multipliedReportingOverflow(by: UInt(max(1, people)))
    guard !tooMuch, product < 1 << 62 else { throw .tooLarge }
    return people
  }

  private static func rivals(conflicts: [[Int]], count: Int) throws(BudgetFault) -> [[Int]] {
    var rivals = [Set<Int>](repeating: [], count: count)
    for group in conflicts {
      if let stray = group.first(where: { $0 < 0 || $0 >= count }) { throw .unknownProject(stray) }
      for project in group { rivals[project].formUnion(group.filter { $0 != project }) }
    }
    return rivals.map { $0.sorted() }
  }

  /// Of all mandatory projects together, in smallest units.
  package var mandatoryCost: Int { mandatory.reduce(0) { $0 + projects[$1].cost } }

  /// Of these projects together, in smallest units.
  package func cost(of chosen: [Int]) -> Int { chosen.reduce(0) { $0 + projects[$1].cost } }

  /// The place of each project in the order of preference among equals: lexicographic by the bytes of the id, cheapest then by id, or drawn from the
  /// projects in the order of their ids, so that the order of the source never decides.
  package func places(_ tieBreak: TieBreak) -> [Int] {
    let byId = projects.indices.sorted { projects[$0].id.utf8.lexicographicallyPrecedes(projects[$1].id.utf8) }
    let inOrder = tieBreak.places(count: byId.count, costs: byId.map { projects[$0].cost })
    var places = [Int](repeating: 0, count: byId.count)
    for (position, project) in byId.enumerated() { places[project] = inOrder[position] }
    return places
  }
}

/// Why an election cannot be counted.
package enum BudgetFault: Error, Sendable, Hashable {
  case negativeBudget
  case negativeCost(Int)
  case sameId(Int)
  case unknownProject(Int)
  case badWeight(Int)
  case mandatoryInConflict(Int, Int)
  case mandatoryTooExpensive
  /// The same in one part of a budget by districts; nil for the part of no district.
  case mandatoryAbovePart(String?)
  case unknownDistrict(String)
  case districtsTooExpensive
  /// Projects of different parts of a budget by districts exclude each other.
  case conflictAcrossDistricts(Int, Int)
  /// Amounts, people or points beyond what is counted exactly (amounts to 2^52 smallest units, sums of points to 2^62).
  case tooLarge
  /// The rule needs ballots of another kind.
  case wrongBallots(needed: String, found: BudgetBallotKind)
}
