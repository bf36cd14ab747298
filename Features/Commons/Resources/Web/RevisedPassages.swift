package import CommonsDomain
package import Database
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
    /// The most characters.
    package let longest: Int
    package let today: Passage

    package init(_ name: String, hint: MessageKey? = nil, isLine: Bool = false, isVotedOn: Bool = false, longest: Int, today: Passage) {
      self.name = name
      self.isLine = isLine
      self.isVotedOn = isVotedOn
      self.hint = hint
      self.longest = longest
      self.today = today
    }
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
      typed[field.name].map { PassageChange(field.name, was: field.today.body.plain, became: $0.body.plain) }
    }
    try Revisions.keep(changes.filter { $0.was != $0.became }, of: act.resource.id, in: db)
    try write(typed, writ, actor, act, db)
  }
}

extension FormReader {
  /// What was typed into the fields, by their names; faults stand beside them.
  package func passages(_ fields: [RevisedPassages.Field]) -> [String: Passage] {
    let typed = fields.map { field -> (String, Passage) in
      guard field.isLine else { return (field.name, passage(field.name, longest: field.longest, like: field.today, required: false)) }
      let line = text(field.name, longest: field.longest, required: false)
      return (field.name, Passage(source: line, body: RichText(paragraphs: line)))
    }
    return Dictionary(typed, uniquingKeysWith: { first, _ in first })
  }
}

extension Page {
  /// The fields of passages, none of them required.
  package func passages(_ fields: [RevisedPassages.Field], label: (String) -> String, _ state: FormState) {
    for passage in fields {
      let hint = passage.hint.map { say($0) }
      if passage.isLine {
        field(passage.name, label(passage.name), hint: hint, state: state, longest: passage.longest, required: false)
      } else {
        area(passage.name, label(passage.name), hint: hint, state: state, rows: 5, required: false)
      }
    }
  }
}

extension Passage {
  /// Whether an import brought it as HTML, which is edited as such: then its source is what the sanitizer kept. Markdown never reads like what
  /// it becomes, even where it begins with a `<`.
  package var isForeign: Bool { !source.isEmpty && source == body.html }

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
