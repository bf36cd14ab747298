/// Panels over types that give everybody nearly the chance aimed at, and what was aimed at.
struct LotteryPlan {
  /// Seats for each type, one row a panel.
  let panels: [[Int32]]
  /// For each type the chance aimed at.
  let aims: [Double]
  /// Whether the aims were lowered by cuts because the polytope promises too much.
  let usedPanels: Bool

  private static let cutsAtMost = 200
  private static let pricingsAtMost = 1_500
  /// A thousandth, and a millionth for roundings.
  private static let reached = 1e-3 + 1e-6

  /// Aims at the ideal first; where people stay more than one panel in a thousand below it, ``PanelCuts`` lower the aims to what panels can give.
  init(
    _ typed: TypedPool, _ polytope: PanelPolytope, ideal: RelaxedLeximin, first: [Int32], size: Int, stagesAtMost: Int, solver: some LinearSolver,
    progress: (String, Int, Int?) -> Void
  ) {
    func lottery(_ chances: [Double], known: [[Int32]]) -> TypeLottery {
      TypeLottery(typed, polytope, chances: chances, count: size, known: known, solver: solver) { progress("panels", $0, size) }
    }
    var aims = ideal.chances
    var found = lottery(aims, known: [first])
    var cuts = PanelCuts(typed, polytope, known: [first] + found.panels, pricings: Self.pricingsAtMost, solver: solver)
    var isShort: Bool { !found.short(typed, of: aims, by: Self.reached).isEmpty }
    func lower(_ types: [Int]) -> Bool {
      guard cuts.cuts.count < Self.cutsAtMost,
        cuts.find(types, chances: aims, solver: solver, progress: { progress("panels known", $0, nil) }),
        let lowered = try? RelaxedLeximin(typed, solver: solver, cuts: cuts.cuts, stagesAtMost: stagesAtMost)
      else { return false }
      aims = lowered.chances
      found = lottery(aims, known: cuts.panels)
      return true
    }
    // A cut is cheap; to mend what cannot be mended is not. Those who are short say most, then all together.
    while isShort, lower(found.short(typed, of: aims, by: Self.reached)) || lower(Array(aims.indices)) {}
    // Most often a few seats are all that is wrong.
    found.mend(polytope, turns: 30)
    // No cut: the panels known give everybody their chances, or nearly, if each may be drawn a fraction of a time.
    if isShort, let mixed = TypeLottery(mixing: cuts.panels + found.panels, typed, polytope, chances: aims, count: size, solver: solver),
      mixed.shortfall(typed, of: aims) < found.shortfall(typed, of: aims)
    {
      found = mixed
    }
    // In tight pools few ways down end on a panel.
    found.mend(polytope, turns: 300, walks: isShort)
    if isShort { found.mend(polytope, turns: 900, walks: true) }
    panels = found.panels
    self.aims = aims
    usedPanels = aims != ideal.chances
  }
}

extension TypeLottery {
  /// By how much the least seated of a type's people stay below a chance; negative where they are above.
  private func shortfall(_ typed: TypedPool, _ type: Int, of chance: Double) -> Double {
    chance - Double(totals[type] / typed.types[type].members.count) / Double(max(1, panels.count))
  }

  /// By how much, at most, the least seated of a type's people stay below these chances.
  func shortfall(_ typed: TypedPool, of chances: [Double]) -> Double {
    chances.indices.reduce(0) { max($0, shortfall(typed, $1, of: chances[$1])) }
  }

  /// The types whose least seated people stay below these chances by more.
  func short(_ typed: TypedPool, of chances: [Double], by most: Double) -> [Int] {
    chances.indices.filter { shortfall(typed, $0, of: chances[$0]) > most }
  }
}
