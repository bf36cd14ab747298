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
    /// The most characters.
    package let longest: Int
    package let today: Passage

    package init(_ name: String, hint: MessageKey? = nil, longest: Int, today: Passage) {
      self.name = name
      self.hint = hint
      self.longest = longest
      self.today = today
    }
  }

  /// What each passage is called, by the name of its field.
  package let labels: [String: MessageKey]
  /// The fields of a resource, in order; none where it has no such passages.
  package let fields: @Sendable (Resource, Reading) throws -> [Field]
  /// Writes what was typed, by the fields' names, in the transaction that revised title and body.
  package let write: @Sendable ([String: Passage], Writ, Actor, Correct, Writing) throws -> Void

  package init(
    labels: [String: MessageKey], fields: @escaping @Sendable (Resource, Reading) throws -> [Field],
    write: @escaping @Sendable ([String: Passage], Writ, Actor, Correct, Writing) throws -> Void
  ) {
    self.labels = labels
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
