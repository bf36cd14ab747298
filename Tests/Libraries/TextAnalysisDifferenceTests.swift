import TextAnalysis
import Testing

@Suite struct `Differences of wordings` {
  private func shown(_ old: String, _ new: String) -> String {
    WordDifference.between(old, new).segments.map { segment in
      switch segment.kind {
      case .kept: segment.text
      case .removed: "[-\(segment.text)-]"
      case .added: "{+\(segment.text)+}"
      }
    }.joined()
  }

  /// Both wordings can be read out of the difference, byte for byte.
  private func isWhole(_ difference: WordDifference, _ old: String, _ new: String) -> Bool {
    let before = difference.segments.filter { $0.kind != .added }.flatMap { Array($0.text.utf8) }
    let after = difference.segments.filter { $0.kind != .removed }.flatMap { Array($0.text.utf8) }
    return before.elementsEqual(old.utf8) && after.elementsEqual(new.utf8)
  }

  @Test func `changed words are shown, the others kept`() {
    #expect(shown("un délai de douze mois.", "un délai de six mois.") == "un délai de [-douze-]{+six+} mois.")
    #expect(shown("", "a b") == "{+a b+}")
    #expect(shown("a b", "") == "[-a b-]")
    #expect(shown("a b", "a b") == "a b")
    #expect(shown("", "") == "")
    #expect(shown("la loi", "la loi nouvelle") == "la loi{+ nouvelle+}")
  }

  @Test func `neighbouring changes are joined into phrases`() {
    #expect(shown("avant le grand jour", "après un long jour") == "[-avant le grand-]{+après un long+} jour")
    #expect(shown("voter la loi demain", "rejeter la motion demain") == "[-voter la loi-]{+rejeter la motion+} demain")
    #expect(shown("rouge citoyenneté vert", "bleu citoyenneté jaune") == "[-rouge-]{+bleu+} citoyenneté [-vert-]{+jaune+}")
  }

  @Test func `words are counted without those that a phrase only shows twice`() {
    let difference = WordDifference.between("voter la loi demain", "rejeter la motion demain matin")
    #expect(difference.summary == (added: 3, removed: 2))
    #expect(!difference.isEmpty && WordDifference.between("a", "a").isEmpty)
  }

  @Test func `the same letter written with other bytes is a change`() {
    let difference = WordDifference.between("\u{E9}t\u{E9}", "e\u{301}te\u{301}")
    #expect(isWhole(difference, "\u{E9}t\u{E9}", "e\u{301}te\u{301}"))
    #expect(difference.segments.map(\.kind) == [.removed, .added])
  }

  @Test(arguments: 1...8) func `both wordings can be read out of any difference`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let words = [
      "a", "b", "mot", "<scr", "ipt>", "</ins>", "&amp", ";", " ", " ", " ", "\n", "\r\n", "\0", "e\u{301}", "\u{301}", "é", "\u{202E}",
      "👩‍👩‍👧", "🇫🇷", "\"", "l’", "\u{FEFF}", "12,5",
    ]
    for _ in 0..<250 {
      let tokens = (0..<Int.random(in: 0...80, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }
      var changed = tokens
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        let place = Int.random(in: 0...changed.count, using: &generator)
        if Bool.random(using: &generator),
          place < changed.count
        {
          changed.remove(at: place)
        } else {
          changed.insert(words.randomElement(using: &generator) ?? "", at: place)
        }
      }
      let (old, new) = (tokens.joined(), changed.joined())
      let difference = WordDifference.between(old, new)
      #expect(isWhole(difference, old, new))
      #expect(difference.isEmpty == old.utf8.elementsEqual(new.utf8))
      #expect(!difference.isCoarse)
      #expect(zip(difference.segments, difference.segments.dropFirst()).allSatisfy { $0.kind != $1.kind })
      #expect(!zip(difference.segments, difference.segments.dropFirst()).contains { $0.kind == .added && $1.kind == .removed })
    }
  }

  /// The length of the shortest script by dynamic programming, which is slow and easily right.
  private func distance(_ a: [String], _ b: [String]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let best = x == y ? diagonal : min(row[j], row[j + 1]) + 1
        diagonal = row[j + 1]
        row[j + 1] = best
      }
    }
    return row[b.count]
  }

  @Test func `no shorter difference exists`() {
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<300 {
      func sequence() -> [String] {
        (0..<Int.random(in: 0...30, using: &generator)).map { _ in
          [
            "un", "deux",
            "trois",
          ].randomElement(using: &generator) ?? ""
        }
      }
      let (a, b) = (sequence(), sequence())
      // Spaces are tokens too: the words are set apart by one space each, as tokens of their own.
      let tokensA = a.flatMap { [$0, " "] }
      let tokensB = b.flatMap { [$0, " "] }
      let difference = WordDifference.between(tokensA.joined(), tokensB.joined())
      // Words changed are at most the whole distance, and at least what is left when spaces cost nothing.
      #expect(difference.addedWords + difference.removedWords <= distance(tokensA, tokensB))
      #expect(difference.addedWords - difference.removedWords == b.count - a.count)
      #expect(difference.addedWords + difference.removedWords >= distance(a, b))
    }
  }

  @Test func `texts without anything in common are replaced whole, soon`() {
    let old = (0..<10_000).map { "a\($0)" }.joined(separator: " ")
    let new = (0..<10_000).map { "b\($0)" }.joined(separator: ",")
    let clock = ContinuousClock()
    let time = clock.measure {
      let difference = WordDifference.between("début " + old + " fin", "début " + new + " fin")
      #expect(difference.isCoarse)
      #expect(isWhole(difference, "début " + old + " fin", "début " + new + " fin"))
      #expect(difference.segments.map(\.kind) == [.kept, .removed, .added, .kept])
    }
    // 0.1 s in release; tests run unoptimised, beside others.
    #expect(time < .seconds(5))
  }
}
