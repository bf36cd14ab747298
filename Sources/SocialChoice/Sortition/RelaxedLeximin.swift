/// The leximin of chances over the polytope of quotas: what no lottery of panels can beat.
///
/// Leximin makes the smallest chance as large as can be, then, of the lotteries that do so, the second smallest, and so on (Flanigan, Gölz, Gupta,
/// Hennig,
/// Procaccia, *Fair algorithms for selecting citizens' assemblies*, Nature 2021). Over the polytope each stage is a linear programme with a row for
/// each type that is not fixed yet; the types that hold the minimum down (those whose row has a price) are fixed, and the next stage begins.
/// At most as many stages as types, in practice as many as there are different chances.
package struct RelaxedLeximin: Sendable {
  /// A chance that some types cannot exceed without others falling below it.
  package struct Stage: Sendable {
    /// The chance that this stage fixes, from 0 to 1.
    package let chance: Double
    /// The types it fixes, ascending.
    package let types: [Int]
    /// Why none of them can have more.
    package let certificate: StageCertificate
  }

  /// The smallest chance first.
  package let stages: [Stage]
  /// For each type the chance of each of its people.
  package let chances: [Double]

  /// A price below this is noise of the solver.
  private static let leastPrice = 1e-7

  /// - Parameter stagesAtMost: 1 for the maximin, where only the smallest chance matters.
  package init(_ typed: TypedPool, solver: some LinearSolver, stagesAtMost: Int = .max) throws(SolverFault) {
    try self.init(typed, solver: solver, cuts: [], stagesAtMost: stagesAtMost)
  }

  /// - Parameter cuts: what panels are known to keep beside the quotas; the certificates do not speak of them, and prove nothing where there are any.
  init(_ typed: TypedPool, solver: some LinearSolver, cuts: [PanelCuts.Cut], stagesAtMost: Int) throws(SolverFault) {
    var programs = StageProgram(typed, solver: solver, cuts: cuts)
    var chances = [Double?](repeating: nil, count: typed.types.count)
    var stages: [Stage] = []
    var seats: [Double] = []
    while stages.count < stagesAtMost, chances.contains(nil) {
      let found = try programs.solve(chances)
      seats = found.seats
      let open = chances.indices.filter { chances[$0] == nil }
      var held = open.filter { found.weights[$0] * programs.sizes[$0] > Self.leastPrice }
      // At chance 1 there are no prices: everybody left has a sure seat.
      if held.isEmpty { held = open }
      let certificate = StageCertificate(weights: held.map { ($0, found.weights[$0]) }, rowPrices: found.rowPrices, chance: found.chance)
      stages.append(Stage(chance: found.chance, types: held, certificate: certificate))
      for type in held { chances[type] = found.chance }
    }
    self.stages = stages
    self.chances = chances.indices.map { chances[$0] ?? min(1, max(0, seats[$0] / programs.sizes[$0])) }
  }
}

/// The linear programme of a stage: seats for each type, and the chance z that no open type's people fall below; z is to be large.
private struct StageProgram<Solver: LinearSolver> {
  struct Found {
    let chance: Double
    let seats: [Double]
    /// For each type the price of its row x − people · z ≥ 0; times people, those of a stage add up to one.
    let weights: [Double]
    let rowPrices: [Double]
  }

  let sizes: [Double]
  private let solver: Solver
  private let polytope: PanelPolytope
  private let cuts: [PanelCuts.Cut]
  private let firstRow: Int
  private var warm: any WarmProgram
  private var fixed: Set<Int> = []
  /// How far a fixed type may fall below its chance, in seats: what keeps the solver from calling later stages infeasible.
  private var play = 2e-9

  init(_ typed: TypedPool, solver: Solver, cuts: [PanelCuts.Cut]) {
    self.solver = solver
    self.cuts = cuts
    polytope = PanelPolytope(typed)
    sizes = typed.types.map { Double($0.members.count) }
    firstRow = polytope.lower.count
    warm = solver.keep(Self.program(polytope, sizes, cuts))
  }

  /// The rows of the polytope, one for each type, and those of the cuts.
  private static func program(_ polytope: PanelPolytope, _ sizes: [Double], _ cuts: [PanelCuts.Cut]) -> LinearProgram {
    var program = polytope.program(objectives: [Double](repeating: 0, count: sizes.count))
    let firstRow = program.rows.count
    for type in sizes.indices {
      program.columns[type].entries.append((row: firstRow + type, value: 1))
      program.rows.append(LinearProgram.Row(lower: 0))
    }
    program.columns.append(LinearProgram.Column(objective: 1, upper: 1, entries: sizes.indices.map { (row: firstRow + $0, value: -sizes[$0]) }))
    for cut in cuts {
      for (type, weight) in cut.weights { program.columns[type].entries.append((row: program.rows.count, value: weight)) }
      program.rows.append(LinearProgram.Row(upper: cut.most))
    }
    return program
  }

  private mutating func fix(_ chances: [Double?]) {
    for (type, chance) in chances.enumerated() {
      guard let chance, fixed.insert(type).inserted else { continue }
      warm.set(lower: max(0, chance * sizes[type] - play), upper: Double(polytope.limits[type]), ofColumn: type)
      warm.set(lower: -.infinity, upper: .infinity, ofRow: firstRow + type)
    }
  }

  private static var mostPlay: Double { 1e-6 }
  /// Prices above this come from a programme that is all but impossible, and prove little.
  private static var steepest: Double { 100 }

  private mutating func begin() {
    play *= 4
    fixed = []
    warm = solver.keep(Self.program(polytope, sizes, cuts))
  }

  /// The stage in which the people of some types keep these chances. What the solver calls impossible by its roundings is asked again with more play.
  mutating func solve(_ chances: [Double?]) throws(SolverFault) -> Found {
    while true {
      fix(chances)
      do {
        let solution = try warm.solve()
        let isSteep = solution.prices.contains { abs($0) > Self.steepest }
        if isSteep, play < Self.mostPlay, !fixed.isEmpty {
          begin()
          continue
        }
        return Found(
          chance: min(1, max(0, solution.values[sizes.count])), seats: Array(solution.values[..<sizes.count]),
          weights: solution.prices[firstRow..<firstRow + sizes.count].map { -$0 }, rowPrices: Array(solution.prices[..<firstRow]))
      } catch {
        guard play < Self.mostPlay, !fixed.isEmpty else { throw error }
        begin()
      }
    }
  }
}
