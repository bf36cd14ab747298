package import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText
import TextAnalysis

/// Correcting a text, publishing a new version of it, withdrawing it.
package enum RevisionRoutes {
  fileprivate enum Kind: String {
    case correct, version
    var title: MessageKey { self == .correct ? "resources.correct" : "resources.new-version" }
    var lead: MessageKey { self == .correct ? "resources.correct.lead" : "resources.new-version.lead" }
  }

  package static func routes(_ doors: Doors) -> [Route] {
    ResourceAccess.bases.flatMap { base in
      let parameter = base.hasSuffix(":wording") ? "wording" : "id"
      return [Kind.correct, .version].flatMap { kind in
        [
          doors.get("\(base)/\(kind.rawValue)") { visit in
            let context = try await visit.read { try ContributionContext.load(visit, subject: parameter, in: $0) }
            guard let subject = context.subject else { throw NotFound() }
            let start = ["title": subject.shown.title, "body": subject.shown.source, "read": String(subject.resource.revision)]
            let state = context.state(start)
            // A draft begun on an older revision is shown beside today's text, and goes out from that one.
            let isOld = state["read"] != start["read"]
            return visit.page(visit.say(kind.title), robots: false) { $0.revise(context, state, visit, kind, hasChanged: isOld) }
          },
          doors.post("\(base)/\(kind.rawValue)") { visit in
            if let kept = try await visit.keepForLater() { return kept }
            let context = try await visit.read { try ContributionContext.load(visit, subject: parameter, in: $0) }
            guard let subject = context.subject else { throw NotFound() }
            let form = FormReader(visit.exchange.form)
            let title = form.text("title", longest: 250)
            let body = try revised(form, subject.shown)
            let reason = form.text("reason", longest: 500)
            let read = form.number("read", in: 1...1_000_000, required: true)
            guard form.isValid, let read else {
              return visit.page(visit.say(kind.title), status: 422, robots: false) {
                $0.revise(context, FormState(form), visit, kind, hasChanged: false)
              }
            }
            let writ = Writ(title: title, source: form.typed("body"), body: body, language: subject.shown.language)
            do {
              try await visit.publish { actor, db in
                let resource = try Resources.resource(subject.resource.id, in: db)
                let admission = try Admission.load(resource.component, in: db)
                switch kind {
                case .correct:
                  try Resources.correct(writ, reason: reason, read: read, permit: Permit(Correct(resource, admission), for: actor, in: db), in: db)
                case .version:
                  try Resources.reword(writ, reason: reason, read: read, permit: Permit(Reword(resource, admission), for: actor, in: db), in: db)
                }
              }
            } catch is Conflict {
              // The same form, what was typed in it, beside today's text: the next press publishes.
              let today = try await visit.read { try ContributionContext.load(visit, subject: parameter, in: $0) }
              return visit.page(visit.say(kind.title), status: 409, robots: false) {
                $0.revise(today, FormState(form), visit, kind, hasChanged: true)
              }
            }
            return visit.redirect(
              String(visit.exchange.path.dropLast(kind.rawValue.count + 1)), saying: kind == .correct ? "flash.corrected" : "flash.new-version")
          },
        ]
      } + [
        doors.get(base + "/withdraw") { visit in
          let context = try await visit.read { try ContributionContext.load(visit, subject: parameter, in: $0) }
          return visit.page(visit.say("resources.withdraw"), robots: false) { $0.withdraw(context, visit) }
        },
        doors.post(base + "/withdraw") { visit in
          let context = try await visit.read { try ContributionContext.load(visit, subject: parameter, in: $0) }
          guard let subject = context.subject else { throw NotFound() }
          try await visit.act { actor, db in
            let resource = try Resources.resource(subject.resource.id, in: db)
            try Resources.withdraw(permit: Permit(Withdraw(resource), for: actor, in: db), in: db)
          }
          return visit.redirect(context.space.path(context.component), saying: "flash.withdrawn")
        },
      ]
    }
  }

  /// What was typed as Markdown; a text that came as HTML (imports) is edited as the HTML that the sanitizer kept.
  fileprivate static func revised(_ form: FormReader, _ shown: Revision) throws -> RichText {
    guard shown.source.utf8.first == UInt8(ascii: "<") else { return form.markdown("body", longest: 20_000, limits: .body) }
    let source = form.text("body", longest: 40_000, lines: true)
    return try RichText(foreignHTML: source, limits: .imported)
  }

  /// The words of what was typed; as typed where it cannot be read.
  fileprivate static func plain(_ source: String, like shown: Revision) -> String {
    let isForeign = shown.source.utf8.first == UInt8(ascii: "<")
    return (isForeign ? try? RichText(foreignHTML: source, limits: .imported) : try? RichText(markdown: source, limits: .body))?.plain ?? source
  }
}

extension Page {
  fileprivate func revise(
    _ context: ContributionContext, _ state: FormState, _ visit: Visit, _ kind: RevisionRoutes.Kind, hasChanged: Bool
  ) {
    let base = String(visit.exchange.path.dropLast(kind.rawValue.count + 1))
    contribution(
      context, title: say(kind.title), lead: say(kind.lead), state: state, action: visit.exchange.path,
      about: (context.subject?.shown.title ?? "", base)
    ) {
      if hasChanged, let subject = context.subject {
        changedMeanwhile(subject.shown, title: state["title"], body: RevisionRoutes.plain(state["body"], like: subject.shown), base)
        hidden("read", String(subject.resource.revision))
      } else {
        hidden("read", state["read"])
      }
      area("title", say("texts.field.title"), state: state, rows: 2, said: true)
      area("body", say("texts.field.body"), hint: say("form.markdown.hint"), state: state, rows: 14)
      field("reason", say("resources.field.reason"), hint: say("resources.field.reason.hint"), state: state, longest: 500)
      publishButtons(say("form.publish"))
    }
  }

  /// Someone changed the text while this was written: what publishing would change in the text of today.
  package func changedMeanwhile(_ today: Revision, title: String?, body: String, _ base: String) {
    section(.class("mt5"), .labelledBy("meanwhile")) {
      h2(say("resources.changed"), .id("meanwhile"), .fixed("tabindex", "-1"), .flag("autofocus"))
      p(say("resources.changed.body"))
      p { link(base + "/history", say("resources.changed.history")) }
      h3(say("resources.changed.difference"))
      if let title, title.trimmed != today.title { difference(WordDifference.between(today.title, title.trimmed), today.language) }
      difference(WordDifference.between(today.plain, body), today.language)
      details(.class("mt4")) {
        summary(say("resources.changed.today")); div(.class("law"), inLanguage(today.language)) { rich(today.body) }
      }
    }
  }

  func withdraw(_ context: ContributionContext, _ visit: Visit) {
    div(.class("wrap narrow")) {
      div(.class("head")) {
        h1(say("resources.withdraw.title")); p(say("resources.withdraw.lead"), .class("lead"))
      }
      p(context.subject?.shown.title ?? "", .class("said"))
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        p(.class("cluster mt5")) {
          button(say("resources.withdraw"), .class("button danger"), .type("submit"))
          link(String(visit.exchange.path.dropLast("/withdraw".count)), say("form.cancel"), .class("button quiet"))
        }
      }
    }
  }
}
