import CommonsDomain
import Database
import HTML
import Interface
import Localization
import Participation
import RichText

/// An agent writes an idea down for someone without account: one page instead of three, then what was written, to be read to them.
enum AssistRoutes {
  static func routes(_ doors: Doors, component: String) -> [Route] {
    [
      doors.get(component + "/proposals/assist") { visit in
        let (context, themes) = try await ProposalRoutes.newProposal(visit)
        guard context.canAssist else { throw NotFound() }
        return visit.page(visit.say("assist.title"), robots: false) {
          $0.assist(context, themes, context.state(["given_on": visit.say.isoDate(visit.exchange.now)]), visit)
        }
      },
      doors.post(component + "/proposals/assist") { visit in
        if let kept = try await visit.keepForLater() { return kept }
        let (context, themes) = try await ProposalRoutes.newProposal(visit)
        let form = FormReader(visit.exchange.form)
        let title = form.text("title", longest: Resource.Kind.proposal.longestTitle)
        let body = form.markdown("body", longest: Resource.Kind.proposal.longestBody, limits: .body)
        let place = form.text("place", longest: 100, required: false)
        let theme = themes.first { String($0.id) == form.typed("theme") }
        if theme == nil && !themes.isEmpty { form.fail("theme", "form.fault.choose") }
        let assistance = try await visit.assistance(form)
        guard form.isValid, let assistance, !form.isChecked("_back") else {
          let status = form.isValid || form.isChecked("_back") ? 200 : 422
          return visit.page(visit.say("assist.title"), status: status, robots: false) { $0.assist(context, themes, FormState(form), visit) }
        }
        guard form.typed("_step") == "review" else {
          return visit.page(visit.say("assist.review"), robots: false) { $0.readBack(assistance, context, themes, FormState(form), visit) }
        }
        let writ = Writ(title: title, source: form.typed("body"), body: body, language: form.language(visit))
        let speaker = Speaker.someone(assistance)
        let id = try await visit.publish { actor, db in
          try speaker.publish(saying: (writ.title, writ.source), as: actor, in: context.space.space.id, db) { author in
            try Proposals.add(writ, place: place, theme: theme?.id, author: author, component: context.component.id, by: actor, in: db)
          }
        }
        return visit.published(id, by: speaker, at: "\(context.space.path(context.component))/proposals/\(id)", saying: "flash.proposed")
      },
    ]
  }
}

extension Page {
  func assist(_ context: ContributionContext, _ themes: [Theme], _ state: FormState, _ visit: Visit) {
    contribution(
      context, title: say("assist.title"), lead: say("assist.lead"), state: state, action: visit.exchange.path, about: nil, isRemembered: false
    ) {
      assistance(state)
      area("title", say("proposals.what.label"), hint: say("assist.title.hint"), state: state, rows: 2, said: true)
      area("body", say("proposals.why.label"), hint: say("assist.body.hint"), state: state, rows: 8)
      field("place", say("proposals.place.label"), state: state, longest: 100, required: false)
      if !themes.isEmpty {
        select(
          "theme", say("proposals.theme"), options: [("", say("form.choose"))] + themes.map { (String($0.id), plain($0.name)) }, state: state)
      }
      languageField(visit, state)
      publishButtons(say("assist.next"))
    }
  }

  /// What will be published, to be read to the person before it is.
  fileprivate func readBack(_ someone: Assistance, _ context: ContributionContext, _ themes: [Theme], _ state: FormState, _ visit: Visit) {
    contribution(
      context, title: say("assist.review"), lead: say("assist.review.lead"), state: state, action: visit.exchange.path, about: nil,
      isRemembered: false
    ) {
      hidden("_step", "review")
      for (name, value) in state.values.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("_") { hidden(name, value) }
      dl(.class("stack")) { facts(of: someone) }
      preview(state, themes)
      publishButtons(say("form.publish"))
      p(.class("mt5")) { button(say("assist.back"), .class("button quiet"), .type("submit"), .name("_back"), .value("1")) }
    }
  }
}
