import CommonsDomain
import Database
import HTML
import Interface
import Localization
import Participation

/// The contents of a text: the authority's articles in their order, then those of participants, listed.
struct TextIndexModel: Sendable {
  let context: SpaceContext
  let component: Component
  let sections: [Section]
  let official: [ArticleRow]
  /// What the authority calls its articles in the language of the page, where that is not their own.
  let translated: [ResourceID: String]
  let listing: Listing
  let search: String
  let rows: [ArticleRow]
  let total: Int
  let facets: [String: Int]
  let canPropose: Bool

  static func load(
    _ context: SpaceContext, _ component: Component, _ asked: Asked, in db: Reading
  ) throws -> TextIndexModel {
    let listing = Listing(kind: .article, query: asked.query, now: db.now)
    let search = asked.query.searched
    let found = try FoundOrListed.page(
      listing, search: search, component: component, languages: asked.languages, in: db)
    let official = try Texts.officialArticles(of: component.id, in: db)
    let verdict = ProposeArticle(try Admission.load(component.id, in: db)).verdict(for: asked.actor, at: db.now)
    return TextIndexModel(
      context: context, component: component, sections: try Texts.sections(of: component.id, in: db),
      official: official, translated: try Translations.titles(of: official.map(\.id), in: asked.language, db), listing: found.listing, search: search,
      rows: try Texts.articles(found.ids, in: db),
      total: found.total,
      facets: try Standings.facets(.article, of: component.id, in: db), canPropose: verdict.isOffered)
  }
}

extension Page {
  func textIndex(_ model: TextIndexModel) {
    let base = model.context.path(model.component)
    div(.class("wrap")) {
      crumbs(model.context, (plain(model.component.title), nil))
      draftNotice(model.context.space)
      div(.class("head")) {
        h1 { words(model.component.title) }
        words(model.component.introduction, in: "p", .class("lead"))
        if model.canPropose { p { link(base + "/articles/new", say("texts.propose-article"), .class("button voice")) } }
      }
      // What is filtered leaves the other articles out; those of a section stand in it, whoever wrote them.
      let shelf = model.listing.theme
      if !model.official.isEmpty && model.search.isEmpty && model.listing.page == 1 && model.listing.authorKind == nil {
        section("contents", say("texts.contents")) {
          for section in model.sections where shelf == nil || section.id.number == shelf {
            if !model.official.contains(where: { $0.section == section.id }) { continue }
            words(section.title, in: "h3", .class("mt5"))
            ol(.class("register wide")) {
              for row in model.official where row.section == section.id {
                articleRow(row, base, official: true, translated: model.translated[row.id])
              }
            }
          }
        }
      }
      section("by-participants", say("texts.by-participants", ["count": .count(model.total)])) {
        listingForm(
          model.listing, base: base, id: "by-participants", search: model.search,
          themes: model.sections.compactMap { section in
            (model.facets["theme:\(section.id)"]).map { (section.id.number, plain(section.title), $0) }
          }, themeLabel: say("texts.section"),
          kinds: Dictionary(Author.Kind.allCases.map { ($0, model.facets["author:" + $0.rawValue] ?? 0) }, uniquingKeysWith: +))
        if model.rows.isEmpty { p(say(model.search.isEmpty && !model.listing.isFiltered ? "list.empty" : "list.none"), .class("mt5")) }
        ol(.class("register wide mt4")) { for row in model.rows { articleRow(row, base, official: false) } }
        pages(current: model.listing.page, count: (model.total + Listing.pageSize - 1) / Listing.pageSize) {
          path(model.listing.address(base, page: $0, search: model.search) + "#by-participants")
        }
      }
    }
  }

  private func articleRow(_ row: ArticleRow, _ base: String, official: Bool, translated: String? = nil) {
    li {
      let votes = row.pro + row.mixed + row.con
      p(.class("mark")) { text(votes == 0 ? say("votes.none.short") : say("votes.count", ["count": .count(votes)])) }
      div(.class("flow-s")) {
        h3(.class("said"), inLanguage(row.language)) { link("\(base)/articles/\(row.id)", row.title) }
        if let translated, row.language != language { p(translated, .class("small soft")) }
        if !official {
          p(.class("small soft")) {
            element("bdi", []) { text(name(of: row.author)) }; text(", "); day(row.published.milliseconds)
            languageTag(row.language)
          }
        }
        voteLine(pro: row.pro, mixed: row.mixed, con: row.con)
      }
      p(.class("facts")) {
        if votes > 0 {
          text(say("votes.line", ["for": .number(row.pro), "mixed": .number(row.mixed), "against": .number(row.con)]))
          br()
        }
        text(say("arguments.count", ["count": .count(row.arguments)]))
      }
    }
  }
}
