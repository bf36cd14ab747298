package import Database

/// A file that someone gave, kept by the hash of its content.
package struct Upload: Sendable {
  package let id: UploadID
  package let digest: String
  package let mediaType: String
  package let name: String
  package let size: Int
  package let width: Int?
  package let height: Int?
}

package enum Uploads {
  /// Whether bytes are a whole PDF by its first and last marks (ISO 32000-1, 7.5.2 and 7.5.5): one that was cut short is told before it is published.
  package static func isDocument(_ bytes: [UInt8]) -> Bool {
    let (first, last) = (Array("%PDF-".utf8), Array("%%EOF".utf8))
    guard bytes.starts(with: first) else { return false }
    let tail = bytes.suffix(1_024)
    return tail.indices.contains { tail[$0...].starts(with: last) }
  }

  package static func insert(
    digest: String, mediaType: String, name: String, size: Int, width: Int?, height: Int?, by person: PersonID?, in db: Writing
  ) throws -> UploadID {
    ID(
      try db.insert(
        """
        INSERT INTO uploads (digest, media_type, name, size, width, height, uploaded_by, uploaded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
        """, digest, mediaType, name, size, width, height, person, db.now))
  }

  /// An upload that everyone may fetch: the image or a document of a published space.
  package static func publicUpload(_ id: UploadID, in db: Reading) throws -> Upload? {
    try db.first(
      """
      SELECT u.id, u.digest, u.media_type, u.name, u.size, u.width, u.height FROM uploads u
      WHERE u.id = $1 AND (
        EXISTS (SELECT 1 FROM spaces s WHERE s.image_id = u.id AND s.published_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM documents d JOIN spaces s ON s.id = d.space_id WHERE d.upload_id = u.id AND s.published_at IS NOT NULL))
      """, id, map: upload)
  }

  package static func upload(_ id: UploadID, in db: Reading) throws -> Upload? {
    try db.first("SELECT id, digest, media_type, name, size, width, height FROM uploads WHERE id = $1", id, map: upload)
  }

  private static func upload(_ row: Row) -> Upload {
    Upload(
      id: row.id(0), digest: row.text(1), mediaType: row.text(2), name: row.text(3), size: row.int(4), width: row.intOrNil(5),
      height: row.intOrNil(6))
  }
}
