package import Database
import Foundation

/// A space's public contributions, for open data: what everyone may see on its pages, and no more.
package enum PublicExport {
  private struct Row: Encodable {
    let id: Int64, kind: String, subject: Int64?, title: String, text: String, language: String, author: String, authorKind: String, official: Bool
    let published: Int64, place: String, `for`: Int, mixed: Int, against: Int, arguments: Int
  }

  package static func json(of space: Space, in db: Reading) throws -> [UInt8] {
    let rows = try db.all(
      "SELECT r.id, r.kind, r.subject_id, v.title, v.plain, v.language, r.published_at, r.place, s.pro, s.mixed, s.con, s.arguments, "
        + Author.columns
          + """
           FROM standings s JOIN resources r ON r.id = s.resource_id JOIN authors a ON a.id = r.author_id
             JOIN revisions v ON v.resource_id = r.id AND v.number = r.revision JOIN components c ON c.id = r.component_id
          """ + Author.joins + " WHERE r.space_id = $1 AND c.published_at IS NOT NULL ORDER BY r.id", space.id
    ) { row in
      let author = Author(row, from: 12)
      return Row(
        id: row.int64(0), kind: row.text(1), subject: row.int64OrNil(2), title: row.text(3), text: row.text(4), language: row.text(5),
        author: author.name,
        authorKind: author.kind.rawValue, official: author.isOfficial, published: row.int64(6), place: row.text(7), for: row.int(8),
        mixed: row.int(9),
        against: row.int(10), arguments: row.int(11))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(rows))
  }
}
