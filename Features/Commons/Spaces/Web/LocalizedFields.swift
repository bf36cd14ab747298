import HTML
package import Interface
package import Localization

extension FormReader {
  /// A text in the languages of the site, one field each (`title_fr`, `title_en`); the first language is the original and is required.
  /// What it says in a language that the site offers no more comes back from a hidden field.
  package func localized(_ field: String, _ languages: [Language], longest: Int, required: Bool = true, lines: Bool = false) -> LocalizedText {
    var texts: [Language: String] = [:]
    for (index, language) in languages.enumerated() {
      texts[language] = text("\(field)_\(language.tag)", longest: longest, required: required && index == 0, lines: lines)
    }
    for language in LanguageName.known where !languages.contains(language) {
      let kept = text("\(field)_\(language.tag)", longest: longest, required: false, lines: lines)
      if !kept.isEmpty { texts[language] = kept }
    }
    return LocalizedText(texts, original: languages.first ?? .french)
  }
}

extension FormState {
  /// Fills the fields of a localized text.
  package mutating func fill(_ field: String, _ text: LocalizedText) { for (tag, words) in text.texts { values["\(field)_\(tag)"] = words } }
}

extension Page {
  /// One field for each language of the site, side by side where there is room.
  package func localizedField(
    _ field: String, _ label: String, hint: String? = nil, _ languages: [Language], _ state: FormState, longest: Int, required: Bool = true
  ) {
    inEach(languages, label) { index, language, label in
      self.field(
        "\(field)_\(language.tag)", label, hint: index == 0 ? hint : nil, state: state, longest: longest, required: required && index == 0,
        more: .lang(language.tag))
    }
    keepOthers(field, languages, state)
  }

  package func localizedArea(
    _ field: String, _ label: String, hint: String? = nil, _ languages: [Language], _ state: FormState, rows: Int = 4, required: Bool = true
  ) {
    inEach(languages, label) { index, language, label in
      area(
        "\(field)_\(language.tag)", label, hint: index == 0 ? hint : nil, state: state, rows: rows, required: required && index == 0,
        more: .lang(language.tag))
    }
    keepOthers(field, languages, state)
  }

  private func inEach(_ languages: [Language], _ label: String, _ field: (Int, Language, String) -> Void) {
    guard languages.count > 1 else { return languages.forEach { field(0, $0, label) } }
    div(.class("languages")) {
      for (index, language) in languages.enumerated() {
        div { field(index, language, "\(label) (\(LanguageName.own(language)))") }
      }
    }
  }

  /// What the text says in languages that the site offers no more: nobody edits it, and nothing of it is lost.
  private func keepOthers(_ field: String, _ languages: [Language], _ state: FormState) {
    for language in LanguageName.known where !languages.contains(language) {
      let kept = state["\(field)_\(language.tag)"]
      if !kept.isEmpty { hidden("\(field)_\(language.tag)", kept) }
    }
  }
}
