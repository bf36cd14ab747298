import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import RichText

/// Taking back what one wrote, or what one wrote for someone without account who asks for it; the authority takes its articles out.
package enum WithdrawRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/withdraw/:id") { visit in
        let given = try await visit.read { try Given.load(visit, in: $0) }
        if given.isGone { return visit.redirect(given.above) }
        return visit.page(visit.say("resources.withdraw"), robots: false) { $0.withdraw(given, visit) }
      },
      doors.post("/withdraw/:id") { visit in
        let given = try await visit.read { try Given.load(visit, in: $0) }
        try await visit.act { actor, db in
          let resource = try Resources.resource(given.resource.id, in: db)
          // Pressed twice.
          if resource.state == .withdrawn { return }
          try Resources.withdraw(permit: Permit(Withdraw(resource), for: actor, in: db), in: db)
        }
        return visit.redirect(given.above, saying: given.resource.isOwn(visit.actor) ? "flash.withdrawn" : "flash.withdrawn.other")
      },
    ]
  }
}

/// What is to be taken back.
private struct Given: Sendable {
  let resource: Resource
  /// Its title, or how it begins.
  let words: String
  let language: Language
  /// Its own place, and where it leads from there once it is gone.
  let place: String
  let above: String

  var isGone: Bool { resource.state == .withdrawn }

  /// - Throws: the rule's refusal to whoever may know that it is there, `NotFound` to others.
  static func load(_ visit: Visit, in db: Reading) throws -> Given {
    guard let id = visit.exchange.number("id") else { throw NotFound() }
    let resource = try Resources.resource(ID(id), in: db)
    if case .no(let refusal) = Withdraw(resource).verdict(for: visit.actor, at: db.now) {
      try ResourceAccess.check(resource, for: visit.actor, in: db)
      if resource.state != .withdrawn { throw refusal }
    }
    guard let space = try Spaces.space(resource.space, in: db) else { throw NotFound() }
    let (shown, place) = (try Revisions.shown(resource, in: db), try ResourcePath.path(of: resource, in: db))
    let above =
      switch resource.kind {
      case .article, .proposal: "/processes/\(space.slug)/f/\(resource.component)"
      case .wording: try resource.subject.map { try ResourcePath.path(of: Resources.resource($0, in: db), in: db) } ?? place
      case .argument, .source: place
      }
    return Given(
      resource: resource, words: shown.title.isEmpty ? shown.plain.beginning(words: 40) : shown.title, language: shown.language, place: place,
      above: above)
  }
}

extension Resource {
  fileprivate func isOwn(_ actor: Actor) -> Bool { authorPerson != nil && authorPerson == actor.person }
}

extension Page {
  fileprivate func withdraw(_ given: Given, _ visit: Visit) {
    let (title, lead): (MessageKey, MessageKey) =
      if given.resource.isOfficial {
        ("resources.withdraw.official.title", "resources.withdraw.official.lead")
      } else if given.resource.isOwn(visit.actor) {
        ("resources.withdraw.title", "resources.withdraw.lead")
      } else {
        ("resources.withdraw.assisted.title", "resources.withdraw.assisted.lead")
      }
    div(.class("wrap narrow")) {
      div(.class("head")) {
        h1(say(title)); p(say(lead), .class("lead"))
      }
      p(given.words, .class("said"), inLanguage(given.language))
      danger(say("resources.withdraw"), action: visit.exchange.path, back: given.place, keep: say("form.cancel"))
    }
  }
}
