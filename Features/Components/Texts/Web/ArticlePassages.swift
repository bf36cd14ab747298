import CommonsDomain
import Interface
import Localization
import Participation

extension RevisedPassages {
  /// What an article of the authority has beside its text: plain words, why it is proposed, the laws that it changes, and what all that is
  /// called in the other languages of the organization.
  package static let articles = RevisedPassages(label: ArticlePassages.label) { resource, db in
    guard resource.kind == .article, resource.isOfficial else { return [] }
    let article = try Texts.article(resource.id, in: db)
    return ArticlePassages.fields(article.notes, in: try OrganizationStore.settings(in: db)?.languages ?? [], but: article.shown.language)
  } write: { typed, _, actor, act, db in
    try Texts.revise(ArticlePassages.notes(typed), permit: Permit(act, for: actor, in: db), in: db)
  }
}

/// The fields beside the text of an article: `plain`, `explanation`, three for each law that it changes (`law0-title`, `law0-before`,
/// `law0-after`, …) and three empty ones for one law more, four for each other language (`in-en-title`, `in-en-body`, `in-en-plain`,
/// `in-en-explanation`).
enum ArticlePassages {
  /// - Parameter own: the article's own language, in which it has no translation; nil while it is being chosen.
  static func fields(_ notes: ArticleNotes = ArticleNotes(), in languages: [Language], but own: Language? = nil) -> [RevisedPassages.Field] {
    let changes = notes.changes
    let open = changes.count < LawChange.most ? changes + [LawChange(title: "", before: .empty, after: .empty)] : changes
    return [
      .init("plain", hint: "texts.plain-words.hint", longest: 5_000, today: notes.plainWords),
      .init("explanation", hint: "texts.explanation.hint", longest: 10_000, today: notes.explanation),
    ]
      + open.enumerated().flatMap { law($1, "law\($0)") }
      // A translation into a language that is offered no more stays.
      + (languages + notes.translations.map(\.language).filter { !languages.contains($0) }).filter { $0 != own }.flatMap { language in
        translation(notes.translations.first { $0.language == language }, language)
      }
  }

  private static func line(_ text: String) -> Passage { Passage(source: text, body: .init(paragraphs: text)) }

  private static func law(_ change: LawChange, _ name: String) -> [RevisedPassages.Field] {
    [
      .init(
        name + "-title", hint: "texts.law.title.hint", isLine: true, needs: [name + "-before", name + "-after"], longest: 200,
        today: line(change.title)),
      .init(name + "-before", hint: "texts.law.before.hint", isVotedOn: true, longest: 10_000, today: change.before),
      .init(name + "-after", hint: "texts.law.after.hint", isVotedOn: true, longest: 10_000, today: change.after),
    ]
  }

  private static func translation(_ today: Translation?, _ language: Language) -> [RevisedPassages.Field] {
    let name = "in-\(language.tag)"
    let needs = [name + "-body"]
    return [
      .init(
        name + "-title", isLine: true, needs: needs, longest: Resource.Kind.article.longestTitle, today: line(today?.title ?? "")),
      .init(
        name + "-body", hint: "texts.translation.hint", isVotedOn: today != nil, longest: Resource.Kind.article.longestBody,
        today: today?["body"] ?? .empty),
      .init(name + "-plain", needs: needs, longest: 5_000, today: today?["plain"] ?? .empty),
      .init(name + "-explanation", needs: needs, longest: 10_000, today: today?["explanation"] ?? .empty),
    ]
  }

  /// What was typed; a change of the law without a text is none, nor is a translation.
  static func notes(_ typed: [String: Passage]) -> ArticleNotes {
    func part(_ name: String) -> Passage { typed[name] ?? .empty }
    let changes = (0..<max(LawChange.most, typed.count)).compactMap { number -> LawChange? in
      let after = part("law\(number)-after")
      let change = LawChange(
        title: part("law\(number)-title").source.trimmed, before: part("law\(number)-before"),
        after: ["-", "–", "—"].contains(after.source.trimmed) ? LawChange.nothing : after)
      return change.before.body.isEmpty && change.after.body.isEmpty ? nil : change
    }
    let tags = typed.keys.filter { $0.hasPrefix("in-") && $0.hasSuffix("-body") }.map { String($0.dropFirst(3).dropLast(5)) }.sorted()
    let translations = tags.map { tag in
      let parts = ["title", "body", "plain", "explanation"].map { ($0, part("in-\(tag)-\($0)")) }
      return Translation(language: Language(tag), Dictionary(parts) { first, _ in first })
    }.filter { !$0["body"].body.isEmpty }
    return ArticleNotes(explanation: part("explanation"), plainWords: part("plain"), changes: changes, translations: translations)
  }

  @Sendable static func label(_ name: String, _ say: Localizer) -> String {
    let words = name.split(separator: "-")
    if let language = RevisedPassages.language(of: name) {
      return say("resources.translation.field", ["field": .text(part(words.last, say)), "language": .text(LanguageName.own(language))])
    }
    let law: MessageArguments = ["number": .number((words.first.flatMap { Int($0.dropFirst(3)) } ?? 0) + 1)]
    switch words.last {
    case "title": return say("texts.law.title", law)
    case "before": return say("texts.law.before", law)
    case "after": return say("texts.law.after", law)
    default: return part(words.last, say)
    }
  }

  private static func part(_ name: Substring?, _ say: Localizer) -> String {
    switch name {
    case "title": say("texts.field.title")
    case "body": say("texts.field.body")
    case "plain": say("texts.plain-words")
    case "explanation": say("texts.explanation.official")
    default: String(name ?? "")
    }
  }
}
