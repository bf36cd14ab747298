/// The constraints that every panel keeps, as rows over types: the size, each quota, each kind of household with several types.
///
/// Every panel is a point of this polytope, and so is every average of panels; not every point of it is an average of panels.
package struct PanelPolytope: Sendable {
  /// What a row counts.
  package enum RowMeaning: Sendable, Hashable {
    case size
    /// The number of a quota.
    case quota(Int)
    /// The number of a kind of household.
    case household(Int)
  }

  package let meanings: [RowMeaning]
  /// For each row the fewest and the most seats.
  package let lower: [Int]
  package let upper: [Int]
  /// For each type the rows in which each of its seats counts one.
  package let rowsOfType: [[Int]]
  /// For each type the most seats.
  package let limits: [Int]

  package init(_ typed: TypedPool) {
    let pool = typed.pool
    let joined = typed.kinds.indices.filter { typed.kinds[$0].types.count > 1 }
    meanings = [.size] + pool.quotas.indices.map { .quota($0) } + joined.map { .household($0) }
    lower = [pool.panelSize] + pool.quotas.map(\.minimum) + joined.map { _ in 0 }
    upper = [pool.panelSize] + pool.quotas.map(\.maximum) + joined.map { typed.kinds[$0].count }
    var rowOfKind = [Int?](repeating: nil, count: typed.kinds.count)
    for (place, kind) in joined.enumerated() { rowOfKind[kind] = 1 + pool.quotas.count + place }
    rowsOfType = typed.types.map { type in [0] + type.features.map { 1 + $0 } + (rowOfKind[type.kind].map { [$0] } ?? []) }
    limits = typed.types.map(\.limit)
  }

  /// The rows and a column for each type, with these objectives.
  func program(objectives: [Double]) -> LinearProgram {
    LinearProgram(
      columns: rowsOfType.indices.map { type in
        LinearProgram.Column(
          objective: objectives[type], upper: Double(limits[type]), entries: rowsOfType[type].map { (row: $0, value: 1) })
      }, rows: zip(lower, upper).map { LinearProgram.Row(lower: Double($0), upper: Double($1)) })
  }
}
