package import Interface

/// A press (vote, support, mark) by someone who was not signed in yet. The way back carries a mark only; what was chosen is kept in their browser
/// alone, for half an hour, and the page that it leads to asks for it to be confirmed. An address never says what to vote.
package enum UncountedPress {
  package static let mark = "?press=again"

  package static func isMarked(_ path: String) -> Bool { path.contains(mark) }

  static func cookie(_ visit: Visit) -> String { visit.exchange.site.isSecure ? "__Host-press" : "press" }

  /// What the browser of whoever pressed is asked to keep.
  static func kept(_ visit: Visit) -> Answer.Cookie? {
    let (path, form) = (visit.exchange.path, visit.exchange.form.fields)
    let (choice, edition) = (form["choice"] ?? "", form["edition"] ?? "")
    guard path.hasPrefix("/processes/"), path.hasSuffix("/vote"), LocalPath.isSafe(path), !path.contains(";"),
      1...20 ~= choice.utf8.count, choice.utf8.allSatisfy({ 97...122 ~= $0 }), 1...6 ~= edition.utf8.count, Int(edition) != nil
    else { return nil }
    return .init(cookie(visit), "\(choice):\(edition):\(DraftKeeping.formPath(path))", age: 1_800)
  }
}

extension Visit {
  /// What whoever is signed in chose on this page before they were, of which edition, and did not confirm.
  package var uncounted: (choice: String, edition: Int)? {
    guard signedIn != nil, let kept = exchange.cookies[UncountedPress.cookie(self)] else { return nil }
    let parts = kept.split(separator: ":", maxSplits: 2)
    guard parts.count == 3, parts[2] == exchange.path, let edition = Int(parts[1]) else { return nil }
    return (String(parts[0]), edition)
  }

  /// Forgets it, once something was voted, or its owner left.
  package func withoutUncounted(_ answer: Answer) -> Answer {
    exchange.cookies[UncountedPress.cookie(self)] == nil ? answer : answer.with(.init(UncountedPress.cookie(self), "", age: 0))
  }
}
