import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import Participation
import RichText

/// The organiser's side of a text: its sections and the authority's articles.
package enum TextAdminRoutes {
  private static let base = "/admin/processes/:slug/activities/:activity/articles"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get(base) { visit in
        let model = try await load(visit)
        return visit.page(visit.say("admin.articles"), robots: false) { $0.editArticles(model, FormState(), visit) }
      },
      doors.post(base) { visit in
        let model = try await load(visit)
        let form = FormReader(visit.exchange.form)
        let languages = visit.settings.languages
        if form.isChecked("_section") {
          let title = form.localized("section_title", languages, longest: 150)
          guard form.isValid else {
            return visit.page(visit.say("admin.articles"), status: 422, robots: false) { $0.editArticles(model, FormState(form), visit) }
          }
          try await visit.act { actor, db in
            try Texts.addSection(title, to: model.component.id, permit: Permit(ManageSpace(model.admin.context.space.id), for: actor, in: db), in: db)
          }
          return visit.redirect(visit.exchange.path, saying: "flash.saved")
        }
        let title = form.text("title", longest: 250)
        let section = model.sections.first { String($0.id.number) == form.typed("section") }
        if section == nil { form.fail("section", "form.fault.choose") }
        let body = form.markdown("body", longest: 20_000, limits: .body)
        let plain = form.markdown("plain", longest: 5_000, limits: .body, required: false)
        let explanation = form.markdown("explanation", longest: 10_000, limits: .body, required: false)
        let before = form.markdown("before", longest: 20_000, limits: .body, required: false)
        guard form.isValid, let section else {
          return visit.page(visit.say("admin.articles"), status: 422, robots: false) { $0.editArticles(model, FormState(form), visit) }
        }
        let language = form.language(visit)
        let parts = ArticleParts(
          writ: Writ(title: title, source: form.typed("body"), body: body, language: language), section: section.id,
          explanation: Passage(source: form.typed("explanation"), body: explanation), plainWords: Passage(source: form.typed("plain"), body: plain),
          change: before.isEmpty
            ? nil : LawChange(title: title, before: Passage(source: form.typed("before"), body: before), after: body))
        try await visit.act { actor, db in try ArticleWriting.addOfficial(parts, component: model.component.id, by: actor, in: db) }
        return visit.redirect(visit.exchange.path, saying: "flash.saved")
      },
    ]
  }

  private static func load(_ visit: Visit) async throws -> TextAdminModel {
    let admin = try await SpaceAdminRoutes.model(visit)
    guard
      let component = admin.context.components.first(where: { String($0.id.number) == visit.exchange.parameters["activity"] && $0.kind == .texts })
    else { throw NotFound() }
    let (sections, articles) = try await visit.read {
      (try Texts.sections(of: component.id, in: $0), try Texts.officialArticles(of: component.id, in: $0))
    }
    return TextAdminModel(admin: admin, component: component, sections: sections, articles: articles)
  }
}

struct TextAdminModel: Sendable {
  let admin: SpaceAdminModel
  let component: Component
  let sections: [Section]
  let articles: [ArticleRow]
}

extension Page {
  func editArticles(_ model: TextAdminModel, _ state: FormState, _ visit: Visit) {
    let languages = visit.settings.languages
    let base = model.admin.context.path(model.component)
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model.admin, say("admin.articles"))
      div(.class("head")) { h1(say("admin.articles.of", ["title": .text(plain(model.component.title))])) }
      for section in model.sections {
        h2(plain(section.title), .class("mt6"))
        ol(.class("register flat")) {
          for row in model.articles where row.section == section.id {
            li {
              p { link("\(base)/articles/\(row.id)", row.title) }
              p(.class("cluster small")) {
                link("\(base)/articles/\(row.id)/correct", say("resources.correct"))
                link("\(base)/articles/\(row.id)/version", say("resources.new-version"))
              }
            }
          }
        }
      }
      section("new-section", say("admin.section.new")) {
        form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
          hidden("_section", "1")
          localizedField("section_title", say("admin.field.title"), languages, state, longest: 150)
          p(.class("mt4")) { button(say("admin.section.add"), .class("button second"), .type("submit")) }
        }
      }
      if !model.sections.isEmpty {
        section("new-article", say("admin.article.new")) {
          form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
            select("section", say("texts.section"), options: model.sections.map { (String($0.id.number), plain($0.title)) }, state: state)
            area("title", say("texts.field.title"), state: state, rows: 2, said: true)
            area("body", say("texts.field.body"), hint: say("form.markdown.hint"), state: state, rows: 10)
            area("plain", say("texts.plain-words"), state: state, rows: 4, required: false)
            area("explanation", say("texts.explanation.official"), state: state, rows: 4, required: false)
            area("before", say("admin.article.before"), hint: say("admin.article.before.hint"), state: state, rows: 6, required: false)
            languageField(visit, state)
            voice(say("admin.article.add"))
          }
        }
      }
    }
  }
}
