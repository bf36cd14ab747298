import CommonsDomain
import Database
import Foundation
package import Interface
import Localization
import Mail
import Passwords

/// Signing in: a six-digit code typed in the page left open, the mail's link, or a password; and signing out.
package enum SignInRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/sign-in") { visit in
        let back = visit.exchange.query["return"] ?? ""
        return visit.page(visit.say("sign-in.title"), path: "/sign-in", robots: false) {
          $0.signIn(FormState(values: ["return": back]), hasDraft: hasDraft(visit))
        }
      },
      doors.post("/sign-in") { try await sendCode($0, doors) },
      doors.get("/sign-in/code") { visit in
        visit.page(visit.say("sign-in.code.title"), robots: false) {
          $0.typeCode(FormState(), to: MailedProof.asked(visit), isDemonstration: visit.settings.isDemonstration)
        }
      },
      doors.post("/sign-in/code") { try await spendCode($0, doors) },
      doors.get("/sign-in/link/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        let isOpen = try await visit.read { try MailedCodes.open(link: token, for: .signIn, in: $0) != nil }
        return visit.page(visit.say("sign-in.link.title"), status: isOpen ? 200 : 410, robots: false) { $0.pressLink(token, isOpen: isOpen) }
      },
      doors.post("/sign-in/link/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        if case .entered(let answer) = try await enter(visit, by: { try MailedCodes.spend(link: token, for: .signIn, in: $0) }) { return answer }
        return visit.page(visit.say("sign-in.link.title"), status: 410, robots: false) { $0.pressLink(token, isOpen: false) }
      },
      doors.post("/sign-in/password") { try await byPassword($0, doors) },
      doors.post("/sign-out") { visit in
        if let signedIn = visit.signedIn {
          try await visit.organization.database.write { try Sessions.end(signedIn.session, of: signedIn.person, in: $0) }
        }
        var answer = visit.redirect("/", saying: "flash.signed-out").with(.init(SessionCookie.name(secure: visit.exchange.site.isSecure), "", age: 0))
        answer.extra.append(("Clear-Site-Data", "\"cache\", \"storage\""))
        return visit.withoutUncounted(answer)
      },
    ]
  }

  static func returnCookie(_ visit: Visit) -> String { visit.exchange.site.isSecure ? "__Host-return" : "return" }

  private static func hasDraft(_ visit: Visit) -> Bool { visit.exchange.cookies[DraftKeeping.cookie(visit)] != nil }

  private static func sendCode(_ visit: Visit, _ doors: Doors) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    guard let address = form.address("email") else {
      return visit.page(visit.say("sign-in.title"), status: 422, robots: false) { $0.signIn(FormState(form), hasDraft: hasDraft(visit)) }
    }
    let answer = try await MailedProof.ask(.signIn, address, visit, doors) { _ in MailedProof.Letter(name: "sign-in") }
    let back = form.typed("return")
    guard LocalPath.isSafe(back), !back.isEmpty else { return answer }
    return answer.with(.init(returnCookie(visit), back.replacingOccurrences(of: ";", with: ""), age: 900))
  }

  private static func spendCode(_ visit: Visit, _ doors: Doors) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    let code = MailedProof.digits(form.typed("code"))
    let (page, secret) = (visit.exchange.cookies[MailedProof.cookie(.signIn, visit)] ?? "", visit.settings.secret)
    let tried = try await enter(visit) { try MailedCodes.spend(code: code, page: page, for: .signIn, secret: secret, in: $0) }
    switch tried {
    case .entered(let answer): return answer
    case .refused(let mayTryAgain): form.fail("code", mayTryAgain ? "form.fault.code" : "form.fault.code-over")
    }
    return visit.page(visit.say("sign-in.code.title"), status: 422, robots: false) {
      $0.typeCode(FormState(form), to: MailedProof.asked(visit), isDemonstration: visit.settings.isDemonstration)
    }
  }

  /// Spends what proves an address and starts a session, in one transaction: a code is not gone before someone is in.
  /// The account is made when there is none yet.
  private static func enter(_ visit: Visit, by spend: @escaping @Sendable (Writing) throws -> MailedCodes.ProvedAddress?) async throws -> Entry {
    let page = visit.exchange.cookies[MailedProof.cookie(.signIn, visit)] ?? ""
    let token = Secret.token()
    let (device, language) = (Device.name(visit.exchange.userAgent), visit.language)
    let name = visit.say("account.new-name")
    let (terms, secret, held) = (visit.settings.termsVersion, visit.settings.secret, visit.exchange.cookies[DraftKeeping.cookie(visit)])
    enum Found { case person(draft: Draft?, owesTerms: Bool), nobody(mayTryAgain: Bool) }
    let found = try await visit.organization.database.write { db -> Found in
      guard let proof = try spend(db) else {
        return .nobody(mayTryAgain: try !MailedCodes.isOver(page: page, for: .signIn, in: db))
      }
      let known = try People.find(email: proof.emailKey, in: db)
      let person = try known?.id ?? People.join(email: proof.email, key: proof.emailKey, name: name, language: language, termsVersion: 0, in: db)
      if known == nil { try Suspensions.resume(person, emailKey: proof.emailKey, secret: secret, in: db) }
      try Sessions.start(token, for: person, device: device, in: db)
      let actor = try Sessions.find(token, excusedFromSecondFactor: false, terms: terms, in: db)?.actor
      let owesTerms = actor.map { !$0.acceptedTerms && !$0.isSuspended } ?? false
      return .person(draft: try proof.draft.flatMap { try DraftKeeping.adopt($0, held: held, by: person, in: db) }, owesTerms: owesTerms)
    }
    switch found {
    case .nobody(let mayTryAgain): return .refused(mayTryAgain: mayTryAgain)
    case .person(let draft, let owesTerms):
      let path = draft.map(\.path) ?? back(visit)
      // The terms stand before what one does here, not before one's own account.
      let asksTerms = owesTerms && path != "/account" && !path.hasPrefix("/account/")
      return .entered(welcome(token, visit, to: asksTerms ? "/account/terms?return=" + Percent.encode(path) : path))
    }
  }

  /// How trying to come in ended; that a wrong code was tried is kept.
  private enum Entry {
    case entered(Answer)
    case refused(mayTryAgain: Bool)
  }

  private static func back(_ visit: Visit) -> String {
    let path = visit.exchange.cookies[returnCookie(visit)] ?? "/"
    return LocalPath.isSafe(path) && !path.hasPrefix("/sign-") ? path : "/"
  }

  static func welcome(_ token: String, _ visit: Visit, to path: String, saying key: StaticString = "flash.signed-in") -> Answer {
    let key: StaticString = UncountedPress.isMarked(path) ? "flash.press-again" : key
    let secure = visit.exchange.site.isSecure
    return visit.redirect(path, saying: key).with(.init(SessionCookie.name(secure: secure), token, age: 90 * 86_400))
      .with(.init(MailedProof.cookie(.signIn, visit), "", age: 0)).with(.init(MailedProof.askedCookie(visit), "", age: 0))
      .with(.init(returnCookie(visit), "", age: 0)).with(.init(DraftKeeping.cookie(visit), "", age: 0))
  }

  static let mostWrong = 10
  /// Signs in by password. Wrong ones are counted for the account as seen from one network: strangers lock nobody out.
  private static func byPassword(_ visit: Visit, _ doors: Doors) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    let typed = form.text("email", longest: 254)
    let password = form.typed("password")
    let address = try? EmailAddress(typed)
    let account = String(Secret.sign(address?.key ?? typed, purpose: "account", key: visit.settings.secret).prefix(16))
    let (pair, place) = ("password:\(account):\(visit.network)", "password::\(visit.network)")
    let (wrong, wrongHere, found) = try await visit.read { db in
      (
        try Attempts.count(pair, minutes: 15, in: db), try Attempts.count(place, minutes: 15, in: db),
        try address.flatMap { try People.find(email: $0.key, in: db) }
      )
    }
    // The count of wrong ones is read before this one is known: many at once are held back in memory.
    let wait = doors.limiter.take(.passwords, for: pair, at: visit.exchange.now)
    if wrong >= mostWrong || wrongHere >= 5 * mostWrong || wait != nil {
      return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait ?? 900)
    }
    var isRight = false
    var renewed: String?
    do {
      if let stored = found?.password, let hash = try? PasswordHash(encoded: stored) {
        isRight = try await hash.verify(password)
        // Hashed when less work was asked for: now that the password is here, it is hashed as today.
        var random = SystemRandomNumberGenerator()
        if isRight && hash.isOutdated { renewed = try await PasswordHash.hash(password, using: &random).encoded }
      } else {
        try await PasswordHash.dummyVerify(password)
      }
    } catch PasswordHash.Fault.busy {
      return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: 5)
    }
    guard isRight, let person = found?.id else {
      try await visit.organization.database.write { db in
        try Attempts.note(pair, in: db)
        try Attempts.note(place, in: db)
      }
      form.fail("password-email", "form.fault.password")
      var state = FormState(form)
      state.values["password"] = ""
      return visit.page(visit.say("sign-in.title"), status: 422, robots: false) { $0.signIn(state, hasDraft: hasDraft(visit)) }
    }
    let token = Secret.token()
    let (device, draft) = (Device.name(visit.exchange.userAgent), visit.exchange.cookies[DraftKeeping.cookie(visit)])
    let change = renewed.flatMap { fresh in found?.password.map { (from: $0, to: fresh) } }
    let adopted = try await visit.organization.database.write { db -> Draft? in
      try Sessions.start(token, for: person, device: device, in: db)
      if let change { try People.renewPassword(of: person, from: change.from, to: change.to, in: db) }
      guard let id = try draft.flatMap({ try Drafts.find(token: $0, in: db)?.id }) else { return nil }
      return try Drafts.adopt(id, by: person, in: db)
    }
    let wanted = form.typed("return")
    return welcome(token, visit, to: adopted.map(\.path) ?? (LocalPath.isSafe(wanted) && !wanted.isEmpty ? wanted : "/"))
  }
}
