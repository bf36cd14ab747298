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
        let state = try await visit.begun(FormState())
        return visit.page(visit.say("admin.articles"), robots: false) { $0.editArticles(model, state, visit) }
      },
      doors.post(base) { visit in
        let model = try await load(visit)
        let form = FormReader(visit.exchange.form)
        let languages = visit.settings.languages
        if let move = Move(form.typed("move")) {
          try await visit.act { actor, db in
            let permit = try Permit(ManageSpace(model.admin.context.space.id), for: actor, in: db)
            switch move.what {
            case .section: try TextOrder.move(section: ID(move.id), move.direction, in: model.component.id, permit: permit, in: db)
            case .article: try TextOrder.move(article: ID(move.id), move.direction, in: model.component.id, permit: permit, in: db)
            }
          }
          return visit.redirect(visit.exchange.path, saying: "flash.saved")
        }
        if form.isChecked("_section") {
          let title = form.localized("section_title", languages, longest: 150)
          guard form.isValid else {
            return visit.page(visit.say("admin.articles"), status: 422, robots: false) { $0.editArticles(model, FormState(form), visit) }
          }
          try await visit.publish { actor, db in
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
        _ = try await visit.publish { actor, db in try ArticleWriting.addOfficial(parts, component: model.component.id, by: actor, in: db) }
        return visit.redirect(visit.exchange.path, saying: "flash.saved")
      },
      doors.get(base + "/sections/:section") { visit in
        let (model, section) = try await loadSection(visit)
        var state = FormState()
        state.fill("section_title", section.title)
        let shown = try await visit.begun(state)
        return visit.page(visit.say("admin.section.edit"), robots: false) { $0.editSection(model, section, shown, visit) }
      },
      doors.post(base + "/sections/:section") { visit in
        let (model, section) = try await loadSection(visit)
        let form = FormReader(visit.exchange.form)
        let back = "/admin\(model.admin.context.path)/activities/\(model.component.id)/articles"
        if form.isChecked("_remove") {
          try await visit.act { actor, db in
            try TextOrder.remove(
              section.id, in: model.component.id, permit: Permit(ManageSpace(model.admin.context.space.id), for: actor, in: db), in: db)
          }
          return visit.redirect(back, saying: "flash.removed")
        }
        let title = form.localized("section_title", visit.settings.languages, longest: 150)
        guard form.isValid else {
          return visit.page(visit.say("admin.section.edit"), status: 422, robots: false) { $0.editSection(model, section, FormState(form), visit) }
        }
        try await visit.publish { actor, db in
          try TextOrder.rename(
            section.id, title, in: model.component.id, permit: Permit(ManageSpace(model.admin.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect(back, saying: "flash.saved")
      },
    ]
  }

  private static func loadSection(_ visit: Visit) async throws -> (TextAdminModel, Section) {
    let model = try await load(visit)
    guard let section = model.sections.first(where: { String($0.id.number) == visit.exchange.parameters["section"] }) else { throw NotFound() }
    return (model, section)
  }

  /// What a press on an arrow says: "section:4:up".
  private struct Move {
    enum What: String { case section, article }
    let what: What
    let id: Int64
    let direction: TextOrder.Direction

    init?(_ text: String) {
      let parts = text.split(separator: ":").map(String.init)
      guard parts.count == 3, let what = What(rawValue: parts[0]), let id = Int64(parts[1]), let direction = TextOrder.Direction(rawValue: parts[2])
      else { return nil }
      self.what = what
      self.id = id
      self.direction = direction
    }
  }

  private static func load(_ visit: Visit) async throws -> TextAdminModel {
    let admin = try await SpaceAdminRoutes.model(visit)
    guard
      let component = admin.context.components.first(where: { String($0.id.number) == visit.exchange.parameters["activity"] && $0.kind == .texts })
    else { throw NotFound() }
    return try await visit.read { db in
      let sections = try Texts.sections(of: component.id, in: db)
      return TextAdminModel(
        admin: admin, component: component, sections: sections, articles: try Texts.officialArticles(of: component.id, in: db),
        empty: Set(try sections.map(\.id).filter { try TextOrder.isEmpty($0, in: db) }))
    }
  }
}

struct TextAdminModel: Sendable {
  let admin: SpaceAdminModel
  let component: Component
  let sections: [Section]
  let articles: [ArticleRow]
  let empty: Set<ID<Section>>
}

extension Page {
  func editArticles(_ model: TextAdminModel, _ state: FormState, _ visit: Visit) {
    let languages = visit.settings.languages
    let base = model.admin.context.path(model.component)
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model.admin, say("admin.articles"))
      div(.class("head")) { h1(say("admin.articles.of", ["title": .text(plain(model.component.title))])) }
      for (number, section) in model.sections.enumerated() {
        h2(plain(section.title), .class("mt6"))
        div(.class("cluster small")) {
          link("\(visit.exchange.path)/sections/\(section.id)", say("admin.section.edit"))
          arrows("section:\(section.id)", plain(section.title), isFirst: number == 0, isLast: number == model.sections.count - 1, visit)
        }
        let rows = model.articles.filter { $0.section == section.id }
        ol(.class("register flat")) {
          for (place, row) in rows.enumerated() {
            li {
              p { link("\(base)/articles/\(row.id)", row.title) }
              div(.class("cluster small")) {
                link("\(base)/articles/\(row.id)/correct", say("resources.correct"))
                link("\(base)/articles/\(row.id)/version", say("resources.new-version"))
                arrows("article:\(row.id)", row.title, isFirst: place == 0, isLast: place == rows.count - 1, visit)
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

  /// Up and down, each a press of its own; at an end only the other one stands there.
  private func arrows(_ what: String, _ name: String, isFirst: Bool, isLast: Bool, _ visit: Visit) {
    if isFirst && isLast { return }
    form(.fixed("method", "post"), .action(path(visit.exchange.path)), .class("cluster")) {
      for (direction, key, isOffered) in [("up", "admin.move.up" as MessageKey, !isFirst), ("down", "admin.move.down", !isLast)] where isOffered {
        button(.class("button quiet"), .type("submit"), .name("move"), .value("\(what):\(direction)")) {
          text(say(key))
          span(" " + name, .class("vh"))
        }
      }
    }
  }

  func editSection(_ model: TextAdminModel, _ section: Section, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model.admin, say("admin.section.edit"))
      div(.class("head")) { h1(plain(section.title)) }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        localizedField("section_title", say("admin.field.title"), visit.settings.languages, state, longest: 150)
        voice(say("form.save"))
      }
      if model.empty.contains(section.id) {
        form(.fixed("method", "post"), .action(path(visit.exchange.path)), .class("mt5")) {
          p(say("admin.section.remove.hint"))
          p(.class("mt4")) { button(say("admin.section.remove"), .class("button danger"), .type("submit"), .name("_remove"), .value("1")) }
        }
      } else {
        p(say("admin.section.holds"), .class("small soft mt5"))
      }
    }
  }
}
