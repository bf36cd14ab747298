package import Database

/// What people gave to a process, in numbers.
package struct ProcessFigures: Sendable {
  package let contributions: Int
  /// For, mixed and against, those that came as totals too.
  package let votes: Int
  package let supports: Int
  /// Of both, what came as totals from elsewhere.
  package let imported: Int
  package let arguments: Int
  /// What agents wrote down for people without account, by how it came to them.
  package let assisted: [Author.Channel: Int]

  package static func load(_ space: SpaceID, in db: Reading) throws -> ProcessFigures {
    let channels = try db.all(
      """
      SELECT h.channel, COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id JOIN assistances h ON h.author_id = r.author_id
      WHERE r.space_id = $1 AND s.author_kind = 'assisted' GROUP BY h.channel
      """, space
    ) { (Author.Channel(rawValue: $0.text(0)), $0.int(1)) }
    let assisted: [Author.Channel: Int] = channels.reduce(into: [:]) { counts, row in if let channel = row.0 { counts[channel] = row.1 } }
    return try db.first(
      """
      SELECT
        (SELECT COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id WHERE r.space_id = $1 AND s.kind IN ('article', 'wording', 'proposal')
          AND s.official = 0),
        (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM tallies t JOIN resources r ON r.id = t.resource_id
          WHERE r.space_id = $1 AND t.choice IN ('for', 'mixed', 'against')),
        (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM tallies t JOIN resources r ON r.id = t.resource_id
          WHERE r.space_id = $1 AND t.choice = 'support'),
        (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM imported_totals t JOIN resources r ON r.id = t.resource_id
          WHERE r.space_id = $1 AND t.choice IN ('for', 'mixed', 'against')),
        (SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM imported_totals t JOIN resources r ON r.id = t.resource_id
          WHERE r.space_id = $1 AND t.choice = 'support'),
        (SELECT COUNT(*) FROM standings s JOIN resources r ON r.id = s.resource_id WHERE r.space_id = $1 AND s.kind = 'argument')
      """, space
    ) { row in
      ProcessFigures(
        contributions: row.int(0), votes: row.int(1) + row.int(3), supports: row.int(2) + row.int(4), imported: row.int(3) + row.int(4),
        arguments: row.int(5), assisted: assisted)
    } ?? ProcessFigures(contributions: 0, votes: 0, supports: 0, imported: 0, arguments: 0, assisted: [:])
  }
}
