package import Database

/// What came to a process within the last seven days, for those who run it.
package struct ProcessWeek: Sendable {
  /// Ideas, articles and wordings of participants.
  package let contributions: Int
  package let arguments: Int
  /// Ideas with as many supports as their activity asks for, whenever they came.
  package let overThreshold: Int

  package static func load(_ space: SpaceID, in db: Reading) throws -> ProcessWeek {
    let since = db.now.adding(days: -7)
    let counts = try db.first(
      """
      SELECT (SELECT COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id WHERE r.space_id = $1 AND s.published_at > $2
          AND s.kind IN ('article', 'wording', 'proposal') AND s.official = 0),
        (SELECT COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id WHERE r.space_id = $1 AND s.published_at > $2 AND s.kind = 'argument')
      """, space, since
    ) { ($0.int(0), $0.int(1)) }
    let over = try Spaces.components(of: space, in: db).compactMap { component -> Int? in
      guard component.kind == .proposals, let threshold = component.settings.supportThreshold else { return nil }
      return try db.count(
        "SELECT COUNT(*) FROM standings WHERE component_id = $1 AND kind = 'proposal' AND votes >= $2", component.id, threshold)
    }
    return ProcessWeek(contributions: counts?.0 ?? 0, arguments: counts?.1 ?? 0, overThreshold: over.reduce(0, +))
  }
}
