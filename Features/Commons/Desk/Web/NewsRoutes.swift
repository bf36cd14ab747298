import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// The news of a process: posting, correcting, deleting.
package enum NewsRoutes {
  private static let news = "/admin/processes/:slug/news"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.post(news) { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let form = FormReader(visit.exchange.form)
        let (title, body) = words(form, visit)
        guard form.isValid else {
          return visit.page(visit.say("admin.edit"), status: 422, robots: false) { $0.overview(model, FormState(form), visit) }
        }
        try await visit.act { actor, db in
          try Spaces.post(news: title, body: body, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.published")
      },
      doors.get(news + "/:post") { visit in
        let (model, post) = try await load(visit)
        var state = FormState()
        state.fill("news_title", post.title)
        state.fill("news_body", post.body)
        let shown = state
        return visit.page(visit.say("admin.news.edit"), robots: false) { $0.editNews(model, post, shown, visit) }
      },
      doors.post(news + "/:post") { visit in
        let (model, post) = try await load(visit)
        let form = FormReader(visit.exchange.form)
        let (title, body) = words(form, visit)
        guard form.isValid else {
          return visit.page(visit.say("admin.news.edit"), status: 422, robots: false) { $0.editNews(model, post, FormState(form), visit) }
        }
        try await visit.act { actor, db in
          try Spaces.edit(news: post.id, title, body: body, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
      },
      doors.get(news + "/:post/remove") { visit in
        let (model, post) = try await load(visit)
        return visit.page(visit.say("admin.news.remove"), robots: false) { $0.removeNews(model, post) }
      },
      doors.post(news + "/:post/remove") { visit in
        let (model, post) = try await load(visit)
        try await visit.act { actor, db in
          try Spaces.removeNews(post.id, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.removed")
      },
    ]
  }

  private static func load(_ visit: Visit) async throws -> (SpaceAdminModel, NewsPost) {
    let model = try await SpaceAdminRoutes.model(visit)
    guard let post = model.news.first(where: { String($0.id) == visit.exchange.parameters["post"] }) else { throw NotFound() }
    return (model, post)
  }

  private static func words(_ form: FormReader, _ visit: Visit) -> (title: LocalizedText, body: LocalizedText) {
    let title = form.localized("news_title", visit.settings.languages, longest: 150)
    let body = form.localized("news_body", visit.settings.languages, longest: 5_000, lines: true)
    for (tag, words) in body.texts where (try? RichText(markdown: words)) == nil { form.fail("news_body_" + tag, "form.fault.markup") }
    return (title, body)
  }
}

extension Page {
  func news(_ model: SpaceAdminModel, _ languages: [Language], _ state: FormState) {
    let base = "/admin" + model.context.path
    section("news", say("spaces.news")) {
      ul {
        for post in model.news {
          li {
            day(post.published.milliseconds)
            text(" ")
            link("\(base)/news/\(post.id)", plain(post.title))
          }
        }
      }
      form(.fixed("method", "post"), .action(path(base + "/news"))) {
        newsFields(languages, state)
        p(.class("mt4")) { button(say("admin.news.post"), .class("button"), .type("submit")) }
      }
    }
  }

  private func newsFields(_ languages: [Language], _ state: FormState) {
    localizedField("news_title", say("admin.news.title"), languages, state, longest: 150)
    localizedArea("news_body", say("admin.news.body"), hint: say("form.markdown.hint"), languages, state)
  }

  func editNews(_ model: SpaceAdminModel, _ post: NewsPost, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model, say("admin.news.edit"))
      div(.class("head")) { h1(say("admin.news.edit")) }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        newsFields(visit.settings.languages, state)
        voice(say("form.save"))
      }
      p(.class("mt5")) { link("/admin\(model.context.path)/news/\(post.id)/remove", say("admin.news.remove")) }
    }
  }

  func removeNews(_ model: SpaceAdminModel, _ post: NewsPost) {
    let back = "/admin\(model.context.path)/news/\(post.id)"
    div(.class("wrap narrow")) {
      adminCrumbs(model, say("admin.news.remove"))
      div(.class("head")) { h1(say("admin.news.remove.title", ["title": .text(plain(post.title))])) }
      p(say("admin.news.remove.body"))
      form(.fixed("method", "post"), .action(path(back + "/remove"))) {
        p(.class("mt5 cluster")) {
          button(say("admin.news.remove"), .class("button danger"), .type("submit"))
          link(back, say("admin.news.keep"))
        }
      }
    }
  }
}
