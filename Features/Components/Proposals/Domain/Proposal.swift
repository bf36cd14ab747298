package import CommonsDomain
package import Database
package import Localization

/// An idea as lists show it.
package struct ProposalRow: Sendable {
  package let id: ResourceID
  package let title: String
  package let language: Language
  package let author: Author
  package let published: Instant
  package let place: String
  package let theme: Int64?
  package let supports: Int
  package let arguments: Int
}

/// An idea, whole.
package struct Proposal: Sendable {
  package let resource: Resource
  package let author: Author
  package let shown: Revision
  package let place: String
  package let theme: Int64?
}

/// Proposing an idea.
package struct Propose: Contribution {
  package let admission: Admission
  package init(_ admission: Admission) { self.admission = admission }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    guard admission.kind == .proposals else { return .no(Refusal("refusal.phase-closed")) }
    return admission.verdict(for: actor, .propose)
  }
}

package enum Proposals {
  package static func add(
    _ writ: Writ, place: String, theme: Int64?, author: AuthorID, component: ComponentID, by actor: Actor, in db: Writing
  ) throws -> ResourceID {
    let permit = try Permit(Propose(try Admission.load(component, in: db)), for: actor, in: db)
    if let theme, try !ComponentThemes.list(of: component, in: db).contains(where: { $0.id == theme }) { throw NotFound() }
    return try Resources.publish(.proposal, about: nil, by: author, writ, place: place, theme: theme, permit: permit, in: db)
  }

  private static let selection: SQL =
    "SELECT r.id, v.title, v.language, r.published_at, r.place, r.theme_id, s.pro, s.arguments, " + Author.columns
      + """
       FROM standings s JOIN resources r ON r.id = s.resource_id JOIN authors a ON a.id = r.author_id
         JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision
      """ + Author.joins

  private static func proposalRow(_ row: Row) -> ProposalRow {
    ProposalRow(
      id: row.id(0), title: row.text(1), language: Language(row.text(2)), author: Author(row, from: 8), published: row.instant(3), place: row.text(4),
      theme: row.int64OrNil(5), supports: row.int(6), arguments: row.int(7))
  }

  /// Rows of the given ideas, in the order of `ids`.
  package static func rows(_ ids: [ResourceID], in db: Reading) throws -> [ProposalRow] {
    try Standings.rows(ids) {
      try db.all(selection + " WHERE r.id IN numbers($1)", $0, map: proposalRow)
    } id: {
      $0.id
    }
  }

  package static func proposal(_ id: ResourceID, in db: Reading) throws -> Proposal {
    let resource = try Resources.resource(id, in: db)
    guard resource.kind == .proposal, let author = try Authors.author(resource.author, in: db) else { throw NotFound() }
    let place = try db.first("SELECT place, theme_id FROM resources WHERE id = $1", id) { ($0.text(0), $0.int64OrNil(1)) }
    return Proposal(resource: resource, author: author, shown: try Revisions.shown(resource, in: db), place: place?.0 ?? "", theme: place?.1)
  }
}
