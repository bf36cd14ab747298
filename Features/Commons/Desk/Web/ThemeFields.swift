import CommonsDomain
import HTML
import Interface
import Localization

/// The themes of an activity, as its organisers see them: their words, how many ideas have each, and a line for each new one.
struct ThemeFields: Sendable {
  let themes: [Theme]
  let uses: [Int64: Int]

  static let none = ThemeFields(themes: [], uses: [:])

  /// What the form asks for; a theme whose words are emptied keeps them.
  struct Changes: Sendable {
    let adding: [LocalizedText]
    let renaming: [Int64: LocalizedText]
    let removing: Set<Int64>
  }

  func fill(_ state: inout FormState) { for theme in themes { state.fill("theme_\(theme.id)", theme.name) } }

  func read(_ form: FormReader, _ languages: [Language]) -> Changes {
    let lines = form.text("themes", longest: 2_000, required: false, lines: true).split(whereSeparator: \.isNewline).prefix(40)
    let adding = lines.map { line in
      let parts = line.split(separator: "|").map { String($0).trimmed }
      return LocalizedText(Dictionary(zip(languages, parts), uniquingKeysWith: { first, _ in first }), original: languages.first ?? .french)
    }
    let renaming = themes.map { ($0.id, form.localized("theme_\($0.id)", languages, longest: 80, required: false)) }
    return Changes(
      adding: adding, renaming: Dictionary(renaming, uniquingKeysWith: { first, _ in first }),
      removing: Set(themes.map(\.id).filter { form.isChecked("remove_theme_\($0)") }))
  }
}

extension Page {
  func themeFields(_ fields: ThemeFields, _ languages: [Language], _ state: FormState) {
    if !fields.themes.isEmpty {
      fieldset(.class("mt5")) {
        legend(say("admin.activity.themes"))
        for theme in fields.themes {
          let uses = fields.uses[theme.id] ?? 0
          localizedField(
            "theme_\(theme.id)", plain(theme.name), hint: say("admin.activity.theme.uses", ["count": .count(uses)]), languages, state, longest: 80,
            required: false)
          if uses == 0 {
            check(
              "remove_theme_\(theme.id)", say("admin.activity.theme.remove", ["theme": .text(plain(theme.name))]),
              isChecked: !state["remove_theme_\(theme.id)"].isEmpty)
          }
        }
      }
    }
    area(
      "themes", say(fields.themes.isEmpty ? "admin.activity.themes" : "admin.activity.themes.new"), hint: say("admin.activity.themes.hint"),
      state: state, rows: 5, required: false)
  }
}
