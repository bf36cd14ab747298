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
        return visit.page(visit.say("admin.articles"), robots: false) { $0.editArticles(model, visit) }
      },
      doors.post(base) { visit in
        let model = try await load(visit)
        guard let move = Move(FormReader(visit.exchange.form).typed("move")) else { throw NotFound() }
        try await visit.act { actor, db in
          let permit = try Permit(ManageSpace(model.admin.context.space.id), for: actor, in: db)
          switch move.what {
          case .section: try TextOrder.move(section: ID(move.id), move.direction, in: model.component.id, permit: permit, in: db)
          case .article: try TextOrder.move(article: ID(move.id), move.direction, in: model.component.id, permit: permit, in: db)
          }
        }
        return visit.redirect(visit.exchange.path, saying: "flash.saved")
      },
      doors.get(base + "/new") { visit in
        let model = try await load(visit)
        // An article stands in a section.
        if model.sections.isEmpty { return visit.redirect(model.address + "/sections/new") }
        let state = try await visit.begun(FormState())
        return visit.page(visit.say("admin.article.new"), robots: false) { $0.newArticle(model, state, visit) }
      },
      doors.post(base + "/new") { try await addArticle($0) },
      doors.get(base + "/sections/:section") { visit in
        let (model, section) = try await loadSection(visit)
        var state = FormState()
        if let section { state.fill("section_title", section.title) }
        let shown = try await visit.begun(state)
        return visit.page(sectionTitle(section, visit), robots: false) { $0.editSection(model, section, shown, visit) }
      },
      doors.post(base + "/sections/:section") { try await setSection($0) },
    ]
  }

  private static func addArticle(_ visit: Visit) async throws -> Answer {
    let model = try await load(visit)
    let form = FormReader(visit.exchange.form)
    let title = form.text("title", longest: Resource.Kind.article.longestTitle)
    let section = model.sections.first { String($0.id.number) == form.typed("section") }
    if section == nil { form.fail("section", "form.fault.choose") }
    let body = form.markdown("body", longest: Resource.Kind.article.longestBody, limits: .body)
    let language = form.language(visit)
    let beside = form.passages(ArticlePassages.fields(in: visit.settings.languages))
    let notes = ArticlePassages.notes(beside)
    if notes.translations.contains(where: { $0.language == language }) { form.fail("language", "texts.fault.translated-into-own") }
    guard form.isValid, let section else {
      return visit.page(visit.say("admin.article.new"), status: 422, robots: false) { $0.newArticle(model, FormState(form), visit) }
    }
    let parts = ArticleParts(
      writ: Writ(title: title, source: form.typed("body"), body: body, language: language), section: section.id, notes: notes)
    _ = try await visit.publish { actor, db in try ArticleWriting.addOfficial(parts, component: model.component.id, by: actor, in: db) }
    return visit.redirect(model.address, saying: "flash.saved")
  }

  private static func setSection(_ visit: Visit) async throws -> Answer {
    let (model, section) = try await loadSection(visit)
    let (form, component) = (FormReader(visit.exchange.form), model.component.id)
    let manage = ManageSpace(model.admin.context.space.id)
    if let section, form.isChecked("_remove") {
      try await visit.act { actor, db in try TextOrder.remove(section.id, in: component, permit: Permit(manage, for: actor, in: db), in: db) }
      return visit.redirect(model.address, saying: "flash.removed")
    }
    let title = form.localized("section_title", visit.settings.languages, longest: 150)
    guard form.isValid else {
      return visit.page(sectionTitle(section, visit), status: 422, robots: false) { $0.editSection(model, section, FormState(form), visit) }
    }
    try await visit.publish { actor, db in
      let permit = try Permit(manage, for: actor, in: db)
      if let section {
        try TextOrder.rename(section.id, title, in: component, permit: permit, in: db)
      } else {
        try Texts.addSection(title, to: component, permit: permit, in: db)
      }
    }
    return visit.redirect(model.address, saying: "flash.saved")
  }

  private static func sectionTitle(_ section: Section?, _ visit: Visit) -> String {
    visit.say(section == nil ? "admin.section.new" : "admin.section.edit")
  }

  /// The section that the address names; nil where it says `new`.
  private static func loadSection(_ visit: Visit) async throws -> (TextAdminModel, Section?) {
    let model = try await load(visit)
    if visit.exchange.parameters["section"] == "new" { return (model, nil) }
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

  /// The page of its sections and articles.
  var address: String { "/admin\(admin.context.path)/activities/\(component.id)/articles" }
}

extension Page {
  func editArticles(_ model: TextAdminModel, _ visit: Visit) {
    let base = model.admin.context.path(model.component)
    div(.class("wrap narrow")) {
      adminCrumbs(model.admin, say("admin.articles"))
      div(.class("head")) {
        h1(say("admin.articles.of", ["title": .text(plain(model.component.title))]))
        if model.sections.isEmpty { p(say("admin.section.first"), .class("lead")) }
        p(.class("cluster")) {
          if !model.sections.isEmpty { link(model.address + "/new", say("admin.article.new"), .class("button voice")) }
          link(model.address + "/sections/new", say("admin.section.new"), model.sections.isEmpty ? .class("button voice") : .class("button second"))
        }
      }
      for (number, section) in model.sections.enumerated() {
        words(section.title, in: "h2", .class("mt6"))
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
    }
  }

  fileprivate func newArticle(_ model: TextAdminModel, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      textForm(model, say("admin.article.new"), state, visit) {
        select("section", say("texts.section"), options: model.sections.map { (String($0.id.number), plain($0.title)) }, state: state)
        area("title", say("texts.field.title"), state: state, rows: 2, said: true)
        area("body", say("texts.field.body"), hint: say("form.markdown.hint"), state: state, rows: 10)
        languageField(visit, state)
        passages(ArticlePassages.fields(in: visit.settings.languages), label: { ArticlePassages.label($0, say) }, state)
        p(say("texts.law.more"), .class("small soft mt4"))
        voice(say("admin.article.add"))
      }
    }
  }

  /// The frame of a form about a text.
  private func textForm(_ model: TextAdminModel, _ title: String, _ state: FormState, _ visit: Visit, content: () -> Void) {
    summary(state)
    crumbs([
      (say("admin.title"), "/admin"), (plain(model.admin.context.space.title), "/admin" + model.admin.context.path),
      (plain(model.component.title), model.address), (title, nil),
    ])
    div(.class("head")) { h1(title) }
    form(.fixed("method", "post"), .action(path(visit.exchange.path))) { content() }
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

  fileprivate func editSection(_ model: TextAdminModel, _ section: Section?, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      textForm(model, section.map { plain($0.title) } ?? say("admin.section.new"), state, visit) {
        localizedField("section_title", say("admin.field.title"), visit.settings.languages, state, longest: 150)
        voice(say("form.save"))
      }
      if let section, model.empty.contains(section.id) {
        form(.fixed("method", "post"), .action(path(visit.exchange.path)), .class("mt5")) {
          p(say("admin.section.remove.hint"))
          p(.class("mt4")) { button(say("admin.section.remove"), .class("button danger"), .type("submit"), .name("_remove"), .value("1")) }
        }
      } else if section != nil {
        p(say("admin.section.holds"), .class("small soft mt5"))
      }
    }
  }
}
