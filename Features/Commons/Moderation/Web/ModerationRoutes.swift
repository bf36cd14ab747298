import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// Reporting, the queue, one decision at a time; and the guarantor's own report.
package enum ModerationRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/report/:id") { visit in
        let found = try await reported(visit)
        return visit.page(visit.say("moderation.report.title"), robots: false) { $0.report(found, FormState(), visit) }
      },
      doors.post("/report/:id") { visit in
        let found = try await reported(visit)
        let reporter = visit.signedIn.map { "person \($0.person)" } ?? visit.exchange.client
        if let wait = doors.limiter.take(.reports, for: reporter, at: visit.exchange.now) {
          return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait)
        }
        let form = FormReader(visit.exchange.form)
        let rule = form.choice("rule", CharterRule.self)
        let note = form.text("note", longest: 1_000, required: false, lines: true)
        guard form.isValid, let rule else {
          return visit.page(visit.say("moderation.report.title"), status: 422, robots: false) { $0.report(found, FormState(form), visit) }
        }
        let path = try await visit.act { actor, db in
          let resource = try Resources.resource(found.resource.id, in: db)
          try Moderation.report(rule, note: note, permit: Permit(ReportResource(resource), for: actor, in: db), in: db)
          return try ResourcePath.path(of: resource, in: db)
        }
        return visit.redirect(path, saying: "flash.reported")
      },
      doors.get("/moderation") { visit in
        let (cases, total) = try await visit.act { actor, db in
          _ = try Permit(ReadQueue(), for: actor, in: db)
          let cases = try Moderation.queue(for: actor, limit: 100, in: db)
          return (cases, cases.count)
        }
        return visit.page(visit.say("moderation.queue"), robots: false) { $0.queue(cases, total: total) }
      },
      doors.get("/moderation/:id") { visit in
        let (found, path, canDecide) = try await decision(visit)
        return visit.page(visit.say("moderation.case"), robots: false) { $0.decide(found, path, canDecide, FormState(), visit) }
      },
      doors.post("/moderation/:id") { visit in
        let (found, path, canDecide) = try await decision(visit)
        let form = FormReader(visit.exchange.form)
        let decision = form.typed("decision")
        if decision != "keep" && decision != "hide" { form.fail("decision", "form.fault.choose") }
        let rule = decision == "hide" ? form.choice("rule", CharterRule.self) : nil
        guard form.isValid else {
          return visit.page(visit.say("moderation.case"), status: 422, robots: false) { $0.decide(found, path, canDecide, FormState(form), visit) }
        }
        try await visit.act { actor, db in
          let resource = try Resources.resource(found.resource.id, in: db)
          let permit = try Permit(Moderate(resource, reporters: Moderation.reporters(of: resource.id, in: db)), for: actor, in: db)
          if let rule { try Moderation.hide(rule, permit: permit, in: db) } else { try Moderation.keep(permit: permit, in: db) }
        }
        return visit.redirect("/moderation", saying: rule == nil ? "flash.kept" : "flash.hidden")
      },
      doors.get("/processes/:slug/guarantor-report") { visit in
        let context = try await guarantorContext(visit)
        return visit.page(visit.say("guarantor.write"), robots: false) { $0.guarantorReport(context, FormState(), visit) }
      },
      doors.post("/processes/:slug/guarantor-report") { visit in
        let context = try await guarantorContext(visit)
        let form = FormReader(visit.exchange.form)
        let title = form.text("title", longest: 150)
        let body = form.markdown("body", longest: 20_000, limits: .body)
        guard form.isValid else {
          return visit.page(visit.say("guarantor.write"), status: 422, robots: false) { $0.guarantorReport(context, FormState(form), visit) }
        }
        let writ = Writ(title: title, source: form.typed("body"), body: body, language: visit.language)
        try await visit.act { actor, db in
          try Moderation.publishReport(writ, permit: Permit(PublishGuarantorReport(context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect(context.path + "#guarantor", saying: "flash.published")
      },
    ]
  }

  private static func reported(_ visit: Visit) async throws -> ReportedCase {
    guard let id = visit.exchange.number("id") else { throw NotFound() }
    let actor = visit.actor
    return try await visit.read { db in
      let found = try Moderation.reportedCase(ID(id), in: db)
      try ResourceAccess.check(found.resource, for: actor, in: db)
      guard found.resource.state == .published else { throw NotFound() }
      return found
    }
  }

  /// A case as moderators and the guarantor read it; whether this person may decide it.
  private static func decision(_ visit: Visit) async throws -> (ReportedCase, String, Bool) {
    guard let id = visit.exchange.number("id") else { throw NotFound() }
    return try await visit.act { actor, db in
      _ = try Permit(ReadQueue(), for: actor, in: db)
      let found = try Moderation.reportedCase(ID(id), in: db)
      _ = try Permit(ReadCase(found.resource), for: actor, in: db)
      let act = Moderate(found.resource, reporters: try Moderation.reporters(of: found.resource.id, in: db))
      return (found, try ResourcePath.path(of: found.resource, in: db), act.verdict(for: actor, at: db.now).isYes)
    }
  }

  private static func guarantorContext(_ visit: Visit) async throws -> SpaceContext {
    try await visit.act { actor, db in
      let context = try SpaceContext.load(visit.exchange.parameters["slug"] ?? "", for: actor, in: db)
      _ = try Permit(PublishGuarantorReport(context.space.id), for: actor, in: db)
      return context
    }
  }
}

extension Page {
  private func rules(_ state: FormState) {
    radios(
      "rule", say("moderation.rule"),
      options: CharterRule.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "charter.rule." + $0.rawValue)), nil) }, state: state)
  }

  private func quoted(_ found: ReportedCase) {
    article(.class("argument")) {
      authorLine(found.author, found.resource.published ?? Instant(milliseconds: 0))
      if !found.title.isEmpty { h2(found.title, .class("said"), inLanguage(found.language)) }
      blockquote(inLanguage(found.language)) { rich(found.body) }
    }
  }

  func report(_ found: ReportedCase, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("moderation.report.title")); p(say("moderation.report.lead"), .class("lead"))
      }
      quoted(found)
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        rules(state)
        area("note", say("moderation.note"), hint: say("moderation.note.hint"), state: state, rows: 4, required: false)
        voice(say("moderation.report.send"))
      }
      p { link("/pages/moderation-charter", say("frame.charter")) }
    }
  }

  func queue(_ cases: [ReportedCase], total: Int) {
    div(.class("wrap")) {
      crumbs([(say("moderation.queue"), nil)])
      div(.class("head")) { h1(say("moderation.queue.count", ["count": .count(total)])) }
      if cases.isEmpty { notice(say("moderation.queue.empty"), .yes) { p(say("moderation.queue.empty.body")) } }
      ol(.class("register wide")) {
        for found in cases {
          li {
            p(.class("mark")) { if let first = found.reports.first { day(first.made.milliseconds) } }
            div(.class("flow-s")) {
              h2(.class("said"), inLanguage(found.language)) {
                link("/moderation/\(found.resource.id)", found.title.isEmpty ? String(found.body.plain.prefix(80)) : found.title)
              }
              p(.class("small soft")) { element("bdi", []) { text(name(of: found.author)) } }
            }
            p(.class("facts")) {
              text(say("moderation.reports", ["count": .count(found.reports.count)]))
              for rule in Set(found.reports.map(\.rule.rawValue)).sorted() { br(); text(say(MessageKey(storedKey: "charter.rule." + rule))) }
            }
          }
        }
      }
    }
  }

  func decide(_ found: ReportedCase, _ back: String, _ canDecide: Bool, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("moderation.queue"), "/moderation"), (say("moderation.case"), nil)])
      div(.class("head")) {
        h1(say("moderation.case")); p { link(back, say("moderation.in-context")) }
      }
      quoted(found)
      section("reports", say("moderation.reports", ["count": .count(found.reports.count)])) {
        ul(.class("register")) {
          for report in found.reports {
            li {
              p(.class("mark")) { day(report.made.milliseconds) }
              div {
                p { strong(say(MessageKey(storedKey: "charter.rule." + report.rule.rawValue))) }
                if !report.note.isEmpty { p(report.note, .class("said")) }
                p(say(report.isByVisitor ? "moderation.by-visitor" : "moderation.by-participant"), .class("small soft"))
              }
            }
          }
        }
      }
      if found.resource.state == .hidden {
        notice(say("moderation.already-hidden")) { p { link("/moderation", say("form.back")) } }
      } else if canDecide {
        form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
          radios(
            "decision", say("moderation.decision"),
            options: [("keep", say("moderation.keep"), say("moderation.keep.hint")), ("hide", say("moderation.hide"), say("moderation.hide.hint"))],
            state: state)
          rules(state)
          voice(say("moderation.decide"))
        }
      } else {
        notice(say("moderation.read-only")) { p(say("moderation.read-only.body")) }
      }
    }
  }

  func guarantorReport(_ context: SpaceContext, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs(context, (say("guarantor.write"), nil))
      div(.class("head")) {
        h1(say("guarantor.write")); p(say("guarantor.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        field("title", say("texts.field.title"), state: state, longest: 150)
        area("body", say("guarantor.body"), hint: say("form.markdown.hint"), state: state, rows: 14)
        voice(say("form.publish"))
      }
    }
  }
}
