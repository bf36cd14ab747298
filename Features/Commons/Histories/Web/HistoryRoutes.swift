import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import TextAnalysis

/// The history of each text: its revisions, what changed, and the votes of each edition.
package enum HistoryRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    ResourceAccess.bases.map { base in
      doors.get(base + "/history", cached: true) { visit in
        guard let id = visit.exchange.number("wording") ?? visit.exchange.number("id") else { throw NotFound() }
        let (actor, slug) = (visit.actor, visit.exchange.parameters["slug"] ?? "")
        let (context, revisions, tallies) = try await visit.read { db in
          let resource = try Resources.resource(ID(id), in: db)
          try ResourceAccess.check(resource, for: actor, under: visit.exchange.parameters["slug"], in: db)
          guard resource.state == .published else { throw NotFound() }
          let context = try SpaceContext.load(slug, for: actor, in: db)
          let component = try context.component(visit.exchange.number("component"), for: actor, at: db.now)
          guard ResourceAccess.isAddressed(resource, by: visit.exchange, in: component.id) else { throw NotFound() }
          let revisions = try Revisions.history(of: resource.id, in: db)
          let takesVotes = resource.kind == .article || resource.kind == .wording
          let editions = takesVotes ? Set(revisions.map(\.edition)).sorted() : []
          let tallies = try editions.map { ($0, try Votes.tally(of: resource.id, edition: $0, in: db)) }
          return (context, revisions, Dictionary(tallies, uniquingKeysWith: { first, _ in first }))
        }
        let path = String(visit.exchange.path.dropLast("/history".count))
        return visit.page(visit.say("resources.history.title"), path: visit.exchange.path) { $0.history(context, revisions, tallies, path) }
      }
    }
  }
}

extension Page {
  func history(_ context: SpaceContext, _ revisions: [Revision], _ tallies: [Int: Tally], _ back: String) {
    div(.class("wrap")) {
      crumbs(context, (revisions.first?.title ?? "", back), (say("resources.history.title"), nil))
      div(.class("head")) { h1(say("resources.history.title")) }
      for (index, revision) in revisions.enumerated() {
        let older = index + 1 < revisions.count ? revisions[index + 1] : nil
        section("r\(revision.number)", say("resources.revision", ["number": .number(revision.number)])) {
          p(.class("small soft")) {
            day(revision.made.milliseconds)
            text(", " + say.time(revision.made.milliseconds))
            if let older {
              text(" · ")
              tag(say(older.edition == revision.edition ? "resources.revision.correction" : "resources.revision.version"))
            }
          }
          if !revision.reason.isEmpty { p(revision.reason, .class("said"), inLanguage(revision.language)) }
          // The votes of an edition stand with its last revision.
          if let tally = tallies[revision.edition], index == 0 || revisions[index - 1].edition != revision.edition {
            p {
              strong(say("resources.revision.votes"))
              let (pro, mixed, con) = (tally.total(.for), tally.total(.mixed), tally.total(.against))
              text(" " + say("votes.count", ["count": .count(tally.total)]) + " · ")
              text(say("votes.line", ["for": .number(pro), "mixed": .number(mixed), "against": .number(con)]))
            }
          }
          if let older {
            if older.title != revision.title { difference(WordDifference.between(older.title, revision.title), revision.language) }
            difference(WordDifference.between(older.plain, revision.plain), revision.language)
          } else {
            h3(revision.title, .class("said"), inLanguage(revision.language))
            div(.class("law"), inLanguage(revision.language)) { rich(revision.body) }
          }
        }
      }
      p { link(back, say("form.back")) }
    }
  }
}
