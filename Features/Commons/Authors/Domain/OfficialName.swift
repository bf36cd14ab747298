import Foundation

/// Whether a name that someone chose could be taken for the authority's: compared after compatibility folding, without case, accents,
/// spaces and signs, so that look-alikes made of spaces, full-width letters or check marks are the same name.
package enum OfficialName {
  /// - Parameters:
  ///   - official: the names of the authority and its organization.
  ///   - people: the names of those who act in its name.
  package static func isFree(_ name: String, in official: [String], people: [String] = []) -> Bool {
    let (key, words) = (folded(name), words(name))
    if mixesScripts(name) || isPlaceholder(words) { return false }
    // Somebody's whole name, alone or within more; one word alone may be a name of many.
    if people.contains(where: { folded($0) == key || Self.words($0).count > 1 && contains(key, folded($0)) }) { return false }
    if official.map(folded).contains(where: { !$0.isEmpty && key.count <= $0.count + 3 && contains(key, $0) }) { return false }
    guard words.contains(where: offices.contains) else { return true }
    // An office alone (“Administrator”, “Madame la maire”, “Conseil municipal”), or an office of this place (“Maire d’Ormeval”).
    let named = words.filter { !articles.contains($0) }
    if named.allSatisfy(offices.contains), named.count > 1 || named.contains(where: rulers.contains) { return false }
    let places = Set(official.flatMap(Self.words)).subtracting(offices).filter { $0.utf8.count >= 4 }
    return words.allSatisfy { !places.contains($0) }
  }

  static func folded(_ name: String) -> [UInt8] { Array(words(name).joined().utf8) }

  /// The words of a name, each letter as the plain Latin one that it looks like.
  private static func words(_ name: String) -> [String] {
    let plain = name.precomposedStringWithCompatibilityMapping.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    var words: [String] = [""]
    for scalar in plain.unicodeScalars {
      let category = scalar.properties.generalCategory
      // Marks and joiners are no gap between two words.
      if category == .format || category == .nonspacingMark { continue }
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        words[words.count - 1].unicodeScalars.append(lookAlikes[scalar] ?? scalar)
      } else if words.last != "" {
        words.append("")
      }
    }
    return words.filter { !$0.isEmpty }.map { $0.replacingOccurrences(of: "rn", with: "m") }
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part) }
  }

  /// A word of Latin letters and those of another script, or of Latin ones that only phoneticians write: nobody's name, somebody's disguise.
  private static func mixesScripts(_ name: String) -> Bool {
    name.precomposedStringWithCompatibilityMapping.unicodeScalars.split { !$0.properties.isAlphabetic }.contains { word in
      let latin = word.count { $0.value < 0x250 || 0x1E00...0x1EFF ~= $0.value }
      return latin > 0 && latin < word.count
    }
  }

  /// Cyrillic, Greek and Armenian letters that look like Latin ones.
  private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ѕ": "s", "ј": "j", "ԁ": "d", "һ": "h", "ɡ": "g", "ⅼ": "l",
    "м": "m", "т": "t", "к": "k", "в": "b", "н": "h", "ı": "i", "ł": "l", "1": "l", "0": "o", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ι": "i",
    "κ": "k", "τ": "t", "υ": "u", "χ": "x", "օ": "o", "ӏ": "l",
  ]

  /// Those who rule a platform or a place: nobody is called just that.
  private static let rulers: Set = Set(
    [
      "maire", "mairie", "mayor", "administrateur", "administratrice", "administrator", "administration", "admin", "moderateur", "moderatrice",
      "moderator", "moderation", "officiel", "officielle", "official", "isegoria", "gouvernement", "government", "prefecture", "prefet",
      "garant", "garante", "guarantor",
    ].map { $0.replacingOccurrences(of: "rn", with: "m") })

  /// Words of offices, French and English, folded.
  private static let offices: Set = rulers.union([
    "ville", "commune", "adjoint", "adjointe", "conseil", "conseiller", "conseillere", "municipalite", "municipal", "municipale", "departement",
    "region", "service", "services", "cabinet", "elu", "elue", "elus", "town", "city", "hall", "council", "councillor", "office", "ministere",
    "ministre", "ministry", "minister", "police", "communal", "communale", "communautaire", "regional", "departemental", "general", "elected",
  ])

  private static let articles: Set = [
    "le", "la", "les", "l", "de", "du", "des", "d", "a", "au", "aux", "the", "of", "et", "and", "madame", "monsieur", "mme", "m", "mr", "mrs", "ms",
  ]

  /// What the site itself calls people whom it does not name.
  private static func isPlaceholder(_ words: [String]) -> Bool {
    let participants: Set = ["participant", "participante", "participants", "participantes"]
    let others: Set = ["ancien", "ancienne", "nouveau", "nouvelle", "ou", "sans", "nom", "former", "new", "unnamed", "without", "name", "a", "or"]
    return words.contains(where: participants.contains) && words.allSatisfy { participants.contains($0) || others.contains($0) }
  }
}
