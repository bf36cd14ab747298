/// A linear programme to be maximised: variables within bounds, rows of sums within bounds; some variables may have to be whole.
package struct LinearProgram: Sendable {
  /// A variable.
  package struct Column: Sendable {
    /// What one unit adds to the objective.
    package var objective: Double
    package var lower: Double
    package var upper: Double
    /// Its coefficients: the number of a row, and the value there.
    package var entries: [(row: Int, value: Double)]

    package init(objective: Double = 0, lower: Double = 0, upper: Double = .infinity, entries: [(row: Int, value: Double)] = []) {
      self.objective = objective
      self.lower = lower
      self.upper = upper
      self.entries = entries
    }
  }

  /// A sum of variables times their coefficients, and its bounds.
  package struct Row: Sendable {
    package var lower: Double
    package var upper: Double

    package init(lower: Double = -.infinity, upper: Double = .infinity) {
      self.lower = lower
      self.upper = upper
    }
  }

  package var columns: [Column]
  package var rows: [Row]

  package init(columns: [Column] = [], rows: [Row] = []) {
    self.columns = columns
    self.rows = rows
  }
}

/// What a solver says about a linear programme. Nothing in it is trusted: bounds are recomputed exactly, panels are checked.
package struct LinearSolution: Sendable {
  package let objective: Double
  /// A value for each column.
  package let values: [Double]
  /// For each row the gain in the objective per unit that its bound is moved up; positive where the upper bound holds, negative where the lower one
  /// does.
  package let prices: [Double]

  package init(objective: Double, values: [Double], prices: [Double]) {
    self.objective = objective
    self.values = values
    self.prices = prices
  }
}

/// What a solver says about a programme in whole numbers.
package struct IntegerSolution: Sendable {
  /// A value for each column.
  package let values: [Double]
  package let objective: Double
  /// No solution is better than this, the solver says.
  package let bound: Double

  package init(values: [Double], objective: Double, bound: Double) {
    self.values = values
    self.objective = objective
    self.bound = bound
  }
}

/// Why a solver has no solution.
package enum SolverFault: Error, Sendable, Hashable {
  /// There is none.
  case infeasible
  /// It met its limit of work before it had one, or gave up.
  case stopped
}

/// A programme that a solver keeps warm between changes.
package protocol WarmProgram: AnyObject {
  func set(objective: Double, ofColumn column: Int)
  func set(lower: Double, upper: Double, ofColumn column: Int)
  func set(lower: Double, upper: Double, ofRow row: Int)
  func set(value: Double, row: Int, column: Int)
  func append(_ column: LinearProgram.Column)
  func solve() throws(SolverFault) -> LinearSolution
}

/// Linear programmes and programmes in whole numbers, solved by someone else's program behind this door.
package protocol LinearSolver: Sendable {
  /// A programme to be solved again and again while it changes.
  func keep(_ program: LinearProgram) -> any WarmProgram

  /// Solves with every column whole.
  ///
  /// - Parameter nodes: after so many nodes of its search tree the solver may stop with the best that it has; no clock decides that.
  func wholeNumbers(_ program: LinearProgram, nodes: Int) throws(SolverFault) -> IntegerSolution
}
