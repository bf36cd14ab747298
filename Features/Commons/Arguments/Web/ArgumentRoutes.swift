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
          let context = try await visit.read { try ContributionContext.load(visit, subject: parameter, in: $0) }
          return visit.page(visit.say("arguments.new"), robots: false) {
            $0.newArgument(context, context.state(["side": visit.exchange.query["side"] ?? "", "reply": visit.exchange.query["reply"] ?? ""]), visit)
          }
        },
        doors.post(base + "/arguments/new") { visit in
          if let kept = try await visit.keepForLater() { return kept }
          let context = try await visit.read { try ContributionContext.load(visit, subject: parameter, in: $0) }
          let form = FormReader(visit.exchange.form)
          let reply = Int64(form.typed("reply"))
          let side = reply == nil ? form.choice("side", Argument.Side.self) : .for
          let body = form.markdown("body", longest: 2_000, limits: .comment)
          let speaker = Speaker(form)
          guard form.isValid, let side, let subject = context.subject else {
            return visit.page(visit.say("arguments.new"), status: 422, robots: false) { $0.newArgument(context, FormState(form), visit) }
          }
          let writ = Writ(title: "", source: form.typed("body"), body: body, language: form.language(visit))
          let id = try await visit.publish { actor, db in
            if let obstacle = actor.obstacle { throw obstacle }
            return try Arguments.add(
              side, about: subject.resource.id, replyTo: reply.map { ID($0) }, writ, author: speaker.author(for: actor, in: db), by: actor, in: db)
          }
          return visit.redirect(String(visit.exchange.path.dropLast("/arguments/new".count)) + "#argument-\(id)", saying: "flash.argued")
        },
      ]
    }
  }
}

extension Page {
  func newArgument(_ context: ContributionContext, _ state: FormState, _ visit: Visit) {
    let back = String(visit.exchange.path.dropLast("/arguments/new".count))
    let isReply = !state["reply"].isEmpty
    let title = context.subject.map { $0.shown.title } ?? ""
    contribution(
      context, title: say(isReply ? "arguments.reply.title" : "arguments.new"), lead: say("arguments.new.lead", ["title": .text(title)]),
      state: state,
      action: visit.exchange.path, about: (title, back)
    ) {
      if isReply {
        hidden("reply", state["reply"])
      } else {
        radios(
          "side", say("arguments.side"), options: [("for", say("arguments.for"), nil), ("against", say("arguments.against"), nil)], state: state)
      }
      area("body", say(isReply ? "arguments.reply.body" : "arguments.body"), hint: say("arguments.body.hint"), state: state, rows: 8, said: true)
      languageField(visit, state)
      speaker(state)
      publishButtons(say("form.publish"))
    }
  }
}
