package import Database
package import Localization

/// The image and the documents of a space.
extension Spaces {
  /// - Parameters:
  ///   - image: A new picture; nil keeps the one that is there.
  ///   - words: What it shows, for those who do not see it; empty for a picture that only adorns.
  package static func setImage(_ image: UploadID?, words: LocalizedText, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    _ = try db.run(
      "UPDATE spaces SET image_id = COALESCE($1, image_id), image_words = $2 WHERE id = $3", image, words.stored, permit.act.space)
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }

  package static func removeImage(permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    _ = try db.run("UPDATE spaces SET image_id = NULL, image_words = $1 WHERE id = $2", LocalizedText("", in: .french).stored, permit.act.space)
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }

  package static func addDocument(
    _ title: LocalizedText, address: String?, upload: UploadID?, permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    _ = try insertDocument(title, address: address, upload: upload, in: permit.act.space, db)
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }

  package static func insertDocument(
    _ title: LocalizedText, address: String?, upload: UploadID?, in space: SpaceID, _ db: Writing
  ) throws -> Int64 {
    let position = try db.count("SELECT COALESCE(MAX(position) + 1, 0) FROM documents WHERE space_id = $1", space)
    return try db.insert(
      "INSERT INTO documents (space_id, title, address, upload_id, position, added_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id", space,
      title.stored, address, upload, position, db.now)
  }

  package static func rename(document id: Int64, _ title: LocalizedText, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    guard try db.run("UPDATE documents SET title = $1 WHERE id = $2 AND space_id = $3", title.stored, id, permit.act.space) == 1 else {
      throw NotFound()
    }
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }

  /// Moves a document before the one above it; the first stays where it is.
  package static func raiseDocument(_ id: Int64, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    var order = try documents(of: permit.act.space, in: db).map(\.id)
    guard let place = order.firstIndex(of: id) else { throw NotFound() }
    if place > 0 { order.swapAt(place, place - 1) }
    for (position, document) in order.enumerated() { _ = try db.run("UPDATE documents SET position = $1 WHERE id = $2", position, document) }
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }

  package static func removeDocument(_ id: Int64, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    guard try db.run("DELETE FROM documents WHERE id = $1 AND space_id = $2", id, permit.act.space) == 1 else { throw NotFound() }
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }
}
