import CommonsDomain
import Database
package import Interface
import Localization

/// One press: a vote on a text, a support of an idea, an argument or a source that counts; changed or taken back by another press.
package enum VoteRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    ResourceAccess.bases.flatMap { base in
      [
        doors.post(base + "/vote") { visit in
          guard let id = visit.exchange.number("wording") ?? visit.exchange.number("id") else { throw NotFound() }
          try await press(visit, ID(id))
          let back = String(visit.exchange.path.dropLast("/vote".count))
          return visit.withoutUncounted(visit.redirect(back + (base.hasSuffix("proposals/:id") ? "#support" : "#vote"), saying: flash(visit)))
        },
        doors.post(base + "/useful") { visit in
          guard let id = Int64(visit.exchange.form.fields["resource"] ?? "") else { throw NotFound() }
          let page = visit.exchange.number("wording") ?? visit.exchange.number("id")
          try await press(visit, ID(id), about: page.map { ID($0) })
          let isSource = visit.exchange.form.fields["kind"] == "source"
          let back = String(visit.exchange.path.dropLast("/useful".count))
          return visit.redirect(isSource ? "\(back)/sources#source-\(id)" : "\(back)#argument-\(id)", saying: "flash.counted")
        },
      ]
    }
  }

  private static func flash(_ visit: Visit) -> StaticString {
    (visit.exchange.form.fields["choice"] ?? "").isEmpty ? "flash.vote-taken-back" : "flash.voted"
  }

  private static func press(_ visit: Visit, _ id: ResourceID, about page: ResourceID? = nil) async throws {
    let typed = visit.exchange.form.fields["choice"] ?? ""
    let choice = Choice(rawValue: typed)
    guard choice != nil || typed.isEmpty else { throw Refusal("refusal.choice") }
    let edition = visit.exchange.form.fields["edition"].flatMap { $0.utf8.count < 7 ? Int($0) : nil }
    try await visit.act { actor, db in
      let resource = try Resources.resource(id, in: db)
      try ResourceAccess.check(resource, for: actor, under: visit.exchange.parameters["slug"], in: db)
      // What is voted on is what the address names, in the activity that it names; what is marked hangs on it.
      let addressed = try page.map { try Resources.resource($0, in: db) } ?? resource
      guard let component = visit.exchange.number("component"), ResourceAccess.isAddressed(addressed, by: visit.exchange, in: ID(component)) else {
        throw NotFound()
      }
      if let page, resource.subject != page { throw NotFound() }
      try Votes.cast(choice, on: id, edition: edition ?? resource.edition, by: actor, in: db)
    }
  }
}
