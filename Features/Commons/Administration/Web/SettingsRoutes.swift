import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// The organization's settings.
package enum SettingsRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.admin("/admin/settings") { visit in
        let languages = doors.languages
        let state = try await visit.begun(settingsState(visit.settings))
        return visit.page(visit.say("admin.settings"), robots: false) { $0.settings(state, languages, visit) }
      },
      doors.adminPost("/admin/settings") { visit in
        let form = FormReader(visit.exchange.form)
        let languages = doors.languages
        try visit.refuseOvertaken(settingsState(visit.settings))
        let changed = changed(visit.settings, form, languages, visit)
        guard form.isValid else {
          return visit.page(visit.say("admin.settings"), status: 422, robots: false) { $0.settings(FormState(form), languages, visit) }
        }
        let words = changed.languages.compactMap { doors.localizer($0, zone: changed.zone) }
        try await visit.publish { actor, db in
          let permit = try Permit(ManageOrganization(), for: actor, in: db)
          if let before = try OrganizationStore.settings(in: db) {
            for (slug, change) in try LegalPages.changes(from: before, to: changed, words, in: db) { try LegalTexts.keep(slug, change, in: db) }
          }
          try OrganizationStore.change(changed, permit: permit, in: db)
        }
        visit.organization.settingsChanged()
        try doors.organizations.setLanguages(changed.languages, of: visit.organization.name)
        // The language that the page was in may just have been taken away.
        let language = changed.languages.contains(visit.language) ? visit.language : changed.languages.first ?? visit.language
        return visit.redirect("/admin/settings", in: language, saying: "flash.saved")
      },
    ]
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
}
