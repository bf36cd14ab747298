package import CommonsDomain
import Database
import HTML
package import Interface
import Localization

extension Page {
  /// Sources beside a text: title, kind, who brought it; the most useful first.
  package func sourceList(_ sources: [Source], total: Int, base: String, own: [ResourceID: Choice], canAdd: Bool, all: Bool = false) {
    section(.class("mt6"), .id("sources"), .labelledBy("sources-title")) {
      h2(.id("sources-title")) {
        text(say("sources.title") + " "); small(say.number(total), .class("soft"))
      }
      if sources.isEmpty { p(say("sources.none"), .class("soft small")) }
      ol(.class("register flat")) {
        for source in sources {
          li(.id("source-\(source.id)")) {
            div(.class("flow-s")) {
              p { a(source.title, .href(external: source.address), .fixed("rel", "nofollow ugc noopener"), inLanguage(source.language)) }
              p(.class("small soft")) {
                text(say(MessageKey(storedKey: "sources.kind." + source.kind.rawValue)) + ", ")
                text(WebAddress.host(source.address) + ", ")
                element("bdi", []) { text(name(of: source.author)) }
              }
              if all && !source.note.isEmpty { p(source.note, .class("small"), inLanguage(source.language)) }
              if all && canAdd {
                usefulButton(.init(number: source.id.number, count: source.useful, isMine: own[source.id] != nil), base: base, kind: .source) {
                  spoken(source)
                }
              }
              if all {
                p {
                  a(.href(path("/report/\(source.id)")), .class("button quiet")) {
                    text(say("moderation.report")); spoken(source)
                  }
                }
              }
            }
          }
        }
      }
      if !all && total > sources.count { p { link(base + "/sources", say("sources.all", ["count": .count(total)])) } }
      if canAdd { p { link(base + "/sources/new", say("sources.add"), .class("button second")) } }
    }
  }

  /// Which source a button is about, for the ear.
  private func spoken(_ source: Source) {
    span(.class("vh")) {
      text(" ("); span(source.title, inLanguage(source.language)); text(")")
    }
  }
}
