package import CommonsDomain
package import Database
import HTML
package import Interface
import Localization

/// Who speaks, as a form says it.
package enum Speaker: Sendable {
  case person
  case organization(name: String, kind: Author.OrganizationKind)
  case group(name: String, members: [String])
  case someone(Assistance)

  /// - Parameter now: what an agent writes down was said by then, and within the year before.
  package init(_ form: FormReader, at now: Instant) {
    switch form.typed("as") {
    case "organization":
      let name = form.displayName("as_name", longest: DisplayName.longestCollective) ?? ""
      self = .organization(name: name, kind: Author.OrganizationKind(rawValue: form.typed("as_kind")) ?? .other)
    case "group":
      let name = form.displayName("as_name", longest: DisplayName.longestCollective) ?? ""
      let typed = form.text("as_members", longest: 2_000, required: false, lines: true).split(whereSeparator: \.isNewline)
      let members = typed.filter { !$0.allSatisfy(\.isWhitespace) }.map { DisplayName.clean(String($0)) }
      if members.contains(nil), !form.hasFault("as_members") { form.fail("as_members", "form.fault.name") }
      self = .group(name: name, members: members.compactMap { $0 })
    case "someone": self = Assistance(form, at: now).map { .someone($0) } ?? .person
    default: self = .person
    }
  }

  /// The field whose name is not theirs to take, if one is.
  /// - Parameter person: who writes; nil for a visitor.
  package func takenName(besides person: PersonID?, in db: Reading) throws -> String? {
    let named: [(field: String, names: [String])] =
      switch self {
      case .person: []
      case .organization(let name, _): [("as_name", [name])]
      case .group(let name, let members): [("as_name", [name]), ("as_members", members)]
      case .someone(let assistance): [("name", [assistance.name])]
      }
    return try named.first { try !Authors.areFree($0.names, besides: person, in: db) }?.field
  }

  package var isAssisted: Bool { if case .someone = self { true } else { false } }

  /// Publishes in this name: the author is made when it is new, and what an agent wrote for someone is recorded with the agent.
  package func publish(
    saying words: (title: String, source: String), as actor: Actor, in space: SpaceID, _ db: Writing, _ write: (AuthorID) throws -> ResourceID
  ) throws -> ResourceID {
    if let obstacle = actor.obstacle { throw obstacle }
    guard let person = actor.person else { throw Refusal("refusal.sign-in", remedy: .signIn) }
    switch self {
    case .person: return try write(Authors.personal(person, in: db))
    case .organization(let name, let kind):
      return try write(
        Authors.collective(.organization, name: name, organizationKind: kind, members: [], spokesperson: person, in: db))
    case .group(let name, let members):
      return try write(Authors.collective(.group, name: name, organizationKind: nil, members: members, spokesperson: person, in: db))
    case .someone(let assistance):
      let permit = try Permit(Assist(space), for: actor, in: db)
      let id = try write(Authors.assisted(assistance, saying: words, reference: Secret.reference(), permit: permit, in: db))
      try db.record(Authors.assisted, by: person, on: ("resources", id.number), in: space)
      return id
    }
  }
}

extension FormReader {
  /// A name to be shown, cleaned; nil with the fault beside its field.
  package func displayName(_ field: String, longest: Int = DisplayName.longest) -> String? {
    let name = DisplayName.clean(text(field, longest: longest), longest: longest)
    if name == nil && !hasFault(field) { fail(field, "form.fault.name") }
    return name
  }
}

extension Assistance {
  /// Reads what ``Page/assistance(_:)`` asks; nil where a field has a fault, which then stands beside it.
  package init?(_ form: FormReader, at today: Instant) {
    let name = form.typed("name").trimmed.isEmpty ? "" : form.displayName("name")
    let channel = form.choice("channel", Author.Channel.self)
    let answerBy = form.choice("answer_by", Author.AnswerWay.self)
    let answerTo = form.text("answer_to", longest: 300, required: answerBy == .post || answerBy == .phone, lines: true)
    let place = form.text("given_at", longest: 100)
    let givenOn = form.text("given_on", longest: 10)
    if let given = Zone.universal.instant(isoDateTime: givenOn + "T00:00").map({ Instant(milliseconds: $0.milliseconds) }) {
      // Somewhere the day after has begun already.
      if given > today.adding(days: 1) || given < today.adding(days: -366) { form.fail("given_on", "form.fault.given-on") }
    } else if !form.hasFault("given_on") {
      form.fail("given_on", "form.fault.date")
    }
    guard form.isValid, let name, let channel, let answerBy else { return nil }
    self.init(name: name, channel: channel, place: place, givenOn: givenOn, answerBy: answerBy, answerTo: answerTo)
  }
}

extension Page {
  /// Who speaks: oneself, an organization, several together, or for an agent someone without account; part of every form that publishes.
  package func speaker(_ state: FormState, canAssist: Bool = false) {
    var state = state
    if state["as"].isEmpty { state.values["as"] = "person" }
    details(.class("mt5"), .flag("open", state["as"] == "someone")) {
      summary(say("authors.speak-as"))
      div {
        radios(
          "as", say("authors.as"),
          options: [
            ("person", say("authors.as.person"), nil), ("organization", say("authors.as.organization"), nil), ("group", say("authors.as.group"), nil),
          ] + (canAssist ? [("someone", say("authors.as.someone"), say("authors.as.someone.hint"))] : []), state: state)
        field(
          "as_name", say("authors.as.name"), hint: say("authors.as.name.hint"), state: state, longest: DisplayName.longestCollective, required: false)
        select(
          "as_kind", say("authors.as.kind"),
          options: Author.OrganizationKind.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "authors.kind." + $0.rawValue))) }, state: state)
        area("as_members", say("authors.as.members"), hint: say("authors.as.members.hint"), state: state, rows: 3, required: false)
        if canAssist {
          fieldset(.class("field")) {
            legend(say("authors.as.someone"))
            assistance(state, required: false)
          }
        }
      }
    }
  }

  /// The same, as it was typed, in pairs of a list of terms.
  package func facts(of someone: Assistance) {
    let given = say.zone.instant(isoDateTime: someone.givenOn + "T00:00").map { say.date($0.milliseconds) } ?? someone.givenOn
    let channel = say(MessageKey(storedKey: "authors.channel." + someone.channel.rawValue))
    let answer = say(MessageKey(storedKey: "assist.answer-by." + someone.answerBy.rawValue))
    for (key, value) in [
      ("assist.name" as MessageKey, someone.name.isEmpty ? say("authors.former") : someone.name),
      ("assist.given", "\(channel), \(someone.place), \(given)"),
      ("assist.answer-by", someone.answerTo.isEmpty ? answer : answer + " – " + someone.answerTo),
    ] {
      div {
        dt(say(key)); dd(value, .class("said"))
      }
    }
  }

  /// For whom an agent writes, how it came, and how the answer goes back.
  package func assistance(_ state: FormState, required: Bool = true) {
    field("name", say("assist.name"), hint: say("assist.name.hint"), state: state, longest: DisplayName.longest, required: false)
    select(
      "channel", say("assist.channel"),
      options: Author.Channel.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "authors.channel." + $0.rawValue))) }, state: state)
    field("given_at", say("assist.given-at"), state: state, longest: 100, required: required)
    field("given_on", say("assist.given-on"), state: state, type: "date", required: required)
    select(
      "answer_by", say("assist.answer-by"),
      options: Author.AnswerWay.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "assist.answer-by." + $0.rawValue))) }, state: state)
    area("answer_to", say("assist.answer-to"), hint: say("assist.answer-to.hint"), state: state, rows: 3, required: false)
  }
}
