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
      doors.get(news + "/:post") { visit in
        let (model, post) = try await load(visit)
        let shown = try await visit.begun(state(post))
        return visit.page(title(post, visit), robots: false) { $0.editNews(model, post, shown, visit) }
      },
      doors.post(news + "/:post") { visit in
        let (model, post) = try await load(visit)
        let form = FormReader(visit.exchange.form)
        if let post { try visit.refuseOvertaken(state(post)) }
        let (words, body) = words(form, visit)
        guard form.isValid else {
          return visit.page(title(post, visit), status: 422, robots: false) { $0.editNews(model, post, FormState(form), visit) }
        }
        try await visit.publish { actor, db in
          let permit = try Permit(ManageSpace(model.context.space.id), for: actor, in: db)
          if let post {
            try Spaces.edit(news: post.id, words, body: body, permit: permit, in: db)
          } else {
            try Spaces.post(news: words, body: body, permit: permit, in: db)
          }
        }
        return visit.redirect("/admin" + model.context.path, saying: post == nil ? "flash.published" : "flash.saved")
      },
      doors.get(news + "/:post/remove") { visit in
        let (model, post) = try await known(visit)
        return visit.page(visit.say("admin.news.remove"), robots: false) { $0.removeNews(model, post) }
      },
      doors.post(news + "/:post/remove") { visit in
        let (model, post) = try await known(visit)
        try await visit.act { actor, db in
          try Spaces.removeNews(post.id, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.removed")
      },
    ]
  }

  private static func known(_ visit: Visit) async throws -> (SpaceAdminModel, NewsPost) {
    let model = try await SpaceAdminRoutes.model(visit)
    guard let post = model.news.first(where: { String($0.id) == visit.exchange.parameters["post"] }) else { throw NotFound() }
    return (model, post)
  }

  /// The post that the address names; nil where it says `new`.
  private static func load(_ visit: Visit) async throws -> (SpaceAdminModel, NewsPost?) {
    visit.exchange.parameters["post"] == "new" ? (try await SpaceAdminRoutes.model(visit), nil) : try await known(visit)
  }

  private static func state(_ post: NewsPost?) -> FormState {
    var state = FormState()
    if let post {
      state.fill("news_title", post.title)
      state.fill("news_body", post.body)
    }
    return state
  }

  private static func title(_ post: NewsPost?, _ visit: Visit) -> String { visit.say(post == nil ? "admin.news.new" : "admin.news.edit") }

  private static func words(_ form: FormReader, _ visit: Visit) -> (title: LocalizedText, body: LocalizedText) {
    let title = form.localized("news_title", visit.settings.languages, longest: 150)
    let body = form.localized("news_body", visit.settings.languages, longest: 5_000, lines: true)
    for (tag, words) in body.texts where (try? RichText(markdown: words)) == nil { form.fail("news_body_" + tag, "form.fault.markup") }
    return (title, body)
  }
}

extension Page {
  func news(_ model: SpaceAdminModel, _ base: String) {
    section("news", say("spaces.news"), more: (base + "/news/new", say("admin.news.new"))) {
      ol(.class("register")) {
        for post in model.news {
          li {
            p(.class("mark")) { day(post.published.milliseconds) }
            p { link("\(base)/news/\(post.id)", post.title) }
          }
        }
      }
    }
  }

  func editNews(_ model: SpaceAdminModel, _ post: NewsPost?, _ state: FormState, _ visit: Visit) {
    let (title, languages) = (say(post == nil ? "admin.news.new" : "admin.news.edit"), visit.settings.languages)
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model, title)
      div(.class("head")) { h1(title) }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        seen(state)
        localizedField("news_title", say("admin.news.title"), languages, state, longest: 150)
        localizedArea("news_body", say("admin.news.body"), hint: say("form.markdown.hint"), languages, state)
        voice(say(post == nil ? "admin.news.post" : "form.save"))
      }
      if let post { p(.class("mt5")) { link("/admin\(model.context.path)/news/\(post.id)/remove", say("admin.news.remove")) } }
    }
  }

  func removeNews(_ model: SpaceAdminModel, _ post: NewsPost) {
    let back = "/admin\(model.context.path)/news/\(post.id)"
    div(.class("wrap narrow")) {
      adminCrumbs(model, say("admin.news.remove"))
      div(.class("head")) { h1(say("admin.news.remove.title", ["title": .text(plain(post.title))])) }
      p(say("admin.news.remove.body"))
      danger(say("admin.news.remove"), action: back + "/remove", back: back, keep: say("admin.news.keep"))
    }
  }
}
