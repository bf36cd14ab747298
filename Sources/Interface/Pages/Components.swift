import HTML
package import Localization

/// The parts that pages are made of; their living page is `/components`.
extension Page {
  /// An icon of the sprite; always beside a word.
  package func icon(_ name: String) { drawing(name, .class("icon")) }

  /// A drawing of the sprite that stands for a vote, as large as a letter; beside the word for it.
  package func stone(_ name: String) { drawing(name, .class("icon stone")) }

  private func drawing(_ name: String, _ look: Attribute) {
    svg(look, .hiddenFromSpeech) { use(.named("href", ServedAssets.drawings + name)) }
  }

  /// The way from the home page to here; what has no path is where one is.
  package func crumbs(_ items: [(words: String, path: String?)]) {
    nav(.class("crumbs"), .label(say("frame.crumbs"))) {
      ol {
        li { link("/", say("frame.home")) }
        for item in items {
          li { if let path = item.path { link(path, item.words) } else { span(item.words, .current("page", if: true)) } }
        }
      }
    }
  }

  /// A part of a page under a heading, whose id it takes, with a link to more of it.
  package func section(_ id: String, _ title: String, more: (path: String, words: String)? = nil, content: () -> Void) {
    section(.class("section"), .labelledBy(id)) {
      div(.class("section-head")) {
        h2(title, .id(id))
        if let more { link(more.path, more.words) }
      }
      content()
    }
  }

  /// What a tag or a notice means; each has a shape besides its colour.
  package enum Tone: Sendable { case plain, yes, wait, no, now }

  /// A word that says how something stands.
  package func tag(_ words: String, _ tone: Tone = .plain) {
    switch tone {
    case .plain: span(words, .class("tag"))
    case .now: span(words, .class("tag now"))
    case .yes:
      span(.class("tag yes")) {
        icon("check"); text(" " + words)
      }
    case .wait:
      span(.class("tag wait")) {
        icon("late"); text(" " + words)
      }
    case .no:
      span(.class("tag no")) {
        icon("cross"); text(" " + words)
      }
    }
  }

  /// The same of words that are marked where they are in another language than the page.
  package func tag(_ words: LocalizedText, _ tone: Tone = .plain) {
    let found = words.text(in: language)
    if found.language == language { return tag(found.text, tone) }
    span(inLanguage(found.language)) { tag(found.text, tone) }
  }

  /// A box that says something aside; its heading bears the sign of its tone.
  package func notice(_ title: String?, _ tone: Tone = .plain, content: () -> Void) {
    let className: Attribute =
      switch tone {
      case .yes: .class("notice yes")
      case .wait: .class("notice wait")
      case .no: .class("notice no")
      default: .class("notice")
      }
    div(className) {
      if let title {
        h3 {
          switch tone {
          case .yes: icon("check")
          case .wait: icon("late")
          case .no: icon("warn")
          default: icon("info")
          }
          text(" " + title)
        }
      }
      content()
    }
  }

  /// Up to two initials, or a sign for people who are not named.
  package func avatar(_ name: String, official: Bool = false) {
    let initials = name.split(separator: " ").prefix(2).compactMap { word in
      word.unicodeScalars.first { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
    var text = String(String.UnicodeScalarView(initials)).uppercased()
    if let number = name.split(separator: " ").last, number.utf8.allSatisfy({ 48...57 ~= $0 }), !number.isEmpty { text = String(number.suffix(4)) }
    span(text.isEmpty ? "·" : text, official ? .class("avatar official") : .class("avatar"), .hiddenFromSpeech)
  }

  /// Pages of a list, as links that keep the rest of the address.
  package func pages(current: Int, count: Int, address: (Int) -> String) {
    guard count > 1 else { return }
    nav(.class("pages mt4"), .label(say("pages.label"))) {
      ul {
        if current > 1 { li { a(say("pages.previous"), .href(address(current - 1)), .fixed("rel", "prev")) } }
        let shown = Set([1, current - 1, current, current + 1, count]).filter { $0 >= 1 && $0 <= count }.sorted()
        for (before, page) in zip([0] + shown, shown) {
          // One that is left out alone takes no more room than the sign for it.
          if page == before + 2 { li { pageLink(before + 1, address) } } else if page > before + 1 { li { span("…") } }
          li {
            if page == current {
              span(say.number(page), .current("page", if: true))
            } else {
              pageLink(page, address)
            }
          }
        }
        if current < count { li { a(say("pages.next"), .href(address(current + 1)), .fixed("rel", "next")) } }
      }
    }
  }

  private func pageLink(_ page: Int, _ address: (Int) -> String) {
    a(say.number(page), .href(address(page)), .label(say("pages.page", ["number": .number(page)])))
  }

  /// Pages beside this one, as links; `label` names the list for whoever hears it. Paths are without language.
  package func tabs(_ label: String, _ items: [(words: String, path: String, isCurrent: Bool)]) {
    nav(.class("tabs"), .label(label)) {
      ul { for item in items { li { a(item.words, .href(path(item.path)), .current("page", if: item.isCurrent)) } } }
    }
  }

  /// A bar of for, mixed and against; the counts stand as text beside it.
  package func voteBar(pro: Int, mixed: Int, con: Int, id: String) {
    let total = max(1, pro + mixed + con)
    func share(_ part: Int) -> String { Percentage.text(part, of: total) }
    let label = say("votes.bar", ["for": .number(pro), "mixed": .number(mixed), "against": .number(con)])
    svg(.class("bar"), .fixed("role", "img"), .label(label)) {
      defs {
        pattern(
          .id("hatch-\(id)"), .named("width", "9"), .named("height", "9"), .fixed("patternUnits", "userSpaceOnUse"),
          .fixed("patternTransform", "rotate(45)")
        ) { element("path", [.class("hatch"), .fixed("d", "M0 0v9")]) {} }
      }
      rect(.class("fill-for"), .named("width", share(pro)), .fixed("height", "100%"))
      rect(.class("fill-against"), .named("x", share(pro + mixed)), .named("width", share(con)), .fixed("height", "100%"))
      rect(.class("fill-mixed"), .named("x", share(pro)), .named("width", share(mixed)), .fixed("height", "100%"))
      rect(.named("fill", "url(#hatch-\(id))"), .named("x", share(pro)), .named("width", share(mixed)), .fixed("height", "100%"))
    }
  }

  /// The same as a line beside numbers that say it in words: for the eye alone.
  package func voteLine(pro: Int, mixed: Int, con: Int) {
    let total = pro + mixed + con
    guard total > 0 else { return }
    func share(_ part: Int) -> String { Percentage.text(part, of: total) }
    svg(.class("bar line"), .hiddenFromSpeech) {
      rect(.class("fill-for"), .named("width", share(pro)), .fixed("height", "100%"))
      rect(.class("fill-against"), .named("x", share(pro + mixed)), .named("width", share(con)), .fixed("height", "100%"))
      // Full, half and empty, as the stones are.
      rect(.class("half-mixed"), .named("x", share(pro)), .fixed("y", "50%"), .named("width", share(mixed)), .fixed("height", "50%"))
    }
  }

  /// A step of a process, or a phase; its words as they are shown.
  package struct Step: Sendable {
    package enum State: Sendable { case done, now, coming }
    package let name: LocalizedText
    package let detail: String
    package let note: LocalizedText?
    package let state: State

    package init(name: LocalizedText, detail: String, note: LocalizedText? = nil, state: State) {
      self.name = name
      self.detail = detail
      self.note = note
      self.state = state
    }
  }

  /// Steps in their order, with a sign at the present one; `tall` sets them one below the other at any width.
  package func timeline(_ steps: [Step], tall: Bool = false) {
    ol(tall ? .class("timeline tall") : .class("timeline")) {
      for step in steps {
        let attributes: [Attribute] =
          switch step.state {
          case .done: [.class("done")]
          case .now: [.class("now"), .current("step", if: true)]
          case .coming: []
          }
        element("li", attributes) {
          span(.class("dot")) { if step.state == .done { icon("check") } }
          words(step.name, in: "b")
          span(step.detail)
          if let note = step.note, !note.isEmpty { br(); words(note) }
          if step.state == .now { br(); strong(say("timeline.here"), .class("here")) }
        }
      }
    }
  }
}

/// A share in per cent with two decimals, as SVG takes it.
package enum Percentage {
  /// `33.33%`, rounded to the nearest; `0.00%` of nothing.
  package static func text(_ part: Int, of whole: Int) -> String {
    let hundredths = whole > 0 ? (part * 10_000 + whole / 2) / whole : 0
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)%"
  }
}
