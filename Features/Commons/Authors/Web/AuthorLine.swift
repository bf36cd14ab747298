package import CommonsDomain
package import Database
import HTML
package import Interface
import Localization

extension Page {
  /// The name to show: someone who deleted their account or is under 15 is named by what they are.
  package func name(of author: Author) -> String { author.name.isEmpty ? say("authors.former") : author.name }

  /// Who says it, in what capacity, and when.
  package func authorLine(_ author: Author, _ published: Instant) {
    p(.class("who")) {
      avatar(author.name, official: author.isOfficial)
      span {
        element("bdi", []) { text(name(of: author)) }
        if author.isOfficial { text(" "); tag(say("authors.official"), .now) }
        if let kind = author.organizationKind { text(", " + say(MessageKey(storedKey: "authors.kind." + kind.rawValue))) }
        if author.kind == .group { text(", " + say("authors.group")) }
        if let channel = author.channel {
          text(", " + say(MessageKey(storedKey: "authors.channel." + channel.rawValue)))
          if let place = author.place, !place.isEmpty { text(" (\(place))") }
        }
        text(", ")
        day(published.milliseconds)
      }
    }
  }

  /// Who speaks: oneself, an organization, or several together; part of every form that publishes.
  package func speaker(_ state: FormState) {
    details(.class("mt5")) {
      summary(say("authors.speak-as"))
      div {
        radios(
          "as", say("authors.as"),
          options: [
            ("person", say("authors.as.person"), nil), ("organization", say("authors.as.organization"), nil), ("group", say("authors.as.group"), nil),
          ],
          state: state["as"].isEmpty ? FormState(values: state.values.merging(["as": "person"]) { $1 }, faults: state.faults) : state)
        field("as_name", say("authors.as.name"), hint: say("authors.as.name.hint"), state: state, longest: 100, required: false)
        select(
          "as_kind", say("authors.as.kind"),
          options: Author.OrganizationKind.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "authors.kind." + $0.rawValue))) }, state: state)
        area("as_members", say("authors.as.members"), hint: say("authors.as.members.hint"), state: state, rows: 3, required: false)
      }
    }
  }
}

/// Who speaks, as a form says it.
package enum Speaker: Sendable {
  case person
  case organization(name: String, kind: Author.OrganizationKind)
  case group(name: String, members: [String])

  package init(_ form: FormReader) {
    switch form.typed("as") {
    case "organization":
      let name = form.text("as_name", longest: 100)
      self = .organization(name: DisplayName.clean(name) ?? name, kind: Author.OrganizationKind(rawValue: form.typed("as_kind")) ?? .other)
    case "group":
      let name = form.text("as_name", longest: 100)
      let members = form.text("as_members", longest: 2_000, required: false, lines: true).split(whereSeparator: \.isNewline)
      self = .group(name: DisplayName.clean(name) ?? name, members: members.compactMap { DisplayName.clean(String($0)) })
    default: self = .person
    }
  }

  /// The author that stands for it, made when it is new.
  package func author(for actor: Actor, in db: Writing) throws -> AuthorID {
    guard let person = actor.person else { throw Refusal("refusal.sign-in", remedy: .signIn) }
    switch self {
    case .person: return try Authors.personal(person, in: db)
    case .organization(let name, let kind):
      return try Authors.collective(.organization, name: name, organizationKind: kind, members: [], spokesperson: person, in: db)
    case .group(let name, let members):
      return try Authors.collective(.group, name: name, organizationKind: nil, members: members, spokesperson: person, in: db)
    }
  }
}
