import CommonsDomain
import Database
package import Interface
import Localization

/// Fetching files of published spaces.
package enum UploadRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      .get("/files/:id", hasLanguage: false) { exchange in
        guard let id = exchange.number("id") else { throw NotFound() }
        let organization = try await doors.organizations.organization(exchange.site.key)
        guard let upload = try await organization.database.read({ try Uploads.publicUpload(ID(id), in: $0) }),
          kinds.contains(upload.mediaType), let bytes = await UploadFiles(folder: organization.folder).read(upload.digest)
        else { throw NotFound() }
        return file(upload, bytes)
      }
    ]
  }

  /// What uploads become; a row that says otherwise was not written here.
  private static let kinds: Set = ["image/jpeg", "image/png", "image/webp", "application/pdf"]

  /// Pictures are shown; everything else is downloaded, and runs nothing.
  private static func file(_ upload: Upload, _ bytes: [UInt8]) -> Answer {
    var answer = Answer(type: upload.mediaType, bytes: bytes)
    answer.isForever = true
    let isPicture = upload.mediaType.hasPrefix("image/")
    answer.extra.append(("Content-Disposition", isPicture ? "inline" : "attachment; filename=\"\(FileName.clean(upload.name, ending: "pdf"))\""))
    answer.extra.append(("Content-Security-Policy", "default-src 'none'; sandbox"))
    return answer
  }
}

/// A name to download a file under: letters, digits and hyphens of what it was called, and the ending that its content has.
enum FileName {
  static func clean(_ name: String, ending: String) -> String {
    let stem = name.utf8.split(separator: UInt8(ascii: ".")).first.map(Array.init) ?? []
    let kept = stem.map { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 ? $0 : UInt8(ascii: "-") }.prefix(60)
    let text = String(decoding: kept, as: UTF8.self).split(separator: "-").joined(separator: "-")
    return (text.isEmpty ? "document" : text) + "." + ending
  }
}
