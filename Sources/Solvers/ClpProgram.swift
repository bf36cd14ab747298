internal import CCoin
package import SocialChoice

/// A linear programme inside COIN-OR's CLP (which minimises: objectives and prices change their sign at this door), solved anew from its last basis after each change.
package final class ClpProgram: WarmProgram {
  private let model: UnsafeMutableRawPointer?
  private var solvedBefore = false

  package init(_ program: LinearProgram) {
    model = clp.Clp_newModel()
    clp.Clp_setLogLevel(model, 0)
    let form = ColumnForm(program)
    clp.Clp_loadProblem(
      model, Int32(program.columns.count), Int32(program.rows.count), form.starts, form.rows, form.values, form.lower, form.upper,
      form.objective.map { -$0 },
      form.rowLower, form.rowUpper)
    clp.Clp_setPrimalTolerance(model, 1e-9)
    clp.Clp_setDualTolerance(model, 1e-9)
  }

  deinit { clp.Clp_deleteModel(model) }

  private var columns: Int { Int(clp.Clp_getNumCols(model)) }
  private var rows: Int { Int(clp.Clp_getNumRows(model)) }

  /// What the programme maximises; a column that is not there is passed over, here and below.
  package func set(objective: Double, ofColumn column: Int) {
    guard column < columns else { return }
    clp.Clp_objective(model)?[column] = -objective
  }

  package func set(lower: Double, upper: Double, ofColumn column: Int) {
    guard column < columns else { return }
    clp.Clp_columnLower(model)?[column] = lower
    clp.Clp_columnUpper(model)?[column] = upper
  }

  package func set(lower: Double, upper: Double, ofRow row: Int) {
    guard row < rows else { return }
    clp.Clp_rowLower(model)?[row] = lower
    clp.Clp_rowUpper(model)?[row] = upper
  }

  /// The coefficient of a column in a row.
  package func set(value: Double, row: Int, column: Int) {
    guard row < rows, column < columns else { return }
    clp.Clp_modifyCoefficient(model, Int32(row), Int32(column), value, true)
  }

  /// Adds a column behind the others.
  package func append(_ column: LinearProgram.Column) {
    var objective = -column.objective
    var lower = column.lower
    var upper = column.upper
    let starts: [Int32] = [0, Int32(column.entries.count)]
    clp.Clp_addColumns(model, 1, &lower, &upper, &objective, starts, column.entries.map { Int32($0.row) }, column.entries.map(\.value))
  }

  /// Solves from the last basis; where that fails, twice more from nothing.
  /// - Throws: `infeasible`, or `stopped` when CLP cannot tell.
  package func solve() throws(SolverFault) -> LinearSolution {
    // From a basis that was optimal before a change, primal steps; from nothing, CLP's own choice of method.
    _ = solvedBefore ? clp.Clp_primal(model, 1) : clp.Clp_initialSolve(model)
    solvedBefore = true
    // A basis that has seen many changes may have lost its way: what it calls impossible is asked again from nothing.
    if clp.Clp_isProvenOptimal(model) == 0 {
      clp.Clp_crash(model, 1e7, -1)
      _ = clp.Clp_initialDualSolve(model)
    }
    if clp.Clp_isProvenOptimal(model) == 0 { _ = clp.Clp_initialPrimalSolve(model) }
    if clp.Clp_isProvenPrimalInfeasible(model) != 0 { throw .infeasible }
    guard clp.Clp_isProvenOptimal(model) != 0, let values = clp.Clp_getColSolution(model), let prices = clp.Clp_getRowPrice(model) else {
      throw .stopped
    }
    return LinearSolution(
      objective: -clp.Clp_getObjValue(model), values: Array(UnsafeBufferPointer(start: values, count: columns)),
      prices: UnsafeBufferPointer(start: prices, count: rows).map { -$0 })
  }
}

/// The arrays that COIN-OR's C interfaces take.
struct ColumnForm {
  private(set) var starts: [Int32] = [0]
  private(set) var rows: [Int32] = []
  private(set) var values: [Double] = []
  let lower: [Double]
  let upper: [Double]
  let objective: [Double]
  let rowLower: [Double]
  let rowUpper: [Double]

  init(_ program: LinearProgram) {
    lower = program.columns.map(\.lower)
    upper = program.columns.map(\.upper)
    objective = program.columns.map(\.objective)
    rowLower = program.rows.map(\.lower)
    rowUpper = program.rows.map(\.upper)
    for column in program.columns {
      rows += column.entries.map { Int32($0.row) }
      values += column.entries.map(\.value)
      starts.append(Int32(rows.count))
    }
  }
}
