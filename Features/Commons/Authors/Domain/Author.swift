package import Database

/// Who speaks, as shown beside a contribution.
package struct Author: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable { case person, organization, group, assisted, imported }
  package enum OrganizationKind: String, Sendable, CaseIterable {
    case association, company, union
    case publicBody = "public-body"
    case school, other
  }
  package enum Channel: String, Sendable, CaseIterable { case stand, counter, letter, phone, meeting, door }
  package enum AnswerWay: String, Sendable, CaseIterable { case post, phone, collect, none }

  package let kind: Kind
  /// Empty for someone who deleted their account or is never shown by name.
  package let name: String
  package let organizationKind: OrganizationKind?
  package let isOfficial: Bool
  /// Who speaks together, where a group does and says so.
  package let members: [String]
  /// How the contribution came, when an agent wrote it down.
  package let channel: Channel?
  package let place: String?

  package init(kind: Kind, name: String, organizationKind: OrganizationKind?, isOfficial: Bool, members: [String], channel: Channel?, place: String?)
  {
    self.kind = kind
    self.name = name
    self.organizationKind = organizationKind
    self.isOfficial = isOfficial
    self.members = members
    self.channel = channel
    self.place = place
  }
}

extension Author {
  /// The columns that `init(_:from:)` reads, of `authors a`, its `people p` and `assistances h` (both LEFT JOINed).
  package static let columns: SQL = """
    a.kind, CASE WHEN a.kind = 'person' THEN CASE WHEN p.deleted_at IS NOT NULL OR p.under_fifteen = 1 THEN '' ELSE p.display_name END
      ELSE COALESCE(a.name, '') END, a.organization_kind, a.official, a.members, h.channel, h.place
    """
  package static let joins: SQL = """
     LEFT JOIN people p ON p.id = a.person_id LEFT JOIN assistances h ON h.author_id = a.id
    """
  package static let width = 7

  package init(_ row: Row, from column: Int) {
    self.init(
      kind: row.choice(column, or: Kind.person), name: row.text(column + 1),
      organizationKind: row.textOrNil(column + 2).flatMap(OrganizationKind.init(rawValue:)), isOfficial: row.bool(column + 3),
      members: row.text(column + 4).split(whereSeparator: \.isNewline).map(String.init),
      channel: row.textOrNil(column + 5).flatMap(Channel.init(rawValue:)), place: row.textOrNil(column + 6))
  }
}
