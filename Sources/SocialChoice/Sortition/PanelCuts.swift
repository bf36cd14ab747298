/// What every panel keeps though the polytope of the quotas does not say so: weighted sums of seats that no panel exceeds.
///
/// Of three people of whom any two share a full feature a panel seats one; the polytope would seat each by half. Where a lottery stays short of the ideal,
/// column generation over the types that are short asks whether any lottery gives all of them their chances. If none does, its prices are such a sum: the
/// solver says how much of it the best panel has, and the ideal has more. With the sum as a row the ideal comes nearer to what panels give (cutting planes,
/// R. Gomory 1958). Each rests on the solver's word for one programme in whole numbers.
struct PanelCuts {
  /// For a sum of seats, each times the weight of its type: the most that a panel has.
  struct Cut: Sendable {
    let weights: [(type: Int, weight: Double)]
    let most: Double
  }

  private(set) var cuts: [Cut] = []
  /// Panels known at the beginning or found on the way.
  private(set) var panels: [[Int32]]

  private let typed: TypedPool
  private let polytope: PanelPolytope
  private let search: PanelSearch
  private var pricingsLeft: Int
  /// How many panels of worth the solver may still name without proof: where it cannot prove one, it is slow and finds little.
  private var unprovenLeft = 20

  /// For the best panel at given prices; up to 72 were seen where quotas leave some room.
  private static let nodes = 2_000
  /// How many steps a search for a panel of worth may go on.
  private static let steps = 1_000
  /// By how much a panel must be worth more than those known.
  private static let better = 1e-6
  /// Chances that can be missed by less are reached.
  private static let reached = 1e-4
  /// A cut this deep is taken, as a part of how short the panels known fall: to find the deepest takes many more panels.
  private static let depth = 0.5

  /// - Parameters:
  ///   - known: panels to begin with; not empty.
  ///   - pricings: how many panels of worth may be asked for in all.
  init(_ typed: TypedPool, _ polytope: PanelPolytope, known: [[Int32]], pricings: Int, solver: some LinearSolver) {
    self.typed = typed
    self.polytope = polytope
    search = PanelSearch(typed, polytope, solver: solver)
    panels = known
    pricingsLeft = pricings
  }

  /// A panel worth more at these prices, if the search finds one: at once, or with patience.
  private func worthier(than known: Double, _ prices: [Double]) -> [Int32]? {
    for isPatient in [false, true] {
      guard let panel = search.best(SeatWorth(of: prices), steps: Self.steps, isPatient: isPatient) else { continue }
      if zip(panel, prices).reduce(0, { $0 + Double($1.0) * $1.1 }) > known + Self.better { return panel }
    }
    return nil
  }

  /// Looks for a cut that says why these types cannot all have their chances; false if some lottery gives them, if the work allowed is done, or if the
  /// solver gives up.
  mutating func find(_ types: [Int], chances: [Double], solver: some LinearSolver, progress: (Int) -> Void) -> Bool {
    let sizes = types.map { Double(typed.types[$0].members.count) }
    let mixing = PanelMixing(typed, types, chances: chances, panels: panels, solver: solver)
    while pricingsLeft > 0, let mix = try? mixing.solve() {
      if mix.short <= Self.reached { return false }
      var objectives = [Double](repeating: 0, count: typed.types.count)
      for (place, type) in types.enumerated() { objectives[type] = mix.prices[place] }
      pricingsLeft -= 1
      progress(panels.count)
      // Prices times people add up to one, so that this is a chance; panels known are worth at most what is wished less what they fall short.
      let wished = types.indices.reduce(0) { $0 + mix.prices[$1] * sizes[$1] * chances[types[$1]] }
      if let panel = worthier(than: wished - mix.short, objectives) {
        panels.append(panel)
        mixing.append(panel)
        continue
      }
      guard let best = try? solver.wholeNumbers(polytope.program(objectives: objectives), nodes: Self.nodes) else { return false }
      if best.bound > best.objective + 1e-9 { unprovenLeft -= 1 }
      let depth = wished - best.bound
      if depth > Self.reached, depth >= mix.short * Self.depth {
        cuts.append(Cut(weights: zip(types, mix.prices).filter { $0.1 > 0 }.map { ($0.0, $0.1) }, most: best.bound))
        return true
      }
      let panel = best.values.map { Int32($0) }
      guard unprovenLeft > 0, typed.accepts(TypePanel(counts: panel.map { Int($0) })), !panels.contains(panel) else { return false }
      panels.append(panel)
      mixing.append(panel)
    }
    return false
  }
}
