import CommonsDomain
import Database
package import Interface

/// What every resource has, whatever its kind: a short address.
package enum ResourceRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/go/:id") { visit in
        guard let id = visit.exchange.number("id") else { throw NotFound() }
        let actor = visit.actor
        let path = try await visit.read { db in
          let resource = try Resources.resource(ID(id), in: db)
          try ResourceAccess.check(resource, for: actor, under: visit.exchange.parameters["slug"], in: db)
          return try ResourcePath.path(of: resource, in: db)
        }
        return visit.redirect(path)
      }
    ]
  }
}
