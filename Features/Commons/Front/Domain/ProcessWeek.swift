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
    for (space, components) in try Spaces.components(of: spaces, in: db) {
      // As many questions as there are activities with a threshold of their own.
      for component in components where component.kind == .proposals {
        guard let threshold = component.settings.supportThreshold else { continue }
        weeks[space, default: ProcessWeek()].overThreshold += try db.count(
          "SELECT COUNT(*) FROM standings WHERE component_id = $1 AND kind = 'proposal' AND official = 0 AND votes >= $2", component.id, threshold)
      }
    }
    return weeks
  }
}
