import CommonsDomain
import Database
import Foundation
import HTML
package import Interface
import Localization
import Mail
import RichText

/// Settings, roles, legal pages, the outbox, and the link that makes the first administrator.
package enum OrganizationAdminRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      admin(doors, "/admin/settings") { visit in
        let languages = doors.languages
        let state = try await visit.begun(settingsState(visit.settings))
        return visit.page(visit.say("admin.settings"), robots: false) { $0.settings(state, languages, visit) }
      },
      adminPost(doors, "/admin/settings") { visit in
        let form = FormReader(visit.exchange.form)
        let languages = doors.languages
        try visit.refuseOvertaken(settingsState(visit.settings))
        let changed = changed(visit.settings, form, languages, visit)
        guard form.isValid else {
          return visit.page(visit.say("admin.settings"), status: 422, robots: false) { $0.settings(FormState(form), languages, visit) }
        }
        try await visit.publish { actor, db in try OrganizationStore.change(changed, permit: Permit(ManageOrganization(), for: actor, in: db), in: db)
        }
        visit.organization.settingsChanged()
        try doors.organizations.setLanguages(changed.languages, of: visit.organization.name)
        // The language that the page was in may just have been taken away.
        let language = changed.languages.contains(visit.language) ? visit.language : changed.languages.first ?? visit.language
        return visit.redirect("/admin/settings", in: language, saying: "flash.saved")
      },
      admin(doors, "/admin/roles") { visit in
        let (rows, spaces) = try await visit.read { (try Grants.list(in: $0), try Spaces.all(withDrafts: true, in: $0)) }
        return visit.page(visit.say("admin.roles"), robots: false) { $0.roles(rows, spaces, FormState(), visit) }
      },
      doors.post("/admin/roles") { visit in
        let form = FormReader(visit.exchange.form)
        let address = form.address("email")
        let role = form.choice("role", Role.self)
        let space = Int64(form.typed("space")).map { SpaceID($0) }
        let isEverywhere = form.typed("space") == "all"
        let isKnown = try await visit.read { db in try space.map { try Spaces.space($0, in: db) != nil } ?? isEverywhere }
        if !isKnown { form.fail("space", "form.fault.choose") }
        if form.isValid, let address, let role {
          let isFound = try await visit.act { actor, db in
            let permit = try Permit(ManageGrants(), for: actor, in: db)
            guard let person = try People.find(email: address.key, in: db) else { return false }
            try Grants.grant(Grant(role, in: space), to: person.id, permit: permit, in: db)
            return true
          }
          if isFound { return visit.redirect("/admin/roles", saying: "flash.saved") }
          form.fail("email", "form.fault.no-account")
        }
        try ManageGrants().check(for: visit.actor, at: visit.now)
        let (rows, spaces) = try await visit.read { (try Grants.list(in: $0), try Spaces.all(withDrafts: true, in: $0)) }
        return visit.page(visit.say("admin.roles"), status: 422, robots: false) { $0.roles(rows, spaces, FormState(form), visit) }
      },
      admin(doors, "/admin/roles/:grant/remove") { visit in
        let row = try await grant(visit)
        return visit.page(visit.say("admin.roles.revoke"), robots: false) { $0.removeRole(row, visit) }
      },
      doors.post("/admin/roles/:grant/remove") { visit in
        guard let id = visit.exchange.number("grant") else { throw NotFound() }
        try await visit.act { actor, db in try Grants.revoke(id, permit: Permit(ManageGrants(), for: actor, in: db), in: db) }
        return visit.redirect("/admin/roles", saying: "flash.removed")
      },
      admin(doors, "/admin/legal") { visit in
        visit.page(visit.say("admin.legal"), robots: false) { page in
          page.div(.class("wrap narrow")) {
            page.crumbs([(visit.say("admin.title"), "/admin"), (visit.say("admin.legal"), nil)])
            page.div(.class("head")) {
              page.h1(visit.say("admin.legal")); page.p(visit.say("admin.legal.lead"), .class("lead"))
            }
            page.ul {
              for slug in LegalPages.slugs { page.li { page.link("/admin/legal/" + slug, visit.say(MessageKey(storedKey: "legal." + slug))) } }
            }
          }
        }
      },
      admin(doors, "/admin/legal/:page") { visit in
        let slug = visit.exchange.parameters["page"] ?? ""
        guard LegalPages.slugs.contains(slug) else { throw NotFound() }
        let shown = try await visit.begun(legalState(slug, visit))
        return visit.page(visit.say("admin.legal"), robots: false) { $0.legal(slug, shown, visit) }
      },
      adminPost(doors, "/admin/legal/:page") { visit in
        let slug = visit.exchange.parameters["page"] ?? ""
        guard LegalPages.slugs.contains(slug) else { throw NotFound() }
        let form = FormReader(visit.exchange.form)
        try visit.refuseOvertaken(try await legalState(slug, visit))
        let texts = visit.settings.languages.map { language in
          (
            language, form.text("source_" + language.tag, longest: 15_000, lines: true),
            form.markdown("source_" + language.tag, longest: 15_000, limits: .body)
          )
        }
        guard form.isValid else { return visit.page(visit.say("admin.legal"), status: 422, robots: false) { $0.legal(slug, FormState(form), visit) } }
        let isNewVersion = slug == "terms" && form.isChecked("new_version")
        try await visit.publish { actor, db in
          for (language, source, body) in texts {
            try OrganizationStore.setLegalPage(
              slug, language, source: source, html: body.html, permit: Permit(ManageOrganization(), for: actor, in: db), in: db)
          }
          if isNewVersion, var settings = try OrganizationStore.settings(in: db) {
            settings.termsVersion += 1
            settings.termsChangedAt = db.now
            try OrganizationStore.change(settings, permit: Permit(ManageOrganization(), for: actor, in: db), in: db)
          }
        }
        visit.organization.settingsChanged()
        return visit.redirect("/admin/legal", saying: "flash.saved")
      },
      admin(doors, "/admin/mails") { visit in
        // Letters hold codes: only a demonstration shows them, to its administrators.
        let folder = visit.organization.folder + "/mail"
        let mails = visit.settings.isDemonstration ? MailFolder.list(folder).map { ($0, MailFolder.read(folder, $0)) } : []
        let (waiting, failed) = try await visit.read { (try $0.waitingJobs(), try $0.failedJobs(limit: 20)) }
        return visit.page(visit.say("admin.mails"), robots: false) {
          $0.mails(mails, waiting: waiting, failed: failed.map { ($0.id, "\($0.kind) \($0.id): \($0.lastError ?? "")") })
        }
      },
      adminPost(doors, "/admin/mails") { visit in
        guard let job = Int64(visit.exchange.form.fields["job"] ?? "") else { throw NotFound() }
        try await visit.act { actor, db in
          _ = try Permit(ManageOrganization(), for: actor, in: db)
          guard try db.retryJob(job) else { throw NotFound() }
        }
        return visit.redirect("/admin/mails", saying: "flash.retried")
      },
      admin(doors, "/admin/mails/:mail") { visit in
        let name = visit.exchange.parameters["mail"] ?? ""
        guard visit.settings.isDemonstration, let letter = MailFolder.read(visit.organization.folder + "/mail", name) else { throw NotFound() }
        return visit.page(visit.say("admin.mails"), robots: false) { page in
          page.div(.class("wrap narrow")) {
            page.crumbs([(visit.say("admin.title"), "/admin"), (visit.say("admin.mails"), "/admin/mails"), (letter.subject, nil)])
            page.div(.class("head")) {
              page.h1(letter.subject); page.p(visit.say("admin.mails.to", ["address": .text(letter.recipient)]), .class("lead"))
            }
            page.letter(letter.text)
          }
        }
      },
      doors.get("/setup/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        guard try await visit.read({ try SetupLinks.isOpen(token, in: $0) }) else { throw NotFound() }
        return visit.page(visit.say("setup.title"), robots: false) { $0.setup(FormState(), visit) }
      },
      doors.post("/setup/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        let form = FormReader(visit.exchange.form)
        let (name, address) = (form.displayName("name"), form.address("email"))
        guard form.isValid, let name, let address else {
          return visit.page(visit.say("setup.title"), status: 422, robots: false) { $0.setup(FormState(form), visit) }
        }
        let session = Secret.token()
        let device = Device.name(visit.exchange.userAgent)
        try await visit.organization.database.write { db in
          let person = try SetupLinks.spend(token, email: address.text, key: address.key, name: name, in: db)
          try Sessions.start(session, for: person, device: device, in: db)
        }
        return visit.redirect("/account/second-factor", saying: "flash.set-up").with(
          .init(SessionCookie.name(secure: visit.exchange.site.isSecure), session, age: 90 * 86_400))
      },
    ]
  }

  private static func legalState(_ slug: String, _ visit: Visit) async throws -> FormState {
    let languages = visit.settings.languages
    let own = try await visit.read { db in try languages.map { try OrganizationStore.legalPage(slug, $0, in: db) } }
    var state = FormState()
    for (language, text) in zip(languages, own) {
      state.values["source_" + language.tag] = text ?? ServedAssets.text("Assets/legal/\(language.tag)/\(slug).md")
    }
    return state
  }

  private static func grant(_ visit: Visit) async throws -> GrantRow {
    let id = visit.exchange.number("grant")
    guard let row = try await visit.read({ try Grants.list(in: $0) }).first(where: { $0.id == id }) else { throw NotFound() }
    return row
  }

  /// A page that administrators alone open.
  static func admin(_ doors: Doors, _ pattern: String, _ handler: @escaping Doors.Handler) -> Route {
    doors.get(pattern) { visit in
      try ManageOrganization().check(for: visit.actor, at: visit.now)
      return try await handler(visit)
    }
  }

  private static func adminPost(_ doors: Doors, _ pattern: String, _ handler: @escaping Doors.Handler) -> Route {
    doors.post(pattern) { visit in
      try ManageOrganization().check(for: visit.actor, at: visit.now)
      return try await handler(visit)
    }
  }

  private static func settingsState(_ settings: OrganizationSettings) -> FormState {
    var state = FormState(values: [
      "name": settings.name, "brand": settings.brand.hex, "zone": settings.zone, "contact": settings.contact, "publisher": settings.publisher,
      "director": settings.publicationDirector, "host": settings.hostingProvider, "audit": settings.audit.rawValue,
      "audited_on": settings.auditedOn ?? "",
    ])
    for language in settings.languages { state.values["language_" + language.tag] = "1" }
    state.values["first_language"] = settings.languages.first?.tag ?? ""
    state.fill("tagline", settings.tagline)
    state.fill("description", settings.description)
    return state
  }

  private static func changed(
    _ settings: OrganizationSettings, _ form: FormReader, _ languages: [Language], _ visit: Visit
  ) -> OrganizationSettings {
    var settings = settings
    let first = form.typed("first_language")
    if languages.contains(where: { $0.tag == first }) {
      settings.languages = languages.filter { $0.tag == first } + languages.filter { $0.tag != first && form.isChecked("language_" + $0.tag) }
    } else {
      form.fail("first_language", "form.fault.choose")
    }
    settings.name = form.text("name", longest: 80)
    settings.tagline = form.localized("tagline", settings.languages, longest: 120, required: false)
    settings.description = form.localized("description", settings.languages, longest: 2_000, required: false, lines: true)
    if let brand = BrandColour(hex: form.typed("brand")) {
      if brand.isReadableOnWhite { settings.brand = brand } else { form.fail("brand", "form.fault.contrast") }
    } else {
      form.fail("brand", "form.fault.colour")
    }
    let zone = form.text("zone", longest: 60)
    if Zone(zone) == nil { form.fail("zone", "form.fault.zone") } else { settings.zone = zone }
    if let contact = form.address("contact") { settings.contact = contact.text }
    settings.publisher = form.text("publisher", longest: 150, required: false)
    settings.publicationDirector = form.text("director", longest: 150, required: false)
    settings.hostingProvider = form.text("host", longest: 300, required: false)
    settings.audit = form.choice("audit", OrganizationSettings.Audit.self) ?? settings.audit
    let audited = form.text("audited_on", longest: 10, required: settings.audit != .none)
    if !audited.isEmpty && visit.say.zone.instant(isoDateTime: audited + "T00:00") == nil { form.fail("audited_on", "form.fault.date") }
    settings.auditedOn = audited.isEmpty ? nil : audited
    return settings
  }
}

extension Page {
  func settings(_ state: FormState, _ possible: [Language], _ visit: Visit) {
    let languages = visit.settings.languages
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("admin.title"), "/admin"), (say("admin.settings"), nil)])
      div(.class("head")) { h1(say("admin.settings")) }
      form(.fixed("method", "post"), .action(path("/admin/settings"))) {
        seen(state)
        field("name", say("settings.name"), state: state, longest: 80)
        localizedField("tagline", say("settings.tagline"), languages, state, longest: 120, required: false)
        localizedArea("description", say("settings.description"), languages, state, rows: 4, required: false)
        field("brand", say("settings.brand"), hint: say("settings.brand.hint"), state: state, longest: 7)
        select(
          "first_language", say("settings.first-language"), hint: say("settings.first-language.hint"),
          options: possible.map { ($0.tag, LanguageName.own($0)) }, state: state)
        fieldset(.class("field")) {
          legend(say("settings.languages"))
          for language in possible {
            check("language_" + language.tag, LanguageName.own(language), isChecked: !state["language_" + language.tag].isEmpty)
          }
        }
        field("zone", say("settings.zone"), hint: say("settings.zone.hint"), state: state, longest: 60)
        field("contact", say("settings.contact"), state: state, type: "email", longest: 254)
        field("publisher", say("settings.publisher"), state: state, longest: 150, required: false)
        field("director", say("settings.director"), state: state, longest: 150, required: false)
        field("host", say("settings.host"), state: state, longest: 300, required: false)
        select(
          "audit", say("settings.audit"), hint: say("settings.audit.hint"),
          options: OrganizationSettings.Audit.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "legal.audit." + $0.rawValue))) }, state: state)
        field("audited_on", say("settings.audited-on"), state: state, type: "date", required: false)
        voice(say("form.save"))
      }
    }
  }

  func roles(_ rows: [GrantRow], _ spaces: [Space], _ state: FormState, _ visit: Visit) {
    let names = Dictionary(spaces.map { ($0.id, plain($0.title)) }, uniquingKeysWith: { first, _ in first })
    div(.class("wrap")) {
      summary(state)
      crumbs([(say("admin.title"), "/admin"), (say("admin.roles"), nil)])
      div(.class("head")) {
        h1(say("admin.roles")); p(say("admin.roles.lead"), .class("lead"))
      }
      ol(.class("register wide"), .label(say("admin.roles.caption"))) {
        for row in rows {
          li {
            p(.class("mark")) { tag(say(MessageKey(storedKey: "roles." + row.role.rawValue))) }
            div {
              h2(row.name, .class("said")); p(row.email, .class("small soft"))
            }
            p(.class("facts")) {
              text(row.space.flatMap { names[$0] } ?? say("admin.roles.everywhere"))
              br()
              a(.href(path("/admin/roles/\(row.id)/remove"))) {
                text(say("admin.roles.revoke")); span(" " + row.name, .class("vh"))
              }
            }
          }
        }
      }
      section("grant", say("admin.roles.grant")) {
        form(.fixed("method", "post"), .action(path("/admin/roles"))) {
          field("email", say("sign-in.email"), hint: say("admin.roles.email.hint"), state: state, type: "email", longest: 254)
          radios(
            "role", say("admin.roles.role"),
            options: Role.allCases.map {
              (
                $0.rawValue, say(MessageKey(storedKey: "roles." + $0.rawValue)), say(MessageKey(storedKey: "admin.roles.\($0.rawValue).hint"))
              )
            }, state: state)
          select(
            "space", say("admin.roles.where"), hint: say("admin.roles.where.hint"),
            options: [("", say("form.choose")), ("all", say("admin.roles.everywhere"))] + spaces.map { (String($0.id.number), plain($0.title)) },
            state: state)
          voice(say("admin.roles.grant"))
        }
      }
    }
  }

  fileprivate func removeRole(_ row: GrantRow, _ visit: Visit) {
    let role = say(MessageKey(storedKey: "roles." + row.role.rawValue))
    div(.class("wrap narrow")) {
      crumbs([(say("admin.title"), "/admin"), (say("admin.roles"), "/admin/roles"), (say("admin.roles.revoke"), nil)])
      div(.class("head")) { h1(say("admin.roles.revoke.title", ["role": .text(role), "name": .text(row.name)])) }
      p(say("admin.roles.revoke.lead"))
      danger(say("admin.roles.revoke"), action: visit.exchange.path, back: "/admin/roles", keep: say("form.cancel"))
    }
  }

  func legal(_ slug: String, _ state: FormState, _ visit: Visit) {
    let title = say(MessageKey(storedKey: "legal." + slug))
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("admin.title"), "/admin"), (say("admin.legal"), "/admin/legal"), (title, nil)])
      div(.class("head")) { h1(title) }
      form(.fixed("method", "post"), .action(path("/admin/legal/" + slug))) {
        seen(state)
        localizedArea("source", say("admin.legal.source"), hint: say("admin.legal.hint"), visit.settings.languages, state, rows: 20)
        if slug == "terms" { check("new_version", say("admin.legal.new-version"), isChecked: state.faults.isEmpty || !state["new_version"].isEmpty) }
        voice(say("form.save"))
      }
    }
  }

  func setup(_ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("setup.title")); p(say("setup.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        field("name", say("account.name"), state: state, autocomplete: "name", longest: DisplayName.longest)
        field("email", say("sign-in.email"), state: state, type: "email", autocomplete: "email", longest: 254)
        voice(say("setup.now"))
      }
    }
  }
}
