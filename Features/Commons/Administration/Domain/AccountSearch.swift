package import Database
import Foundation
import Mail

/// An account as administrators see it.
package struct AccountSummary: Sendable {
  package let id: PersonID
  package let name: String
  package let email: String
  package let joined: Instant
  /// Since when it is suspended; nil when it is not.
  package let suspended: Instant?
  /// What was published under this account, withdrawn and hidden things included.
  package let contributions: Int
  /// Roles in force, and where.
  package let grants: [Grant]
}

/// Finding accounts to administer. Only people who hold a role, wrote something or are suspended are found: whoever only reads or votes is
/// nobody's business here.
package enum AccountSearch {
  /// Most accounts in an answer.
  package static let most = 50

  private static let isKnown: SQL = """
    p.deleted_at IS NULL AND (p.suspended_at IS NOT NULL
      OR EXISTS (SELECT 1 FROM grants g WHERE g.person_id = p.id AND g.revoked_at IS NULL)
      OR EXISTS (SELECT 1 FROM authors a JOIN resources r ON r.author_id = a.id WHERE a.person_id = p.id))
    """

  /// By a whole address, or by part of a name without regard to case and accents. Names are compared one by one: the cost grows with the
  /// number of people who wrote something.
  package static func find(_ query: String, in db: Reading) throws -> [AccountSummary] {
    if let address = try? EmailAddress(query) {
      return try summaries(of: db.all("SELECT p.id FROM people p WHERE p.email_key = $1 AND " + isKnown, address.key) { $0.id(0) }, in: db)
    }
    let wanted = folded(query)
    guard !wanted.isEmpty else { return [] }
    let named = try db.all("SELECT p.id, p.display_name FROM people p WHERE " + isKnown + " ORDER BY p.display_name, p.id") { row in
      (id: row.id(0) as PersonID, name: row.text(1))
    }
    return try summaries(of: Array(named.lazy.filter { folded($0.name).contains(wanted) }.prefix(most).map(\.id)), in: db)
  }

  /// Everyone who is suspended now, latest first.
  package static func suspended(in db: Reading) throws -> [AccountSummary] {
    try summaries(
      of: db.all("SELECT id FROM people WHERE suspended_at IS NOT NULL AND deleted_at IS NULL ORDER BY suspended_at DESC, id DESC LIMIT $1", most) {
        $0.id(0)
      }, in: db)
  }

  /// One account, if it is one that is found here.
  package static func account(_ id: PersonID, in db: Reading) throws -> AccountSummary? {
    try summaries(of: db.all("SELECT p.id FROM people p WHERE p.id = $1 AND " + isKnown, id) { $0.id(0) }, in: db).first
  }

  private static func summaries(of ids: [PersonID], in db: Reading) throws -> [AccountSummary] {
    try ids.compactMap { id in
      let grants = try Grants.held(by: id, in: db).sorted { ($0.role, $0.space?.number ?? 0) < ($1.role, $1.space?.number ?? 0) }
      return try db.first(
        """
        SELECT p.display_name, COALESCE(p.email, ''), p.created_at, p.suspended_at,
          (SELECT COUNT(*) FROM authors a JOIN resources r ON r.author_id = a.id WHERE a.person_id = p.id)
        FROM people p WHERE p.id = $1
        """, id
      ) { row in
        AccountSummary(
          id: id, name: row.text(0), email: row.text(1), joined: row.instant(2), suspended: row.instantOrNil(3), contributions: row.int(4),
          grants: grants)
      }
    }
  }

  private static func folded(_ text: String) -> String {
    text.precomposedStringWithCompatibilityMapping.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).split(
      whereSeparator: \.isWhitespace
    ).joined(separator: " ")
  }
}
