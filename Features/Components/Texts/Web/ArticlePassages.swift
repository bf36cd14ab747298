import CommonsDomain
import Interface
import Localization
import Participation

extension RevisedPassages {
  /// What an article of the authority has beside its text: plain words, why it is proposed, and the laws that it changes.
  package static let articles = RevisedPassages(label: ArticlePassages.label) { resource, db in
    guard resource.kind == .article, resource.isOfficial else { return [] }
    let article = try Texts.article(resource.id, in: db)
    return ArticlePassages.fields(plainWords: article.plainWords, explanation: article.explanation, changes: article.changes)
  } write: { typed, _, actor, act, db in
    try Texts.revise(
      explanation: typed["explanation"] ?? .empty, plainWords: typed["plain"] ?? .empty, changes: ArticlePassages.changes(typed),
      permit: Permit(act, for: actor, in: db), in: db)
  }
}

/// The fields beside the text of an article: `plain`, `explanation`, then three for each law that it changes (`law0-title`, `law0-before`,
/// `law0-after`, …), and three empty ones for one law more.
enum ArticlePassages {
  static func fields(plainWords: Passage = .empty, explanation: Passage = .empty, changes: [LawChange] = []) -> [RevisedPassages.Field] {
    let open = changes.count < LawChange.most ? changes + [LawChange(title: "", before: .empty, after: .empty)] : changes
    return [.init("plain", longest: 5_000, today: plainWords), .init("explanation", longest: 10_000, today: explanation)]
      + open.enumerated().flatMap { number, change -> [RevisedPassages.Field] in
        let title = Passage(source: change.title, body: .init(paragraphs: change.title))
        return [
          .init("law\(number)-title", hint: "texts.law.title.hint", isLine: true, longest: 200, today: title),
          .init("law\(number)-before", hint: "texts.law.before.hint", isVotedOn: true, longest: 10_000, today: change.before),
          .init("law\(number)-after", hint: "texts.law.after.hint", isVotedOn: true, longest: 10_000, today: change.after),
        ]
      }
  }

  /// The changes of the law as they were typed; one without a text is none.
  static func changes(_ typed: [String: Passage]) -> [LawChange] {
    (0..<max(LawChange.most, typed.count)).compactMap { number in
      func part(_ name: String) -> Passage { typed["law\(number)-\(name)"] ?? .empty }
      let change = LawChange(title: part("title").source.trimmed, before: part("before"), after: part("after"))
      return change.before.body.isEmpty && change.after.body.isEmpty ? nil : change
    }
  }

  @Sendable static func label(_ name: String, _ say: Localizer) -> String {
    let words = name.split(separator: "-")
    let law: MessageArguments = ["number": .number((words.first.flatMap { Int($0.dropFirst(3)) } ?? 0) + 1)]
    switch words.last {
    case "plain": return say("texts.plain-words")
    case "explanation": return say("texts.explanation.official")
    case "title": return say("texts.law.title", law)
    case "before": return say("texts.law.before", law)
    case "after": return say("texts.law.after", law)
    default: return name
    }
  }
}
