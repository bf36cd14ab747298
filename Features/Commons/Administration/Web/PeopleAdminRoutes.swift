import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// Finding an account, suspending it with a reason, lifting the suspension.
package enum PeopleAdminRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.admin("/admin/people") { visit in
        if let wait = doors.limiter.take(.search, for: visit.exchange.client, at: visit.exchange.now) {
          return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait)
        }
        let query = String((visit.exchange.query["q"] ?? "").trimmed.unicodeScalars.prefix(254))
        let (found, suspended) = try await visit.read { db in
          (query.isEmpty ? nil : try AccountSearch.find(query, in: db), try AccountSearch.suspended(in: db))
        }
        return visit.page(visit.say("admin.people"), robots: false) { $0.accounts(query, found, suspended: suspended) }
      },
      doors.admin("/admin/people/:person") { visit in try await show(visit, FormState()) },
      doors.post("/admin/people/:person") { visit in visit.exchange.form.fields["act"] == "lift" ? try await lift(visit) : try await suspend(visit) },
    ]
  }

  private static func person(_ visit: Visit) throws -> PersonID {
    guard let number = Int64(visit.exchange.parameters["person"] ?? "") else { throw NotFound() }
    return PersonID(number)
  }

  private static func show(_ visit: Visit, _ state: FormState) async throws -> Answer {
    let id = try person(visit)
    let model = try await visit.read { db -> AccountAdminModel in
      guard let account = try AccountSearch.account(id, in: db) else { throw NotFound() }
      let names = try Spaces.all(withDrafts: true, in: db).map { ($0.id, $0.title) }
      return AccountAdminModel(
        account: account, suspensions: try Suspensions.list(of: id, in: db), spaces: Dictionary(names, uniquingKeysWith: { first, _ in first }),
        verdict: try SuspendPerson.load(id, in: db).verdict(for: visit.actor, at: db.now))
    }
    return visit.page(visit.say("admin.people.one"), status: state.faults.isEmpty ? 200 : 422, robots: false) { $0.accountToAdminister(model, state) }
  }

  private static func suspend(_ visit: Visit) async throws -> Answer {
    let (id, form, contact) = (try person(visit), FormReader(visit.exchange.form), visit.settings.contact)
    let reason = form.text("reason", longest: Suspensions.longestReason, lines: true)
    guard form.isValid else {
      try await visit.read { db in try SuspendPerson.load(id, in: db).check(for: visit.actor, at: db.now) }
      return try await show(visit, FormState(form))
    }
    try await visit.act { actor, db in
      let permit = try Permit(SuspendPerson.load(id, in: db), for: actor, in: db)
      guard try AccountSearch.account(id, in: db) != nil, let account = try People.person(id, in: db) else { throw NotFound() }
      try Suspensions.suspend(for: reason, permit: permit, in: db)
      try Notice(
        to: id, language: account.language, name: "suspended", values: ["reason": reason, "contact": contact], path: "/pages/moderation-charter"
      )
      .post(key: "suspended:\(id):\(db.now.milliseconds)", in: db)
    }
    return visit.redirect("/admin/people/\(id)", saying: "flash.suspended")
  }

  private static func lift(_ visit: Visit) async throws -> Answer {
    let id = try person(visit)
    try await visit.act { actor, db in
      let permit = try Permit(LiftSuspension(id), for: actor, in: db)
      guard let account = try People.person(id, in: db) else { throw NotFound() }
      try Suspensions.lift(permit: permit, in: db)
      try Notice(to: id, language: account.language, name: "suspension-lifted", path: "/sign-in").post(
        key: "suspension-lifted:\(id):\(db.now.milliseconds)", in: db)
    }
    return visit.redirect("/admin/people/\(id)", saying: "flash.suspension-lifted")
  }
}
