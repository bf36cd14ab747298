import CommonsDomain
import Interface
import Participation

extension RevisedPassages {
  /// What an article of the authority has beside its text: plain words, why it is proposed, and the present law, which its text replaces.
  package static let articles = RevisedPassages(
    labels: ["plain": "texts.plain-words", "explanation": "texts.explanation.official", "before": "admin.article.before"]
  ) { resource, db in
    guard resource.kind == .article, resource.isOfficial else { return [] }
    let article = try Texts.article(resource.id, in: db)
    var fields = [
      Field("plain", longest: 5_000, today: article.plainWords),
      Field("explanation", longest: 10_000, today: article.explanation),
    ]
    // Where an import brought several changes, or the wording of the law itself, the text of the article does not replace them.
    if article.changes.count < 2, article.changes.allSatisfy({ $0.after.plain == article.shown.plain }) {
      fields.append(
        Field("before", hint: "admin.article.before.hint", longest: 20_000, today: article.changes.first?.before ?? .empty))
    }
    return fields
  } write: { typed, writ, actor, act, db in
    try Texts.revise(
      explanation: typed["explanation"] ?? .empty, plainWords: typed["plain"] ?? .empty, before: typed["before"], title: writ.title,
      body: writ.body, permit: Permit(act, for: actor, in: db), in: db)
  }
}
