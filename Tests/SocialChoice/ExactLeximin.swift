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
      var rows: [[Fraction]] = [panels.map { _ in Fraction(1) } + [Fraction(0)]]
      var bounds = [Fraction(1)]
      for person in 0..<people {
        rows.append(panels.map { $0.contains(person) ? Fraction(-1) : .zero } + [kept[person] == nil ? Fraction(1) : .zero])
        bounds.append(-(kept[person] ?? .zero))
      }
      var programme = FractionProgramme(rows, bounds, objective: panels.map { _ in .zero } + [Fraction(1)])
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

/// A linear programme in fractions by the plainest simplex: maximise, every row a sum of at most its bound, no variable below zero. It has a solution and
/// an end (what it says is proven elsewhere); the first column and the first row that will do are taken (Bland), so that it does not run in a ring.
struct FractionProgramme {
  /// Rows of [variables, slacks, the helper, bound]; the objective's two below.
  private var table: [[Fraction]]
  private var basis: [Int]
  private let variables: Int
  private let count: Int

  init(_ rows: [[Fraction]], _ bounds: [Fraction], objective: [Fraction]) {
    variables = objective.count
    count = rows.count
    let helper = objective.count + rows.count
    basis = rows.indices.map { objective.count + $0 }
    table = rows.enumerated().map { number, row in
      row + rows.indices.map { Fraction($0 == number ? 1 : 0) } + [Fraction(-1), bounds[number]]
    }
    table.append(objective + rows.map { _ in .zero } + [.zero, .zero])
    table.append([Fraction](repeating: .zero, count: helper) + [Fraction(-1), .zero])
  }

  /// The variables, and for each row its price.
  mutating func solve() -> (values: [Fraction], prices: [Fraction]) {
    let helper = variables + count
    // The helper lifts all rows at first, and then has to vanish.
    if let lowest = (0..<count).min(by: { table[$0][helper + 1] < table[$1][helper + 1] }), table[lowest][helper + 1] < .zero {
      pivot(lowest, helper)
      climb(objective: count + 1, columns: helper + 1)
      if let row = basis.firstIndex(of: helper), let column = (0..<helper).first(where: { table[row][$0] != .zero }) { pivot(row, column) }
    }
    climb(objective: count, columns: helper)
    var values = [Fraction](repeating: .zero, count: variables)
    for (row, variable) in basis.enumerated() where variable < variables { values[variable] = table[row][helper + 1] }
    return (values, (0..<count).map { -table[count][variables + $0] })
  }

  private mutating func climb(objective: Int, columns: Int) {
    let last = variables + count + 1
    while let column = (0..<columns).first(where: { table[objective][$0] > .zero }) {
      let rows = (0..<count).filter { table[$0][column] > .zero }
      let first = rows.min {
        let (one, other) = (table[$0][last] / table[$0][column], table[$1][last] / table[$1][column])
        return one == other ? basis[$0] < basis[$1] : one < other
      }
      guard let first else { return }
      pivot(first, column)
    }
  }

  private mutating func pivot(_ row: Int, _ column: Int) {
    let by = table[row][column]
    table[row] = table[row].map { $0 == .zero ? $0 : $0 / by }
    for other in table.indices where other != row && table[other][column] != .zero {
      let times = table[other][column]
      for place in table[row].indices where table[row][place] != .zero { table[other][place] = table[other][place] - times * table[row][place] }
    }
    basis[row] = column
  }
}
