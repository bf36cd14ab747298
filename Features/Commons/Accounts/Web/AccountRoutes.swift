import CommonsDomain
import Database
import Foundation
package import Interface
import Localization
import Passwords

/// One's own account: name, sessions, drafts, mails, password, copy of the data, end.
package enum AccountRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      own(doors, "/account") { visit, signedIn in try await show(visit, signedIn) },
      ownPost(doors, "/account") { visit, signedIn in
        let form = FormReader(visit.exchange.form)
        let name = form.displayName("name")
        let language = visit.settings.languages.first { $0.tag == form.typed("language") } ?? visit.language
        guard form.isValid, let name else { return try await show(visit, signedIn, FormState(form)) }
        let under = form.isChecked("under15")
        do {
          try await visit.act { actor, db in
            let permit = try Permit(EditProfile(), for: actor, in: db)
            try People.edit(name: name, language: language, isUnderFifteen: under, permit: permit, in: db)
          }
        } catch let refusal as Refusal {
          form.fail("name", refusal.key)
          return try await show(visit, signedIn, FormState(form))
        }
        return visit.redirect("/account", saying: "flash.saved").with(LanguageCookie.of(language))
      },
      own(doors, "/account/terms") { visit, signedIn in
        let person = try await visit.read { try People.person(signedIn.person, in: $0) }
        var state = FormState(values: ["return": visit.exchange.query["return"] ?? ""])
        if let person, person.hasAcceptedTerms { state.values["name"] = person.name }
        state.values["under15"] = person?.underFifteen ?? false ? "1" : ""
        return visit.page(visit.say("terms.title"), robots: false) { $0.terms(state, visit, again: person?.hasAcceptedTerms ?? false) }
      },
      ownPost(doors, "/account/terms") { visit, signedIn in
        let again = try await visit.read { try People.person(signedIn.person, in: $0)?.hasAcceptedTerms ?? false }
        let form = FormReader(visit.exchange.form)
        let name = form.displayName("name")
        if !form.isChecked("accept") { form.fail("accept", "form.fault.accept") }
        if !form.isChecked("consent") { form.fail("consent", "form.fault.consent") }
        guard form.isValid, let name else {
          return visit.page(visit.say("terms.title"), status: 422, robots: false) { $0.terms(FormState(form), visit, again: again) }
        }
        let (version, under) = (visit.settings.termsVersion, form.isChecked("under15"))
        let language = again ? signedIn.language : visit.language
        do {
          try await visit.act { actor, db in
            let permit = try Permit(EditProfile(), for: actor, in: db)
            try People.edit(name: name, language: language, isUnderFifteen: under, permit: permit, in: db)
            try People.acceptTerms(version, by: signedIn.person, in: db)
          }
        } catch let refusal as Refusal {
          form.fail("name", refusal.key)
          return visit.page(visit.say("terms.title"), status: 422, robots: false) { $0.terms(FormState(form), visit, again: again) }
        }
        let wanted = form.typed("return")
        let back = LocalPath.isSafe(wanted) ? wanted : "/"
        return visit.redirect(back, saying: UncountedPress.isMarked(back) ? "flash.press-again" : "flash.welcome")
      },
      own(doors, "/account/activity") { visit, signedIn in
        let activity = try await visit.read { try OwnActivity.of(signedIn.person, in: $0) }
        return visit.page(visit.say("account.activity"), robots: false) { $0.activity(activity) }
      },
      own(doors, "/account/drafts") { visit, signedIn in
        let drafts = try await visit.read { db in
          try Drafts.list(of: signedIn.person, in: db).map { try DraftName($0, for: signedIn.actor, in: db) }
        }
        return visit.page(visit.say("account.drafts"), robots: false) { $0.drafts(drafts) }
      },
      ownPost(doors, "/account/drafts") { visit, _ in
        guard let id = Int64(visit.exchange.form.fields["draft"] ?? "") else { throw NotFound() }
        let removed = try await visit.actOnAccount { signedIn, db in
          let draft = try Drafts.list(of: signedIn.person, in: db).first { $0.id == id }
          try Drafts.remove(id, of: signedIn.person, in: db)
          return draft
        }
        // Pressed on the form itself: there it begins anew.
        let again = visit.exchange.form.fields["again"] != nil ? removed?.path : nil
        return visit.redirect(again ?? "/account/drafts", saying: "flash.removed")
      },
      ownPost(doors, "/account/sessions") { visit, _ in
        let which = visit.exchange.form.fields["session"] ?? ""
        try await visit.actOnAccount { signedIn, db in
          if let id = Int64(which) {
            try Sessions.end(id, of: signedIn.person, in: db)
          } else {
            try Sessions.endAll(of: signedIn.person, but: signedIn.session, in: db)
          }
        }
        return visit.redirect("/account", saying: "flash.sessions-ended")
      },
      ownPost(doors, "/account/mails") { visit, _ in
        let wanted = Set(visit.exchange.form.fields.all("topic").compactMap(Topic.init(rawValue:)))
        try await visit.actOnAccount { signedIn, db in
          for topic in Topic.allCases {
            if wanted.contains(topic) {
              try Unsubscriptions.resume(topic, for: signedIn.person, in: db)
            } else {
              try Unsubscriptions.stop(topic, for: signedIn.person, in: db)
            }
          }
        }
        return visit.redirect("/account", saying: "flash.saved")
      },
      ownPost(doors, "/account/password") { visit, signedIn in try await setPassword(visit, signedIn, doors) },
      own(doors, "/account/data") { visit, signedIn in
        let copy = try await visit.read { try AccountCopy.of(signedIn.person, in: $0) }
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var answer = Answer.json(Array(try encoder.encode(copy)))
        answer.extra.append(("Content-Disposition", "attachment; filename=\"isegoria-account.json\""))
        return answer
      },
      own(doors, "/account/delete") { visit, _ in
        visit.page(visit.say("account.delete"), robots: false) { $0.deleteAccount(FormState(), isSuspended: visit.actor.isSuspended) }
      },
      ownPost(doors, "/account/delete") { visit, signedIn in
        let form = FormReader(visit.exchange.form)
        let choice = form.typed("contributions")
        if choice != "keep" && choice != "withdraw" { form.fail("contributions", "form.fault.choose") }
        guard form.isValid else {
          return visit.page(visit.say("account.delete"), status: 422, robots: false) {
            $0.deleteAccount(FormState(form), isSuspended: visit.actor.isSuspended)
          }
        }
        guard isFresh(visit, signedIn) else { return proveAgain(visit) }
        try await visit.actOnAccount { try AccountEnd.delete($0.person, withdrawing: choice == "withdraw", in: $1) }
        // What was erased stands in the write-ahead log until then.
        try await visit.organization.database.checkpoint()
        return visit.redirect("/", saying: "flash.account-deleted").with(.init(SessionCookie.name(secure: visit.exchange.site.isSecure), "", age: 0))
      },
      doors.get("/unsubscribe/:token") { visit in
        let found = Unsubscriptions.read(token: visit.exchange.parameters["token"] ?? "", key: visit.settings.secret)
        guard let found else { throw NotFound() }
        return visit.page(visit.say("unsubscribe.title"), robots: false) { $0.unsubscribe(visit.exchange.path, found.topic) }
      },
      // One click from a mail program (RFC 8058): no cookie, no origin; the token is the proof.
      doors.post("/unsubscribe/:token") { visit in
        let found = Unsubscriptions.read(token: visit.exchange.parameters["token"] ?? "", key: visit.settings.secret)
        guard let found else { throw NotFound() }
        try await visit.organization.database.write { try Unsubscriptions.stop(found.topic, for: found.person, in: $0) }
        // Answered as it stands: mail programs follow no redirect (RFC 8058, section 3.1).
        return visit.page(visit.say("unsubscribe.title"), robots: false) { $0.unsubscribed(found.topic) }
      },
    ]
  }

  /// The one page of an account that opens before the second factor was shown.
  static let secondFactor = "/account/second-factor"

  typealias OwnHandler = @Sendable (Visit, SignedIn) async throws -> Answer

  /// A page for whoever is signed in; others are asked to.
  static func own(_ doors: Doors, _ pattern: String, _ handler: @escaping OwnHandler) -> Route {
    doors.get(pattern) { visit in
      guard let signedIn = visit.signedIn else { return visit.redirect("/sign-in?return=" + Percent.encode(visit.exchange.path)) }
      if signedIn.owesSecondFactor, pattern != secondFactor { return visit.redirect(secondFactor) }
      return try await handler(visit, signedIn)
    }
  }

  static func ownPost(_ doors: Doors, _ pattern: String, _ handler: @escaping OwnHandler) -> Route {
    doors.post(pattern) { visit in
      guard let signedIn = visit.signedIn else { return visit.redirect("/sign-in") }
      if signedIn.owesSecondFactor, pattern != secondFactor { return visit.redirect(secondFactor) }
      return try await handler(visit, signedIn)
    }
  }

  /// Whether the person proved who they are a short while ago.
  static func isFresh(_ visit: Visit, _ signedIn: SignedIn) -> Bool { signedIn.proved.adding(minutes: Sessions.freshMinutes) > visit.now }

  static func proveAgain(_ visit: Visit) -> Answer {
    visit.redirect("/sign-in?return=" + Percent.encode(visit.exchange.path), saying: "flash.prove-again")
  }

  private static func show(_ visit: Visit, _ signedIn: SignedIn, _ state: FormState? = nil) async throws -> Answer {
    let model = try await visit.read { try AccountModel.load(signedIn, in: $0) }
    let filled = state ?? FormState(values: ["name": model.person.name, "language": model.person.language.tag])
    return visit.page(visit.say("account.title"), status: filled.faults.isEmpty ? 200 : 422, robots: false) { $0.account(model, filled, visit) }
  }

  private static func setPassword(_ visit: Visit, _ signedIn: SignedIn, _ doors: Doors) async throws -> Answer {
    guard isFresh(visit, signedIn) else { return proveAgain(visit) }
    let form = FormReader(visit.exchange.form)
    let password = form.typed("password")
    let person = try await visit.read { try People.person(signedIn.person, in: $0) }
    let localPart = String(decoding: (person?.email ?? "").utf8.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self)
    let names = [person?.name ?? "", localPart, visit.settings.name]
    if let fault = PasswordPolicy(common: doors.commonPasswords).fault(in: password, names: names) { form.fail(fault) }
    guard form.isValid else {
      var state = FormState(form)
      state.values = ["name": person?.name ?? "", "language": person?.language.tag ?? ""]
      return try await show(visit, signedIn, state)
    }
    var random = SystemRandomNumberGenerator()
    let hash = try await PasswordHash.hash(password, using: &random).encoded
    try await visit.actOnAccount { signedIn, db in
      try People.setPassword(hash, of: signedIn.person, in: db)
      try Sessions.endAll(of: signedIn.person, but: signedIn.session, in: db)
      try MailedCodes.endAll(of: signedIn.person, in: db)
      try Notice(to: signedIn.person, language: signedIn.language, name: "password-changed", path: "/account").post(
        key: "password:\(signedIn.session):\(db.now.milliseconds)", in: db)
    }
    return visit.redirect("/account", saying: "flash.password-set")
  }
}
