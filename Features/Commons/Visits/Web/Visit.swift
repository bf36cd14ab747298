package import CommonsDomain
package import Database
package import Interface
package import Localization

/// One request in the light of our own rows: the organization it is for, who is signed in, their language.
package struct Visit: Sendable {
  package let exchange: Exchange
  package let organization: Organization
  package let settings: OrganizationSettings
  package let signedIn: SignedIn?
  package let say: Localizer
  let flash: Frame.Flash?
  let sourceURL: String?

  package var actor: Actor { signedIn?.actor ?? .visitor }
  package var language: Language { exchange.language }
  package var now: Instant { Instant(milliseconds: exchange.now) }

  /// Reads what a page shows, on one snapshot.
  package func read<T: Sendable>(_ body: @escaping @Sendable (Reading) throws -> T) async throws -> T { try await organization.database.read(body) }

  /// Acts: the session is looked up again in the same transaction, so that a right that was lost between form and post is lost.
  package func act<T: Sendable>(_ body: @escaping @Sendable (Actor, Writing) throws -> T) async throws -> T {
    try await write { found, db in try body(found?.actor ?? .visitor, db) }
  }

  /// Acts on one's own account, whatever stands between its owner and the site.
  /// - Throws: a `Refusal` that asks to sign in where the session ended meanwhile.
  package func actOnAccount<T: Sendable>(_ body: @escaping @Sendable (SignedIn, Writing) throws -> T) async throws -> T {
    try await write { found, db in
      guard let found else { throw Refusal("refusal.sign-in", remedy: .signIn) }
      return try body(found, db)
    }
  }

  private func write<T: Sendable>(_ body: @escaping @Sendable (SignedIn?, Writing) throws -> T) async throws -> T {
    let token = exchange.cookies[SessionCookie.name(secure: exchange.site.isSecure)]
    let (excused, terms) = (settings.isDemonstration, settings.termsVersion)
    return try await organization.database.write { db in
      try body(token.flatMap { try Sessions.find($0, excusedFromSecondFactor: excused, terms: terms, in: db) }, db)
    }
  }

  /// The network that asks, as a keyed hash: what limits are counted by, without keeping an address.
  package var network: String {
    String(Secret.sign(ClientAddress.network(exchange.client), purpose: "network", key: settings.secret).prefix(16))
  }

  /// The frame around a page.
  package var frame: Frame {
    let brand = settings.brand
    var links: [(words: String, path: String)] = []
    if actor.isGrantedAnywhere(.moderator) || actor.isGrantedAnywhere(.guarantor) { links.append((say("frame.moderation"), "/moderation")) }
    if [Role.administrator, .organiser, .authority, .guarantor].contains(where: actor.isGrantedAnywhere) {
      links.append((say("frame.desk"), "/admin"))
    }
    return Frame(
      name: settings.name, tagline: settings.tagline.text(in: language).text,
      colours: Frame.Colours(brand: brand.hex, deep: brand.deep.hex, dark: brand.dark.hex), languages: settings.languages,
      origin: exchange.site.origin,
      isDemonstration: settings.isDemonstration, accessibility: say(MessageKey(storedKey: "frame.accessibility." + settings.audit.rawValue)),
      signedIn: signedIn?.name, staffLinks: links, flash: flash, sourceURL: sourceURL)
  }

  /// A whole page as an answer; other languages lead to the same page, which is `path` where it is not the one asked for. Pages of people who are signed in, and pages that say something once, are theirs alone.
  package func page(
    _ title: String, status: Int = 200, path: String? = nil, robots: Bool = true, content: (Page) -> Void
  ) -> Answer {
    let page = Page(say)
    page.whole(frame, title: title, path: path ?? DraftKeeping.formPath(exchange.path), robots: robots) { content(page) }
    var answer = Answer.page(page, status: status, isPublic: signedIn == nil && flash == nil && exchange.method != .post)
    answer.staysBehind = exchange.method == .post && signedIn == nil && DraftKeeping.isContribution(exchange.path)
    if flash != nil { answer = answer.with(.init(FlashCookie.name(secure: exchange.site.isSecure), "", age: 0)) }
    return answer
  }

  /// To another page of this site, in the reader's language, with a word to be said there once.
  package func redirect(_ path: String, in language: Language? = nil, saying key: StaticString? = nil) -> Answer {
    let answer = Answer.redirect("/" + (language ?? exchange.language).tag + path)
    guard let key else { return answer }
    return answer.with(.init(FlashCookie.name(secure: exchange.site.isSecure), key.description, age: 60))
  }
}
