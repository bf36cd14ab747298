/// The rows of a polytope and its types as flat arrays, for those who change one seat after another.
struct SeatRows: Sendable {
  /// How many places each type has in ``rows``.
  let width: Int
  /// For each type its rows, `width` of them, in one array; unused places hold the row past the last, which has no bounds.
  let rows: [Int32]
  let lower: [Int32]
  let upper: [Int32]
  let limits: [Int32]

  init(_ typed: TypedPool, _ polytope: PanelPolytope) {
    let rowCount = polytope.lower.count - 1
    width = typed.types.reduce(0) { max($0, $1.features.count) } + 1
    var rows: [Int32] = []
    for of in polytope.rowsOfType {
      rows += of.dropFirst().map { Int32($0 - 1) }
      rows += [Int32](repeating: Int32(rowCount), count: width - of.count + 1)
    }
    self.rows = rows
    lower = polytope.lower.dropFirst().map { Int32($0) } + [Int32.min / 2]
    upper = polytope.upper.dropFirst().map { Int32(clamping: $0) } + [Int32.max]
    limits = polytope.limits.map { Int32($0) }
  }
}

/// What seats are worth to a search: for each type its first seat, and by how much each further one is worth less.
struct SeatWorth: Sendable {
  let first: [Double]
  /// From 0.
  let fall: [Double]

  /// A panel is worth the more the nearer it is to wished seats: the smaller Σ (wish − seats)² / people over types.
  init(nearTo wishes: [Double], _ typed: TypedPool) {
    let shares = typed.types.map { 1 / Double($0.members.count) }
    first = zip(wishes, shares).map { (2 * $0 - 1) * $1 }
    fall = shares.map { 2 * $0 }
  }

  /// Each seat of a type is worth as much as another.
  init(of prices: [Double]) {
    first = prices
    fall = [Double](repeating: 0, count: prices.count)
  }

  /// What the seat after so many is worth.
  func next(_ type: Int, after seats: Double) -> Double { first[type] - fall[type] * seats }

  /// The seats after which a further one is worth nothing; 0 where all are worth the same.
  func wish(_ type: Int) -> Double { fall[type] > 0 ? first[type] / fall[type] + 0.5 : 0 }
}

/// Seats on their way to a panel: one after another changes its type, always by the change that brings the quotas nearest and, at equal quotas, makes
/// the seats worth most.
///
/// Where no change makes it better, a walk may go on: the best change is made though it makes it worse, and for some steps the types that gave or took
/// a seat may not do the opposite, so that it does not go back (tabu search, F. Glover, ORSA Journal on Computing 1, 1989). O(seats · types · categories) a step.
struct SeatWalk {
  private let rows: SeatRows
  private let worth: SeatWorth
  private(set) var seats: [Int32]
  /// How many seats each row has.
  private var filled: [Int32]
  /// What is walked down: ``violation`` for each seat outside of the quotas, less what the seats are worth, but for a constant.
  private var height = 0.0
  /// The step from which on each type may take, and give, a seat again.
  private var mayTake: [Int]
  private var mayGive: [Int]

  private static let violation = 1_000.0

  init(_ rows: SeatRows, seats: [Int32], worth: SeatWorth) {
    self.rows = rows
    self.worth = worth
    self.seats = seats
    filled = [Int32](repeating: 0, count: rows.lower.count)
    mayTake = [Int](repeating: 0, count: seats.count)
    mayGive = mayTake
    for type in seats.indices where seats[type] > 0 { fill(type, by: seats[type]) }
  }

  /// How many seats are outside of the quotas; 0 for a panel.
  var outside: Int32 {
    filled.indices.reduce(0) { $0 + max(0, rows.lower[$1] - filled[$1], filled[$1] - rows.upper[$1]) }
  }

  /// Walks down until no change of one seat makes it better, or for so many steps.
  mutating func descend(steps: Int) {
    for _ in 0..<steps {
      guard let change = best(below: -1e-9, at: .max) else { return }
      make(change)
    }
  }

  /// Walks on, up and down, until it stands on a panel or for so many steps.
  ///
  /// - Parameter isPatient: whether it walks on past panels for all of these; then it ends on the panel of most worth.
  mutating func seek(steps: Int, isPatient: Bool) {
    var lowest = height
    var panel = outside == 0 ? seats : nil
    defer { if let panel { self = SeatWalk(rows, seats: panel, worth: worth) } }
    for step in 0..<steps {
      guard isPatient || panel == nil, let change = best(below: .infinity, at: step, lowest: lowest - height) else { return }
      make(change)
      if height < lowest - 1e-9 {
        lowest = height
        if outside == 0 { panel = seats }
      }
      // Of changing lengths, so that the walk does not go round.
      mayTake[change.out] = step + 4 + step * 7 % 11
      mayGive[change.into] = step + 3 + step * 3 % 5
    }
  }

  private struct Change {
    var loss: Double
    let out: Int
    let into: Int
  }

  private mutating func fill(_ type: Int, by count: Int32) {
    for place in type * rows.width..<(type + 1) * rows.width { filled[Int(rows.rows[place])] += count }
  }

  private mutating func make(_ change: Change) {
    seats[change.out] -= 1
    seats[change.into] += 1
    fill(change.out, by: -1)
    fill(change.into, by: 1)
    height += change.loss
  }

  /// The best change of one seat whose loss is below `most`; nil if there is none. At step `step` types that rest take no part, unless the loss is
  /// below `lowest`.
  private func best(below most: Double, at step: Int, lowest: Double = -.infinity) -> Change? {
    // What one seat less or more in a row does to the number of seats outside of its bounds.
    let less = filled.indices.map { row in filled[row] > rows.upper[row] ? -Self.violation : filled[row] <= rows.lower[row] ? Self.violation : 0 }
    let more = filled.indices.map { row in filled[row] < rows.lower[row] ? -Self.violation : filled[row] >= rows.upper[row] ? Self.violation : 0 }
    let width = rows.width
    var best = Change(loss: most, out: -1, into: -1)
    let joins = seats.indices.filter { seats[$0] < rows.limits[$0] }
    let gains = joins.map { -worth.next($0, after: Double(seats[$0])) }
    let leastGain = gains.min() ?? 0
    rows.rows.withUnsafeBufferPointer { rowsOf in
      less.withUnsafeBufferPointer { less in
        more.withUnsafeBufferPointer { more in
          for out in seats.indices where seats[out] > 0 {
            let leaving = worth.next(out, after: Double(seats[out] - 1))
            var least = leaving + leastGain
            for place in 0..<width { least += min(0, less[Int(rowsOf[out * width + place])]) }
            if least - Self.violation * Double(width) >= best.loss { continue }
            for (place, into) in joins.enumerated() where into != out {
              var loss = leaving + gains[place]
              if loss - 2 * Self.violation * Double(width) >= best.loss { continue }
              for column in 0..<width {
                let from = Int(rowsOf[out * width + column])
                let to = Int(rowsOf[into * width + column])
                if from != to { loss += less[from] + more[to] }
              }
              guard loss < best.loss else { continue }
              if (mayGive[out] > step || mayTake[into] > step) && loss >= lowest { continue }
              best = Change(loss: loss, out: out, into: into)
            }
          }
        }
      }
    }
    return best.out < 0 ? nil : best
  }
}
