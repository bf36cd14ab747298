import CommonsDomain
import Database
package import Interface
import Participation

/// What a space holds, to download: whoever wants counts again.
package enum OpenDataRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/processes/:slug/open-data") { visit in
        if let wait = doors.limiter.take(.downloads, for: visit.exchange.client, at: visit.exchange.now) {
          return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait)
        }
        let slug = visit.exchange.parameters["slug"] ?? ""
        let data = try await visit.read { db in
          let space = try SpaceContext.load(slug, for: .visitor, in: db).space
          return try OpenData.of(space, in: db).json
        }
        var answer = Answer.json(data)
        answer.extra.append(("Content-Disposition", "attachment; filename=\"\(slug).json\""))
        return answer
      }
    ]
  }
}
