/// What a language calls itself.
package enum LanguageName {
  private static let names = [
    "fr": "Français", "en": "English", "ar": "العربية", "de": "Deutsch", "es": "Español", "it": "Italiano", "pt": "Português",
  ]

  /// Whether a tag is that of a language known by name, offered or not.
  package static func isKnown(_ tag: String) -> Bool { names[tag] != nil }

  /// All that are known by name, by tag.
  package static let known = names.keys.sorted().map { Language($0) }

  /// What it calls itself; its tag where that is not known.
  package static func own(_ language: Language) -> String { names[language.tag] ?? language.tag }
}
