import CommonsDomain
import Database
import HTML
import Interface
import Localization
import Participation
import TextAnalysis

struct WordingModel: Sendable {
  let context: SpaceContext
  let component: Component
  let article: Article
  let wording: Resource
  let author: Author
  let shown: Revision
  /// The article as it stood when the wording was written.
  let basis: Revision
  /// When it was written, or its last version was.
  let written: Instant
  /// Whether the difference is shown with that; else with the article of today.
  let showsBasis: Bool
  var vote: VoteModel
  let arguments: ArgumentsModel
  let tombstone: Tombstone?
  let follow: FollowModel
  let canCorrect: Bool
  let canVersion: Bool
  let canWithdraw: Bool
  let base: String
  let articlePath: String

  static func load(
    _ slug: String, _ component: Int64?, _ article: Int64?, _ id: Int64?, _ signedIn: SignedIn?, _ query: Fields, in db: Reading
  ) throws -> WordingModel {
    let actor = signedIn?.actor ?? .visitor
    let context = try SpaceContext.load(slug, for: actor, in: db)
    let component = try context.component(component, for: actor, at: db.now)
    guard let id, let article else { throw NotFound() }
    let (resource, author, shown) = try Wordings.wording(ID(id), in: db)
    guard resource.component == component.id, resource.subject == ID(article) else { throw NotFound() }
    let parent = try Texts.article(ID(article), in: db)
    guard parent.resource.state == .published else { throw NotFound() }
    let admission = try Admission.load(component.id, in: db)
    let articlePath = "\(context.path(component))/articles/\(article)"
    let base = "\(articlePath)/wordings/\(id)"
    let written = try Revisions.begun(resource.edition, of: resource.id, in: db) ?? shown.made
    return WordingModel(
      context: context, component: component, article: parent, wording: resource, author: author, shown: shown,
      basis: try Revisions.standing(parent.resource.id, at: written, in: db)
        ?? parent.shown, written: written, showsBasis: query["with"] == "then",
      vote: try VoteModel.load(resource, admission, signedIn, base, in: db),
      arguments: try ArgumentsModel.load(about: resource, base: base, admission: admission, signedIn: signedIn, query: query, in: db),
      tombstone: try Moderation.tombstone(of: resource.id, in: db),
      follow: try FollowModel.load(.resource(resource.id), signedIn?.person, at: base, in: db),
      canCorrect: Correct(resource, admission).verdict(for: actor, at: db.now).isYes,
      canVersion: Reword(resource, admission).verdict(for: actor, at: db.now).isYes,
      canWithdraw: Withdraw(resource).verdict(for: actor, at: db.now).isYes, base: base, articlePath: articlePath)
  }
}

extension Page {
  func wordingPage(_ model: WordingModel) {
    div(.class("wrap")) {
      crumbs(
        model.context, (plain(model.component.title), model.context.path(model.component)), (model.article.shown.title, model.articlePath),
        (say("wordings.one"), nil))
      draftNotice(model.context.space)
      switch model.wording.state {
      case .hidden:
        div(.class("head")) { h1(say("wordings.one")) }
        tombstone(model.tombstone)
      case .withdrawn:
        div(.class("head")) { h1(say("wordings.one")) }
        notice(say("resources.withdrawn.title")) { p(say("resources.withdrawn.body")) }
      case .published:
        div(.class("head")) {
          p(say("wordings.of", ["title": .text(model.article.shown.title)]), .class("over"))
          h1(model.shown.title, inLanguage(model.shown.language))
          authorLine(model.author, model.wording.published ?? model.shown.made, in: model.shown.language)
          if model.wording.revision > 1 { p { link(model.base + "/history", say("resources.history", ["count": .count(model.wording.revision)])) } }
        }
        if !model.shown.reason.isEmpty {
          section("reason", say("wordings.reason")) { p(model.shown.reason, .class("said"), inLanguage(model.shown.language)) }
        }
        section("changes", say("wordings.changes")) {
          let hasChanged = model.basis.number < model.article.resource.revision
          if hasChanged {
            p(.class("small soft")) {
              text(say("wordings.changed-since", ["date": .date(milliseconds: model.written.milliseconds)]) + " ")
              link(model.articlePath + "/history", say("resources.changed.history"))
            }
            tabs(
              say("wordings.compared"),
              [
                (say("wordings.with-today"), model.base + "#changes", !model.showsBasis),
                (
                  say("wordings.with-then", ["date": .date(milliseconds: model.basis.made.milliseconds)]), model.base + "?with=then#changes",
                  model.showsBasis
                ),
              ])
          }
          let article = hasChanged && model.showsBasis ? model.basis : model.article.shown
          div(.class("mt4")) { difference(WordDifference.between(article.plain, model.shown.plain), model.shown.language) }
        }
        details(.class("mt5")) {
          summary(say("wordings.whole")); div(.class("law"), inLanguage(model.shown.language)) { rich(model.shown.body) }
        }
        p(.class("cluster mt5")) {
          if model.canCorrect { link(model.base + "/correct", say("resources.correct"), .class("button second")) }
          if model.canVersion { link(model.base + "/version", say("resources.new-version"), .class("button second")) }
          if model.canWithdraw { link("/withdraw/\(model.wording.id)", say("resources.withdraw"), .class("button quiet")) }
          link("/report/\(model.wording.id)", say("moderation.report"), .class("button quiet"))
        }
        voteSection(model.vote)
        argumentColumns(model.arguments)
        follow(model.follow)
      }
    }
  }
}
