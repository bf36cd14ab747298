/// A press (vote, support, mark) by someone who was not signed in yet. What was chosen is kept nowhere, so the way back carries a mark only, and the
/// page that it leads to asks for one more press.
package enum UncountedPress {
  package static let mark = "?press=again"

  package static func isMarked(_ path: String) -> Bool { path.contains(mark) }
}
