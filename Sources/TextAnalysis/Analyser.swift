import Foundation

/// Makes the words that a search compares: folded, split, without the commonest words, reduced to their stems.
///
/// The same stems feed the full-text index of both databases and every query, so that both find the same.
///
/// ```swift
/// Analyser.stems("L’eau des rivières", language: "fr")   // ["eau", "rivier"]
/// ```
package enum Analyser {
  /// Longer words are cut here, in bytes.
  package static let longestWord = 40

  /// The stems of a text, in order, repeated as often as they come. A text of nothing but common words gives none.
  /// - Parameter language: a tag such as `fr` or `en-GB`; other languages are folded and split without stemming and without common words.
  package static func stems(_ text: String, language: String) -> [String] {
    let primary = String(decoding: language.utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }, as: UTF8.self).lowercased()
    let common = CommonWords.of(primary)
    let kept = words(text).filter { !common.contains($0) }
    return Stemmer.of(primary)?.stems(primary == "fr" ? kept.map(withoutDoubleEnding) : kept) ?? kept
  }

  /// `associée` folded is `associee`, which the French stemmer, made for accents, does not know; `associe` it does. Likewise `-ees`.
  private static func withoutDoubleEnding(_ word: String) -> String {
    let bytes = Array(word.utf8)
    let stop = bytes.last == UInt8(ascii: "s") ? bytes.count - 1 : bytes.count
    let endings = bytes[..<stop].reversed().prefix { $0 == UInt8(ascii: "e") }.count
    return endings < 2 ? word : String(decoding: bytes[..<(stop - endings + 1)], as: UTF8.self)
  }

  /// Words without case and accents (NFKD, marks left out): letters and digits, split at everything else; `l’eau` gives `l`, `eau`.
  ///
  /// Accents go before stemming, so that `egalite` finds `égalité`.
  package static func words(_ text: String) -> [String] {
    let folded = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.decomposedStringWithCompatibilityMapping
    var words: [String] = []
    var current = ""
    func add(_ piece: String) { if current.utf8.count + piece.utf8.count <= longestWord { current += piece } }
    func end() {
      if !current.isEmpty { words.append(current) }
      current = ""
    }
    for scalar in folded.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": add(String(scalar))
      case "œ", "Œ": add("oe")
      case "æ", "Æ": add("ae")
      case "ß", "ẞ": add("ss")
      case "ø", "Ø": add("o")
      case "ł", "Ł": add("l")
      case "đ", "Đ": add("d")
      case "\u{AD}", "\u{200B}"..."\u{200D}", "\u{2060}", "\u{FEFF}": continue  // A word goes on across soft hyphens and joiners.
      default:
        let category = scalar.properties.generalCategory
        if category == .nonspacingMark || category == .enclosingMark { continue }
        if scalar.properties.isAlphabetic || category == .decimalNumber { add(scalar.properties.lowercaseMapping) } else { end() }
      }
    }
    end()
    return words
  }
}
