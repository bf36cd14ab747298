import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import TextAnalysis

/// The history of each text: its revisions, what changed, and the votes of each edition.
package enum HistoryRoutes {
  /// - Parameter passages: what the resources of a component have beside title and body.
  package static func routes(_ doors: Doors, passages: RevisedPassages) -> [Route] {
    ResourceAccess.revised.map { base in
      doors.get(base + "/history", cached: true) { visit in
        guard let id = visit.exchange.number(ResourceAccess.parameter(of: base)) else { throw NotFound() }
        let (actor, slug, asked) = (visit.actor, visit.exchange.parameters["slug"] ?? "", visit.exchange.query.page)
        let model = try await visit.read { db in
          let resource = try Resources.resource(ID(id), in: db)
          try ResourceAccess.check(resource, for: actor, under: visit.exchange.parameters["slug"], in: db)
          guard resource.state == .published else { throw NotFound() }
          let context = try SpaceContext.load(slug, for: actor, in: db)
          let component = try context.component(visit.exchange.number("component"), for: actor, at: db.now)
          guard try ResourceAccess.isAddressed(resource, by: visit.exchange, in: component.id, db) else { throw NotFound() }
          let pages = max(1, (resource.revision + HistoryModel.pageSize - 1) / HistoryModel.pageSize)
          let page = min(asked, pages)
          let revisions = try Revisions.history(
            of: resource.id, limit: HistoryModel.pageSize + 1, offset: (page - 1) * HistoryModel.pageSize, in: db)
          let takesVotes = resource.kind == .article || resource.kind == .wording
          let numbers = Set(revisions.map(\.number))
          let ends = takesVotes ? try Revisions.lastOfEditions(of: resource.id, in: db).filter { numbers.contains($0.number) } : []
          let tallies = try ends.map { ($0.number, try Votes.tally(of: resource.id, edition: $0.edition, in: db)) }
          let changes = try revisions.map { ($0.number, try Revisions.passageChanges(of: resource.id, revision: $0.number, in: db)) }
          return HistoryModel(
            context: context, title: try Revisions.shown(resource, in: db).name,
            place: try ResourcePath.path(of: resource, in: db), revisions: revisions,
            tallies: Dictionary(uniqueKeysWithValues: tallies), changes: Dictionary(uniqueKeysWithValues: changes), label: passages.label,
            page: page, pages: pages)
        }
        return visit.page(visit.say("resources.history.title"), path: visit.exchange.path) { $0.history(model, visit.exchange.path) }
      }
    }
  }
}

/// One page of a history. A long text is compared with the one before it: ten of them take a moment, a thousand do not end.
struct HistoryModel: Sendable {
  static let pageSize = 10

  let context: SpaceContext
  /// Its title, or how it begins.
  let title: String
  /// Where it is read.
  let place: String
  /// Those of this page, the newest first, and the one before them where there is one.
  let revisions: [Revision]
  /// By the number of the last revision of each edition.
  let tallies: [Int: Tally]
  /// What each revision changed beside title and body, by its number.
  let changes: [Int: [PassageChange]]
  let label: @Sendable (String, Localizer) -> String
  let page: Int
  let pages: Int
}

extension Page {
  func history(_ model: HistoryModel, _ address: String) {
    let (revisions, tallies) = (model.revisions, model.tallies)
    div(.class("wrap")) {
      crumbs(model.context, (model.title, model.place), (say("resources.history.title"), nil))
      div(.class("head")) { h1(say("resources.history.title")) }
      for (index, revision) in revisions.prefix(HistoryModel.pageSize).enumerated() {
        let older = index + 1 < revisions.count ? revisions[index + 1] : nil
        section("r\(revision.number)", say("resources.revision", ["number": .number(revision.number)])) {
          div(.class("flow-s")) {
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
            if let tally = tallies[revision.number] {
              p {
                strong(say("resources.revision.votes"))
                let (pro, mixed, con) = (tally.total(.for), tally.total(.mixed), tally.total(.against))
                text(" " + say("votes.count", ["count": .count(tally.total)]) + " · ")
                text(say("votes.line", ["for": .number(pro), "mixed": .number(mixed), "against": .number(con)]))
              }
            }
            if let older {
              let changes = model.changes[revision.number] ?? []
              if older.title != revision.title { difference(WordDifference.between(older.title, revision.title), revision.language) }
              // Where nothing else changed, it says that no word did.
              if older.plain != revision.plain || changes.isEmpty {
                difference(WordDifference.between(older.plain, revision.plain), revision.language)
              }
              for change in changes {
                h3(model.label(change.name, say))
                difference(WordDifference.between(change.was, change.became), RevisedPassages.language(of: change.name) ?? revision.language)
              }
            } else {
              if !revision.title.isEmpty { h3(revision.title, .class("said"), inLanguage(revision.language)) }
              div(.class("law"), inLanguage(revision.language)) { rich(revision.body) }
            }
          }
        }
      }
      pages(current: model.page, count: model.pages) { path("\(address)?page=\($0)") }
      p(.class("mt5")) { link(model.place, say("form.back")) }
    }
  }
}
