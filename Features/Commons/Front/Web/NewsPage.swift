import CommonsDomain
import Database
import HTML
import Interface
import Localization
import RichText

/// All news of a process, a page at a time.
struct NewsModel: Sendable {
  static let pageSize = 20

  let context: SpaceContext
  let posts: [NewsPost]
  let page: Int
  let pages: Int

  static func load(_ slug: String, page asked: Int, for actor: Actor, in db: Reading) throws -> NewsModel {
    let context = try SpaceContext.load(slug, for: actor, in: db)
    let pages = max(1, (try Spaces.newsCount(of: context.space.id, in: db) + pageSize - 1) / pageSize)
    let page = min(max(1, asked), pages)
    return NewsModel(
      context: context, posts: try Spaces.news(of: context.space.id, limit: pageSize, from: (page - 1) * pageSize, in: db), page: page, pages: pages)
  }
}

extension Page {
  /// The newest news on the page of a process.
  func news(_ model: ProcessModel) {
    let all = (path: model.context.path + "/news", words: say("spaces.news.all"))
    section("news", say("spaces.news"), more: model.newsCount > model.news.count ? all : nil) { register(model.news, heading: "h3") }
  }

  func allNews(_ model: NewsModel) {
    div(.class("wrap narrow")) {
      crumbs(model.context, (say("spaces.news.all"), nil))
      draftNotice(model.context.space)
      div(.class("head")) { h1(say("spaces.news.all")) }
      if model.posts.isEmpty { p(say("spaces.news.none")) } else { register(model.posts, heading: "h2") }
      pages(current: model.page, count: model.pages) { path("\(model.context.path)/news?page=\($0)") }
    }
  }

  private func register(_ posts: [NewsPost], heading: StaticString) {
    ol(.class("register")) {
      for post in posts {
        li(.id("news-\(post.id)")) {
          p(.class("mark")) { day(post.published.milliseconds) }
          div(.class("flow-s")) {
            element(heading, [.class("said")]) { words(post.title) }
            let body = post.body.text(in: language)
            if let markup = try? RichText(markdown: body.text) { div(.class("small"), inLanguage(body.language)) { rich(markup) } }
          }
        }
      }
    }
  }
}
