/// Phragmén's sequential rule with costs (Los, Christoff, Grossi, *Proportional Budget Allocations*, IJCAI 2022).
///
/// Each purchase is a load that its supporters carry, levelled among them: all who named the project come to the same load, the sum of their loads
/// and the cost over their number. The project with the lowest such load is next. The rule ends when one that is next costs more than the money left.
///
/// Loads only grow, so an old load of a project bounds its new one from below. As in ``EqualShares``, doubles with a bound decide, and exact
/// fractions where they cannot: a voter's load is that of the last purchase they took part in, so a load is an integer combination of earlier ones.
struct BudgetPhragmen {
  private let election: BudgetElection
  private let support: Support
  private let places: [Int]
  /// For each voter the last purchase + 1; 0 for none.
  private var stages: [Int32]
  private var loads: [Load] = [Load(cost: 0, people: 1, earlier: [], low: 0, high: 0)]
  private var exactLoads: [Rational] = [.zero]
  private var counts: [Int] = [0]

  private struct Load: Sendable {
    let cost: Int
    let people: Int
    /// How many of the people carried which earlier load.
    let earlier: [(stage: Int, people: Int)]
    let low: Double
    let high: Double
  }

  init(_ election: BudgetElection, places: [Int]) {
    self.election = election
    self.places = places
    support = Support(approvalsOf: election)
    stages = [Int32](repeating: 0, count: election.ballots.count)
  }

  /// - Returns: what was taken, and what ended the rule because it was next and did not fit.
  mutating func count(from beginning: BudgetProgress) -> (BudgetProgress, stoppedBy: Int?) {
    var progress = beginning
    var open = election.projects.indices.filter {
      !progress.isChosen[$0] && election.projects[$0].cost <= election.budget && progress.rival(of: $0) == nil && support.sums[$0] > 0
    }
    var bounds = election.projects.indices.map { Double(election.projects[$0].cost) / Double(max(1, support.sums[$0])) * (1 - 4 * Rounding.unit) }
    while !open.isEmpty {
      open.sort { bounds[$0] < bounds[$1] }
      let (next, load) = lowest(open, &bounds)
      if let stopper = next.filter({ !progress.fits($0) }).min(by: { places[$0] < places[$1] }) { return (progress, stopper) }
      guard let chosen = next.min(by: { places[$0] < places[$1] }) else { break }
      for place in support.range(chosen) { stages[Int(support.voters[place])] = Int32(loads.count) }
      loads.append(load(chosen))
      counts.append(0)
      progress.take(chosen, .load((loads[loads.count - 1].low + loads[loads.count - 1].high) / 2), among: next)
      open.removeAll { $0 == chosen || progress.rival(of: $0) != nil }
    }
    return takeUnwanted(progress)
  }

  /// Projects that nobody named are level with one another, after all others: they are taken while all of them fit.
  private func takeUnwanted(_ beginning: BudgetProgress) -> (BudgetProgress, stoppedBy: Int?) {
    var progress = beginning
    while true {
      let rest = election.projects.indices.filter {
        !progress.isChosen[$0] && election.projects[$0].cost <= election.budget && support.sums[$0] == 0 && progress.rival(of: $0) == nil
      }
      if let stopper = rest.filter({ !progress.fits($0) }).min(by: { places[$0] < places[$1] }) { return (progress, stopper) }
      guard let chosen = rest.min(by: { places[$0] < places[$1] }) else { return (progress, nil) }
      progress.take(chosen, .load(.infinity), among: rest)
    }
  }

  /// Those with the lowest load, exactly, and a way to their loads.
  private mutating func lowest(_ open: [Int], _ bounds: inout [Double]) -> ([Int], (Int) -> Load) {
    var best = Double.infinity
    var asked: [Int: Load] = [:]
    for project in open {
      if bounds[project] > best { break }
      let load = load(of: project)
      asked[project] = load
      bounds[project] = max(bounds[project], load.low)
      best = min(best, load.high)
    }
    let found = asked
    let fallback = Load(cost: 0, people: 1, earlier: [], low: 0, high: 0)
    let way: (Int) -> Load = { found[$0] ?? fallback }
    let contenders = open.filter { asked[$0] != nil && bounds[$0] <= best }
    guard contenders.count > 1 else { return (contenders, way) }
    let exact = contenders.map { (project: $0, load: exactLoad(way($0))) }
    let lowest = exact.map(\.load).min()
    return (exact.filter { $0.load == lowest }.map(\.project), way)
  }

  /// Sums of k products and the division err by at most (k + 8) · 2⁻⁵² of the result, all terms being positive.
  private mutating func load(of project: Int) -> Load {
    for place in support.range(project) {
      let voter = Int(support.voters[place])
      counts[Int(stages[voter])] &+= election.ballots.weights[voter]
    }
    var earlier: [(stage: Int, people: Int)] = []
    var low = Double(election.projects[project].cost)
    var high = low
    for stage in counts.indices where counts[stage] > 0 {
      if stage > 0 {
        earlier.append((stage, counts[stage]))
        low += Double(counts[stage]) * loads[stage].low
        high += Double(counts[stage]) * loads[stage].high
      }
      counts[stage] = 0
    }
    let people = support.sums[project]
    let error = Double(earlier.count + 8) * Rounding.unit
    return Load(
      cost: election.projects[project].cost, people: people, earlier: earlier, low: low / Double(people) * (1 - error),
      high: high / Double(people) * (1 + error))
  }

  private mutating func exactLoad(_ load: Load) -> Rational {
    var sum = Rational(load.cost)
    for (stage, people) in load.earlier { sum += Rational(people) * exactLoad(at: stage) }
    return sum / Rational(load.people)
  }

  private mutating func exactLoad(at stage: Int) -> Rational {
    while exactLoads.count <= stage {
      let load = loads[exactLoads.count]
      var sum = Rational(load.cost)
      for (earlier, people) in load.earlier { sum += Rational(people) * exactLoads[earlier] }
      exactLoads.append(sum / Rational(load.people))
    }
    return exactLoads[stage]
  }
}
