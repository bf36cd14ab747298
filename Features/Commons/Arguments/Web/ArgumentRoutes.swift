import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// Adding an argument, or a reply to one.
package enum ArgumentRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    ResourceAccess.bases.flatMap { base in
      let parameter = base.hasSuffix(":wording") ? "wording" : "id"
      return [
        doors.get(base + "/arguments/new") { visit in
          let (side, reply) = (visit.exchange.query["side"], visit.exchange.query["reply"])
          let (context, state, answered) = try await visit.read { db -> (ContributionContext, FormState, Argument?) in
            let context = try load(visit, parameter, in: db)
            var state = context.state(["side": side ?? "", "reply": reply ?? ""])
            // What was pressed says what is written now, whatever a draft was about.
            if side != nil || reply != nil { state.values["reply"] = reply ?? "" }
            if let side { state.values["side"] = side }
            let answered = try self.answered(Int64(state["reply"]), context, in: db)
            if answered == nil { state.values["reply"] = "" }
            return (context, state, answered)
          }
          return visit.page(title(answered, visit), robots: false) { $0.newArgument(context, state, answered, visit) }
        },
        doors.post(base + "/arguments/new") { visit in
          if let kept = try await visit.keepForLater() { return kept }
          let reply = Int64(visit.exchange.form.fields["reply"] ?? "")
          let (context, answered) = try await visit.read { db -> (ContributionContext, Argument?) in
            let context = try load(visit, parameter, in: db)
            return (context, try self.answered(reply, context, in: db))
          }
          let form = FormReader(visit.exchange.form)
          let side = reply == nil ? form.choice("side", Argument.Side.self) : .for
          let body = form.markdown("body", longest: Resource.Kind.argument.longestBody, limits: Resource.Kind.argument.limits)
          let speaker = try await visit.speaker(form)
          guard form.isValid, let side, let subject = context.subject else {
            return visit.page(title(answered, visit), status: 422, robots: false) { $0.newArgument(context, FormState(form), answered, visit) }
          }
          let writ = Writ(title: "", source: form.typed("body"), body: body, language: form.language(visit))
          let id = try await visit.publish { actor, db in
            try speaker.publish(saying: (writ.title, writ.source), as: actor, in: context.space.space.id, db) { author in
              try Arguments.add(side, about: subject.resource.id, replyTo: reply.map { ID($0) }, writ, author: author, by: actor, in: db)
            }
          }
          let place = String(visit.exchange.path.dropLast("/arguments/new".count)) + "#argument-\(id)"
          return visit.published(id, by: speaker, at: place, saying: "flash.argued")
        },
      ]
    }
  }

  private static func load(_ visit: Visit, _ parameter: String, in db: Reading) throws -> ContributionContext {
    let context = try ContributionContext.load(visit, subject: parameter, in: db)
    if let subject = context.subject { try Argue(subject.resource, context.admission).verdict(for: visit.actor, at: db.now).requireOffered() }
    return context
  }

  /// The argument that a reply is for, as long as everyone may read it.
  private static func answered(_ id: Int64?, _ context: ContributionContext, in db: Reading) throws -> Argument? {
    guard let id, let argument = try Arguments.argument(ID(id), in: db), argument.replyTo == nil, argument.state == .published else { return nil }
    return try Resources.resource(argument.id, in: db).subject == context.subject?.resource.id ? argument : nil
  }

  private static func title(_ answered: Argument?, _ visit: Visit) -> String { Page(visit.say).argumentTitle(answered) }
}

extension Page {
  func argumentTitle(_ answered: Argument?) -> String {
    answered.map { say("arguments.reply.title", ["name": .text(name(of: $0.author))]) } ?? say("arguments.new")
  }

  func newArgument(_ context: ContributionContext, _ state: FormState, _ answered: Argument?, _ visit: Visit) {
    let back = String(visit.exchange.path.dropLast("/arguments/new".count))
    let isReply = !state["reply"].isEmpty
    let title = context.subject.map { $0.shown.title } ?? ""
    contribution(
      context, title: argumentTitle(answered), lead: say("arguments.new.lead", ["title": .text(title)]),
      state: state,
      action: visit.exchange.path, about: (title, back)
    ) {
      if isReply {
        if let answered {
          div(.class("argument")) {
            authorLine(answered.author, answered.published)
            blockquote(inLanguage(answered.language)) { rich(answered.body) }
          }
        }
        hidden("reply", state["reply"])
      } else {
        radios(
          "side", say("arguments.side"), options: [("for", say("arguments.for"), nil), ("against", say("arguments.against"), nil)], state: state)
      }
      area("body", say(isReply ? "arguments.reply.body" : "arguments.body"), hint: say("arguments.body.hint"), state: state, rows: 8, said: true)
      languageField(visit, state)
      speaker(state, canAssist: context.canAssist)
      publishButtons(say("form.publish"))
    }
  }
}
