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
        let shelf = visit.exchange.query["shelf"].flatMap(ModerationShelf.init) ?? .open
        let asked = visit.exchange.query.page
        let actor = visit.actor
        try ReadQueue().check(for: actor, at: visit.now)
        let model = try await visit.read { db in
          let all = try Moderation.queue(shelf, for: actor, in: db)
          let count = max(1, (all.count + Listing.pageSize - 1) / Listing.pageSize)
          let page = min(asked, count)
          let cases = try all.dropFirst((page - 1) * Listing.pageSize).prefix(Listing.pageSize).map { try Moderation.reportedCase($0, in: db) }
          return QueueModel(shelf: shelf, cases: cases, total: all.count, page: page, pages: count)
        }
        return visit.page(visit.say("moderation.queue"), robots: false) { $0.queue(model) }
      },
      doors.get("/moderation/:id") { visit in
        let (found, path, canDecide) = try await decision(visit)
        return visit.page(visit.say("moderation.case"), robots: false) { $0.decide(found, path, canDecide, found.begun, visit) }
      },
      doors.post("/moderation/:id") { visit in
        let (found, path, canDecide) = try await decision(visit)
        let form = FormReader(visit.exchange.form)
        let decision = form.choice("decision", Moderate.Decision.self)
        // A colleague was faster.
        if canDecide, let decision, (decision == .restore) != (found.tombstone != nil) { throw Conflict() }
        let rule = decision == .hide ? form.choice("rule", CharterRule.self) : nil
        let reason = decision == .hide ? form.text("reason", longest: 1_000, lines: true) : ""
        guard form.isValid, let decision else {
          return visit.page(visit.say("moderation.case"), status: 422, robots: false) { $0.decide(found, path, canDecide, FormState(form), visit) }
        }
        try await visit.act { actor, db in
          let resource = try Resources.resource(found.resource.id, in: db)
          let permit = try Permit(Moderate(resource, decision, reporters: Moderation.reporters(of: resource.id, in: db)), for: actor, in: db)
          switch decision {
          case .keep: try Moderation.keep(permit: permit, in: db)
          case .hide: if let rule { try Moderation.hide(rule, reason: reason, permit: permit, in: db) }
          case .restore: try Moderation.restore(permit: permit, in: db)
          }
        }
        return visit.redirect("/moderation", saying: decision == .hide ? "flash.hidden" : decision == .restore ? "flash.restored" : "flash.kept")
      },
      doors.get("/processes/:slug/guarantor-report") { visit in
        let context = try await guarantorContext(visit)
        let state = try await visit.begun(FormState())
        return visit.page(visit.say("guarantor.write"), robots: false) { $0.guarantorReport(context, state, visit) }
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
        try await visit.publish { actor, db in
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
    let actor = visit.actor
    try ReadQueue().check(for: actor, at: visit.now)
    return try await visit.read { db in
      let found = try Moderation.reportedCase(ID(id), in: db)
      try ReadCases(found.resource.space).check(for: actor, at: db.now)
      let act = Moderate(
        found.resource, found.tombstone == nil ? .hide : .restore, reporters: try Moderation.reporters(of: found.resource.id, in: db))
      return (found, try ResourcePath.path(of: found.resource, in: db), act.verdict(for: actor, at: db.now).isYes)
    }
  }

  private static func guarantorContext(_ visit: Visit) async throws -> SpaceContext {
    let actor = visit.actor
    return try await visit.read { db in
      let context = try SpaceContext.load(visit.exchange.parameters["slug"] ?? "", for: actor, in: db)
      try PublishGuarantorReport(context.space.id).check(for: actor, at: db.now)
      return context
    }
  }
}
