/// A change of quotas with which a panel exists: the smallest, unless the solver gave up before it knew.
package struct QuotaRelaxation: Sendable, Hashable {
  /// A quota and its new bounds, in seats.
  package struct Change: Sendable, Hashable {
    /// The number of the quota.
    package let quota: Int
    package let minimum: Int
    package let maximum: Int
  }
  /// The quotas that change, with their new bounds.
  package let changes: [Change]
  /// By how many seats minima went down and maxima up, in all.
  package let seats: Int
  /// No panel exists with fewer, the solver says; less than ``seats`` where it gave up before it knew.
  package let atLeast: Int

  /// Whether no smaller change would do.
  package var isProvenSmallest: Bool { seats <= atLeast }

  /// Asks for the panel whose seats lie outside of the quotas by as little as can be, in all. Of several smallest relaxations it is the solver's
  /// first.
  ///
  /// - Throws: ``SolverFault/infeasible`` when no quotas would help: too few people or households for the seats; ``SolverFault/stopped`` when the solver
  ///   gave up before it found anything, or found something that is no panel.
  package init(_ typed: TypedPool, solver: some LinearSolver) throws(SolverFault) {
    let polytope = PanelPolytope(typed)
    let types = typed.types.count
    var program = polytope.program(objectives: [Double](repeating: 0, count: types))
    let seats = Double(typed.pool.panelSize)
    var columns: [(lowered: Int, raised: Int)] = []
    for (row, meaning) in polytope.meanings.enumerated() {
      guard case .quota = meaning else { continue }
      columns.append((program.columns.count, program.columns.count + 1))
      program.columns.append(LinearProgram.Column(objective: -1, upper: seats, entries: [(row: row, value: 1)]))
      program.columns.append(
        LinearProgram.Column(objective: -1, upper: seats, entries: [(row: row, value: -1)]))
    }
    let solution = try solver.wholeNumbers(program, nodes: 200_000)
    var changes: [Change] = []
    var total = 0
    for (quota, place) in columns.enumerated() {
      let lowered = Int(solution.values[place.lowered])
      let raised = Int(solution.values[place.raised])
      guard lowered + raised > 0 else { continue }
      let old = typed.pool.quotas[quota]
      changes.append(Change(quota: quota, minimum: old.minimum - lowered, maximum: old.maximum + raised))
      total += lowered + raised
    }
    self.changes = changes
    self.seats = total
    // At least one: the quotas as they are admit no panel. A solver that was stopped early may know no bound.
    let bound = -solution.bound
    atLeast = min(total, bound.isFinite && bound > 1 ? Int(min(bound - 1e-6, Double(total)).rounded(.up)) : 1)
    let panel = TypePanel(counts: solution.values.prefix(types).map { Int($0) })
    guard TypedPool(applied(to: typed.pool)).accepts(panel) else { throw .stopped }
  }

  /// The pool with the changed quotas.
  package func applied(to pool: SortitionPool) -> SortitionPool {
    var changed = pool
    for change in changes {
      changed.quotas[change.quota].minimum = change.minimum
      changed.quotas[change.quota].maximum = change.maximum
    }
    return changed
  }
}
