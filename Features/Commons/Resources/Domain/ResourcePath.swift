package import Database

/// The stable public address of a resource, without language and host; it follows Decidim's, so that a platform that moves keeps its links.
package enum ResourcePath {
  package static func path(
    slug: String, component: ComponentID, kind: Resource.Kind, id: ResourceID, subject: (kind: Resource.Kind, id: ResourceID)?
  ) -> String {
    let base = "/processes/\(slug)/f/\(component)"
    switch (kind, subject) {
    case (.article, _): return "\(base)/articles/\(id)"
    case (.proposal, _): return "\(base)/proposals/\(id)"
    case (.wording, let subject?): return "\(base)/articles/\(subject.id)/wordings/\(id)"
    case (.argument, let subject?):
      return path(slug: slug, component: component, kind: subject.kind, id: subject.id, subject: nil) + "#argument-\(id)"
    case (.source, let subject?): return path(slug: slug, component: component, kind: subject.kind, id: subject.id, subject: nil) + "#source-\(id)"
    case (_, nil): return base
    }
  }

  package static func path(of resource: Resource, in db: Reading) throws -> String {
    guard let space = try Spaces.space(resource.space, in: db) else { throw NotFound() }
    let subject = try resource.subject.map { try Resources.resource($0, in: db) }
    if resource.kind == .argument || resource.kind == .source, let subject, subject.kind == .wording, let article = subject.subject {
      let page = path(slug: space.slug, component: resource.component, kind: .wording, id: subject.id, subject: (.article, article))
      return "\(page)#\(resource.kind.rawValue)-\(resource.id)"
    }
    return path(
      slug: space.slug, component: resource.component, kind: resource.kind, id: resource.id, subject: subject.map { ($0.kind, $0.id) })
  }

  /// Where the versions of a text are read.
  package static func history(of resource: Resource, in db: Reading) throws -> String {
    guard resource.kind == .argument, let subject = resource.subject else { return try path(of: resource, in: db) + "/history" }
    return try path(of: Resources.resource(subject, in: db), in: db) + "/arguments/\(resource.id)/history"
  }
}
