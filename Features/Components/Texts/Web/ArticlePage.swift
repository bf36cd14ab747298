import CommonsDomain
import Database
import Foundation
import HTML
import Interface
import Localization
import Participation
import RichText
import TextAnalysis

struct ArticleModel: Sendable {
  let context: SpaceContext
  let component: Component
  let article: Article
  let section: Section?
  var vote: VoteModel
  let arguments: ArgumentsModel
  let sources: [Source]
  let sourceTotal: Int
  let wordings: [WordingRow]
  let wordingTotal: Int
  let before: ArticleRow?
  let after: ArticleRow?
  let place: Int?
  let count: Int
  let canReword: Bool
  let canSource: Bool
  let canCorrect: Bool
  let canVersion: Bool
  let canWithdraw: Bool
  let tombstone: Tombstone?
  let follow: FollowModel
  let base: String
  let revisions: Int

  static func load(_ slug: String, _ component: Int64?, _ id: Int64?, _ signedIn: SignedIn?, _ query: Fields, in db: Reading) throws -> ArticleModel {
    let actor = signedIn?.actor ?? .visitor
    let context = try SpaceContext.load(slug, for: actor, in: db)
    let component = try context.component(component, for: actor, at: db.now)
    guard let id else { throw NotFound() }
    let article = try Texts.article(ID(id), in: db)
    guard article.resource.component == component.id else { throw NotFound() }
    let admission = try Admission.load(component.id, in: db)
    let base = "\(context.path(component))/articles/\(id)"
    let resource = article.resource
    let around = try Texts.neighbours(of: article, in: db)
    let sources = try Sources.list(about: resource.id, limit: 5, in: db)
    return ArticleModel(
      context: context, component: component, article: article,
      section: try Texts.sections(of: component.id, in: db).first { $0.id == article.section },
      vote: try VoteModel.load(resource, admission, signedIn, base, in: db),
      arguments: try ArgumentsModel.load(about: resource, base: base, admission: admission, signedIn: signedIn, query: query, in: db),
      sources: sources,
      sourceTotal: try Sources.count(about: resource.id, in: db),
      wordings: try Wordings.list(of: resource.id, limit: 6, in: db), wordingTotal: try Wordings.count(of: resource.id, in: db),
      before: around.before, after: around.after,
      place: around.place, count: around.count, canReword: ProposeWording(resource, admission).verdict(for: actor, at: db.now).isOffered,
      canSource: AddSource(resource, admission).verdict(for: actor, at: db.now).isOffered,
      canCorrect: Correct(resource, admission).verdict(for: actor, at: db.now).isYes,
      canVersion: Reword(resource, admission).verdict(for: actor, at: db.now).isYes,
      canWithdraw: Withdraw(resource).verdict(for: actor, at: db.now).isYes,
      tombstone: try Moderation.tombstone(of: resource.id, in: db),
      follow: try FollowModel.load(.resource(resource.id), signedIn?.person, at: base, in: db), base: base,
      revisions: resource.revision)
  }
}

extension VoteModel {
  static func load(_ resource: Resource, _ admission: Admission, _ signedIn: SignedIn?, _ base: String, in db: Reading) throws -> VoteModel {
    VoteModel(
      resource: resource, tally: try Votes.tally(of: resource.id, edition: resource.edition, in: db),
      before: resource.edition > 1 ? try Votes.tally(of: resource.id, edition: resource.edition - 1, in: db).total : nil,
      own: try signedIn.flatMap { try Votes.vote(of: $0.person, on: resource, in: db) },
      older: try signedIn.flatMap { try Votes.olderVote(of: $0.person, on: resource, in: db) },
      verdict: CastVote(resource, admission, supportsGiven: 0).verdict(for: signedIn?.actor ?? .visitor, at: db.now), path: base)
  }
}

extension Page {
  func articlePage(_ model: ArticleModel) {
    let article = model.article
    div(.class("wrap")) {
      crumbs(
        model.context, (plain(model.component.title), model.context.path(model.component)),
        (model.section.map { plain($0.title) } ?? say("texts.article"), model.section.map { model.context.path(model.component) + "?theme=\($0.id)" })
      )
      draftNotice(model.context.space)
      head(model)
      switch article.resource.state {
      case .hidden: tombstone(model.tombstone)
      case .withdrawn where article.author.isOfficial:
        notice(say("resources.withdrawn.official.title")) { p(say("resources.withdrawn.official.body")) }
        text(of: model)
      case .withdrawn: notice(say("resources.withdrawn.title")) { p(say("resources.withdrawn.body")) }
      case .published:
        div(.class("split")) {
          div {
            body(model)
            voteSection(model.vote)
          }
          argumentColumns(model.arguments)
          side(model)
        }
      }
    }
  }

  private func head(_ model: ArticleModel) {
    let article = model.article
    let isReadable = article.resource.state == .published || article.author.isOfficial && article.resource.state == .withdrawn
    let title = isReadable ? article.shown.title : say("texts.article")
    // Those of the authority stand in an order: the number apart, the title beside it.
    let parts = article.position == nil ? nil : ArticleTitle(title)
    div(parts?.number == nil ? .class("head") : .class("head numbered")) {
      if let number = parts?.number { p(number, .class("big"), .hiddenFromSpeech) }
      div(.class("flow-s")) {
        p(.class("cluster")) {
          if let place = model.place {
            span(say("texts.article-of", ["number": .number(place), "total": .number(model.count)]), .class("over"))
          } else if !article.author.isOfficial {
            span(say("texts.article-by-participant"), .class("over"))
          }
        }
        h1(parts?.words ?? title, inLanguage(article.shown.language))
        if isReadable, let translation = article.translation(in: language), !translation.title.isEmpty {
          p(ArticleTitle(translation.title).words, .class("soft"))
        }
        ul(.class("meta")) {
          li {
            text(say("resources.by") + " ")
            element("bdi", []) { text(name(of: article.author)) }
            if article.author.isOfficial { text(" "); tag(say("authors.official"), .now) }
          }
          li { day((article.resource.published ?? article.shown.made).milliseconds) }
          if article.shown.language != language { li { languageTag(article.shown.language) } }
          li { text(say("arguments.count", ["count": .count(model.arguments.count(.for) + model.arguments.count(.against))])) }
          if model.revisions > 1 { li { link(model.base + "/history", say("resources.history", ["count": .count(model.revisions)])) } }
        }
      }
    }
  }

  private func body(_ model: ArticleModel) {
    text(of: model)
    p(.class("cluster mt5")) {
      if model.canCorrect { link(model.base + "/correct", say("resources.correct"), .class("button second")) }
      if model.canVersion { link(model.base + "/version", say("resources.new-version"), .class("button second")) }
      if model.canWithdraw { link("/withdraw/\(model.article.resource.id)", say("resources.withdraw"), .class("button quiet")) }
      if !model.article.author.isOfficial { link("/report/\(model.article.resource.id)", say("moderation.report"), .class("button quiet")) }
    }
  }

  private func text(of model: ArticleModel) {
    let article = model.article
    section(.labelledBy("text")) {
      div(.class("section-head")) { h2(say("texts.text"), .id("text")) }
      div(.class("law"), inLanguage(article.shown.language)) { rich(article.shown.body) }
      if !article.shown.reason.isEmpty { p(say("resources.last-change", ["reason": .text(article.shown.reason)]), .class("small soft mt4")) }
      for translation in article.notes.translations { self.translation(translation, of: article) }
      if !article.notes.plainWords.body.isEmpty {
        // Whoever reads them in the translation has them there.
        details(.class("mt5"), .flag("open", article.translation(in: language)?["plain"].body.isEmpty ?? true)) {
          summary(say("texts.plain-words")); div(inLanguage(article.shown.language)) { rich(article.notes.plainWords.body) }
        }
      }
      if !article.notes.explanation.body.isEmpty {
        details(.class("mt5")) {
          summary(say(article.author.isOfficial ? "texts.explanation.official" : "texts.explanation"));
          div(.class("stack"), inLanguage(article.shown.language)) { rich(article.notes.explanation.body) }
        }
      }
      for (index, change) in article.notes.changes.enumerated() {
        details(.class("mt5")) {
          if change.title.isEmpty {
            summary(say("texts.law-change"))
          } else {
            summary(say("texts.law-change.of", ["title": .text(change.title)]))
          }
          if change.isRepeal { p(say("texts.law.repealed"), .class("small soft")) }
          div(.id("law-\(index)")) {
            difference(WordDifference.between(change.before.body.plain, change.after(in: article).plain), article.shown.language)
          }
        }
      }
    }
  }

  /// The text in another language; open for whoever reads in it.
  private func translation(_ translation: Translation, of article: Article) {
    details(.class("mt5"), .flag("open", translation.language == language)) {
      summary(say("resources.translation.in", ["language": .text(LanguageName.own(translation.language))]))
      p(.class("small soft")) {
        text(say("resources.translation.by", ["author": .text(name(of: article.author))]) + " " + say("resources.translation.original"))
        languageTag(article.shown.language)
      }
      div(.class("stack"), inLanguage(translation.language)) {
        if !translation.title.isEmpty { h3(translation.title) }
        div(.class("law")) { rich(translation["body"].body) }
      }
      if !translation["plain"].body.isEmpty {
        h3(say("texts.plain-words"))
        div(inLanguage(translation.language)) { rich(translation["plain"].body) }
      }
      if !translation["explanation"].body.isEmpty {
        h3(say("texts.explanation.official"))
        div(.class("stack"), inLanguage(translation.language)) { rich(translation["explanation"].body) }
      }
    }
  }

  private func side(_ model: ArticleModel) {
    aside(.class("stack"), .label(say("texts.around"))) {
      section(.labelledBy("wordings")) {
        h2(.id("wordings")) {
          text(say("wordings.title"))
          if model.wordingTotal > 0 { small(" " + say.number(model.wordingTotal), .class("soft")) }
        }
        ol(.class("register flat")) {
          for wording in model.wordings {
            li {
              h3(.class("said"), inLanguage(wording.language)) { link("\(model.base)/wordings/\(wording.id)", wording.title) }
              p(.class("meta")) {
                stone("for"); text(" " + say("votes.for", ["count": .count(wording.pro)]))
              }
            }
          }
        }
        if let elsewhere = model.article.versionsElsewhere, elsewhere > 0 {
          p(say("wordings.elsewhere", ["count": .count(elsewhere)]), .class("small soft"))
        } else if model.wordingTotal == 0 {
          p(say("wordings.none"), .class("small soft"))
        }
        if model.canReword { p { link(model.base + "/wordings/new", say("wordings.propose"), .class("button second")) } }
      }
      if model.context.space.sourceNote != nil {
        section(.class("mt6"), .labelledBy("answer")) {
          h2(say("answers.title"), .id("answer"))
          p(say("answers.not-in-source"), .class("small soft"))
        }
      }
      sourceList(model.sources, total: model.sourceTotal, base: model.base, own: model.arguments.own, canAdd: model.canSource)
      if model.before != nil || model.after != nil {
        section(.class("mt6"), .labelledBy("in-text")) {
          h2(say("texts.in-text"), .id("in-text"))
          if let before = model.before { neighbour(before, model) }
          p { strong(model.article.shown.title, inLanguage(model.article.shown.language)) }
          if let after = model.after { neighbour(after, model) }
        }
      }
      follow(model.follow)
    }
  }

  private func neighbour(_ row: ArticleRow, _ model: ArticleModel) {
    p { link("\(model.context.path(model.component))/articles/\(row.id)", row.title, inLanguage(row.language)) }
  }
}

/// The title of an article, its number apart: `Article 9 - Libre accès …`.
struct ArticleTitle {
  private(set) var number: String?
  private(set) var words: String

  /// The number is what stands between `Article` and a dash or colon with a space beside it: `9`, `1er`, `13 bis`, `5-1`, `L. 123-4`.
  init(_ title: String) {
    let prefix = "Article "
    (number, words) = (nil, title)
    guard title.hasPrefix(prefix) else { return }
    let rest = title.dropFirst(prefix.count)
    let ends = [" - ", " – ", " — ", " : ", "\u{A0}: ", ": "].compactMap { rest.range(of: $0) }
    guard let end = ends.min(by: { $0.lowerBound < $1.lowerBound }) else { return }
    let (found, behind) = (rest[..<end.lowerBound].trimmingCharacters(in: .whitespaces), rest[end.upperBound...].drop(while: \.isWhitespace))
    guard !found.isEmpty, found.count <= 12, found.contains(where: \.isNumber), !behind.isEmpty else { return }
    (number, words) = (found, behind.prefix(1).uppercased() + behind.dropFirst())
  }
}
