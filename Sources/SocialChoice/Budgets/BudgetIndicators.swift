/// What an outcome means for people, themes and districts. Counts are of people (ballots by weight), amounts in the smallest unit of money.
package struct BudgetIndicators: Sendable, Hashable {
  /// All ballots by weight.
  package let people: Int
  /// Those of whom no named project is funded (with points: none that they gave more than nothing; points that a rule gives to silence do not name).
  package let excluded: Int
  /// Place n: how many people have exactly n funded projects among those they named.
  package let satisfied: [Int]
  /// The money spent on funded projects that a person named, summed over all people.
  package let spentForPeople: Int128
  /// In the order in which the themes first appear; a project with several themes counts whole in each.
  package let themes: [Part]
  /// Only where projects have a district.
  package let districts: [Part]
  /// For each funded project, in the order of the outcome: its cost and how many people named it.
  package let efforts: [Effort]

  /// The projects of one theme or district.
  package struct Part: Sendable, Hashable {
    package let name: String
    /// How many projects it has, and how many of them are funded.
    package let projects: Int
    package let funded: Int
    /// What its projects cost together, and what those that are funded cost, in smallest units.
    package let asked: Int
    package let spent: Int
    /// How often people named its projects.
    package let mentions: Int
  }

  /// A funded project and who named it.
  package struct Effort: Sendable, Hashable {
    package let project: Int
    package let cost: Int
    package let supporters: Int
    /// Smallest units of money for each supporter, for showing; nil without supporters.
    package var perSupporter: Double? { supporters == 0 ? nil : Double(cost) / Double(supporters) }
  }

  /// From 0 to 1, for showing: the people of whom nothing named is funded.
  package var exclusionRatio: Double { people == 0 ? 0 : Double(excluded) / Double(people) }

  /// How many funded projects a person named on average, for showing.
  package var meanSatisfied: Double {
    people == 0 ? 0 : Double(satisfied.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / Double(people)
  }

  /// - Parameter winners: by number in the election.
  package init(_ election: BudgetElection, winners: [Int]) {
    let support = Support(approvalsOf: election, named: true)
    var isFunded = [Bool](repeating: false, count: election.projects.count)
    var counts = [Int](repeating: 0, count: election.ballots.count)
    var spent: Int128 = 0
    for project in winners {
      isFunded[project] = true
      for place in support.range(project) { counts[Int(support.voters[place])] += 1 }
      spent += Int128(election.projects[project].cost) * Int128(support.sums[project])
    }
    var satisfied = [0]
    for (ballot, count) in counts.enumerated() {
      while satisfied.count <= count { satisfied.append(0) }
      satisfied[count] += election.ballots.weights[ballot]
    }
    people = election.people
    excluded = satisfied[0]
    self.satisfied = satisfied
    spentForPeople = spent
    themes = Self.parts(election, isFunded, support) { $0.categories }
    districts = Self.parts(election, isFunded, support) { $0.district.map { [$0] } ?? [] }
    efforts = winners.map { Effort(project: $0, cost: election.projects[$0].cost, supporters: support.sums[$0]) }
  }

  private static func parts(_ election: BudgetElection, _ isFunded: [Bool], _ support: Support, names: (BudgetProject) -> [String]) -> [Part] {
    var order: [String] = []
    var members: [String: [Int]] = [:]
    for (index, project) in election.projects.enumerated() {
      for name in names(project) {
        if members[name] == nil { order.append(name) }
        members[name, default: []].append(index)
      }
    }
    return order.map { name in
      let all = members[name] ?? []
      let funded = all.filter { isFunded[$0] }
      return Part(
        name: name, projects: all.count, funded: funded.count, asked: election.cost(of: all), spent: election.cost(of: funded),
        mentions: all.reduce(0) { $0 + support.sums[$1] })
    }
  }
}
