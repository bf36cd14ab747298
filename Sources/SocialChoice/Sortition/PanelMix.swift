/// A lottery over panels in fractions: how often each is drawn so that, of some types, the one that falls shortest of its chance falls as little short as can
/// be.
struct PanelMix {
  /// By how much that is: a chance.
  let short: Double
  /// For each panel how often it is drawn; they add up to one.
  let shares: [Double]
  /// For each of the types what a seat is worth to it. Times the people of its type they add up to one.
  let prices: [Double]

  /// Each panel as many times out of `count` as its share says, by largest remainder: the number of each.
  func rounded(to count: Int) -> [Int] {
    let wholes = shares.map { Int(($0 * Double(count) + 1e-9).rounded(.down)) }
    let rests = shares.indices.map { shares[$0] * Double(count) - Double(wholes[$0]) }
    let order = shares.indices.sorted { (rests[$1], $0) < (rests[$0], $1) }
    var counts = wholes
    for place in order.prefix(max(0, count - wholes.reduce(0, +))) { counts[place] += 1 }
    return counts
  }
}

/// The linear programme of a ``PanelMix``, kept while panels come to it.
struct PanelMixing {
  private let types: [Int]
  private let warm: any WarmProgram

  init(_ typed: TypedPool, _ types: [Int], chances: [Double], panels: [[Int32]], solver: some LinearSolver) {
    self.types = types
    let sizes = types.map { Double(typed.types[$0].members.count) }
    var program = LinearProgram(rows: zip(types, sizes).map { LinearProgram.Row(lower: chances[$0] * $1) })
    program.rows.append(LinearProgram.Row(lower: 1, upper: 1))
    program.columns.append(LinearProgram.Column(objective: -1, entries: sizes.enumerated().map { (row: $0.offset, value: $0.element) }))
    warm = solver.keep(program)
    for panel in panels { append(panel) }
  }

  func append(_ panel: [Int32]) {
    let seats = types.indices.filter { panel[types[$0]] > 0 }.map { (row: $0, value: Double(panel[types[$0]])) }
    warm.append(LinearProgram.Column(entries: seats + [(row: types.count, value: 1)]))
  }

  func solve() throws(SolverFault) -> PanelMix {
    let solution = try warm.solve()
    return PanelMix(
      short: solution.values[0], shares: solution.values.dropFirst().map { max(0, $0) }, prices: types.indices.map { max(0, -solution.prices[$0]) })
  }
}
