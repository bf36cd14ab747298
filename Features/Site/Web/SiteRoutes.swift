import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// Pages that every site has: help, the components, and what machines ask for.
package enum SiteRoutes {
  package static func routes(_ doors: Doors, metrics: @escaping @Sendable () -> String) -> [Route] {
    [
      doors.get("/help", cached: true) { visit in
        visit.page(visit.say("help.title"), path: "/help") { page in
          page.div(.class("wrap")) {
            page.crumbs([(visit.say("help.title"), nil)])
            page.div(.class("head")) { page.h1(visit.say("help.title")) }
            for topic in ["read", "account", "vote", "secret", "order", "paper", "moderation", "data"] {
              page.details {
                page.summary(visit.say(MessageKey(storedKey: "help.\(topic).title")))
                page.p(visit.say(MessageKey(storedKey: "help.\(topic).body")))
              }
            }
            page.p(.class("mt5")) {
              page.text(visit.say("help.contact") + " ")
              page.a(visit.settings.contact, .href(external: "mailto:" + visit.settings.contact))
            }
          }
        }
      },
      doors.get("/components", cached: true) { visit in visit.page(visit.say("components.title"), path: "/components") { $0.componentGallery() } },
      .get("/assets/brand/:colour", hasLanguage: false) { exchange in
        guard let name = exchange.parameters["colour"], name.hasSuffix(".css"), let colour = BrandColour(hex: "#" + name.dropLast(4)) else {
          throw NotFound()
        }
        let css = BrandSheet.css(brand: colour.hex, deep: colour.deep.hex, dark: colour.dark.hex, plaqueOnDark: colour.plaqueOnDark.hex)
        var answer = Answer(type: "text/css; charset=utf-8", bytes: Array(css.utf8))
        answer.isForever = true
        return answer
      },
      .get("/health/ready", hasLanguage: false) { exchange in
        let organization = try await doors.organizations.organization(exchange.site.key)
        _ = try await organization.database.read { try OrganizationStore.settings(in: $0) }
        return .text("ready\n")
      },
      .get("/metrics", hasLanguage: false) { exchange in
        // Not for the public: only whoever sits on the machine itself.
        guard ["127.0.0.1", "::1", ""].contains(exchange.client) else { throw NotFound() }
        var answer = Answer.text(metrics())
        answer.type = "text/plain; version=0.0.4; charset=utf-8"
        return answer
      },
      .get("/robots.txt", hasLanguage: false) { _ in
        .text("User-agent: *\nDisallow: /fr/search\nDisallow: /en/search\nDisallow: /fr/account\nDisallow: /en/account\n")
      },
      .get("/.well-known/security.txt", hasLanguage: false) { exchange in
        let organization = try await doors.organizations.organization(exchange.site.key)
        let year = Zone.universal.local(exchange.now).year + 1
        return .text("Contact: mailto:\(organization.settings.contact)\nExpires: \(year)-01-01T00:00:00Z\nPreferred-Languages: fr, en\n")
      },
      .get("/favicon.ico", hasLanguage: false) { _ in .redirect(ServedAssets.address("favicon.svg"), status: 302) },
    ]
  }
}
