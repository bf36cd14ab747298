import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText
import TextAnalysis

/// Legal pages as everyone reads them, what they said before, and where administrators change them.
package enum LegalRoutes {
  private static let editionsOnAPage = 5

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/pages/:page", cached: true) { visit in
        let slug = try slug(visit)
        let (own, earlier) = try await visit.read { [language = visit.language] db in
          (try LegalTexts.own(slug, language, in: db), try LegalTexts.countEditions(slug, language, in: db))
        }
        let body = try RichText(markdown: LegalPages.shown(slug, own: own, visit.settings, visit.say), limits: .body)
        return visit.page(LegalPages.title(slug, visit.say), path: "/pages/" + slug) { $0.legalPage(slug, body, hasEarlier: earlier > 0) }
      },
      doors.get("/pages/:page/earlier", cached: true) { visit in
        let slug = try slug(visit)
        let asked = visit.exchange.query.page
        let model = try await visit.read { [language = visit.language, settings = visit.settings, say = visit.say] db in
          let pages = max(1, (try LegalTexts.countEditions(slug, language, in: db) + editionsOnAPage - 1) / editionsOnAPage)
          let page = min(asked, pages)
          // One more than is shown: what came after the first of them.
          let skipped = (page - 1) * editionsOnAPage
          let editions = try LegalTexts.editions(slug, language, limit: editionsOnAPage + 1, offset: max(0, skipped - 1), in: db)
          let today = LegalPages.shown(slug, own: try LegalTexts.own(slug, language, in: db), settings, say)
          return EarlierLegalPages(slug: slug, editions: editions, today: today, page: page, pages: pages, size: editionsOnAPage)
        }
        return visit.page(visit.say("legal.earlier"), path: "/pages/\(slug)/earlier") { $0.earlierLegalPages(model) }
      },
      doors.admin("/admin/legal") { visit in visit.page(visit.say("admin.legal"), robots: false) { $0.legalPagesToChange() } },
      doors.admin("/admin/legal/:page") { visit in
        let slug = try slug(visit)
        let shown = try await visit.begun(state(slug, visit))
        return visit.page(visit.say("admin.legal"), robots: false) { $0.legalForm(slug, shown, visit) }
      },
      doors.adminPost("/admin/legal/:page") { visit in
        let words = visit.settings.languages.compactMap { doors.localizer($0, zone: visit.settings.zone) }
        return try await change(try slug(visit), visit, in: words)
      },
    ]
  }

  private static func change(_ slug: String, _ visit: Visit, in words: [Localizer]) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    try visit.refuseOvertaken(try await state(slug, visit))
    let texts = words.map { say in
      let field = "source_" + say.language.tag
      _ = form.markdown(field, longest: 15_000, limits: .body)
      let source = form.typed(field)
      // With the settings filled in it must still be a page.
      let shown = LegalPages.shown(slug, own: source, visit.settings, say)
      if !form.hasFault(field), (try? RichText(markdown: shown, limits: .body)) == nil { form.fail(field, "form.fault.markup") }
      return (say, source: source)
    }
    guard form.isValid else {
      return visit.page(visit.say("admin.legal"), status: 422, robots: false) { $0.legalForm(slug, FormState(form), visit) }
    }
    let asksAgain = slug == "terms" && form.isChecked("new_version")
    try await visit.publish { actor, db in
      let permit = try Permit(ManageOrganization(), for: actor, in: db)
      guard let before = try OrganizationStore.settings(in: db) else { throw NotFound() }
      var after = before
      if asksAgain { after.termsVersion += 1 }
      let changes = try texts.map { say, source in
        LegalChange(
          say.language, source: source,
          before: LegalPages.shown(slug, own: try LegalTexts.own(slug, say.language, in: db), before, say),
          after: LegalPages.shown(slug, own: source, after, say))
      }
      try LegalTexts.change(slug, to: changes, asksAgain: asksAgain, permit: permit, in: db)
    }
    visit.organization.settingsChanged()
    return visit.redirect("/admin/legal", saying: "flash.saved")
  }

  private static func slug(_ visit: Visit) throws -> String {
    guard let slug = visit.exchange.parameters["page"], LegalPages.slugs.contains(slug) else { throw NotFound() }
    return slug
  }

  private static func state(_ slug: String, _ visit: Visit) async throws -> FormState {
    let languages = visit.settings.languages
    let own = try await visit.read { db in try languages.map { try LegalTexts.own(slug, $0, in: db) } }
    var state = FormState()
    for (language, text) in zip(languages, own) { state.values["source_" + language.tag] = text ?? LegalPages.template(slug, language) }
    return state
  }
}

/// One page of what a legal page said before.
struct EarlierLegalPages: Sendable {
  let slug: String
  /// The latest first.
  let editions: [(edition: LegalEdition, replacedBy: String)]
  let page: Int
  let pages: Int

  /// - Parameters:
  ///   - editions: Those of this page and, but on the first page, the one that came after them.
  ///   - today: What the page says now.
  init(slug: String, editions: [LegalEdition], today: String, page: Int, pages: Int, size: Int) {
    let after = page == 1 ? [today] + editions.map(\.source) : editions.map(\.source)
    let own = page == 1 ? editions : Array(editions.dropFirst())
    self.slug = slug
    self.editions = zip(own, after).prefix(size).map { ($0, $1) }
    self.page = page
    self.pages = pages
  }
}

extension Page {
  fileprivate func legalPage(_ slug: String, _ body: RichText, hasEarlier: Bool) {
    let title = LegalPages.title(slug, say)
    div(.class("wrap")) {
      crumbs([(title, nil)])
      div(.class("head")) { h1(title) }
      h2(say("legal.content"), .class("vh"))
      div(.class("prose")) { rich(body) }
      if hasEarlier { p(.class("mt5")) { link("/pages/\(slug)/earlier", say("legal.earlier")) } }
    }
  }

  fileprivate func earlierLegalPages(_ model: EarlierLegalPages) {
    let title = LegalPages.title(model.slug, say)
    div(.class("wrap")) {
      crumbs([(title, "/pages/" + model.slug), (say("legal.earlier"), nil)])
      div(.class("head")) {
        h1(say("legal.earlier.title", ["page": .text(title)])); p(say("legal.earlier.lead"), .class("lead"))
      }
      if model.editions.isEmpty { p(say("legal.earlier.none"), .class("soft")) }
      for (index, (edition, next)) in model.editions.enumerated() {
        let (was, became) = (try? RichText(markdown: edition.source, limits: .body), try? RichText(markdown: next, limits: .body))
        section("e\(index)", say("legal.earlier.until", ["date": .text(say.date(edition.ended.milliseconds))])) {
          div(.class("flow-s")) {
            p(.class("small soft")) {
              if model.slug == "terms" { text(say("legal.earlier.version", ["number": .number(edition.termsVersion)]) + " · ") }
              text(say("legal.earlier.change", ["time": .text(say.dateTime(edition.ended.milliseconds))]))
            }
            if let was, let became { difference(WordDifference.between(was.plain, became.plain), language) }
            if let was {
              details {
                summary(say("legal.earlier.whole"))
                div(.class("prose")) { rich(was) }
              }
            }
          }
        }
      }
      pages(current: model.page, count: model.pages) { path("/pages/\(model.slug)/earlier?page=\($0)") }
      p(.class("mt5")) { link("/pages/" + model.slug, say("form.back")) }
    }
  }

  fileprivate func legalPagesToChange() {
    div(.class("wrap narrow")) {
      crumbs([(say("admin.title"), "/admin"), (say("admin.legal"), nil)])
      div(.class("head")) {
        h1(say("admin.legal")); p(say("admin.legal.lead"), .class("lead"))
      }
      ul { for slug in LegalPages.slugs { li { link("/admin/legal/" + slug, LegalPages.title(slug, say)) } } }
    }
  }

  fileprivate func legalForm(_ slug: String, _ state: FormState, _ visit: Visit) {
    let title = LegalPages.title(slug, say)
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("admin.title"), "/admin"), (say("admin.legal"), "/admin/legal"), (title, nil)])
      div(.class("head")) {
        h1(title); p(say("admin.legal.kept"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path("/admin/legal/" + slug))) {
        seen(state)
        localizedArea("source", say("admin.legal.source"), hint: say("admin.legal.hint"), visit.settings.languages, state, rows: 20)
        if slug == "terms" {
          check("new_version", say("admin.legal.new-version"), isChecked: state.faults.isEmpty || !state["new_version"].isEmpty)
        }
        voice(say("form.save"))
      }
    }
  }
}
