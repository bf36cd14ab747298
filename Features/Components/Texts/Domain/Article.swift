package import CommonsDomain
package import Database
package import Localization
package import RichText

/// A part of a text, in order.
package struct Section: Sendable {
  package let id: ID<Section>
  package let title: LocalizedText
  package let position: Int
}

/// An article as the table of contents and the lists show it.
package struct ArticleRow: Sendable {
  package let id: ResourceID
  package let section: ID<Section>
  package let title: String
  package let language: Language
  package let author: Author
  package let published: Instant
  package let pro: Int
  package let mixed: Int
  package let con: Int
  package let arguments: Int
  package let wordings: Int
}

/// A change of the present law that an article wants.
package struct LawChange: Sendable {
  /// The most that one article may hold when it is written here: as many as a form can carry.
  package static let most = 8

  /// Which law; empty where it is not said.
  package let title: String
  package let before: Passage
  /// What takes its place; empty where the article itself does, a dash alone where nothing does.
  package let after: Passage

  package init(title: String, before: Passage, after: Passage) {
    self.title = title
    self.before = before
    self.after = after
  }
}

/// An article or another wording of one, whole.
package struct Article: Sendable {
  package let resource: Resource
  package let author: Author
  package let shown: Revision
  package let section: ID<Section>
  package let position: Int?
  package let versionsElsewhere: Int?
  package let notes: ArticleNotes
}

/// What stands beside the text of an article.
package struct ArticleNotes: Sendable {
  /// Why it is proposed.
  package let explanation: Passage
  /// The text without the words of the law.
  package let plainWords: Passage
  package let changes: [LawChange]
  /// One a language, none in that of the article.
  package let translations: [Translation]

  package init(explanation: Passage = .empty, plainWords: Passage = .empty, changes: [LawChange] = [], translations: [Translation] = []) {
    self.explanation = explanation
    self.plainWords = plainWords
    self.changes = changes
    self.translations = translations
  }
}

extension Article {
  /// Its translation into a language; none into its own.
  package func translation(in language: Language) -> Translation? { notes.translations.first { $0.language == language } }
}

extension LawChange {
  /// Whether the passage goes and nothing takes its place.
  package var isRepeal: Bool { after.source == Self.nothing.source }

  /// A dash alone.
  package static let nothing = Passage(source: "-", body: .empty)

  /// What the law would say.
  package func after(in article: Article) -> RichText { after.source.isEmpty ? article.shown.body : after.body }
}
