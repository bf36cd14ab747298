package import Database

/// What people gave to a process, in numbers. Votes stand with the edition that is shown; those on what its author took back count, those on what
/// moderation hid do not.
package struct ProcessFigures: Sendable {
  /// Ideas, other wordings, and articles of participants.
  package private(set) var contributions = 0
  /// For, mixed and against, those that came as totals too.
  package private(set) var votes = 0
  package private(set) var supports = 0
  /// Of both, what came as totals from elsewhere.
  package private(set) var imported = 0
  /// Of both, what was cast on contributions that their authors took back.
  package private(set) var withdrawn = 0
  package private(set) var arguments = 0
  /// What agents wrote down for people without account, by how it came to them.
  package private(set) var assisted: [Author.Channel: Int] = [:]

  package init() {}

  /// The figures of several processes at once; none for one in which nothing stands. They were counted when something came or went.
  package static func load(_ spaces: [SpaceID], in db: Reading) throws -> [SpaceID: ProcessFigures] {
    var found: [SpaceID: ProcessFigures] = [:]
    let rows = try db.all(
      """
      SELECT c.space_id, n.kind, n.official, n.facet, n.value, n.amount FROM standing_counts n JOIN components c ON c.id = n.component_id
      WHERE c.space_id IN numbers($1) AND c.published_at IS NOT NULL AND n.facet IN ('all', 'channel', 'votes', 'withdrawn', 'imported')
      """, Numbers(spaces)
    ) { (space: $0.id(0) as SpaceID, kind: $0.text(1), isOfficial: $0.int(2) == 1, facet: $0.text(3), value: $0.text(4), amount: $0.int(5)) }
    for row in rows {
      if row.facet == "channel", let channel = Author.Channel(rawValue: row.value) {
        found[row.space, default: ProcessFigures()].assisted[channel, default: 0] += row.amount
      } else {
        found[row.space, default: ProcessFigures()].add(row.amount, of: row.facet, row.kind, isOfficial: row.isOfficial)
      }
    }
    return found
  }

  private mutating func add(_ amount: Int, of facet: String, _ kind: String, isOfficial: Bool) {
    let isContribution = ["article", "wording", "proposal"].contains(kind)
    switch facet {
    case "all" where isContribution && !isOfficial: contributions += amount
    case "all" where kind == "argument": arguments += amount
    case "votes" where kind == "proposal": supports += amount
    case "votes" where isContribution: votes += amount
    case "withdrawn" where isContribution:
      withdrawn += amount
      add(amount, of: "votes", kind, isOfficial: isOfficial)
    case "imported" where isContribution: imported += amount
    default: break
    }
  }
}
