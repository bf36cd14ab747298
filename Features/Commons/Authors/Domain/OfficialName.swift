import Foundation

/// Whether a name that someone chose could be taken for the authority's: compared after compatibility folding, without case, accents,
/// spaces and signs, so that look-alikes made of spaces, full-width letters or check marks are the same name.
package enum OfficialName {
  package static func isFree(_ name: String, in official: [String]) -> Bool {
    let key = folded(name)
    return !official.map(folded).contains { !$0.isEmpty && key.count <= $0.count + 3 && key.contains($0) }
  }

  static func folded(_ name: String) -> [UInt8] {
    let plain = name.precomposedStringWithCompatibilityMapping.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    return plain.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }.map(Self.latin).flatMap {
      Array(String($0).utf8)
    }
  }

  /// Cyrillic and Greek letters that look like Latin ones.
  private static func latin(_ scalar: Unicode.Scalar) -> Unicode.Scalar { lookAlikes[scalar] ?? scalar }

  private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ѕ": "s", "ј": "j", "ԁ": "d", "һ": "h", "ɡ": "g", "ⅼ": "l",
    "м": "m", "т": "t", "к": "k", "в": "b", "н": "h", "ı": "i", "ł": "l", "1": "l", "0": "o", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ι": "i",
    "κ": "k", "τ": "t", "υ": "u", "χ": "x",
  ]
}
