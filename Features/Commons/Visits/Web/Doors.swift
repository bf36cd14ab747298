package import CommonsDomain
import Database
package import Interface
package import Localization

/// What all routes of a site share: the organizations, the catalogues, the limits. Makes a `Visit` of an `Exchange`.
package final class Doors: Sendable {
  package let organizations: OrganizationDirectory
  package let catalogues: [Language: Catalogue]
  package let limiter: RateLimiter
  package let commonPasswords: Set<String>
  /// Decodes and writes a picture anew, in a process of its own.
  package let pictures: any PictureWorks
  /// Where the source of this very program is offered; the licence asks for it wherever the program was changed.
  package let sourceURL: String?

  package init(
    organizations: OrganizationDirectory, catalogues: [Catalogue], limiter: RateLimiter, commonPasswords: Set<String>, pictures: any PictureWorks,
    sourceURL: String? = nil
  ) {
    self.organizations = organizations
    self.catalogues = Dictionary(catalogues.map { ($0.language, $0) }, uniquingKeysWith: { first, _ in first })
    self.limiter = limiter
    self.commonPasswords = commonPasswords
    self.pictures = pictures
    self.sourceURL = sourceURL
  }

  /// The languages that the program speaks, by what they call themselves.
  package var languages: [Language] { catalogues.keys.sorted { LanguageName.own($0) < LanguageName.own($1) } }

  package func localizer(_ language: Language, zone: String) -> Localizer? {
    guard let catalogue = catalogues[language] ?? catalogues[.french] ?? catalogues.values.first else { return nil }
    return Localizer(catalogue: catalogue, zone: Zone(zone) ?? .universal)
  }

  package func visit(_ exchange: Exchange) async throws -> Visit {
    let organization = try await organizations.organization(exchange.site.key)
    try await organization.refresh()
    let settings = organization.settings
    guard let say = localizer(exchange.language, zone: settings.zone) else { throw NotFound() }
    var signedIn: SignedIn?
    if let token = exchange.cookies[SessionCookie.name(secure: exchange.site.isSecure)] {
      signedIn = try await organization.database.read {
        try Sessions.find(token, excusedFromSecondFactor: settings.isDemonstration, terms: settings.termsVersion, in: $0)
      }
    }
    if let signedIn, signedIn.seen.adding(minutes: 60) < Instant(milliseconds: exchange.now) {
      let session = signedIn.session
      try await organization.database.write { try Sessions.touch(session, in: $0) }
    }
    let flash = exchange.cookies[FlashCookie.name(secure: exchange.site.isSecure)].flatMap {
      $0.hasPrefix("flash.") ? Frame.Flash(words: say(MessageKey(storedKey: $0)), warns: $0 == "flash.press-again") : nil
    }
    return Visit(exchange: exchange, organization: organization, settings: settings, signedIn: signedIn, say: say, flash: flash, sourceURL: sourceURL)
  }

  package typealias Handler = @Sendable (Visit) async throws -> Answer

  /// A page to read.
  package func get(_ pattern: String, cached: Bool = false, _ handler: @escaping Handler) -> Route {
    .get(pattern, cached: cached) { [self] in try await handler(visit($0)) }
  }

  /// A form that is sent.
  package func post(_ pattern: String, _ handler: @escaping Handler) -> Route {
    .post(pattern) { [self] in try await handler(visit($0)) }
  }
}
