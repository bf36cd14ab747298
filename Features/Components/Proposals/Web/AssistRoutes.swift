import CommonsDomain
import Database
import HTML
import Interface
import Localization
import Participation
import RichText

/// An agent writes an idea down for someone without account, and prints the slip with its reference.
enum AssistRoutes {
  static func routes(_ doors: Doors, component: String) -> [Route] {
    [
      doors.get(component + "/proposals/assist") { visit in
        let (context, themes) = try await ProposalRoutes.newProposal(visit)
        guard Assist(context.admission).verdict(for: visit.actor, at: visit.now).isOffered else { throw NotFound() }
        return visit.page(visit.say("assist.title"), robots: false) {
          $0.assist(context, themes, context.state(["given_on": visit.say.isoDate(visit.exchange.now)]), visit)
        }
      },
      doors.post(component + "/proposals/assist") { visit in
        if let kept = try await visit.keepForLater() { return kept }
        let (context, themes) = try await ProposalRoutes.newProposal(visit)
        let form = FormReader(visit.exchange.form)
        let title = form.text("title", longest: ProposalRoutes.longestTitle)
        let body = form.markdown("body", longest: 8_000, limits: .body)
        let place = form.text("place", longest: 100, required: false)
        let theme = themes.first { String($0.id) == form.typed("theme") }
        let name = DisplayName.clean(form.text("name", longest: 60))
        if name == nil && form.isValid { form.fail("name", "form.fault.name") }
        let channel = form.choice("channel", Author.Channel.self)
        let answerBy = form.choice("answer_by", Author.AnswerWay.self)
        let answerTo = form.text("answer_to", longest: 300, required: answerBy == .post || answerBy == .phone, lines: true)
        let givenAt = form.text("given_at", longest: 100)
        let givenOn = form.text("given_on", longest: 10)
        if visit.say.zone.instant(isoDateTime: givenOn + "T00:00") == nil { form.fail("given_on", "form.fault.date") }
        guard form.isValid, let name, let channel, let answerBy else {
          return visit.page(visit.say("assist.title"), status: 422, robots: false) { $0.assist(context, themes, FormState(form), visit) }
        }
        let assistance = Assistance(name: name, channel: channel, place: givenAt, givenOn: givenOn, answerBy: answerBy, answerTo: answerTo)
        let writ = Writ(title: title, source: form.typed("body"), body: body, language: form.language(visit))
        let reference = Secret.reference()
        let id = try await visit.publish { actor, db in
          let permit = try Permit(Assist(Admission.load(context.component.id, in: db)), for: actor, in: db)
          return try Assistances.publish(assistance, reference: reference, writ, place: place, theme: theme?.id, permit: permit, in: db)
        }
        return visit.redirect("\(context.space.path(context.component))/proposals/\(id)/slip", saying: "flash.assisted")
      },
      doors.get(component + "/proposals/:id/slip") { visit in
        let (context, slip) = try await visit.read { db in
          let context = try ContributionContext.load(visit, subject: "id", in: db)
          guard Assist(context.admission).verdict(for: visit.actor, at: db.now).isYes || visit.actor.isGranted(.agent, in: context.space.space.id),
            let subject = context.subject, let slip = try Assistances.slip(subject.resource.id, in: db)
          else { throw NotFound() }
          return (context, slip)
        }
        return visit.page(visit.say("assist.slip"), robots: false) { $0.slip(context, slip, visit) }
      },
    ]
  }
}

extension Page {
  func assist(_ context: ContributionContext, _ themes: [Theme], _ state: FormState, _ visit: Visit) {
    contribution(context, title: say("assist.title"), lead: say("assist.lead"), state: state, action: visit.exchange.path, about: nil) {
      field("name", say("assist.name"), hint: say("assist.name.hint"), state: state, longest: 60)
      select(
        "channel", say("assist.channel"),
        options: Author.Channel.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "authors.channel." + $0.rawValue))) }, state: state)
      field("given_at", say("assist.given-at"), state: state, longest: 100)
      field("given_on", say("assist.given-on"), state: state, type: "date")
      area("title", say("proposals.what.label"), hint: say("assist.title.hint"), state: state, rows: 2, said: true)
      area("body", say("proposals.why.label"), hint: say("assist.body.hint"), state: state, rows: 8)
      field("place", say("proposals.place.label"), state: state, longest: 100, required: false)
      if !themes.isEmpty { select("theme", say("proposals.theme"), options: themes.map { (String($0.id), plain($0.name)) }, state: state) }
      select(
        "answer_by", say("assist.answer-by"),
        options: Author.AnswerWay.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "assist.answer-by." + $0.rawValue))) }, state: state)
      area("answer_to", say("assist.answer-to"), hint: say("assist.answer-to.hint"), state: state, rows: 3, required: false)
      languageField(visit, state)
      publishButtons(say("form.publish"))
    }
  }

  /// What the person takes home: the reference, what was written, how the answer comes.
  func slip(_ context: ContributionContext, _ slip: Slip, _ visit: Visit) {
    let given = say.zone.instant(isoDateTime: slip.givenOn + "T00:00").map { say.date($0.milliseconds) } ?? slip.givenOn
    let address = visit.exchange.site.origin + path("/processes/\(context.space.space.slug)/f/\(context.component.id)/proposals/\(slip.resource)")
    div(.class("wrap narrow")) {
      div(.class("head")) {
        p(visit.settings.name, .class("over")); h1(say("assist.slip.title", ["reference": .text(slip.reference)]))
      }
      dl(.class("stack")) {
        for (key, value) in [
          ("assist.slip.idea" as MessageKey, slip.title), ("assist.name", slip.name),
          ("assist.slip.given", "\(say(MessageKey(storedKey: "authors.channel." + slip.channel.rawValue))), \(slip.place), \(given)"),
          ("assist.answer-by", say(MessageKey(storedKey: "assist.answer-by." + slip.answerBy.rawValue))), ("assist.slip.page", address),
          ("help.contact", visit.settings.contact),
        ] {
          div {
            dt(say(key)); dd(value, .class("said"))
          }
        }
      }
      div(.class("mt5")) {
        qrCode(address, id: "page", title: say("assist.slip.qr"), description: say("assist.slip.qr.instead"))
      }
      p(say("assist.slip.keep"), .class("mt5"))
      p { link("/processes/\(context.space.space.slug)/f/\(context.component.id)/proposals/\(slip.resource)", say("form.back")) }
    }
  }
}
