import HTML
package import Localization

/// What stands around every page of a site: name, colours, languages, who is signed in.
package struct Frame: Sendable {
  package var name: String
  package var tagline: String
  package var colours: Colours
  package var languages: [Language]
  /// Scheme, host and port of the site's own address.
  package var origin: String
  /// Whether the foot says that nothing here is real.
  package var isDemonstration: Bool
  /// The words of the link to the accessibility statement, which say how the last audit ended.
  package var accessibility: String
  /// The name of whoever is signed in; nil for visitors.
  package var signedIn: String?
  /// Links of the menu for those who hold a role; paths are without language.
  package var staffLinks: [(words: String, path: String)]
  /// What the last act came to, said once.
  package var flash: Flash?
  /// Where the program's source is offered.
  package var sourceURL: String?

  /// What is said once on top of a page.
  package struct Flash: Sendable {
    package let words: String
    /// Something is still to be done: it is no good news.
    package let warns: Bool

    package init(words: String, warns: Bool) {
      self.words = words
      self.warns = warns
    }
  }

  /// The organization's colour and its deeper and darker forms, each as `#` and six hexadecimal digits.
  package struct Colours: Sendable, Hashable {
    package let brand: String
    package let deep: String
    package let dark: String

    package init(brand: String, deep: String, dark: String) {
      self.brand = brand
      self.deep = deep
      self.dark = dark
    }
  }

  package init(
    name: String, tagline: String, colours: Colours, languages: [Language], origin: String, isDemonstration: Bool, accessibility: String,
    signedIn: String?, staffLinks: [(words: String, path: String)], flash: Flash?, sourceURL: String?
  ) {
    self.name = name
    self.tagline = tagline
    self.colours = colours
    self.languages = languages
    self.origin = origin
    self.isDemonstration = isDemonstration
    self.accessibility = accessibility
    self.signedIn = signedIn
    self.staffLinks = staffLinks
    self.flash = flash
    self.sourceURL = sourceURL
  }
}

extension Page {
  /// A whole page.
  /// - Parameters:
  ///   - title: where one is, without the site's name.
  ///   - path: the page's own address without language, for links to other languages; nil where it has none (forms with faults, errors).
  package func whole(_ frame: Frame, title: String, path: String?, robots: Bool = true, content: () -> Void) {
    doctype()
    html(.lang(language.tag), .fixed("dir", "ltr")) {
      head {
        meta(.fixed("charset", "utf-8"))
        meta(.name("viewport"), .fixed("content", "width=device-width, initial-scale=1"))
        self.title(title + " – " + frame.name)
        meta(.name("theme-color"), .named("content", frame.colours.brand))
        if !robots { meta(.name("robots"), .fixed("content", "noindex")) }
        self.meta(link: .fixed("rel", "icon"), .type("image/svg+xml"), .href(ServedAssets.address("favicon.svg")))
        self.meta(link: .fixed("rel", "stylesheet"), .href(ServedAssets.address("isegoria.css")))
        self.meta(link: .fixed("rel", "stylesheet"), .href("/assets/brand/\(frame.colours.brand.dropFirst()).css"))
        if let path {
          for language in frame.languages {
            self.meta(link: .fixed("rel", "alternate"), .named("hreflang", language.tag), .named("href", frame.origin + "/" + language.tag + path))
          }
        }
      }
      body {
        a(say("frame.skip"), .class("skip"), .href("#content"))
        header(frame, path)
        main(.id("content"), .fixed("tabindex", "-1")) {
          if let flash = frame.flash {
            div(.class("wrap flash")) {
              p(.class("toast"), .fixed("role", "status")) {
                icon(flash.warns ? "warn" : "check"); span(flash.words)
              }
              label(.class("close")) {
                input(.type("checkbox"), .class("vh")); span(say("frame.close"), .class("vh")); span("×", .hiddenFromSpeech)
              }
            }
          }
          content()
          writeSummary()
        }
        footer(frame, path)
      }
    }
  }

  /// The `link` element of a head.
  private func meta(link attributes: Attribute...) { void("link", attributes) }

  private func header(_ frame: Frame, _ path: String?) {
    header(.class("site")) {
      div(.class("wrap")) {
        a(.class("org"), .href(self.path("/"))) {
          icon("mark")
          span {
            text(frame.name + " "); small(frame.tagline)
          }
        }
        nav(.label(say("frame.menu"))) {
          ul {
            li { link("/processes", say("frame.take-part"), .current("true", if: path?.hasPrefix("/processes") ?? false)) }
            li { link("/help", say("frame.help"), .current("true", if: path == "/help")) }
            for item in frame.staffLinks { li { link(item.path, item.words, .current("true", if: path?.hasPrefix(item.path) ?? false)) } }
          }
        }
        div(.class("tools cluster")) {
          a(.href(self.path("/search")), .label(say("frame.search-label"))) {
            icon("search"); span(say("frame.search"), .class("wide"))
          }
          if let name = frame.signedIn {
            link("/account", name.isEmpty ? say("frame.account") : name)
          } else {
            link("/sign-in", say("frame.sign-in"))
          }
        }
      }
    }
  }

  private func footer(_ frame: Frame, _ path: String?) {
    footer(.class("foot")) {
      div(.class("wrap")) {
        ul {
          li { link("/pages/accessibility", frame.accessibility) }
          li { link("/pages/privacy", say("frame.privacy")) }
          li { link("/pages/moderation-charter", say("frame.charter")) }
          li { link("/pages/terms", say("frame.terms")) }
          li { link("/pages/legal-notice", say("frame.legal")) }
          for language in frame.languages where language != self.language {
            li {
              a(
                LanguageName.own(language), .href(LanguageCookie.choosing(language, at: path ?? "/")), .lang(language.tag),
                .named("hreflang", language.tag))
            }
          }
        }
        p(.class("proof")) {
          span(say("frame.no-tracker"))
          if frame.isDemonstration { span(say("frame.demonstration")) }
          span {
            write("frame.software")
            if let source = frame.sourceURL {
              text(" "); a(say("frame.source"), .href(external: source), .fixed("rel", "noopener"))
            }
            text(" "); link("/components", say("frame.components"))
          }
        }
      }
    }
  }
}

/// The small sheet that gives a site its colour; its address holds the colour, so it is kept for a year.
package enum BrandSheet {
  /// Colours as `#` and six digits; they are written as they are.
  package static func css(brand: String, deep: String, dark: String, plaqueOnDark: String) -> String {
    """
    @layer tokens {
    :root {--org: \(brand); --org-deep: \(deep); --org-dark: \(dark)}
    @media (prefers-color-scheme: dark) {:root {--plaque: \(plaqueOnDark)}}
    }

    """
  }
}
