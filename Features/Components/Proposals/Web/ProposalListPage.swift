import CommonsDomain
import Database
import HTML
import Interface
import Localization
import Participation

struct ProposalListModel: Sendable {
  let context: SpaceContext
  let component: Component
  let themes: [Theme]
  let listing: Listing
  let search: String
  let rows: [ProposalRow]
  let total: Int
  let facets: [String: Int]
  let canPropose: Bool
  let canAssist: Bool

  static func load(
    _ context: SpaceContext, _ component: Component, _ actor: Actor, _ query: Fields, _ languages: [Language], in db: Reading
  ) throws -> ProposalListModel {
    let listing = Listing(kind: .proposal, query: query, now: db.now)
    let search = query.searched
    let found = try FoundOrListed.page(listing, search: search, component: component, languages: languages, in: db)
    let admission = try Admission.load(component.id, in: db)
    return ProposalListModel(
      context: context, component: component, themes: try ComponentThemes.list(of: component.id, in: db), listing: found.listing, search: search,
      rows: try Proposals.rows(found.ids, in: db), total: found.total, facets: try Standings.facets(.proposal, of: component.id, in: db),
      canPropose: Propose(admission).verdict(for: actor, at: db.now).isOffered,
      canAssist: Assist(context.space.id).verdict(for: actor, at: db.now).isYes && Propose(admission).verdict(for: actor, at: db.now).isYes)
  }
}

extension Page {
  func proposalList(_ model: ProposalListModel) {
    let base = model.context.path(model.component)
    let themes = Dictionary(model.themes.map { ($0.id, plain($0.name)) }, uniquingKeysWith: { first, _ in first })
    div(.class("wrap")) {
      crumbs(model.context, (plain(model.component.title), nil))
      draftNotice(model.context.space)
      div(.class("head")) {
        h1 { words(model.component.title) }
        words(model.component.introduction, in: "p", .class("lead"))
        if let limit = model.component.settings.supportLimit { p(say("proposals.limit", ["count": .count(limit)]), .class("small soft")) }
        if let threshold = model.component.settings.supportThreshold {
          p(say("proposals.threshold", ["count": .count(threshold)]), .class("small soft"))
        }
        if model.canPropose { p { link(base + "/proposals/new", say("proposals.propose"), .class("button voice")) } }
        if model.canAssist { p { link(base + "/proposals/assist", say("assist.title"), .class("button second")) } }
      }
      listingForm(
        model.listing, base: base, id: "ideas", search: model.search,
        themes: model.themes.compactMap { theme in model.facets["theme:\(theme.id)"].map { (theme.id, plain(theme.name), $0) } },
        themeLabel: say("proposals.theme"),
        kinds: Dictionary(Author.Kind.allCases.map { ($0, model.facets["author:" + $0.rawValue] ?? 0) }, uniquingKeysWith: +))
      section("ideas", say("proposals.count", ["count": .count(model.total)])) {
        if model.rows.isEmpty { p(say(model.search.isEmpty && !model.listing.isFiltered ? "list.empty" : "list.none")) }
        ol(.class("register wide")) { for row in model.rows { proposalRow(row, base, themes) } }
        pages(current: model.listing.page, count: (model.total + Listing.pageSize - 1) / Listing.pageSize) {
          path(model.listing.address(base, page: $0, search: model.search))
        }
      }
    }
  }

  func proposalRow(_ row: ProposalRow, _ base: String, _ themes: [Int64: String]) {
    li {
      p(.class("mark")) {
        stone("for"); text(" " + say("proposals.supports", ["count": .count(row.supports)]))
      }
      div(.class("flow-s")) {
        h3(.class("said"), inLanguage(row.language)) { link("\(base)/proposals/\(row.id)", row.title) }
        p(.class("small soft")) {
          element("bdi", []) { text(name(of: row.author)) }
          if let channel = row.author.channel { text(", " + say(MessageKey(storedKey: "authors.channel." + channel.rawValue))) }
          text(", ")
          day(row.published.milliseconds)
          languageTag(row.language)
        }
      }
      p(.class("facts")) {
        if let theme = row.theme.flatMap({ themes[$0] }) { text(theme); br() }
        if !row.place.isEmpty { icon("place"); text(" " + row.place); br() }
        text(say("arguments.count", ["count": .count(row.arguments)]))
      }
    }
  }
}
