package import Database

/// What someone for whom an agent wrote takes home.
package struct Slip: Sendable {
  package let reference: String
  package let name: String
  package let channel: Author.Channel
  package let place: String
  /// A day, ISO 8601.
  package let givenOn: String
  package let answerBy: Author.AnswerWay
  package let resource: Resource
  /// The title of what was written, or its beginning.
  package let title: String
}

package enum Slips {
  package static func slip(_ id: ResourceID, in db: Reading) throws -> Slip? {
    let resource = try Resources.resource(id, in: db)
    let shown = try Revisions.shown(resource, in: db)
    return try db.first(
      """
      SELECT h.reference, COALESCE(a.name, ''), h.channel, h.place, h.given_on, h.answer_by
      FROM authors a JOIN assistances h ON h.author_id = a.id WHERE a.id = $1
      """, resource.author
    ) { row in
      Slip(
        reference: row.text(0), name: row.text(1), channel: row.choice(2, or: Author.Channel.stand), place: row.text(3),
        givenOn: row.text(4), answerBy: row.choice(5, or: Author.AnswerWay.none), resource: resource,
        title: shown.name)
    }
  }

  /// What a slip's reference stands for, typed in any case, with or without its hyphen; the first of several on one paper.
  package static func contribution(reference typed: String, in db: Reading) throws -> ResourceID? {
    let letters = String(decoding: typed.utf8.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }.prefix(20), as: UTF8.self).uppercased()
    guard letters.utf8.count == 8 else { return nil }
    let reference = String(letters.prefix(4)) + "-" + String(letters.suffix(4))
    return try db.first(
      """
      SELECT r.id FROM assistances h JOIN resources r ON r.author_id = h.author_id JOIN standings s ON s.resource_id = r.id
      WHERE h.reference = $1 ORDER BY r.id LIMIT 1
      """, reference
    ) { $0.id(0) }
  }
}
