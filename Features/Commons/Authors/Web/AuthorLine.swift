package import CommonsDomain
package import Database
import HTML
package import Interface
package import Localization

extension Page {
  /// The name to show: someone who deleted their account or is under 15 is named by what they are.
  package func name(of author: Author) -> String { author.name.isEmpty ? say("authors.former") : author.name }

  /// Who says it, in what capacity, and when.
  /// - Parameter written: the language of what is said, told where it is not that of the page.
  package func authorLine(_ author: Author, _ published: Instant, in written: Language? = nil) {
    p(.class("who")) {
      avatar(author.name, official: author.isOfficial)
      span {
        element("bdi", []) { text(name(of: author)) }
        if author.isOfficial { text(" "); tag(say("authors.official"), .now) }
        if let kind = author.organizationKind { text(", " + say(MessageKey(storedKey: "authors.kind." + kind.rawValue))) }
        if author.kind == .group { text(", " + say("authors.group")) }
        if !author.members.isEmpty { text(" (" + author.members.joined(separator: ", ") + ")") }
        if let channel = author.channel {
          text(", " + say(MessageKey(storedKey: "authors.channel." + channel.rawValue)))
          if let place = author.place, !place.isEmpty { text(" (\(place))") }
        }
        text(", ")
        day(published.milliseconds)
        if let written { languageTag(written) }
      }
    }
  }

  /// Says that something is in another language than the page.
  package func languageTag(_ written: Language) {
    guard written != language else { return }
    text(" ")
    span(LanguageName.own(written), .class("tag"), .lang(written.tag))
  }
}
