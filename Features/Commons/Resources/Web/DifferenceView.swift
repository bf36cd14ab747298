import HTML
package import Interface
package import Localization
package import TextAnalysis

extension Page {
  /// What changed between two wordings in their language: words marked inline, and said in words for the ear.
  package func difference(_ change: WordDifference, _ language: Language) {
    if change.isEmpty { return p(say("difference.none"), .class("soft")) }
    p(.class("small soft")) {
      text(say("difference.summary", ["added": .number(change.addedWords), "removed": .number(change.removedWords)]) + " ")
      text(say("difference.legend") + " ")
      ins(say("difference.added"))
      text(", ")
      del(say("difference.removed"))
      if change.isCoarse { text(". " + say("difference.coarse")) }
    }
    div(.class("law lines mt4")) {
      p(inLanguage(language)) {
        for segment in change.segments {
          // Each line of the plain text was a paragraph or a point of a list.
          let words = segment.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n\n")
          switch segment.kind {
          case .kept: text(words)
          case .added:
            spoken("difference.spoken.added", of: language)
            ins(words)
            spoken("difference.spoken.end", of: language)
          case .removed:
            spoken("difference.spoken.removed", of: language)
            del(words)
            spoken("difference.spoken.end", of: language)
          }
        }
      }
    }
  }

  /// Said in the page's language, in the middle of a text in another.
  private func spoken(_ words: MessageKey, of language: Language) {
    span(say(words), .class("vh"), .named("lang", ifPresent: language == self.language ? nil : self.language.tag))
  }
}
