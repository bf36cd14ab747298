import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// Correcting a text, publishing a new version of it, withdrawing it.
package enum RevisionRoutes {
  private enum Kind: String {
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
            return visit.page(visit.say(kind.title), robots: false) {
              $0.revise(context, context.state(start), visit, title: kind.title, lead: kind.lead, suffix: kind.rawValue)
            }
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
                $0.revise(context, FormState(form), visit, title: kind.title, lead: kind.lead, suffix: kind.rawValue)
              }
            }
            let writ = Writ(title: title, source: form.typed("body"), body: body, language: subject.shown.language)
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
  private static func revised(_ form: FormReader, _ shown: Revision) throws -> RichText {
    guard shown.source.utf8.first == UInt8(ascii: "<") else { return form.markdown("body", longest: 20_000, limits: .body) }
    let source = form.text("body", longest: 40_000, lines: true)
    return try RichText(foreignHTML: source, limits: .imported)
  }
}

extension Page {
  func revise(_ context: ContributionContext, _ state: FormState, _ visit: Visit, title: MessageKey, lead: MessageKey, suffix: String) {
    contribution(
      context, title: say(title), lead: say(lead), state: state, action: visit.exchange.path,
      about: (context.subject?.shown.title ?? "", String(visit.exchange.path.dropLast(suffix.count + 1)))
    ) {
      hidden("read", state["read"])
      area("title", say("texts.field.title"), state: state, rows: 2, said: true)
      area("body", say("texts.field.body"), hint: say("form.markdown.hint"), state: state, rows: 14)
      field("reason", say("resources.field.reason"), hint: say("resources.field.reason.hint"), state: state, longest: 500)
      publishButtons(say("form.publish"))
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
