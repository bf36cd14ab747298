import CommonsDomain
import Database
import Foundation
import Interface
import Localization
import Mail
import Passwords

/// Asking for a mailed code or link, for whatever purpose: the same answer whether there is an account or not.
enum MailedProof {
  /// A mail to send: its words, and the path of its button where it holds neither code nor link.
  struct Letter: Sendable {
    let name: String
    var path: String?
  }

  typealias Known = (id: PersonID, password: String?)

  /// The cookie of the page left open.
  static func cookie(_ purpose: MailedCodes.Purpose, _ visit: Visit) -> String {
    let name =
      switch purpose {
      case .signIn: "code"
      case .reset: "reset"
      case .changeAddress: "address"
      }
    return visit.exchange.site.isSecure ? "__Host-" + name : name
  }

  /// The page where the code is typed, and the one whose button spends the link; the token stands behind it.
  private static func pages(_ purpose: MailedCodes.Purpose) -> (code: String, link: String) {
    switch purpose {
    case .signIn: ("/sign-in/code", "/sign-in/link/")
    case .reset: ("/sign-in/reset", "/sign-in/reset/")
    case .changeAddress: ("/account/address/code", "/account/address/link/")
    }
  }

  /// Sends a code, or does not, and answers the same: nobody learns which addresses have accounts.
  /// - Parameters:
  ///   - owner: whose account the code is for; nil for that of whoever has the address.
  ///   - letter: what is mailed to the address, knowing who has it; nil: nothing.
  static func ask(
    _ purpose: MailedCodes.Purpose, _ address: EmailAddress, _ visit: Visit, _ doors: Doors, owner: PersonID? = nil,
    letter: @escaping @Sendable (_ known: Known?) -> Letter?
  ) async throws -> Answer {
    if let wait = doors.limiter.take(.signIn, for: visit.exchange.client, at: visit.exchange.now) {
      return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait)
    }
    let (drawn, pages) = (MailedCodes.Drawn.draw(), pages(purpose))
    let network = visit.network
    let (language, secret, draft) = (visit.language, visit.settings.secret, visit.exchange.cookies[DraftKeeping.cookie(visit)])
    try await visit.organization.database.write { db in
      // Too many for one address: nothing is sent, and the page looks the same.
      guard try MailedCodes.maySend(to: address.key, from: network, in: db) else { return }
      let known = try People.find(email: address.key, in: db)
      let kept = purpose == .signIn ? try draft.flatMap { try Drafts.find(token: $0, in: db)?.id } : nil
      try MailedCodes.send(
        drawn, purpose, to: address.text, key: address.key, person: owner ?? known?.id, draft: kept, language: language, from: network,
        secret: secret, in: db)
      // Where nobody is written to, a letter without address is posted: the work, and the time it takes, are the same.
      let letter = letter(known)
      let notice = Notice(
        to: letter == nil ? nil : known?.id, email: letter == nil ? nil : address.text, language: language, name: letter?.name ?? "",
        path: letter?.path)
      let sealed = try notice.sealing(code: drawn.code, path: pages.link + drawn.link, with: secret)
      try (letter?.path == nil ? sealed : notice).post(key: drawn.job, in: db)
    }
    let answer = visit.redirect(pages.code).with(.init(cookie(purpose, visit), drawn.page, age: 900))
    return purpose == .signIn ? answer.with(.init(askedCookie(visit), Data(address.text.utf8).base64EncodedString(), age: 900)) : answer
  }

  static func askedCookie(_ visit: Visit) -> String { visit.exchange.site.isSecure ? "__Host-asked" : "asked" }

  /// The address that this browser last asked a code for, whether one went there or not.
  static func asked(_ visit: Visit) -> String? {
    let kept = visit.exchange.cookies[askedCookie(visit)].flatMap { Data(base64Encoded: $0) }
    return kept.flatMap { try? EmailAddress(String(decoding: $0, as: UTF8.self)) }?.text
  }

  /// The digits of a code as it was typed.
  static func digits(_ typed: String) -> String { String(decoding: typed.utf8.filter { 48...57 ~= $0 }.prefix(12), as: UTF8.self) }
}

extension FormReader {
  /// Notes what is wrong with a password beside its field.
  func fail(_ fault: PasswordPolicy.Fault) {
    switch fault {
    case .short: fail("password", "form.fault.password-short", ["count": .count(PasswordPolicy.shortest)])
    case .long: fail("password", "form.fault.password-long", ["count": .count(PasswordPolicy.longest)])
    case .common: fail("password", "form.fault.password-common")
    case .personal: fail("password", "form.fault.password-personal")
    }
  }
}
