import HTML
package import Interface
import Localization
package import TextAnalysis

extension Page {
  /// What changed between two wordings: words marked inline, and said in words for the ear.
  package func difference(_ change: WordDifference) {
    if change.isEmpty { return p(say("difference.none"), .class("soft")) }
    p(.class("small soft")) {
      text(say("difference.summary", ["added": .number(change.addedWords), "removed": .number(change.removedWords)]) + " ")
      text(say("difference.legend") + " ")
      ins(say("difference.added"))
      text(", ")
      del(say("difference.removed"))
      if change.isCoarse { text(". " + say("difference.coarse")) }
    }
    div(.class("law mt4")) {
      p {
        for segment in change.segments {
          switch segment.kind {
          case .kept: text(segment.text)
          case .added:
            span(say("difference.spoken.added"), .class("vh"))
            ins(segment.text)
            span(say("difference.spoken.end"), .class("vh"))
          case .removed:
            span(say("difference.spoken.removed"), .class("vh"))
            del(segment.text)
            span(say("difference.spoken.end"), .class("vh"))
          }
        }
      }
    }
  }
}
