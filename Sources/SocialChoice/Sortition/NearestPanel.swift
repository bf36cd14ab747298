/// Looks for the panel nearest to wished seats: the one that makes Σ (wish − seats)² / people smallest, over types.
///
/// A linear programme over the wishes gives a nearly whole answer (a corner of the polytope has few fractions); it is rounded, and then one seat
/// after another
/// changes its type as long as that brings the quotas nearer or, at equal quotas, the panel nearer to the wish. What it returns is a panel; whether
/// it is
/// the nearest is not proven, and nothing built on it needs that. Some milliseconds for 1,000 types and 100 seats.
struct NearestPanel {
  private let width: Int
  /// For each type its rows, `width` of them, in one array; unused places hold the row past the last, which has no bounds.
  private let rows: [Int32]
  private let lower: [Int32]
  private let upper: [Int32]
  private let limits: [Int32]
  private let inverseSizes: [Double]
  private let panelSize: Int
  private let warm: any WarmProgram

  private static let violation = 1_000.0
  private static let stepsAtMost = 400

  init(_ typed: TypedPool, _ polytope: PanelPolytope, solver: some LinearSolver) {
    let rowCount = polytope.lower.count - 1
    width = typed.types.reduce(0) { max($0, $1.features.count) } + 1
    var rows: [Int32] = []
    for of in polytope.rowsOfType {
      rows += of.dropFirst().map { Int32($0 - 1) }
      rows += [Int32](repeating: Int32(rowCount), count: width - of.count + 1)
    }
    self.rows = rows
    lower = polytope.lower.dropFirst().map { Int32($0) } + [0]
    upper = polytope.upper.dropFirst().map { Int32(clamping: $0) } + [Int32.max]
    limits = polytope.limits.map { Int32($0) }
    inverseSizes = typed.types.map { 1 / Double($0.members.count) }
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
  /// - Parameter start: a panel to begin with; nil to begin with the wishes.
  func search(wishes: [Double], start: [Int32]? = nil) -> [Int32]? {
    guard var seats = start ?? rounded(wishes) else { return nil }
    var filled = filling(seats)
    for _ in 0..<Self.stepsAtMost { if !improve(&seats, &filled, wishes) { break } }
    return isKept(filled) ? seats : nil
  }

  /// How many seats each row has.
  private func filling(_ seats: [Int32]) -> [Int32] {
    var filled = [Int32](repeating: 0, count: lower.count)
    for type in seats.indices where seats[type] > 0 {
      for place in type * width..<(type + 1) * width { filled[Int(rows[place])] += seats[type] }
    }
    return filled
  }

  private func isKept(_ filled: [Int32]) -> Bool { filled.indices.dropLast().allSatisfy { lower[$0] <= filled[$0] && filled[$0] <= upper[$0] } }

  /// The best fractional panel, rounded to a panel's size: nearly a panel, since a corner of the polytope has few fractions.
  private func rounded(_ wishes: [Double]) -> [Int32]? {
    var place = 0
    for type in wishes.indices {
      let segments = Segments(wish: wishes[type], limit: Int(limits[type]))
      for segment in segments.all {
        warm.set(objective: (2 * (wishes[type] - Double(segment.first)) - 1) * inverseSizes[type], ofColumn: place)
        warm.set(lower: 0, upper: Double(segment.width), ofColumn: place)
        place += 1
      }
    }
    guard let solution = try? warm.solve() else { return nil }
    var seats: [Int32] = []
    var fractions: [(part: Double, type: Int)] = []
    place = 0
    for type in wishes.indices {
      var value = 0.0
      for _ in 0..<Segments.count(limit: Int(limits[type])) {
        value += solution.values[place]
        place += 1
      }
      let whole = (value + 1e-6).rounded(.down)
      seats.append(min(limits[type], Int32(max(0, whole))))
      if value - whole > 1e-6 { fractions.append((value - whole, type)) }
    }
    var missing = panelSize - seats.reduce(0) { $0 + Int($1) }
    for (_, type) in fractions.sorted(by: { ($1.part, $0.type) < ($0.part, $1.type) }) where missing > 0 {
      seats[type] += 1
      missing -= 1
    }
    return missing == 0 ? seats : nil
  }

  /// Makes the best change of one seat; false if none makes the panel better.
  private func improve(_ seats: inout [Int32], _ filled: inout [Int32], _ wishes: [Double]) -> Bool {
    // What one seat less or more in a row does to the number of seats outside of its bounds.
    let less = filled.indices.map { row -> Double in filled[row] > upper[row] ? -Self.violation : filled[row] <= lower[row] ? Self.violation : 0 }
    let more = filled.indices.map { row -> Double in filled[row] < lower[row] ? -Self.violation : filled[row] >= upper[row] ? Self.violation : 0 }
    let noRow = filled.count - 1
    var best = (loss: -1e-9, out: -1, into: -1)
    let joins = seats.indices.filter { seats[$0] < limits[$0] }
    let gains = joins.map { (1 - 2 * (wishes[$0] - Double(seats[$0]))) * inverseSizes[$0] }
    let leastGain = gains.min() ?? 0
    rows.withUnsafeBufferPointer { rows in
      less.withUnsafeBufferPointer { less in
        more.withUnsafeBufferPointer { more in
          for out in seats.indices where seats[out] > 0 {
            let leaving = (2 * (wishes[out] - Double(seats[out])) + 1) * inverseSizes[out]
            var least = leaving + leastGain
            for place in 0..<width where Int(rows[out * width + place]) != noRow { least += min(0, less[Int(rows[out * width + place])]) }
            if least - Self.violation * Double(width) >= best.loss { continue }
            for (place, into) in joins.enumerated() where into != out {
              var loss = leaving + gains[place]
              if loss - 2 * Self.violation * Double(width) >= best.loss { continue }
              for column in 0..<width {
                let from = Int(rows[out * width + column])
                let to = Int(rows[into * width + column])
                if from != to { loss += (from == noRow ? 0 : less[from]) + (to == noRow ? 0 : more[to]) }
              }
              if loss < best.loss { best = (loss, out, into) }
            }
          }
        }
      }
    }
    guard best.out >= 0 else { return false }
    seats[best.out] -= 1
    seats[best.into] += 1
    for column in 0..<width {
      filled[Int(rows[best.out * width + column])] -= 1
      filled[Int(rows[best.into * width + column])] += 1
    }
    return true
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
