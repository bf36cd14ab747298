package import CommonsDomain
package import Database
package import Interface
package import Localization
package import RichText

/// What resources of one kind have beside title and body, revised in the same form; given by the component that holds them.
package struct RevisedPassages: Sendable {
  package struct Field: Sendable {
    package let name: String
    package let label: MessageKey
    package let hint: MessageKey?
    /// The most characters.
    package let longest: Int
    package let today: Passage

    package init(_ name: String, _ label: MessageKey, hint: MessageKey? = nil, longest: Int, today: Passage) {
      self.name = name
      self.label = label
      self.hint = hint
      self.longest = longest
      self.today = today
    }
  }

  /// The fields of a resource, in order; none where it has no such passages.
  package let fields: @Sendable (Resource, Reading) throws -> [Field]
  /// Writes what was typed, by the fields' names, in the transaction that revised title and body.
  package let write: @Sendable ([String: Passage], Writ, Actor, Correct, Writing) throws -> Void

  package init(
    fields: @escaping @Sendable (Resource, Reading) throws -> [Field],
    write: @escaping @Sendable ([String: Passage], Writ, Actor, Correct, Writing) throws -> Void
  ) {
    self.fields = fields
    self.write = write
  }
}

extension Passage {
  /// Whether a source is HTML that an import brought, which is edited as such.
  package static func isForeign(_ source: String) -> Bool { source.utf8.first == UInt8(ascii: "<") }

  /// The words of what was typed; as typed where it cannot be read.
  package static func plain(_ typed: String, like source: String) -> String {
    (isForeign(source) ? try? RichText(foreignHTML: typed, limits: .imported) : try? RichText(markdown: typed, limits: .body))?.plain ?? typed
  }
}

extension FormReader {
  /// What was typed as Markdown; a text that came as HTML (imports) is edited as the HTML that the sanitizer kept.
  package func passage(_ field: String, longest: Int, like source: String, required: Bool = true) -> Passage {
    guard Passage.isForeign(source) else {
      return Passage(source: typed(field), body: markdown(field, longest: longest, limits: .body, required: required))
    }
    let typed = text(field, longest: max(longest, 40_000), required: required, lines: true)
    do {
      return Passage(source: typed, body: try RichText(foreignHTML: typed, limits: .imported))
    } catch {
      fail(field, "form.fault.markup")
      return .empty
    }
  }
}
