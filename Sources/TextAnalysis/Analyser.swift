import CStemmer
import Foundation
import Synchronization

/// Makes the words that a search compares: folded, split, without the commonest words, reduced to their stems.
///
/// The same stems feed the full-text index of both databases and every query, so that both find the same.
package enum Analyser {
  static let longestWord = 40

  /// The stems of a text, in order, repeated as often as they come.
  /// - Parameter language: `fr` or `en`; other languages are folded and split without stemming.
  package static func stems(_ text: String, language: String) -> [String] {
    let stop = StopWords.of(language)
    let words = words(text).filter { !stop.contains($0) }
    return Stemmer.of(language)?.stems(words) ?? words
  }

  /// Words without case and accents: letters and digits, split at everything else; `l’eau` gives `eau`.
  package static func words(_ text: String) -> [String] {
    let folded = text.decomposedStringWithCompatibilityMapping
    var words: [String] = []
    var current = ""
    func end() {
      if !current.isEmpty && current.utf8.count <= longestWord { words.append(current) }
      current = ""
    }
    for scalar in folded.unicodeScalars {
      switch scalar {
      case "œ", "Œ": current += "oe"
      case "æ", "Æ": current += "ae"
      case "ß", "ẞ": current += "ss"
      default:
        if scalar.properties.generalCategory == .nonspacingMark { continue }
        if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber {
          current += scalar.properties.lowercaseMapping
        } else {
          end()
        }
      }
    }
    end()
    return words
  }
}

/// One Snowball stemmer; it holds state while it works, so each is used behind a lock.
final class Stemmer: @unchecked Sendable {
  private let lock = Mutex(())
  private let stemmer: OpaquePointer

  private init?(_ name: String) {
    guard let stemmer = sb_stemmer_new(name, "UTF_8") else { return nil }
    self.stemmer = stemmer
  }

  private static let french = Stemmer("french")
  private static let english = Stemmer("english")

  static func of(_ language: String) -> Stemmer? {
    switch language {
    case "fr": french
    case "en": english
    default: nil
    }
  }

  func stems(_ words: [String]) -> [String] {
    lock.withLock { _ in
      words.map { word in
        var word = word
        return word.withUTF8 { bytes in
          guard let stem = sb_stemmer_stem(stemmer, bytes.baseAddress, Int32(bytes.count)) else { return "" }
          return String(decoding: UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))), as: UTF8.self)
        }
      }.filter { !$0.isEmpty }
    }
  }
}

/// Words too common to be looked for, folded.
enum StopWords {
  static func of(_ language: String) -> Set<String> {
    switch language {
    case "fr": french
    case "en": english
    default: []
    }
  }

  private static let french: Set<String> = Set(
    """
    a afin ai ainsi apres au aucun aussi autre aux avec avoir c ca ce cela ces cet cette ceux chaque comme d dans de des doit doivent donc dont du elle
    elles en encore est et etc etre eu fait il ils j je l la le les leur leurs lors lorsque lui m ma mais me meme mes mon n ne ni nos notre nous on ont ou
    par pas peu peut peuvent plus pour pourra puis qu quand que quel quelle qui quoi s sa sans se sera ses si soit son sont sous sur t ta te tel telle tes
    toi ton tous tout toute toutes tres tu un une vers via vos votre vous y
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let english: Set<String> = Set(
    """
    a about after all also an and any are as at be been but by can could do does for from had has have he her his how i if in into is it its just may me
    more my no not of on one only or other our out over s she should so some such t than that the their them then there these they this those to too under up
    us was we were what when where which who will with would you your
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
