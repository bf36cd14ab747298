package import CommonsDomain
package import Database
package import Interface

/// Whether someone may know of a resource at all: its space and component are public or theirs to prepare, and what it hangs on is not hidden.
package enum ResourceAccess {
  /// Where resources with pages of their own stand.
  package static let bases = [
    "/processes/:slug/f/:component/articles/:id", "/processes/:slug/f/:component/articles/:id/wordings/:wording",
    "/processes/:slug/f/:component/proposals/:id",
  ]

  /// Where what is revised stands, and what has a history: arguments too, which are read on the page of what they are about.
  package static let revised = bases + bases.map { $0 + "/arguments/:argument" }

  /// The name of the address's part that says which resource it is.
  package static func parameter(of base: String) -> String { base.split(separator: ":").last.map(String.init) ?? "id" }

  /// Whether the path names the resource where it stands: its activity, its kind, for a wording its article, for an argument what it is about.
  package static func isAddressed(_ resource: Resource, by exchange: Exchange, in component: ComponentID, _ db: Reading) throws -> Bool {
    guard let number = exchange.number("argument") else { return isAddressed(resource, by: exchange, in: component) }
    guard resource.kind == .argument, resource.id.number == number, let subject = resource.subject else { return false }
    return try subject.number == exchange.number("wording") ?? exchange.number("id")
      && isAddressed(Resources.resource(subject, in: db), by: exchange, in: component)
  }

  /// The same for what has a page of its own.
  package static func isAddressed(_ resource: Resource, by exchange: Exchange, in component: ComponentID) -> Bool {
    guard resource.component == component else { return false }
    if let wording = exchange.number("wording") {
      return resource.kind == .wording && resource.id.number == wording && resource.subject?.number == exchange.number("id")
    }
    return resource.kind == (exchange.path.contains("/proposals/") ? .proposal : .article)
  }

  /// - Parameter slug: the space that the address names, when it names one.
  package static func check(_ resource: Resource, for actor: Actor, under slug: String? = nil, in db: Reading) throws {
    guard let isPublic = try Spaces.isPublic(resource.space, resource.component, in: db), slug == nil || slug == isPublic.slug else {
      throw NotFound()
    }
    guard ReadSpace(resource.space, isPublished: isPublic.space).verdict(for: actor, at: db.now).isYes else { throw NotFound() }
    guard isPublic.component || ManageSpace(resource.space).verdict(for: actor, at: db.now).isYes else { throw NotFound() }
    var subject = resource.subject
    while let id = subject {
      let above = try Resources.resource(id, in: db)
      guard above.state == .published else { throw NotFound() }
      subject = above.subject
    }
  }
}
