/// A lottery over types: so many panels, each as likely as each other, whose seats add up to wished chances.
///
/// Either panels are taken one after the other, each as near as can be to what the wishes are still owed (as in the quota method of apportionment, and in
/// “herding”): what is owed stays of the size of one seat where there are panels for it, so that after 1,000 panels nobody's chance is off by much more than
/// 1/1,000. Or panels that are known are mixed: a lottery in fractions is rounded. Then panels are mended until nobody is below ``floors``, or nothing helps.
struct TypeLottery {
  /// Seats for each type, one row a panel.
  private(set) var panels: [[Int32]] = []
  /// How many seats each type has over all panels.
  private(set) var totals: [Int]
  /// What each type is wished over all panels, in seats.
  let wishes: [Double]
  /// What each type should have over all panels at least, in seats: its people's chances, each rounded down to a multiple of one panel's.
  let floors: [Int]
  private let sizes: [Double]
  private let typed: TypedPool
  private let search: PanelSearch
  /// Panels that may be exchanged for those drawn.
  private var met: [[Int32]] = []
  /// How many moves of seats were looked at so far.
  private var effort = 0

  private init(_ typed: TypedPool, _ polytope: PanelPolytope, chances: [Double], count: Int, solver: some LinearSolver) {
    sizes = typed.types.map { Double($0.members.count) }
    wishes = zip(chances, sizes).map { $0 * $1 * Double(count) }
    floors = zip(chances, typed.types).map { Int(($0 * Double(count) + 1e-6).rounded(.down)) * $1.members.count }
    totals = [Int](repeating: 0, count: typed.types.count)
    self.typed = typed
    search = PanelSearch(typed, polytope, solver: solver)
  }

  /// - Parameters:
  ///   - chances: for each type the chance of each of its people.
  ///   - known: panels to fall back on when the search finds none; not empty.
  ///   - progress: is told how many panels there are.
  init(
    _ typed: TypedPool, _ polytope: PanelPolytope, chances: [Double], count: Int, known: [[Int32]], solver: some LinearSolver, progress: (Int) -> Void
  ) {
    self.init(typed, polytope, chances: chances, count: count, solver: solver)
    var owed = [Double](repeating: 0, count: wishes.count)
    for place in 0..<count {
      for type in owed.indices { owed[type] += wishes[type] / Double(count) }
      let found = search.best(SeatWorth(nearTo: owed, typed), steps: Self.steps)
      let panel = nearest(of: known + (found.map { [$0] } ?? []), to: owed)
      for type in owed.indices {
        owed[type] -= Double(panel[type])
        totals[type] += Int(panel[type])
      }
      panels.append(panel)
      progress(place + 1)
    }
  }

  /// Mixes the panels known so that the lottery in fractions comes nearest to the chances, and rounds it: an error of a seat or so for each type, most of which
  /// exchanges of whole panels take away. Nil if the solver gives up.
  ///
  /// - Parameter chances: for each type the chance of each of its people.
  init?(mixing known: [[Int32]], _ typed: TypedPool, _ polytope: PanelPolytope, chances: [Double], count: Int, solver: some LinearSolver) {
    self.init(typed, polytope, chances: chances, count: count, solver: solver)
    met = Self.sorted(Set(known))
    guard let mix = try? PanelMixing(typed, Array(chances.indices), chances: chances, panels: met, solver: solver).solve() else { return nil }
    exchangePanels(drawn: mix.rounded(to: count))
  }

  private static func sorted(_ panels: Set<[Int32]>) -> [[Int32]] { panels.sorted { $0.lexicographicallyPrecedes($1) } }

  /// The seats that are missing to the floors.
  var missing: Int { zip(floors, totals).reduce(0) { $0 + max(0, $1.0 - $1.1) } }

  /// What is missing, each type's by its square over its people.
  private var need: Double {
    totals.indices.reduce(0) { sum, type in
      let missing = Double(max(0, floors[type] - totals[type]))
      return sum + missing * missing / sizes[type]
    }
  }

  private func nearest(of known: [[Int32]], to owed: [Double]) -> [Int32] {
    func distance(_ panel: [Int32]) -> Double {
      panel.indices.reduce(0) { $0 + (owed[$1] - Double(panel[$1])) * (owed[$1] - Double(panel[$1])) / sizes[$1] }
    }
    return known.min { distance($0) < distance($1) } ?? []
  }

  /// Moves single seats until nobody is below the floors; where no path of moves helps, a panel is looked for anew that seats those who are owed, and the
  /// moves are tried again. What makes it worse is not done. Now and then whole panels are exchanged for those met.
  ///
  /// - Parameters:
  ///   - turns: it ends after so many.
  ///   - walks: whether a search goes on where the way down does not end on a panel.
  ///   - effortAtMost: it ends when all turns, also of earlier calls, have looked at so many moves.
  mutating func mend(_ polytope: PanelPolytope, turns: Int, walks: Bool = false, effortAtMost: Int = Self.effortAtMost) {
    exchangeSeats(polytope)
    for turn in 0..<turns where missing > 0 && effort < effortAtMost {
      if turn % Self.betweenExchanges == Self.betweenExchanges - 1 { exchangePanels() }
      let place = turn * 379 % panels.count
      let panel = panels[place]
      let wish = panel.indices.map { type in
        wishes[type] - Double(totals[type]) + Double(panel[type]) + (totals[type] - Int(panel[type]) < floors[type] ? Self.urgency : 0)
      }
      guard let other = search.best(SeatWorth(nearTo: wish, typed), steps: walks ? Self.steps : 0), other != panel else { continue }
      met.append(other)
      var tried = self
      for type in panel.indices { tried.totals[type] += Int(other[type] - panel[type]) }
      tried.panels[place] = other
      tried.exchangeSeats(polytope)
      // What is no worse is done, too: it leads to places from which something helps.
      if tried.need <= need { self = tried } else { effort = tried.effort }
    }
  }

  private static let urgency = 2.0
  /// How many turns lie between two exchanges of whole panels.
  private static let betweenExchanges = 50
  /// How many steps a search may go on for a panel.
  private static let steps = 500
  /// A few minutes of work.
  static let effortAtMost = 20_000_000_000

  private mutating func exchangePanels() {
    let drawn = panels.reduce(into: [[Int32]: Int]()) { $0[$1, default: 0] += 1 }
    met = Self.sorted(Set(met).union(drawn.keys))
    exchangePanels(drawn: met.map { drawn[$0] ?? 0 })
  }

  /// - Parameter drawn: how often each of the panels met is in the lottery.
  private mutating func exchangePanels(drawn: [Int]) {
    var exchange = PanelExchange(known: met, counts: drawn, floors: floors, wishes: wishes, sizes: sizes)
    exchange.run()
    panels = zip(met, exchange.counts).flatMap { [[Int32]](repeating: $0, count: $1) }
    totals = exchange.totals
  }

  private mutating func exchangeSeats(_ polytope: PanelPolytope) {
    var exchange = SeatExchange(panels: panels, totals: totals, floors: floors, wishes: wishes, polytope: polytope)
    exchange.run(widest: 200)
    panels = exchange.panels
    totals = exchange.totals
    effort += exchange.looked
  }
}
