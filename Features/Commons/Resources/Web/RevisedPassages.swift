package import CommonsDomain
package import Database
import HTML
package import Interface
package import Localization
package import RichText

/// What resources of one kind have beside title and body, revised in the same form; given by the component that holds them.
package struct RevisedPassages: Sendable {
  package struct Field: Sendable {
    package let name: String
    package let hint: MessageKey?
    /// One line of plain words, not Markdown.
    package let isLine: Bool
    /// What people voted on, as they did on the text itself.
    package let isVotedOn: Bool
    /// It says something only beside one of these other fields: alone, it is a fault.
    package let needs: [String]
    /// The most characters.
    package let longest: Int
    package let today: Passage

    /// In which language it is written, where that is not the text's own.
    package var language: Language? { RevisedPassages.language(of: name) }

    package init(
      _ name: String, hint: MessageKey? = nil, isLine: Bool = false, isVotedOn: Bool = false, needs: [String] = [],
      longest: Int, today: Passage
    ) {
      self.name = name
      self.isLine = isLine
      self.isVotedOn = isVotedOn
      self.needs = needs
      self.hint = hint
      self.longest = longest
      self.today = today
    }
  }

  /// The language that a field's name tells: English of `in-en-title`; none of any other name, written in the text's own.
  package static func language(of name: String) -> Language? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.first == "in", parts.count >= 3 else { return nil }
    let tag = parts.dropFirst().dropLast().joined(separator: "-")
    return tag.isEmpty ? nil : Language(tag)
  }

  /// What a passage is called, by the name of its field.
  package let label: @Sendable (String, Localizer) -> String
  /// The fields of a resource, in order; none where it has no such passages.
  package let fields: @Sendable (Resource, Reading) throws -> [Field]
  /// Writes what was typed, by the fields' names, in the transaction that revised title and body.
  package let write: @Sendable ([String: Passage], Writ, Actor, Correct, Writing) throws -> Void

  package init(
    label: @escaping @Sendable (String, Localizer) -> String, fields: @escaping @Sendable (Resource, Reading) throws -> [Field],
    write: @escaping @Sendable ([String: Passage], Writ, Actor, Correct, Writing) throws -> Void
  ) {
    self.label = label
    self.fields = fields
    self.write = write
  }

  /// Writes what was typed, and keeps what that changed with the revision that was just written.
  /// - Parameter today: the fields as they were before.
  func revise(_ today: [Field], _ typed: [String: Passage], _ writ: Writ, _ actor: Actor, _ act: Correct, in db: Writing) throws {
    let changes = today.compactMap { field in
      typed[field.name].map { PassageChange(field.name, was: field.today.words, became: $0.words) }
    }
    try Revisions.keep(changes.filter { $0.was != $0.became }, of: act.resource.id, in: db)
    try write(typed, writ, actor, act, db)
  }
}

extension FormReader {
  /// What was typed into the fields, by their names; faults stand beside them. A field that did not come, as from a form begun before it was
  /// there, stays as it is.
  package func passages(_ fields: [RevisedPassages.Field]) -> [String: Passage] {
    let typed = fields.map { field -> (String, Passage) in
      guard came(field.name) else { return (field.name, field.today) }
      guard field.isLine else { return (field.name, passage(field.name, longest: field.longest, like: field.today, required: false)) }
      let line = text(field.name, longest: field.longest, required: false)
      return (field.name, Passage(source: line, body: RichText(paragraphs: line)))
    }
    let passages = Dictionary(typed, uniquingKeysWith: { first, _ in first })
    for field in fields where !field.needs.isEmpty && passages[field.name]?.body.isEmpty == false {
      if !field.needs.contains(where: { passages[$0]?.body.isEmpty == false }) { fail(field.name, "form.fault.alone") }
    }
    return passages
  }
}

extension Page {
  /// The fields of passages, none of them required; those in another language are folded, a language each, while nothing is written there.
  package func passages(_ fields: [RevisedPassages.Field], label: (String) -> String, _ state: FormState) {
    for passage in fields where passage.language == nil { self.passage(passage, label, state) }
    var languages: [Language] = []
    for language in fields.compactMap(\.language) where !languages.contains(language) { languages.append(language) }
    for language in languages {
      let translated = fields.filter { $0.language == language }
      let isOpen = translated.contains { !state[$0.name].isEmpty || !$0.today.source.isEmpty || state.fault($0.name) != nil }
      details(.class("mt5"), .flag("open", isOpen)) {
        summary(say("resources.translation.in", ["language": .text(LanguageName.own(language))]))
        for passage in translated { self.passage(passage, label, state) }
      }
    }
  }

  private func passage(_ passage: RevisedPassages.Field, _ label: (String) -> String, _ state: FormState) {
    let hint = passage.hint.map { say($0) }
    let written: Attribute = .named("lang", ifPresent: passage.language?.tag)
    if passage.isLine {
      field(passage.name, label(passage.name), hint: hint, state: state, longest: passage.longest, required: false, more: written)
    } else {
      area(passage.name, label(passage.name), hint: hint, state: state, rows: 5, required: false, more: written)
    }
  }
}

extension Passage {
  /// Whether an import brought it as HTML, which is edited as such: then its source is what the sanitizer kept. Markdown never reads like what
  /// it becomes, even where it begins with a `<`.
  package var isForeign: Bool { !source.isEmpty && source == body.html }

  /// Its words; what was typed where that has none, as a dash alone.
  var words: String { body.plain.isEmpty ? source.trimmed : body.plain }

  /// The words of what was typed in its place; as typed where it cannot be read.
  package func plain(_ typed: String) -> String {
    (isForeign ? try? RichText(foreignHTML: typed, limits: .imported) : try? RichText(markdown: typed, limits: .body))?.plain ?? typed
  }
}

extension FormReader {
  /// What was typed as Markdown; a text that came as HTML (imports) is edited as the HTML that the sanitizer kept.
  package func passage(_ field: String, longest: Int, like today: Passage, limits: Limits = .body, required: Bool = true) -> Passage {
    guard today.isForeign else {
      return Passage(source: typed(field), body: markdown(field, longest: longest, limits: limits, required: required))
    }
    let typed = text(field, longest: max(longest, 40_000), required: required, lines: true)
    do {
      return Passage(html: try RichText(foreignHTML: typed, limits: .imported))
    } catch {
      fail(field, "form.fault.markup")
      return .empty
    }
  }
}
