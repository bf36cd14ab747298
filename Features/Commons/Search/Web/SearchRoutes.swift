import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// Searching the site, or one space of it.
package enum SearchRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/search") { visit in
        let query = visit.exchange.query.searched
        if !query.isEmpty, let wait = doors.limiter.take(.search, for: visit.exchange.client, at: visit.exchange.now) {
          return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait)
        }
        let (slug, page, languages, actor) = (visit.exchange.query["space"], visit.exchange.query.page, visit.settings.languages, visit.actor)
        if let idea = try await visit.read({ try Slips.contribution(reference: query, in: $0) }) { return visit.redirect("/go/\(idea)") }
        let (space, results) = try await visit.read { db in
          let space = try slug.map { try SpaceContext.load($0, for: actor, in: db).space }
          let results = try Search.find(
            query, in: space?.id, languages: languages, limit: Listing.pageSize, offset: (page - 1) * Listing.pageSize, db)
          return (space, results)
        }
        let title = query.isEmpty ? visit.say("search.title") : visit.say("search.for", ["query": .text(query)])
        let path = "/search?q=\(Percent.encode(query))" + (space.map { "&space=\($0.slug)" } ?? "")
        return visit.page(title, path: path, robots: false) { $0.search(query, in: space, results, page: page) }
      }
    ]
  }
}

extension Page {
  func search(_ query: String, in space: Space?, _ results: SearchResults, page: Int) {
    div(.class("wrap")) {
      crumbs([(say("search.title"), nil)])
      div(.class("head")) { h1(say("search.title")) }
      form(.fixed("method", "get"), .action(path("/search")), .class("filters"), .fixed("role", "search")) {
        div(.class("field")) {
          label(space.map { say("search.in-space", ["space": .text(plain($0.title))]) } ?? say("search.on-site"), .for("q"))
          input(.type("search"), .id("q"), .name("q"), .value(query), .fixed("maxlength", "200"))
        }
        if let space { hidden("space", space.slug) }
        div { button(say("frame.search"), .class("button"), .type("submit")) }
      }
      if let space {
        p {
          link("/search?q=\(Percent.encode(query))", say("search.everywhere")); text(" · "); link("/processes/\(space.slug)", plain(space.title))
        }
      }
      if !query.isEmpty {
        section("results", say("search.count", ["count": .count(results.total)])) {
          if results.total == 0 { p(say("search.none")) }
          ol(.class("register")) {
            for hit in results.hits {
              li {
                p(.class("mark")) { text(say(MessageKey(storedKey: "resources.kind." + hit.kind.rawValue))) }
                div(.class("flow-s")) {
                  h3(.class("said"), inLanguage(hit.language)) { link(hitPath(hit), hit.title.isEmpty ? say("search.untitled") : hit.title) }
                  p(.class("small"), inLanguage(hit.language)) {
                    for piece in hit.extract { if piece.matches { strong(piece.text) } else { text(piece.text) } }
                  }
                  authorLine(hit.author, hit.published)
                  if space == nil {
                    let title = hit.spaceTitle.text(in: language)
                    p(.class("small soft")) {
                      text(say("search.within") + " "); span(title.text, inLanguage(title.language))
                    }
                  }
                }
              }
            }
          }
          let base = "/search?q=\(Percent.encode(query))" + (space.map { "&space=\($0.slug)" } ?? "")
          pages(current: page, count: (results.total + Listing.pageSize - 1) / Listing.pageSize) { path("\(base)&page=\($0)") }
        }
      }
    }
  }

  private func hitPath(_ hit: Hit) -> String { "/go/\(hit.resource)" }
}
