package import Database

/// What came to a process within the last seven days, for those who run it.
package struct ProcessWeek: Sendable {
  /// Ideas, articles and wordings of participants.
  package private(set) var contributions = 0
  package private(set) var arguments = 0
  /// Ideas with as many supports as their activity asks for, whenever they came.
  package private(set) var overThreshold = 0

  package init() {}

  /// The weeks of several processes at once; none for one without anything to say.
  package static func load(_ spaces: [SpaceID], in db: Reading) throws -> [SpaceID: ProcessWeek] {
    var weeks: [SpaceID: ProcessWeek] = [:]
    let rows = try db.all(
      """
      SELECT c.space_id, s.kind, COUNT(*) FROM components c JOIN standings s ON s.component_id = c.id
      WHERE c.space_id IN numbers($1) AND s.kind IN ('article', 'wording', 'proposal', 'argument') AND s.official = 0 AND s.published_at > $2
      GROUP BY c.space_id, s.kind
      """, Numbers(spaces), db.now.adding(days: -7)
    ) { (space: $0.id(0) as SpaceID, kind: $0.text(1), amount: $0.int(2)) }
    for row in rows {
      if row.kind == "argument" {
        weeks[row.space, default: ProcessWeek()].arguments += row.amount
      } else {
        weeks[row.space, default: ProcessWeek()].contributions += row.amount
      }
    }
    let components = try Spaces.components(of: spaces, in: db).values.joined().filter { $0.kind == .proposals }
    // One question for each threshold that is asked anywhere: towns have one or two.
    for (threshold, components) in Dictionary(grouping: components, by: \.settings.supportThreshold) {
      guard let threshold else { continue }
      let rows = try db.all(
        """
        SELECT c.space_id, COUNT(*) FROM components c JOIN standings s ON s.component_id = c.id
        WHERE c.id IN numbers($1) AND s.kind = 'proposal' AND s.official = 0 AND s.votes >= $2 GROUP BY c.space_id
        """, Numbers(components.map(\.id)), threshold
      ) { ($0.id(0) as SpaceID, $0.int(1)) }
      for (space, amount) in rows { weeks[space, default: ProcessWeek()].overThreshold += amount }
    }
    return weeks
  }
}
