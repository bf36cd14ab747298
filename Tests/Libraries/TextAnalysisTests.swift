import TextAnalysis
import Testing

@Suite struct `Stems of words` {
  @Test func `case, accents, ligatures and apostrophes are folded`() {
    let words = Analyser.words("L’ŒUVRE d'Éloïse, Straße ﬁn Ærø Łódź ¼ 12e")
    #expect(words == ["l", "oeuvre", "d", "eloise", "strasse", "fin", "aero", "lodz", "1", "4", "12e"])
    #expect(Analyser.words("e\u{301}te\u{301} été soft\u{AD}hyphen a\u{200B}b") == ["ete", "ete", "softhyphen", "ab"])
    #expect(Analyser.words("\u{301} \0<>-- '’").isEmpty)
  }

  @Test func `inflections of a word have one stem`() {
    for (language, words) in [
      ("fr", ["rivière", "rivières", "RIVIERES"]), ("fr", ["participer", "participée", "participés"]), ("fr", ["logement", "logements"]),
      ("fr", ["égalité", "egalite", "Égalités"]), ("en", ["river", "rivers"]), ("en", ["vote", "voting", "voted", "votes"]),
      (
        "fr-CA",
        [
          "l’eau",
          "d'eau",
        ]
      ),
      ("fr", ["associé", "associée", "associées", "ASSOCIES"]), ("fr", ["créé", "créée", "crées"]), ("fr", ["élu", "élue", "élues"]),
    ] { #expect(Set(words.flatMap { Analyser.stems($0, language: language) }).count == 1, "\(words)") }
    #expect(Analyser.stems("rivières", language: "fr") != Analyser.stems("rivages", language: "fr"))
  }

  @Test func `a text of common words only has no stems`() {
    #expect(Analyser.stems("Qu’est-ce que c’est ? l’un et l’autre", language: "fr").isEmpty)
    #expect(Analyser.stems("To be or not to be", language: "en").isEmpty)
    #expect(Analyser.stems("to be", language: "de") == ["to", "be"])
  }

  @Test func `long words are cut and nothing grows`() {
    let stems = Analyser.stems(String(repeating: "a", count: 100_000), language: "fr")
    #expect(stems.count == 1)
    #expect(stems.allSatisfy { $0.utf8.count <= Analyser.longestWord })
    #expect(Analyser.words(String(repeating: "\u{FDFA}", count: 1_000)).allSatisfy { $0.utf8.count <= Analyser.longestWord })
  }

  @Test func `stemming from many tasks at once gives what one gives`() async {
    let expected = Analyser.stems("Les rivières et les participations citoyennes", language: "fr")
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<64 { group.addTask { Analyser.stems("Les rivières et les participations citoyennes", language: "fr") == expected } }
      for await same in group { #expect(same) }
    }
  }
}

@Suite struct `Extracts around words` {
  private func marked(_ query: String, _ text: String, _ bytes: Int, language: String = "fr") -> String {
    let terms = Set(Analyser.stems(query, language: language))
    return Extract.around(terms, in: text, language: language, bytes: bytes).map { $0.matches ? "[\($0.text)]" : $0.text }.joined()
  }

  @Test func `words of the same stem are marked, and the signs around them are not`() {
    #expect(marked("rivière", "Protéger l’eau des rivières, vite.", 200) == "Protéger l’eau des [rivières], vite.")
    #expect(marked("eau", "L’eau\n\n  et l'EAU", 200) == "L’[eau] et l'[EAU]")
  }

  @Test func `the window with most of the words is shown, cut between words`() {
    let filler = String(repeating: "rien du tout ", count: 40)
    let text = filler + "forêt " + filler + "la forêt et la rivière " + filler
    let shown = marked("forêt rivière", text, 80)
    #expect(shown.contains("[forêt] et la [rivière]"))
    #expect(shown.hasPrefix("…") && shown.hasSuffix("…"))
    #expect(shown.utf8.count <= 80 + 4)
    #expect(marked("absent", text, 30) == "rien du tout rien du…")
    #expect(marked("absent", "court", 30) == "court")
    #expect(marked("x", "", 30) == "")
    #expect(marked("fin", filler + "la fin", 30) == "…tout rien du tout la [fin]")
  }

  @Test func `any text and any size give valid pieces no longer than asked`() {
    var generator = SeededGenerator(seed: 5)
    let words = [
      "eau", "l’eau", "&amp;", "<b>", "👩‍👩‍👧‍👦", "e\u{301}\u{302}", "\u{301}", "\r\n", " ", "  ", "\0", "\u{202E}", "🇫🇷🇫🇷", "mot",
      "𝔘",
      "한국어", String(repeating: "z", count: 60),
    ]
    for _ in 0..<2_000 {
      let text =
        (0..<Int.random(
          in: 0...60,
          using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: Bool.random(using: &generator) ? " " : "")
      let bytes = Int.random(in: -5...120, using: &generator)
      let pieces = Extract.around(["eau", "mot"], in: text, language: "fr", bytes: bytes)
      let shown = pieces.map(\.text).joined()
      #expect(shown.utf8.count <= max(16, bytes))
      #expect(!shown.unicodeScalars.contains("\u{FFFD}"))
      #expect(pieces.allSatisfy { !$0.matches || !Set(Analyser.stems($0.text, language: "fr")).isDisjoint(with: ["eau", "mot"]) })
      #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.matches || $1.matches })
    }
  }

  @Test func `a single endless grapheme is not shown in part`() {
    let text = "eau e" + String(repeating: "\u{301}", count: 50_000)
    let shown = Extract.around(["eau"], in: text, language: "fr", bytes: 40)
    #expect(shown.map(\.text).joined().utf8.count <= 40)
    #expect(shown.first?.text == "eau")
  }
}
