internal import CCoin
package import SocialChoice
internal import Synchronization

/// COIN-OR's CLP for linear programmes and its CBC for those in whole numbers, as Debian ships them.
///
/// Both run on one thread, and nothing that they answer hangs on a clock: CBC gives up after a number of nodes of its search tree.
package struct CoinSolver: LinearSolver {
  /// CBC's C interface keeps state of its own between calls: one at a time in a process.
  private static let one = Mutex(())

  package init() {}

  /// A programme inside CLP.
  package func keep(_ program: LinearProgram) -> any WarmProgram { ClpProgram(program) }

  /// Solves with CBC; waits for others of this process who do. The bound is CBC's word, and so are optimality and impossibility.
  /// - Throws: `infeasible`; `stopped` when no solution was found within its limit, or at all.
  package func wholeNumbers(_ program: LinearProgram, nodes: Int) throws(SolverFault) -> IntegerSolution {
    try Self.one.withLock { _ throws(SolverFault) in try Self.solve(program, nodes: nodes) }
  }

  private static func solve(_ program: LinearProgram, nodes: Int) throws(SolverFault) -> IntegerSolution {
    guard let model = cbc.Cbc_newModel() else { throw .stopped }
    defer { cbc.Cbc_deleteModel(model) }
    let form = ColumnForm(program)
    cbc.Cbc_loadProblem(
      model, Int32(program.columns.count), Int32(program.rows.count), form.starts, form.rows, form.values, form.lower, form.upper, form.objective,
      form.rowLower, form.rowUpper)
    cbc.Cbc_setObjSense(model, -1)
    for column in program.columns.indices { cbc.Cbc_setInteger(model, Int32(column)) }
    cbc.Cbc_setLogLevel(model, 0)
    for (name, value) in [("log", "0"), ("ratioGap", "0"), ("allowableGap", "1e-9"), ("maxNodes", "\(nodes)"), ("randomCbcSeed", "1")] {
      cbc.Cbc_setParameter(model, name, value)
    }
    cbc.Cbc_solve(model)
    if cbc.Cbc_isProvenInfeasible(model) != 0 { throw .infeasible }
    guard let best = cbc.Cbc_bestSolution(model) else { throw .stopped }
    let values = (0..<program.columns.count).map { best[$0].rounded() }
    let objective = zip(values, program.columns).reduce(0) { $0 + $1.0 * $1.1.objective }
    let bound = cbc.Cbc_isProvenOptimal(model) != 0 ? objective : max(objective, cbc.Cbc_getBestPossibleObjValue(model))
    return IntegerSolution(values: values, objective: objective, bound: bound)
  }
}
