import CommonsDomain
import Database
package import Interface
import Localization

/// Fetching files of published spaces; giving a process its image and its documents.
package enum UploadRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      .get("/files/:id", hasLanguage: false) { exchange in
        guard let id = exchange.number("id") else { throw NotFound() }
        let organization = try await doors.organizations.organization(exchange.site.key)
        guard let upload = try await organization.database.read({ try Uploads.publicUpload(ID(id), in: $0) }),
          kinds.contains(upload.mediaType), let bytes = UploadFiles(folder: organization.folder).read(upload.digest)
        else { throw NotFound() }
        return file(upload, bytes)
      },
      doors.post("/admin/processes/:slug/image") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        guard let given = visit.exchange.form.files.first(where: { $0.name == "image" }), !given.bytes.isEmpty else {
          throw Refusal("refusal.no-file")
        }
        guard let picture = try await doors.pictures.picture(from: given.bytes) else { throw Refusal("refusal.picture") }
        let digest = try UploadFiles(folder: visit.organization.folder).keep(picture.bytes)
        try await visit.act { actor, db in
          let upload = try Uploads.insert(
            digest: digest, mediaType: picture.mediaType, name: "image", size: picture.bytes.count, width: picture.width, height: picture.height,
            by: actor.person, in: db)
          try Spaces.setImage(upload, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
      },
      doors.post("/admin/processes/:slug/files") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let form = FormReader(visit.exchange.form)
        let title = form.localized("file_title", visit.settings.languages, longest: 150)
        guard let given = visit.exchange.form.files.first(where: { $0.name == "file" }), !given.bytes.isEmpty else {
          throw Refusal("refusal.no-file")
        }
        guard given.bytes.starts(with: "%PDF-".utf8) else { throw Refusal("refusal.document") }
        guard form.isValid else { throw Refusal("refusal.no-title") }
        let digest = try UploadFiles(folder: visit.organization.folder).keep(given.bytes)
        let name = FileName.clean(given.filename, ending: "pdf")
        try await visit.act { actor, db in
          let permit = try Permit(ManageSpace(model.context.space.id), for: actor, in: db)
          let upload = try Uploads.insert(
            digest: digest, mediaType: "application/pdf", name: name, size: given.bytes.count, width: nil, height: nil, by: actor.person, in: db)
          try Spaces.addDocument(title, address: nil, upload: upload, permit: permit, in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
      },
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
