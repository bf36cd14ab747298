import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// The documents, the image and the partners of a process, each on a page of its own.
package enum SpacePartRoutes {
  private static let space = "/admin/processes/:slug"

  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get(space + "/documents/:document") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        guard let document = try document(visit, in: model) else {
          let state = try await visit.begun(FormState())
          return visit.page(visit.say("admin.document.add"), robots: false) { $0.newDocument(model, state, visit) }
        }
        let state = try await visit.begun(document.state)
        return visit.page(visit.say("admin.document.edit"), robots: false) { $0.editDocument(document, model, state, visit) }
      },
      doors.post(space + "/documents/:document") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        if let document = try document(visit, in: model) { return try await change(document, of: model, visit) }
        return try await addDocument(model, visit)
      },
      doors.post(space + "/documents") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        guard let raised = Int64(FormReader(visit.exchange.form).typed("up")) else { throw NotFound() }
        try await visit.act { actor, db in
          try Spaces.raiseDocument(raised, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
      },
      doors.get(space + "/image") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let state = try await visit.begun(model.imageState)
        return visit.page(visit.say("admin.image"), robots: false) { $0.setImage(model, state, visit) }
      },
      doors.post(space + "/image") { try await setImage($0, doors) },
      doors.get(space + "/partners") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let state = try await visit.begun(model.partnersState)
        return visit.page(visit.say("spaces.partners"), robots: false) { $0.editPartners(model, state, visit) }
      },
      doors.post(space + "/partners") { visit in
        let model = try await SpaceAdminRoutes.model(visit)
        let form = FormReader(visit.exchange.form)
        try visit.refuseOvertaken(model.partnersState)
        let lines = form.text("partners", longest: 4_000, required: false, lines: true).split(whereSeparator: \.isNewline)
        guard form.isValid else {
          return visit.page(visit.say("spaces.partners"), status: 422, robots: false) { $0.editPartners(model, FormState(form), visit) }
        }
        let partners = lines.prefix(50).compactMap { line -> Partner? in
          let parts = line.split(separator: "|", maxSplits: 1).map { String($0).trimmed }
          let address = parts.count > 1 && WebAddress.isWeb(parts[1]) ? parts[1] : nil
          return parts.first.flatMap { $0.hasSigns ? Partner(name: $0, address: address) : nil }
        }
        try await visit.publish { actor, db in
          try Spaces.setPartners(partners, permit: Permit(ManageSpace(model.context.space.id), for: actor, in: db), in: db)
        }
        return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
      },
    ]
  }

  private static func file(_ field: String, _ visit: Visit) -> FormData.File? {
    visit.exchange.form.files.first { $0.name == field && !$0.bytes.isEmpty }
  }

  /// A document is a PDF that is kept here, or an address elsewhere.
  private static func addDocument(_ model: SpaceAdminModel, _ visit: Visit) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    let title = form.localized("document_title", visit.settings.languages, longest: 150)
    let address = form.text("document_address", longest: 2_000, required: false)
    let given = file("file", visit)
    if !address.isEmpty && !WebAddress.isWeb(address) { form.fail("document_address", "form.fault.address") }
    if let given, !Uploads.isDocument(given.bytes) { form.fail("file", "refusal.document") }
    if (given == nil) == address.isEmpty { form.fail("file", "form.fault.document") }
    guard form.isValid else {
      return visit.page(visit.say("admin.document.add"), status: 422, robots: false) { $0.newDocument(model, FormState(form), visit) }
    }
    let files = UploadFiles(folder: visit.organization.folder)
    let digest: String? = if let given { try await files.keep(given.bytes) } else { nil }
    try await visit.publish { actor, db in
      let permit = try Permit(ManageSpace(model.context.space.id), for: actor, in: db)
      var upload: UploadID?
      if let given, let digest {
        upload = try Uploads.insert(
          digest: digest, mediaType: "application/pdf", name: FileName.clean(given.filename, ending: "pdf"), size: given.bytes.count, width: nil,
          height: nil, by: actor.person, in: db)
      }
      try Spaces.addDocument(title, address: upload == nil ? address : nil, upload: upload, permit: permit, in: db)
    }
    return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
  }

  /// The document that the address names; nil where it says `new`.
  private static func document(_ visit: Visit, in model: SpaceAdminModel) throws -> Document? {
    let named = visit.exchange.parameters["document"]
    if named == "new" { return nil }
    guard let found = model.documents.first(where: { String($0.id) == named }) else { throw NotFound() }
    return found
  }

  private static func change(_ document: Document, of model: SpaceAdminModel, _ visit: Visit) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    let manage = ManageSpace(model.context.space.id)
    if form.isChecked("_remove") {
      try await visit.act { actor, db in try Spaces.removeDocument(document.id, permit: Permit(manage, for: actor, in: db), in: db) }
      return visit.redirect("/admin" + model.context.path, saying: "flash.removed")
    }
    try visit.refuseOvertaken(document.state)
    let title = form.localized("document_title", visit.settings.languages, longest: 150)
    guard form.isValid else {
      return visit.page(visit.say("admin.document.edit"), status: 422, robots: false) { $0.editDocument(document, model, FormState(form), visit) }
    }
    try await visit.publish { actor, db in try Spaces.rename(document: document.id, title, permit: Permit(manage, for: actor, in: db), in: db) }
    return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
  }

  private static func setImage(_ visit: Visit, _ doors: Doors) async throws -> Answer {
    let model = try await SpaceAdminRoutes.model(visit)
    let form = FormReader(visit.exchange.form)
    let space = model.context.space
    if form.isChecked("_remove") {
      try await visit.act { actor, db in try Spaces.removeImage(permit: Permit(ManageSpace(space.id), for: actor, in: db), in: db) }
      return visit.redirect("/admin" + model.context.path, saying: "flash.removed")
    }
    try visit.refuseOvertaken(model.imageState)
    let words = form.localized("image_words", visit.settings.languages, longest: 250, required: false)
    let given = file("image", visit)
    let picture = if let given { try await doors.pictures.picture(from: given.bytes) } else { nil as Picture? }
    // One that is there may be described anew without being sent again.
    if picture == nil, given != nil || space.image == nil { form.fail("image", given == nil ? "refusal.no-file" : "refusal.picture") }
    guard form.isValid else {
      return visit.page(visit.say("admin.image"), status: 422, robots: false) { $0.setImage(model, FormState(form), visit) }
    }
    let files = UploadFiles(folder: visit.organization.folder)
    let digest: String? = if let picture { try await files.keep(picture.bytes) } else { nil }
    try await visit.publish { actor, db in
      let permit = try Permit(ManageSpace(space.id), for: actor, in: db)
      var upload: UploadID?
      if let picture, let digest {
        upload = try Uploads.insert(
          digest: digest, mediaType: picture.mediaType, name: "image", size: picture.bytes.count, width: picture.width, height: picture.height,
          by: actor.person, in: db)
      }
      try Spaces.setImage(upload, words: words, permit: permit, in: db)
    }
    return visit.redirect("/admin" + model.context.path, saying: "flash.saved")
  }
}

extension Document {
  fileprivate var state: FormState {
    var state = FormState()
    state.fill("document_title", title)
    return state
  }
}

extension SpaceAdminModel {
  fileprivate var imageState: FormState {
    var state = FormState()
    state.fill("image_words", context.space.imageWords)
    return state
  }

  fileprivate var partnersState: FormState {
    FormState(values: [
      "partners": partners.map { $0.address == nil ? $0.name : $0.name + " | " + ($0.address ?? "") }.joined(separator: "\n")
    ])
  }
}

extension Page {
  /// The documents of a process, each to be renamed, moved up or taken away.
  func documents(_ model: SpaceAdminModel, _ base: String) {
    section("documents", say("spaces.documents"), more: (base + "/documents/new", say("admin.document.add"))) {
      ul(.class("register flat")) {
        for document in model.documents {
          li {
            p { link("\(base)/documents/\(document.id)", document.title) }
            if document.id != model.documents.first?.id {
              form(.fixed("method", "post"), .action(path(base + "/documents"))) {
                button(.class("button quiet"), .type("submit"), .name("up"), .value(String(document.id))) {
                  text(say("admin.move.up")); span(" " + plain(document.title), .class("vh"))
                }
              }
            }
          }
        }
      }
    }
  }

  fileprivate func editDocument(_ document: Document, _ model: SpaceAdminModel, _ state: FormState, _ visit: Visit) {
    part(model, say("admin.document.edit"), state, takesFile: false, visit) {
      seen(state)
      p { a(say("admin.document.see"), document.upload.map { .href("/files/\($0)") } ?? .href(external: document.address ?? "")) }
      localizedField("document_title", say("admin.document.title"), visit.settings.languages, state, longest: 150)
    } after: {
      removal(say("admin.document.remove"), of: plain(document.title), hint: say("admin.document.remove.hint"), visit)
    }
  }

  /// A form of its own that takes the thing away, under the one that changes it.
  private func removal(_ words: String, of name: String, hint: String, _ visit: Visit) {
    form(.fixed("method", "post"), .action(path(visit.exchange.path)), .class("mt6")) {
      p(hint, .class("small soft"))
      p(.class("mt4")) {
        button(.class("button danger"), .type("submit"), .name("_remove"), .value("1")) {
          text(words); span(" (" + name + ")", .class("vh"))
        }
      }
    }
  }

  fileprivate func newDocument(_ model: SpaceAdminModel, _ state: FormState, _ visit: Visit) {
    part(model, say("admin.document.add"), state, takesFile: true, visit) {
      localizedField("document_title", say("admin.document.title"), visit.settings.languages, state, longest: 150)
      filePicker("file", say("admin.file"), hint: say("admin.file.hint"), accept: "application/pdf", state: state, required: false)
      field(
        "document_address", say("admin.document.address"), hint: say("admin.document.address.hint"), state: state, type: "url", longest: 2_000,
        required: false)
    }
  }

  fileprivate func setImage(_ model: SpaceAdminModel, _ state: FormState, _ visit: Visit) {
    let image = model.context.space.image
    part(model, say("admin.image"), state, takesFile: true, visit) {
      seen(state)
      let alternative = model.context.space.imageWords
      if let image { figure { img(.src("/files/\(image)"), .named("alt", plain(alternative)), inLanguage(of: alternative)) } }
      filePicker(
        "image", say(image == nil ? "admin.image.file" : "admin.image.other"), hint: say("admin.image.hint"),
        accept: "image/jpeg,image/png,image/webp", state: state, required: image == nil)
      localizedField(
        "image_words", say("admin.image.words"), hint: say("admin.image.words.hint"), visit.settings.languages, state, longest: 250, required: false)
    } after: {
      if image != nil { removal(say("admin.image.remove"), of: plain(model.context.space.title), hint: say("admin.image.remove.hint"), visit) }
    }
  }

  fileprivate func editPartners(_ model: SpaceAdminModel, _ state: FormState, _ visit: Visit) {
    part(model, say("spaces.partners"), state, takesFile: false, visit) {
      area("partners", say("admin.partners"), hint: say("admin.partners.hint"), state: state, rows: 6, required: false)
    }
  }

  /// The frame of a page with one form for one part of a process.
  private func part(
    _ model: SpaceAdminModel, _ title: String, _ state: FormState, takesFile: Bool, _ visit: Visit, content: () -> Void, after: () -> Void = {}
  ) {
    div(.class("wrap narrow")) {
      summary(state)
      adminCrumbs(model, title)
      div(.class("head")) { h1(title) }
      form(.fixed("method", "post"), .action(path(visit.exchange.path)), .named("enctype", ifPresent: takesFile ? "multipart/form-data" : nil)) {
        content()
        voice(say("form.save"))
      }
      after()
    }
  }
}
