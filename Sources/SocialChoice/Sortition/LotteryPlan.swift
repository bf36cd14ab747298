/// Panels over types that give everybody nearly the chance aimed at, and what was aimed at.
struct LotteryPlan {
  /// Seats for each type, one row a panel.
  let panels: [[Int32]]
  /// For each type the chance aimed at.
  let aims: [Double]
  let usedColumns: Bool

  /// Below this many types leximin over panels may take all the work it needs.
  private static let fewTypes = 100

  /// Above this many, leximin over panels would take hours: the gap that is left is reported.
  private static let manyTypes = 400

  /// Aims at the ideal first; if people stay more than one panel in a thousand below it, finds what panels can give, and aims at that.
  init(
    _ typed: TypedPool, _ polytope: PanelPolytope, ideal: RelaxedLeximin, first: [Int32], size: Int, stagesAtMost: Int, solver: some LinearSolver,
    progress: (String, Int, Int?) -> Void
  ) throws(SolverFault) {
    let direct = Self.lottery(typed, polytope, chances: ideal.chances, size: size, known: [first], solver: solver, progress)
    if typed.types.count > Self.manyTypes || direct.shortfall(typed, of: ideal.chances) <= 1e-3 + 1e-6 {
      panels = direct.panels
      aims = ideal.chances
      usedColumns = false
      return
    }
    let columns = try ColumnLeximin(
      typed, solver: solver, start: [first] + direct.panels, stagesAtMost: stagesAtMost, pricings: typed.types.count <= Self.fewTypes ? 20_000 : 400
    ) { progress("panels known", $0, nil) }
    let second = Self.lottery(
      typed, polytope, chances: columns.chances, size: size, known: columns.portfolio.map(\.panel), solver: solver, progress)
    // Without an end of the stages, what was reached directly may be the better: the smaller of the shortfalls decides.
    let isBetter = columns.isComplete || second.shortfall(typed, of: ideal.chances) < direct.shortfall(typed, of: ideal.chances)
    panels = isBetter ? second.panels : direct.panels
    aims = isBetter ? columns.chances : ideal.chances
    usedColumns = isBetter
  }

  private static func lottery(
    _ typed: TypedPool, _ polytope: PanelPolytope, chances: [Double], size: Int, known: [[Int32]], solver: some LinearSolver,
    _ progress: (String, Int, Int?) -> Void
  ) -> TypeLottery {
    var lottery = TypeLottery(typed, polytope, chances: chances, count: size, known: known, solver: solver) { progress("panels", $0, size) }
    lottery.mend(polytope, turns: 300)
    if lottery.shortfall(typed, of: chances) > 1e-3 + 1e-6 { lottery.mend(polytope, turns: 900) }
    return lottery
  }
}

extension TypeLottery {
  /// By how much, at most, the least seated of a type's people stay below these chances.
  func shortfall(_ typed: TypedPool, of chances: [Double]) -> Double {
    chances.indices.reduce(0) { most, type in
      max(most, chances[type] - Double(totals[type] / typed.types[type].members.count) / Double(max(1, panels.count)))
    }
  }
}
