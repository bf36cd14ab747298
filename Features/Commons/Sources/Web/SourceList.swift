package import CommonsDomain
package import Database
import HTML
package import Interface
import Localization

extension Page {
  /// Sources beside a text: title, kind, who brought it; the most useful first.
  package func sourceList(_ sources: [Source], total: Int, base: String, own: [ID<Resource>: Choice], canAdd: Bool, all: Bool = false) {
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
                usefulButton(.init(number: source.id.number, count: source.useful, isMine: own[source.id] != nil), base: base, kind: .source)
              }
              if all { p { link("/report/\(source.id)", say("moderation.report"), .class("button quiet")) } }
            }
          }
        }
      }
      if !all && total > sources.count { p { link(base + "/sources", say("sources.all", ["count": .count(total)])) } }
      if canAdd { p { link(base + "/sources/new", say("sources.add"), .class("button second")) } }
    }
  }
}

/// Parts of a web address, read as bytes.
package enum WebAddress {
  /// The host that a link really leads to, shown beside its words.
  package static func host(_ address: String) -> String {
    let bytes = Array(address.utf8)
    guard let slashes = bytes.indices.dropLast(2).first(where: { bytes[$0] == 58 && bytes[$0 + 1] == 47 && bytes[$0 + 2] == 47 }) else { return "" }
    let authority = bytes[(slashes + 3)...].prefix { $0 != 47 && $0 != 63 && $0 != 35 }
    let host = authority.split(separator: 64, omittingEmptySubsequences: false).last ?? authority
    return String(decoding: host.prefix(100), as: UTF8.self)
  }

  /// An absolute `http(s)` address with a host and without userinfo.
  package static func isWeb(_ address: String) -> Bool {
    guard Address.isForeign(address), !address.utf8.starts(with: "mailto:".utf8), address.utf8.count <= 2_000 else { return false }
    let rest = address.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2).prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    return !rest.isEmpty && !rest.contains(UInt8(ascii: "@")) && rest.first != UInt8(ascii: ":")
  }
}
