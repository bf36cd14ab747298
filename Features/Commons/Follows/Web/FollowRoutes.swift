package import CommonsDomain
package import Database
import HTML
package import Interface
import Localization

/// Following, and no longer: a process, or something in it.
package enum FollowRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.post("/processes/:slug/follow") { visit in
        let slug = visit.exchange.parameters["slug"] ?? ""
        return try await set(visit) { actor, db in .space(try SpaceContext.load(slug, for: actor, in: db).space.id) }
      }
    ]
      + ResourceAccess.bases.map { base in
        doors.post(base + "/follow") { visit in
          guard let id = visit.exchange.number("wording") ?? visit.exchange.number("id") else { throw NotFound() }
          return try await set(visit) { actor, db in
            let resource = try Resources.resource(ID(id), in: db)
            try ResourceAccess.check(resource, for: actor, under: visit.exchange.parameters["slug"], in: db)
            guard let component = visit.exchange.number("component"), ResourceAccess.isAddressed(resource, by: visit.exchange, in: ID(component))
            else { throw NotFound() }
            return .resource(resource.id)
          }
        }
      }
  }

  private static func set(_ visit: Visit, _ subject: @escaping @Sendable (Actor, Writing) throws -> Follows.Subject) async throws -> Answer {
    let follows = visit.exchange.form.fields["follow"] != "0"
    try await visit.act { actor, db in
      try Follows.set(follows, subject(actor, db), permit: Permit(FollowSubject(), for: actor, in: db), in: db)
    }
    return visit.redirect(String(visit.exchange.path.dropLast("/follow".count)), saying: follows ? "flash.followed" : "flash.unfollowed")
  }
}

/// Whether one follows something, and how many do.
package struct FollowModel: Sendable {
  let subject: Follows.Subject
  let isFollowed: Bool
  let followers: Int
  /// The page of what is followed.
  let path: String

  package static func load(_ subject: Follows.Subject, _ person: PersonID?, at path: String, in db: Reading) throws -> FollowModel {
    FollowModel(
      subject: subject, isFollowed: try person.map { try Follows.isFollowed(subject, by: $0, in: db) } ?? false,
      followers: try Follows.count(subject, in: db), path: path)
  }
}

extension Page {
  /// The button that follows or stops, and the number of people who do.
  package func follow(_ model: FollowModel) {
    let words: MessageKey =
      switch model.subject {
      case .space: "follows.space"
      case .resource: "follows.resource"
      }
    form(.fixed("method", "post"), .action(path(model.path + "/follow")), .class("mt5")) {
      hidden("follow", model.isFollowed ? "0" : "1")
      p { button(say(model.isFollowed ? "follows.stop" : words), .class("button second"), .type("submit")) }
      if model.followers > 0 { p(say("follows.count", ["count": .count(model.followers)]), .class("small soft")) }
    }
  }
}
