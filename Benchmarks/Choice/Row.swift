/// One line of the table: a name, what it measures, and the figure that the field or the project's own target sets beside it.
struct Row: Sendable {
  /// `budgets`, `rankings` …: what `--only` chooses by, or the beginning of the name.
  let engine: String
  let name: String
  /// Seconds of the peer's program on the same input, measured elsewhere, with its name; nil where there is no peer.
  let peer: (seconds: Double, program: String)?
  /// What the project promises, in words.
  let target: String
  /// Prepares (not timed) and returns the work to time; the work returns a word about its result, so that nothing is optimised away.
  let prepare: @Sendable () throws -> @Sendable () throws -> String
}
