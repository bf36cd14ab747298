package import Database

package enum Authors {
  /// The author that stands for a person.
  package static func personal(_ person: PersonID, in db: Writing) throws -> AuthorID {
    if let id: AuthorID = try db.first("SELECT id FROM authors WHERE kind = 'person' AND person_id = $1", person, map: { $0.id(0) }) { return id }
    return ID(try db.insert("INSERT INTO authors (kind, person_id, official) VALUES ('person', $1, 0) RETURNING id", person))
  }

  /// An organization or a group for which a person speaks. The authority's own name is not for others to take.
  package static func collective(
    _ kind: Author.Kind, name: String, organizationKind: Author.OrganizationKind?, members: [String], spokesperson: PersonID, in db: Writing
  ) throws -> AuthorID {
    try checkFree([name] + members, besides: spokesperson, in: db)
    let members = members.prefix(20).joined(separator: "\n")
    let known: AuthorID? = try db.first(
      "SELECT id FROM authors WHERE kind = $1 AND person_id = $2 AND name = $3 AND COALESCE(organization_kind, '') = $4 AND members = $5",
      kind.rawValue, spokesperson, name, organizationKind?.rawValue ?? "", members
    ) { $0.id(0) }
    if let known { return known }
    return AuthorID(
      try db.insert(
        "INSERT INTO authors (kind, person_id, name, organization_kind, members, official) VALUES ($1, $2, $3, $4, $5, 0) RETURNING id",
        kind.rawValue, spokesperson, name, organizationKind?.rawValue, members))
  }

  /// Refuses a name to be shown that is the authority's, that of whoever signed a commitment, or that of someone else who holds a role.
  package static func checkFree(_ names: [String], besides person: PersonID, in db: Reading) throws {
    guard try areFree(names, besides: person, in: db) else { throw Refusal("refusal.official-name") }
  }

  /// Whether names to be shown are nobody's who speaks for the authority.
  /// - Parameter person: whose own name may stand among them.
  package static func areFree(_ names: [String], besides person: PersonID?, in db: Reading) throws -> Bool {
    let official = try officialNames(db)
    let holders = try db.all(
      "SELECT DISTINCT p.display_name FROM people p JOIN grants g ON g.person_id = p.id WHERE g.revoked_at IS NULL AND p.id <> $1",
      person?.number ?? 0
    ) { $0.text(0) }
    let signatories = Set(try db.all("SELECT DISTINCT signed_by FROM commitments") { OfficialName.folded($0.text(0)) })
    return names.allSatisfy { OfficialName.isFree($0, in: official, people: holders) && !signatories.contains(OfficialName.folded($0)) }
  }

  /// The organizations and groups that someone speaks for.
  package static func spoken(by person: PersonID, in db: Reading) throws -> [(kind: String, name: String, members: [String])] {
    try db.all(
      "SELECT kind, COALESCE(name, ''), COALESCE(members, '') FROM authors WHERE person_id = $1 AND kind IN ('organization', 'group') ORDER BY id",
      person
    ) { ($0.text(0), $0.text(1), $0.text(2).split(separator: "\n").map(String.init)) }
  }

  /// Forgets who spoke together through a person who leaves: the names came from them, and nobody can be asked any more. An organization
  /// keeps its name.
  package static func forgetGroups(of spokesperson: PersonID, in db: Writing) throws {
    _ = try db.run("UPDATE authors SET name = '', members = '' WHERE person_id = $1 AND kind = 'group'", spokesperson)
  }

  /// Names that speak for the authority: the organization's own and those of official authors.
  package static func officialNames(_ db: Reading) throws -> [String] {
    try db.all(
      "SELECT name FROM authors WHERE official = 1 AND name IS NOT NULL UNION SELECT name FROM organization UNION SELECT publisher FROM organization"
    ) {
      $0.text(0)
    }
  }

  package static func imported(key: String, name: String, isOfficial: Bool, in db: Writing) throws -> AuthorID {
    ID(
      try db.insert(
        """
        INSERT INTO authors (kind, name, official, imported_key) VALUES ('imported', $1, $2, $3)
        ON CONFLICT (imported_key) DO UPDATE SET name = excluded.name RETURNING id
        """, name, isOfficial, key))
  }

  /// The authority of the organization itself.
  package static func authority(named name: String, in db: Writing) throws -> AuthorID {
    try imported(key: "authority:" + name, name: name, isOfficial: true, in: db)
  }

  package static func author(_ id: AuthorID, in db: Reading) throws -> Author? {
    try db.first("SELECT " + Author.columns + " FROM authors a" + Author.joins + " WHERE a.id = $1", id) { Author($0, from: 0) }
  }
}
