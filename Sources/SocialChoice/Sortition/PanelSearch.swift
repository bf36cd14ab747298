/// Looks for the panel that is worth most.
///
/// A linear programme gives a nearly whole answer (a corner of the polytope has few fractions); it is rounded, and a ``SeatWalk`` goes from there to a
/// panel. Whether none is worth more is not proven, and nothing built on it needs that. Some milliseconds for 1,000 types and 100 seats.
struct PanelSearch {
  private let rows: SeatRows
  private let panelSize: Int
  private let warm: any WarmProgram

  private static let descentAtMost = 400

  init(_ typed: TypedPool, _ polytope: PanelPolytope, solver: some LinearSolver) {
    rows = SeatRows(typed, polytope)
    panelSize = typed.pool.panelSize
    var program = LinearProgram(rows: zip(polytope.lower, polytope.upper).map { LinearProgram.Row(lower: Double($0), upper: Double($1)) })
    for (type, limit) in polytope.limits.enumerated() {
      let entries = polytope.rowsOfType[type].map { (row: $0, value: 1.0) }
      for _ in 0..<Segments.count(limit: limit) { program.columns.append(LinearProgram.Column(entries: entries)) }
    }
    warm = solver.keep(program)
  }

  /// The panel found, as seats for each type, or nil if the search ended outside of the quotas.
  ///
  /// - Parameters:
  ///   - steps: how many steps it may go on where the way down does not end on a panel.
  ///   - isPatient: whether it goes on in any case, for a panel of more worth.
  func best(_ worth: SeatWorth, steps: Int, isPatient: Bool = false) -> [Int32]? {
    guard let start = rounded(worth) else { return nil }
    var walk = SeatWalk(rows, seats: start, worth: worth)
    walk.descend(steps: Self.descentAtMost)
    walk.seek(steps: steps, isPatient: isPatient)
    return walk.outside == 0 ? walk.seats : nil
  }

  /// The best fractional panel, rounded to a panel's size: nearly a panel, since a corner of the polytope has few fractions.
  private func rounded(_ worth: SeatWorth) -> [Int32]? {
    var place = 0
    for type in worth.first.indices {
      let segments = Segments(wish: worth.wish(type), limit: Int(rows.limits[type]))
      for segment in segments.all {
        warm.set(objective: worth.next(type, after: Double(segment.first)), ofColumn: place)
        warm.set(lower: 0, upper: Double(segment.width), ofColumn: place)
        place += 1
      }
    }
    guard let solution = try? warm.solve() else { return nil }
    var seats: [Int32] = []
    var fractions: [(part: Double, type: Int)] = []
    place = 0
    for type in worth.first.indices {
      var value = 0.0
      for _ in 0..<Segments.count(limit: Int(rows.limits[type])) {
        value += solution.values[place]
        place += 1
      }
      let whole = (value + 1e-6).rounded(.down)
      seats.append(min(rows.limits[type], Int32(max(0, whole))))
      if value - whole > 1e-6 { fractions.append((value - whole, type)) }
    }
    var missing = panelSize - seats.reduce(0) { $0 + Int($1) }
    for (_, type) in fractions.sorted(by: { ($1.part, $0.type) < ($0.part, $1.type) }) where missing > 0 {
      seats[type] += 1
      missing -= 1
    }
    return missing == 0 ? seats : nil
  }
}

/// The seats of one type as a few columns of a linear programme, each worth less than the one before: one by one near the wish, in two blocks below
/// and above.
private struct Segments {
  let all: [(first: Int, width: Int)]

  static func count(limit: Int) -> Int { min(limit, 5) }

  init(wish: Double, limit: Int) {
    guard limit > 5 else {
      all = (0..<limit).map { ($0, 1) }
      return
    }
    let base = min(limit - 4, max(1, Int(max(0, min(Double(limit), wish)).rounded(.down)) - 1))
    all = [(base - 1, base), (base, 1), (base + 1, 1), (base + 2, 1), (base + 3, limit - base - 3)]
  }
}
