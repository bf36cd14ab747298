/// Leximin over lotteries of real panels, stage by stage, by column generation: for pools where the polytope promises more than panels can give.
///
/// In each stage a linear programme over the panels known so far makes the smallest open chance large; its prices ask the solver for a panel worth
/// more than
/// what is known; when there is none, the stage is done (Flanigan and others, Nature 2021, supplement). Each stage ends with a bound that rests on
/// the
/// solver's word for one programme in whole numbers; the bound of ``RelaxedLeximin`` rests on no word.
struct ColumnLeximin {
  /// For each type the chance of each of its people under ``portfolio``.
  private(set) var chances: [Double] = []
  /// Panels with their probabilities, those above zero.
  private(set) var portfolio: [(panel: [Int32], probability: Double)] = []
  /// For each stage: the chance found, the solver's bound on it, the types fixed.
  private(set) var stages: [(chance: Double, bound: Double, types: [Int])] = []
  /// Whether every stage was brought to its end within the work allowed.
  private(set) var isComplete = true

  private let sizes: [Double]
  private let polytope: PanelPolytope
  private var panels: [[Int32]] = []
  private var known = Set<[Int32]>()
  private let warm: any WarmProgram

  /// A gain in a stage below this is none.
  private static let tolerance = 1e-7

  /// - Parameters:
  ///   - start: panels to begin with; not empty.
  ///   - pricings: how many programmes in whole numbers may be solved.
  init(
    _ typed: TypedPool, solver: some LinearSolver, start: [[Int32]], stagesAtMost: Int, pricings: Int, progress: (Int) -> Void
  ) throws(SolverFault) {
    polytope = PanelPolytope(typed)
    sizes = typed.types.map { Double($0.members.count) }
    let count = sizes.count
    var program = LinearProgram(rows: [LinearProgram.Row](repeating: LinearProgram.Row(lower: 0), count: count))
    program.rows.append(LinearProgram.Row(lower: 1, upper: 1))
    program.columns.append(
      LinearProgram.Column(
        objective: 1, upper: 1, entries: typed.types.enumerated().map { (row: $0.offset, value: -Double($0.element.members.count)) }))
    warm = solver.keep(program)
    for panel in start { add(panel) }
    var fixed = [Double?](repeating: nil, count: count)
    var left = pricings
    while stages.count < stagesAtMost, fixed.contains(nil) {
      let stage = try solveStage(solver, fixed: fixed, left: &left, progress: progress)
      stages.append(stage)
      for type in stage.types {
        fixed[type] = stage.chance
        warm.set(value: 0, row: type, column: 0)
        warm.set(lower: max(0, stage.chance * sizes[type] - 1e-8), upper: .infinity, ofRow: type)
      }
      if left <= 0 {
        isComplete = !fixed.contains(nil)
        break
      }
    }
    try conclude()
  }

  private mutating func add(_ panel: [Int32]) {
    guard known.insert(panel).inserted else { return }
    panels.append(panel)
    let seats = panel.indices.filter { panel[$0] > 0 }.map { (row: $0, value: Double(panel[$0])) }
    warm.append(LinearProgram.Column(entries: seats + [(row: sizes.count, value: 1)]))
  }

  private mutating func solveStage(
    _ solver: some LinearSolver, fixed: [Double?], left: inout Int, progress: (Int) -> Void
  ) throws(SolverFault) -> (chance: Double, bound: Double, types: [Int]) {
    var best = 1.0
    while true {
      let solution = try warm.solve()
      let weights = sizes.indices.map { max(0, -solution.prices[$0]) }
      let chance = min(1, max(0, solution.values[0]))
      var held = sizes.indices.filter { fixed[$0] == nil && weights[$0] * sizes[$0] > 1e-6 }
      if held.isEmpty { held = sizes.indices.filter { fixed[$0] == nil } }
      let price = solution.prices[sizes.count]
      guard chance < 1 - 1e-9, left > 0 else { return (chance, min(1, best), held) }
      left -= 1
      progress(panels.count)
      let priced = try solver.wholeNumbers(polytope.program(objectives: weights), relativeGap: 0, seconds: 60)
      best = min(best, chance + max(0, priced.bound - price))
      let panel = priced.values.map { Int32($0) }
      if priced.objective <= price + Self.tolerance || known.contains(panel) { return (chance, min(1, best), held) }
      add(panel)
    }
  }

  private mutating func conclude() throws(SolverFault) {
    let solution = try warm.solve()
    var total = 0.0
    for (place, panel) in panels.enumerated() where solution.values[place + 1] > 1e-9 {
      portfolio.append((panel, solution.values[place + 1]))
      total += solution.values[place + 1]
    }
    chances = sizes.indices.map { type in
      portfolio.reduce(0) { $0 + Double($1.panel[type]) * $1.probability } / (total * sizes[type])
    }
  }
}
