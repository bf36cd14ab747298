import CommonsDomain
import Database
package import Interface
import Localization

/// Home, the list of processes, a process.
package enum SpaceRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/", cached: true) { visit in
        let model = try await visit.read { try HomeModel.load(in: $0) }
        let tagline = visit.settings.tagline.text(in: visit.language).text
        return visit.page(tagline.isEmpty ? visit.say("spaces.all") : tagline, path: "/") { $0.home(model, visit) }
      },
      doors.get("/processes", cached: true) { visit in
        let model = try await visit.read { try HomeModel.load(in: $0) }
        return visit.page(visit.say("spaces.all"), path: "/processes") { $0.processes(model, visit.now) }
      },
      doors.get("/processes/:slug", cached: true) { visit in
        let (slug, signedIn) = (visit.exchange.parameters["slug"] ?? "", visit.signedIn)
        let model = try await visit.read { try ProcessModel.load(slug, signedIn, in: $0) }
        let space = model.context.space
        let title = (space.question.isEmpty ? space.title : space.question).text(in: visit.language).text
        return visit.page(title, path: model.context.path, robots: space.isPublished) {
          $0.process(model, now: visit.now, isSignedIn: signedIn != nil)
        }
      },
      doors.get("/processes/:slug/news", cached: true) { visit in
        let (slug, page, actor) = (visit.exchange.parameters["slug"] ?? "", visit.exchange.query.page, visit.actor)
        let model = try await visit.read { try NewsModel.load(slug, page: page, for: actor, in: $0) }
        return visit.page(visit.say("spaces.news.all"), path: model.context.path + "/news", robots: model.context.space.isPublished) {
          $0.allNews(model)
        }
      },
    ]
  }
}
