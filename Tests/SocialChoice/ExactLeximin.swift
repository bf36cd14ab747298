@testable import SocialChoice

/// Leximin over all panels of a small pool in exact fractions, each stage with a proof that is checked by hand: no solver has a word in it.
///
/// Stage by stage the lottery λ over panels makes t, the smallest chance of the open people, large, while those of earlier stages keep theirs. For any
/// y ≥ 0 over the people with Σ y = 1 over the open ones, and μ the most that Σ y is in a panel, t is at most μ − Σ (kept chance · y) over the others. Where
/// some y reaches the t of some λ, both are best, and the open people with y > 0 have t in every best lottery.
struct ExactLeximin {
  private(set) var chances: [Fraction]
  /// Whether each stage's lottery and prices proved each other.
  private(set) var isProven = true

  init(people: Int, panels: [[Int]]) {
    var kept = [Fraction?](repeating: nil, count: people)
    while kept.contains(nil), isProven {
      var rows = [panels.map { _ in 1 } + [0]]
      var bounds = [Fraction(1)]
      for person in 0..<people {
        rows.append(panels.map { $0.contains(person) ? -1 : 0 } + [kept[person] == nil ? 1 : 0])
        bounds.append(-(kept[person] ?? .zero))
      }
      var programme = WholeProgramme(rows, bounds, objective: panels.map { _ in 0 } + [1])
      let (lottery, prices) = programme.solve()
      let smallest = lottery[panels.count]
      isProven = Self.proves(panels, kept, lottery, prices, smallest)
      for person in 0..<people where kept[person] == nil && prices[1 + person] > .zero { kept[person] = smallest }
    }
    chances = kept.map { $0 ?? .zero }
  }

  private static func proves(_ panels: [[Int]], _ kept: [Fraction?], _ lottery: [Fraction], _ prices: [Fraction], _ smallest: Fraction) -> Bool {
    let shares = lottery.dropLast()
    guard lottery.allSatisfy({ $0 >= .zero }), shares.reduce(.zero, +) <= Fraction(1), prices.allSatisfy({ $0 >= .zero }) else { return false }
    for (person, chance) in kept.enumerated() {
      let has = zip(panels, shares).reduce(Fraction.zero) { $1.0.contains(person) ? $0 + $1.1 : $0 }
      guard has >= chance ?? smallest else { return false }
    }
    let open = kept.indices.filter { kept[$0] == nil }
    let most = panels.map { $0.reduce(Fraction.zero) { $0 + prices[1 + $1] } }.max() ?? .zero
    let given = kept.indices.reduce(Fraction.zero) { $0 + (kept[$1] ?? .zero) * prices[1 + $1] }
    return open.reduce(Fraction.zero) { $0 + prices[1 + $1] } == Fraction(1) && most - given == smallest
  }
}

/// A linear programme by the plainest simplex, in whole numbers over one denominator: maximise, every row a sum of at most its bound, no variable below
/// zero. It has a solution and an end (what it says is proven elsewhere); the first column and the first row that will do are taken (Bland), so that it
/// does not run in a ring.
struct WholeProgramme {
  /// Rows of [variables, slacks, the helper, bound]; the objective's two below. Each stands for itself over ``denominator``.
  private var table: [[Int128]]
  /// The last pivot: every figure is a minor of the programme, and so the division by it in ``pivot(_:_:)`` leaves no rest (Edmonds).
  private var denominator: Int128 = 1
  private var basis: [Int]
  private let variables: Int
  private let count: Int
  /// What makes all bounds whole.
  private let unit: Int128

  init(_ rows: [[Int]], _ bounds: [Fraction], objective: [Int]) {
    variables = objective.count
    count = rows.count
    // Fraction(unit, below) in lowest terms has below what the unit lacks.
    let unit = bounds.reduce(Int128(1)) { unit, bound in unit * Fraction(unit, bound.below).below }
    self.unit = unit
    let helper = objective.count + rows.count
    basis = rows.indices.map { objective.count + $0 }
    table = rows.enumerated().map { number, row in
      row.map { Int128($0) } + rows.indices.map { $0 == number ? 1 : 0 } + [-1, bounds[number].above * (unit / bounds[number].below)]
    }
    table.append(objective.map { Int128($0) } + rows.map { _ in 0 } + [0, 0])
    table.append([Int128](repeating: 0, count: helper) + [-1, 0])
  }

  /// The variables, and for each row its price.
  mutating func solve() -> (values: [Fraction], prices: [Fraction]) {
    let helper = variables + count
    // The helper lifts all rows at first, and then has to vanish.
    if let lowest = (0..<count).min(by: { table[$0][helper + 1] < table[$1][helper + 1] }), table[lowest][helper + 1] < 0 {
      pivot(lowest, helper)
      climb(objective: count + 1, columns: helper + 1)
      if let row = basis.firstIndex(of: helper), let column = (0..<helper).first(where: { table[row][$0] != 0 }) { pivot(row, column) }
    }
    climb(objective: count, columns: helper)
    var values = [Fraction](repeating: .zero, count: variables)
    for (row, variable) in basis.enumerated() where variable < variables { values[variable] = Fraction(table[row][helper + 1], denominator * unit) }
    return (values, (0..<count).map { Fraction(-table[count][variables + $0], denominator) })
  }

  private mutating func climb(objective: Int, columns: Int) {
    let last = variables + count + 1
    while let column = (0..<columns).first(where: { table[objective][$0] > 0 }) {
      let rows = (0..<count).filter { table[$0][column] > 0 }
      let first = rows.min {
        let (one, other) = (table[$0][last] * table[$1][column], table[$1][last] * table[$0][column])
        return one == other ? basis[$0] < basis[$1] : one < other
      }
      guard let first else { return }
      pivot(first, column)
    }
  }

  private mutating func pivot(_ row: Int, _ column: Int) {
    let sign: Int128 = table[row][column] < 0 ? -1 : 1
    let (by, pivoted) = (sign * table[row][column], table[row].map { sign * $0 })
    for other in table.indices where other != row {
      let times = table[other][column]
      for (place, value) in pivoted.enumerated() { table[other][place] = (by * table[other][place] - times * value) / denominator }
    }
    table[row] = pivoted
    denominator = by
    basis[row] = column
  }
}
