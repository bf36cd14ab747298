package import SocialChoice

/// What a rule tells about its count, ready for JSON. Candidates are places in the input until they are written: then they become the file's numbers.
package indirect enum TraceValue: Sendable {
  case number(Int)
  /// A number if it can be written exactly with a point, else text such as `7/3`.
  case rational(Rational)
  case text(String)
  case bool(Bool)
  case null
  case candidate(Int)
  case candidates([Int])
  case list([TraceValue])
  /// So many rows of numbers, each made when it is written: there may be thousands, of thousands each.
  case rows(Int, @Sendable (Int) -> [Int])
  case object([String: TraceValue])
  /// One value a candidate, in the order of the input: an object whose keys are the candidates' numbers.
  case byCandidate([TraceValue])
}
