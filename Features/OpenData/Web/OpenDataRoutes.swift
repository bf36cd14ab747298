import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import Participation

/// What a space holds, to read about and to download: whoever wants counts again.
package enum OpenDataRoutes {
  private static let base = "/processes/:slug/open-data"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get(base, cached: true) { visit in
        let (actor, slug) = (visit.actor, visit.exchange.parameters["slug"] ?? "")
        let (context, figures) = try await visit.read { db in
          let context = try SpaceContext.load(slug, for: actor, in: db)
          guard context.space.isPublished else { throw NotFound() }
          return (context, try OpenData.figures(of: context.space.id, in: db))
        }
        return visit.page(visit.say("open-data.title")) { $0.openData(context, figures) }
      },
      doors.get(base + "/contributions.json") { visit in
        try await download(visit, doors, ending: "json") { .json(try $0.json) }
      },
      doors.get(base + "/contributions.csv") { visit in
        let separator: Character = visit.language == .english ? "," : ";"
        return try await download(visit, doors, ending: "csv") { Answer(type: "text/csv; charset=utf-8", bytes: $0.csv(separator: separator)) }
      },
    ]
  }

  private static func download(
    _ visit: Visit, _ doors: Doors, ending: String, _ write: @escaping @Sendable (OpenData) throws -> Answer
  ) async throws -> Answer {
    if let wait = doors.limiter.take(.downloads, for: visit.exchange.client, at: visit.exchange.now) {
      return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait)
    }
    let slug = visit.exchange.parameters["slug"] ?? ""
    var answer = try await visit.read { db in
      try write(try OpenData.of(try SpaceContext.load(slug, for: .visitor, in: db).space, in: db))
    }
    answer.extra.append(("Content-Disposition", "attachment; filename=\"\(slug).\(ending)\""))
    return answer
  }
}

extension Page {
  fileprivate func openData(_ context: SpaceContext, _ figures: OpenData.Figures) {
    let base = context.path + "/open-data"
    div(.class("wrap narrow")) {
      crumbs(context, (say("open-data.title"), nil))
      div(.class("head")) {
        h1(say("open-data.title")); p(say("open-data.lead"), .class("lead"))
      }
      ul(.class("register flat")) {
        for (ending, words, hint) in [
          ("csv", "open-data.table" as MessageKey, "open-data.table.hint" as MessageKey), ("json", "open-data.all", "open-data.all.hint"),
        ] {
          li {
            h2(.class("said")) {
              a(.href(path("\(base)/contributions.\(ending)"))) {
                icon("doc"); text(" " + say(words))
              }
            }
            p(say(hint), .class("small soft"))
          }
        }
      }
      section("inside", say("open-data.inside")) {
        ul {
          li(say("open-data.inside.contributions", ["count": .count(figures.contributions)]))
          li(say("open-data.inside.arguments", ["count": .count(figures.arguments)]))
          li(say("open-data.inside.sources", ["count": .count(figures.sources)]))
          li(say("open-data.inside.votes", ["count": .count(figures.votes)]))
        }
      }
      section("outside", say("open-data.outside")) { p(say("open-data.outside.body")) }
      section("recount", say("open-data.recount")) { p(say("open-data.recount.body")) }
      section("reuse", say("open-data.reuse")) {
        p(say("open-data.reuse.body"))
        p { link("/pages/terms", say("frame.terms")) }
      }
    }
  }
}
