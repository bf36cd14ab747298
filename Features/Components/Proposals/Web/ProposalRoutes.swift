import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import Participation
import RichText

/// Proposing an idea, one question a page: what, where, why; ideas that resemble it are shown after the first.
package enum ProposalRoutes {
  private static let component = "/processes/:slug/f/:component"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get(component + "/proposals/new") { visit in
        let (context, themes) = try await newProposal(visit)
        // A draft opens where it was left: whoever signed in to publish is back before the last press.
        let step = ProposalStep(rawValue: visit.exchange.query["step"] ?? context.leftStep ?? "") ?? .what
        return visit.page(step.title(visit.say, themes), robots: false) { $0.newProposal(context, themes, step, context.state(), [], visit) }
      },
      doors.post(component + "/proposals/new") { visit in try await post(visit) },
    ] + AssistRoutes.routes(doors, component: component)
  }

  static func newProposal(_ visit: Visit) async throws -> (ContributionContext, [Theme]) {
    try await visit.read { db in
      let context = try ContributionContext.load(visit, subject: nil, in: db)
      guard context.component.kind == .proposals else { throw NotFound() }
      try Propose(context.admission).verdict(for: visit.actor, at: db.now).requireOffered()
      return (context, try ComponentThemes.list(of: context.component.id, in: db))
    }
  }

  private static func post(_ visit: Visit) async throws -> Answer {
    if let kept = try await visit.keepForLater() { return kept }
    let (context, themes) = try await newProposal(visit)
    let form = FormReader(visit.exchange.form)
    let step = ProposalStep(rawValue: form.typed("_step")) ?? .what
    let title = form.text("title", longest: Resource.Kind.proposal.longestTitle)
    let (language, space) = (form.language(visit), context.space.space.id)
    func show(_ step: ProposalStep, _ status: Int, _ similar: [ProposalRow] = []) -> Answer {
      // What is wrong with a later question is told there: a link of the summary leads to a field of this page.
      let state = FormState(values: FormState(form).values, faults: form.faults.filter { step.fields.contains($0.field) })
      return visit.page(step.title(visit.say, themes, near: similar.count), status: status, robots: false) {
        $0.newProposal(context, themes, step, state, similar, visit)
      }
    }
    if form.isChecked("_back"), let index = ProposalStep.allCases.firstIndex(of: step), index > 0 {
      let before = ProposalStep.allCases[index - 1]
      return visit.page(before.title(visit.say, themes), robots: false) {
        $0.newProposal(context, themes, before, FormState(values: FormState(form).values), [], visit)
      }
    }
    if step == .what {
      let isKnown = form.isChecked("_seen")
      let similar =
        form.isValid && !isKnown
        ? try await visit.read { db in
          try Proposals.rows(Search.similar(to: title, kind: .proposal, in: space, language: language, limit: 3, db), in: db)
        } : []
      guard form.isValid, similar.isEmpty else { return show(.what, form.isValid ? 200 : 422, similar) }
      return show(.place, 200)
    }
    let place = form.text("place", longest: 100, required: false)
    let theme = themes.first { String($0.id) == form.typed("theme") }
    if theme == nil && !themes.isEmpty { form.fail("theme", "form.fault.choose") }
    if step == .place { return show(form.isValid ? .why : ProposalStep.toMend(form.faults), form.isValid ? 200 : 422) }
    let body = form.markdown("body", longest: Resource.Kind.proposal.longestBody, limits: .body)
    let speaker = try await visit.speaker(form)
    guard form.isValid else { return show(ProposalStep.toMend(form.faults), 422) }
    if step == .why { return show(.review, 200) }
    let writ = Writ(title: title, source: form.typed("body"), body: body, language: language)
    let id = try await visit.publish { actor, db in
      try speaker.publish(saying: (writ.title, writ.source), as: actor, in: context.space.space.id, db) { author in
        try Proposals.add(writ, place: place, theme: theme?.id, author: author, component: context.component.id, by: actor, in: db)
      }
    }
    return visit.redirect("\(context.space.path(context.component))/proposals/\(id)", saying: "flash.proposed")
  }
}

/// The questions of an idea, in order.
enum ProposalStep: String, CaseIterable {
  case what, place, why, review

  /// The fields that it asks for.
  var fields: [String] {
    switch self {
    case .what: ["title", "language"]
    case .place: ["place", "theme"]
    case .why: ["body", "as", "as_name", "as_kind", "as_members"]
    case .review: []
    }
  }

  var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  /// - Parameter themes: those of the activity; without any, its second question is the place alone.
  func question(_ themes: [Theme]) -> MessageKey {
    switch self {
    case .what: "proposals.what"
    case .place: themes.isEmpty ? "proposals.place" : "proposals.place-and-theme"
    case .why: "proposals.why"
    case .review: "proposals.review"
    }
  }

  /// The title of its page: which question of how many, and what it asks.
  func title(_ say: Localizer, _ themes: [Theme], near: Int = 0) -> String {
    let asked = near > 0 ? say("proposals.near", ["count": .count(near)]) : say(question(themes))
    return say("proposals.step.title", ["number": .number(number), "total": .number(Self.allCases.count), "question": .text(asked)])
  }

  /// The first question that something is wrong with.
  static func toMend(_ faults: [FormReader.Fault]) -> ProposalStep {
    allCases.first { step in faults.contains { step.fields.contains($0.field) } } ?? .why
  }
}

extension Page {
  func newProposal(
    _ context: ContributionContext, _ themes: [Theme], _ step: ProposalStep, _ state: FormState, _ similar: [ProposalRow], _ visit: Visit
  ) {
    let base = context.space.path(context.component)
    div(.class("wrap")) {
      crumbs(context.space, (plain(context.component.title), base), (say("proposals.propose"), nil))
      draftNotice(context.space.space)
      div(.class("split")) {
        div {
          summary(state)
          form(.fixed("method", "post"), .action(path(visit.exchange.path)), .class("mt6")) {
            p(say("proposals.step", ["number": .number(step.number), "total": .number(ProposalStep.allCases.count)]), .class("over"))
            hidden("_step", step.rawValue)
            carried(step, state)
            if similar.isEmpty {
              h1(say(step.question(themes)))
            } else {
              near(similar, base, canSupport: context.admission.verdict(for: visit.actor, .support).isOffered)
              h2(say(step.question(themes)), .class("mt6"))
            }
            question(step, state, themes, visit)
            // The first button is the one that the Enter key presses.
            publishButtons(say(step == .review ? "proposals.publish" : similar.isEmpty ? "proposals.next" : "proposals.different"))
            if step != .what {
              p(.class("mt5")) {
                button(say("proposals.back"), .class("button quiet"), .type("submit"), .name("_back"), .value("1"))
              }
            }
          }
        }
        aside(.class("stack"), .label(say("proposals.where-you-are"))) {
          timeline(
            ProposalStep.allCases.map { each in
              let index = ProposalStep.allCases.firstIndex(of: each) ?? 0
              let now = ProposalStep.allCases.firstIndex(of: step) ?? 0
              return Step(
                name: LocalizedText(say(MessageKey(storedKey: "proposals.step.\(each.rawValue)")), in: language),
                detail: say(MessageKey(storedKey: "proposals.step.\(each.rawValue).detail")),
                state: index < now ? .done : index == now ? .now : .coming)
            }, tall: true)
          div(.class("notice")) {
            h2 {
              icon("lock"); text(" " + say("proposals.safe"))
            }; p(say("proposals.safe.body"))
          }
        }
      }
    }
  }

  /// What earlier questions were answered travels along, hidden.
  private func carried(_ step: ProposalStep, _ state: FormState) {
    for each in ProposalStep.allCases where each != step { for field in each.fields where !state[field].isEmpty { hidden(field, state[field]) } }
  }

  private func question(_ step: ProposalStep, _ state: FormState, _ themes: [Theme], _ visit: Visit) {
    switch step {
    case .what:
      area(
        "title", say("proposals.what.label"), hint: say("proposals.what.hint", ["count": .count(Resource.Kind.proposal.longestTitle)]), state: state,
        rows: 3,
        said: true)
      languageField(visit, state)
    case .place:
      field("place", say("proposals.place.label"), hint: say("proposals.place.hint"), state: state, longest: 100, required: false)
      if !themes.isEmpty {
        select("theme", say("proposals.theme"), options: [("", say("form.choose"))] + themes.map { (String($0.id), plain($0.name)) }, state: state)
      }
    case .why:
      area("body", say("proposals.why.label"), hint: say("form.markdown.hint"), state: state, rows: 12, said: true)
      speaker(state)
    case .review:
      p(say("proposals.review.lead"), .class("lead"))
      preview(state, themes)
    }
  }

  /// An idea as it will be read, before it is published.
  func preview(_ state: FormState, _ themes: [Theme]) {
    article(.class("preview")) {
      h2(state["title"], .class("said"))
      let place = state["place"].trimmed
      p(say("proposals.review.place", ["place": .text(place.isEmpty ? say("proposals.place.none") : place)]))
      if let theme = themes.first(where: { String($0.id) == state["theme"] }) {
        p(say("proposals.review.theme", ["theme": .text(plain(theme.name))]))
      }
      if let body = try? RichText(markdown: state["body"]) { div(.class("law")) { rich(body) } }
    }
  }

  /// - Parameter canSupport: whether each may be supported from here; the press goes to the idea and leaves the form.
  private func near(_ similar: [ProposalRow], _ base: String, canSupport: Bool) {
    hidden("_seen", "1")
    section(.labelledBy("near")) {
      h1(say("proposals.near", ["count": .count(similar.count)]), .id("near"), .fixed("tabindex", "-1"), .flag("autofocus"))
      p(say("proposals.near.body"), .class("small soft"))
      ol(.class("register")) {
        for row in similar {
          li {
            p(.class("mark")) {
              stone("for"); text(" " + say("proposals.supports", ["count": .count(row.supports)]))
            }
            div(.class("flow-s")) {
              h2(.class("said"), inLanguage(row.language)) { link("\(base)/proposals/\(row.id)", row.title) }
              if !row.place.isEmpty { p(row.place, .class("small soft")) }
              if canSupport {
                p {
                  button(
                    .class("button second"), .type("submit"), .named("formaction", path("\(base)/proposals/\(row.id)/vote")), .name("choice"),
                    .value("support")
                  ) {
                    text(say("proposals.near.support")); span(" " + row.title, .class("vh"))
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
