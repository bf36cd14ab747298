import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// Pages that every site has: legal pages, help, the components, and what machines ask for.
package enum SiteRoutes {
  package static func routes(_ doors: Doors, metrics: @escaping @Sendable () -> String) -> [Route] {
    [
      doors.get("/pages/:page", cached: true) { visit in
        let slug = visit.exchange.parameters["page"] ?? ""
        guard LegalPages.slugs.contains(slug) else { throw NotFound() }
        let language = visit.language
        let own = try await visit.read { try OrganizationStore.legalPage(slug, language, in: $0) }
        let source = own ?? ServedAssets.text("Assets/legal/\(language.tag)/\(slug).md")
        let filled = LegalPages.fill(source, visit.settings, visit.say)
        let body = try RichText(markdown: filled, limits: .body)
        let title = visit.say(MessageKey(storedKey: "legal." + slug))
        return visit.page(title, path: "/pages/" + slug) { page in
          page.div(.class("wrap")) {
            page.crumbs([(title, nil)])
            page.div(.class("head")) { page.h1(title) }
            page.h2(visit.say("legal.content"), .class("vh"))
            page.div(.class("stack said")) { page.rich(body) }
          }
        }
      },
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

/// The pages that the law and honesty ask for: templates in the program, filled by the settings, or the organization's own words.
package enum LegalPages {
  package static let slugs = ["legal-notice", "terms", "privacy", "moderation-charter", "accessibility"]

  /// Fills the placeholders; a value is escaped, so that nothing in it is Markdown.
  static func fill(_ source: String, _ settings: OrganizationSettings, _ say: Localizer) -> String {
    let values = [
      "organization": settings.publisher.isEmpty ? settings.name : settings.publisher, "publicationDirector": settings.publicationDirector,
      "host": settings.hostingProvider, "contact": settings.contact, "termsVersion": String(settings.termsVersion),
      "auditState": say(MessageKey(storedKey: "legal.audit." + settings.audit.rawValue)),
    ]
    return values.reduce(source) { $0.replacingPlaceholder($1.key, with: escaped($1.value.isEmpty ? "…" : $1.value)) }
  }

  private static func escaped(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      if "\\`*_{}[]()#+-!<>|".utf8.contains(byte) { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension String {
  fileprivate func replacingPlaceholder(_ name: String, with value: String) -> String {
    var rest = self[...]
    var output = ""
    while let range = rest.firstRange(of: "{\(name)}") {
      output += rest[..<range.lowerBound] + value
      rest = rest[range.upperBound...]
    }
    return output + rest
  }
}
