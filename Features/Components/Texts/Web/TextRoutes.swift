import CommonsDomain
import Database
package import Interface
import Localization
import Participation

/// Reading texts and proposals: the page of a component and of what it holds.
package enum ReadingRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/processes/:slug/f/:component", cached: true) { visit in
        let asked = Asked(visit)
        let shown = try await visit.read { try ComponentModel.load(asked, in: $0) }
        let (context, component) = shown.place
        return visit.page(component.title.text(in: visit.language).text, path: context.path(component)) { page in
          switch shown {
          case .texts(let model): page.textIndex(model)
          case .proposals(let model): page.proposalList(model)
          }
        }
      },
      doors.get("/processes/:slug/f/:component/articles/:id", cached: true) { visit in
        let asked = Asked(visit)
        var shown = try await visit.read { try ArticleModel.load(asked.slug, asked.component, asked.id, asked.signedIn, asked.query, in: $0) }
        shown.vote.uncounted = visit.uncountedChoice
        let model = shown
        return visit.page(
          shownTitle(model.article.resource, model.article.shown.title, visit), path: model.base, robots: model.article.resource.state == .published
        ) {
          $0.articlePage(model)
        }
      },
      doors.get("/processes/:slug/f/:component/articles/:id/wordings/:wording", cached: true) { visit in
        let asked = Asked(visit)
        let wording = visit.exchange.number("wording")
        var shown = try await visit.read {
          try WordingModel.load(asked.slug, asked.component, asked.id, wording, asked.signedIn, asked.query, in: $0)
        }
        shown.vote.uncounted = visit.uncountedChoice
        let model = shown
        return visit.page(shownTitle(model.wording, model.shown.title, visit), path: model.base, robots: model.wording.state == .published) {
          $0.wordingPage(model)
        }
      },
      doors.get("/processes/:slug/f/:component/proposals/:id", cached: true) { visit in
        let asked = Asked(visit)
        var shown = try await visit.read { try ProposalModel.load(asked.slug, asked.component, asked.id, asked.signedIn, asked.query, in: $0) }
        shown.uncounted = visit.uncountedChoice?.choice
        let model = shown
        return visit.page(
          shownTitle(model.proposal.resource, model.proposal.shown.title, visit), path: model.base,
          robots: model.proposal.resource.state == .published
        ) {
          $0.proposalPage(model)
        }
      },
    ]
  }

  /// The title of a page: nothing of what is hidden or withdrawn.
  private static func shownTitle(_ resource: Resource, _ title: String, _ visit: Visit) -> String {
    resource.state == .published ? title : visit.say(MessageKey(storedKey: "resources.kind." + resource.kind.rawValue))
  }
}

/// What the page of a component shows, whatever its kind; loaded on one snapshot.
enum ComponentModel: Sendable {
  case texts(TextIndexModel)
  case proposals(ProposalListModel)

  static func load(_ asked: Asked, in db: Reading) throws -> ComponentModel {
    let context = try SpaceContext.load(asked.slug, for: asked.actor, in: db)
    let component = try context.component(asked.component, for: asked.actor, at: db.now)
    switch component.kind {
    case .texts: return .texts(try TextIndexModel.load(context, component, asked, in: db))
    case .proposals: return .proposals(try ProposalListModel.load(context, component, asked.actor, asked.query, asked.languages, in: db))
    }
  }

  var place: (SpaceContext, Component) {
    switch self {
    case .texts(let model): (model.context, model.component)
    case .proposals(let model): (model.context, model.component)
    }
  }
}

/// What an address in a component asks for.
struct Asked: Sendable {
  let slug: String
  let component: Int64?
  let id: Int64?
  let signedIn: SignedIn?
  let query: Fields
  /// Those of the organization.
  let languages: [Language]
  /// That of the page.
  let language: Language

  var actor: Actor { signedIn?.actor ?? .visitor }

  init(_ visit: Visit) {
    slug = visit.exchange.parameters["slug"] ?? ""
    component = visit.exchange.number("component")
    id = visit.exchange.number("id")
    signedIn = visit.signedIn
    query = visit.exchange.query
    (languages, language) = (visit.settings.languages, visit.language)
  }
}
