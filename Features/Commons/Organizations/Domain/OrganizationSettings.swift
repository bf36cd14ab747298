package import Database
package import Localization

/// What an organization says of itself and how it wants its pages; read on each request from a copy in memory.
package struct OrganizationSettings: Sendable, Hashable {
  package enum Audit: String, Sendable, CaseIterable { case none, partial, full }

  package var name: String
  package var tagline: LocalizedText
  package var description: LocalizedText
  package var brand: BrandColour
  package var languages: [Language]
  package var zone: String
  package var contact: String
  package var publisher: String
  package var publicationDirector: String
  package var hostingProvider: String
  package var termsVersion: Int
  package var termsChangedAt: Instant
  package var audit: Audit
  package var auditedOn: String?
  package var isDemonstration: Bool
  /// Key of signed links; never shown.
  package var secret: [UInt8]

  package init(
    name: String, tagline: LocalizedText, description: LocalizedText, brand: BrandColour, languages: [Language], zone: String,
    contact: String, publisher: String, publicationDirector: String, hostingProvider: String,
    termsVersion: Int, termsChangedAt: Instant, audit: Audit, auditedOn: String?, isDemonstration: Bool, secret: [UInt8]
  ) {
    self.name = name
    self.tagline = tagline
    self.description = description
    self.brand = brand
    self.languages = languages
    self.zone = zone
    self.contact = contact
    self.publisher = publisher
    self.publicationDirector = publicationDirector
    self.hostingProvider = hostingProvider
    self.termsVersion = termsVersion
    self.termsChangedAt = termsChangedAt
    self.audit = audit
    self.auditedOn = auditedOn
    self.isDemonstration = isDemonstration
    self.secret = secret
  }

  /// Whether the legal notice would name nobody who answers for the site, or no host.
  package var lacksLegalNotice: Bool { publicationDirector.isEmpty || hostingProvider.isEmpty }

  package var defaultLanguage: Language { languages.first ?? .french }
}

/// Changing the organization's settings and pages.
package struct ManageOrganization: Act {
  package init() {}
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.verdict(holding: .administrator, in: nil) }
}

package enum OrganizationStore {
  package static let changed = EventKind("organization.changed", .staff, headline: "events.organization.changed")

  private static let columns: SQL = """
    name, tagline, description, brand, locales, zone, contact, publisher, publication_director, hosting_provider, terms_version,
    terms_changed_at, audit_result, audited_on, demonstration, secret
    """

  /// The settings, or nil in a database that no organization was set up in.
  package static func settings(in db: Reading) throws -> OrganizationSettings? {
    try db.first("SELECT " + columns + " FROM organization") { row in
      OrganizationSettings(
        name: row.text(0), tagline: LocalizedText(kept: row.text(1)), description: LocalizedText(kept: row.text(2)),
        brand: BrandColour(hex: row.text(3)) ?? .standard, languages: row.text(4).split(separator: ",").map { Language(String($0)) },
        zone: row.text(5), contact: row.text(6), publisher: row.text(7), publicationDirector: row.text(8), hostingProvider: row.text(9),
        termsVersion: row.int(10), termsChangedAt: row.instant(11), audit: row.choice(12, or: OrganizationSettings.Audit.none),
        auditedOn: row.textOrNil(13), isDemonstration: row.bool(14), secret: row.blob(15))
    }
  }

  /// Sets a new organization up; the operator stands for the rule.
  package static func found(_ settings: OrganizationSettings, in db: Writing) throws {
    _ = try db.run(
      "INSERT INTO organization (id, " + columns
        + ", created_at) VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
      settings.name, settings.tagline.stored, settings.description.stored, settings.brand.hex,
      settings.languages.map(\.tag).joined(separator: ","), settings.zone, settings.contact, settings.publisher, settings.publicationDirector,
      settings.hostingProvider, settings.termsVersion, settings.termsChangedAt, settings.audit.rawValue, settings.auditedOn,
      settings.isDemonstration, settings.secret, db.now)
  }

  package static func change(_ settings: OrganizationSettings, permit: consuming Permit<ManageOrganization>, in db: Writing) throws {
    _ = try db.run(
      """
      UPDATE organization SET name = $1, tagline = $2, description = $3, brand = $4, locales = $5, zone = $6, contact = $7, publisher = $8,
        publication_director = $9, hosting_provider = $10, terms_version = $11, terms_changed_at = $12, audit_result = $13, audited_on = $14
      """,
      settings.name, settings.tagline.stored, settings.description.stored, settings.brand.hex,
      settings.languages.map(\.tag).joined(separator: ","), settings.zone, settings.contact, settings.publisher, settings.publicationDirector,
      settings.hostingProvider, settings.termsVersion, settings.termsChangedAt, settings.audit.rawValue, settings.auditedOn)
    try db.record(changed, by: permit.actor.person, on: ("organization", 1), in: nil)
  }
}

extension LocalizedText {
  /// Text read back from our own row; what cannot be read becomes empty text rather than a fault on each page.
  package init(kept stored: String) { self = (try? LocalizedText(stored: stored)) ?? LocalizedText("", in: .french) }
}
