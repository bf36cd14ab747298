import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import Mail

/// Changing one's address: asked after a fresh proof, proved by a code or link at the new address, told to the old one.
package enum AddressRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      AccountRoutes.own(doors, "/account/address") { visit, signedIn in
        guard AccountRoutes.isFresh(visit, signedIn) else { return AccountRoutes.proveAgain(visit) }
        return try await show(visit, signedIn, FormState())
      },
      AccountRoutes.ownPost(doors, "/account/address") { visit, signedIn in
        // A suspension stays with its address.
        if signedIn.actor.isSuspended { throw Refusal("refusal.suspended") }
        guard AccountRoutes.isFresh(visit, signedIn) else { return AccountRoutes.proveAgain(visit) }
        let form = FormReader(visit.exchange.form)
        let address = form.address("email")
        let own = try await visit.read { try People.person(signedIn.person, in: $0)?.email ?? "" }
        if let address, address.key == (try? EmailAddress(own))?.key { form.fail("email", "form.fault.same-address") }
        guard form.isValid, let address else { return try await show(visit, signedIn, FormState(form)) }
        return try await MailedProof.ask(.changeAddress, address, visit, doors, owner: signedIn.person) { known in
          // Whoever has the address already is told, and the page looks the same.
          known == nil
            ? MailedProof.Letter(name: "change-address") : MailedProof.Letter(name: "address-taken", path: "/sign-in")
        }
      },
      AccountRoutes.own(doors, "/account/address/code") { visit, _ in code(visit, FormState()) },
      AccountRoutes.ownPost(doors, "/account/address/code") { visit, _ in
        let form = FormReader(visit.exchange.form)
        let typed = MailedProof.digits(form.typed("code"))
        let (page, secret) = (visit.exchange.cookies[MailedProof.cookie(.changeAddress, visit)] ?? "", visit.settings.secret)
        let isMoved = try await move(visit) { db in
          try MailedCodes.spend(code: typed, page: page, for: .changeAddress, secret: secret, in: db)
        }
        if isMoved { return done(visit) }
        form.fail("code", "form.fault.code")
        return code(visit, FormState(form))
      },
      AccountRoutes.own(doors, "/account/address/link/:token") { visit, signedIn in
        let token = visit.exchange.parameters["token"] ?? ""
        let proved = try await visit.read { db in
          try MailedCodes.open(link: token, for: .changeAddress, in: db).flatMap { try MailedCodes.proved($0, in: db) }
        }
        guard let proved, proved.person == signedIn.person else { return over(visit) }
        return visit.page(visit.say("address.title"), robots: false) { $0.pressNewAddress(token, proved.email) }
      },
      AccountRoutes.ownPost(doors, "/account/address/link/:token") { visit, signedIn in
        let token = visit.exchange.parameters["token"] ?? ""
        let isMoved = try await move(visit) { db in
          // Another's link is not spent by whoever presses it.
          guard let id = try MailedCodes.open(link: token, for: .changeAddress, in: db),
            try MailedCodes.proved(id, in: db)?.person == signedIn.person
          else { return nil }
          return try MailedCodes.spend(id, in: db)
        }
        return isMoved ? done(visit) : over(visit)
      },
    ]
  }

  /// Moves the account to what was proved, and tells the old address.
  private static func move(
    _ visit: Visit, _ prove: @escaping @Sendable (Writing) throws -> MailedCodes.ProvedAddress?
  ) async throws -> Bool {
    let (contact, secret) = (visit.settings.contact, visit.settings.secret)
    return try await visit.actOnAccount { signedIn, db in
      guard let proof = try prove(db), let old = try AddressChange.move(signedIn.person, to: proof, keeping: signedIn.session, in: db) else {
        return false
      }
      try Suspensions.resume(signedIn.person, emailKey: proof.emailKey, secret: secret, in: db)
      // Addressed to the old address itself: the account no longer has it.
      try Notice(email: old, language: signedIn.language, name: "address-changed", values: ["contact": contact], path: "/help").post(
        key: "address:\(signedIn.person):\(db.now.milliseconds)", in: db)
      return true
    }
  }

  private static func done(_ visit: Visit) -> Answer {
    visit.redirect("/account", saying: "flash.address-changed").with(.init(MailedProof.cookie(.changeAddress, visit), "", age: 0))
  }

  private static func over(_ visit: Visit) -> Answer {
    visit.page(visit.say("sign-in.link.over"), status: 410, robots: false) { $0.linkIsOver(again: "/account/address") }
  }

  private static func code(_ visit: Visit, _ state: FormState) -> Answer {
    visit.page(visit.say("sign-in.code.title"), status: state.faults.isEmpty ? 200 : 422, robots: false) { $0.typeAddressCode(state) }
  }

  private static func show(_ visit: Visit, _ signedIn: SignedIn, _ state: FormState) async throws -> Answer {
    let email = try await visit.read { try People.person(signedIn.person, in: $0)?.email ?? "" }
    return visit.page(visit.say("address.title"), status: state.faults.isEmpty ? 200 : 422, robots: false) { $0.changeAddress(email, state) }
  }
}

extension Page {
  func changeAddress(_ present: String, _ state: FormState) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("account.title"), "/account"), (say("address.title"), nil)])
      div(.class("head")) {
        h1(say("address.title")); p(say("address.lead"), .class("lead"))
      }
      dl {
        div {
          dt(say("address.present")); dd(present)
        }
      }
      form(.fixed("method", "post"), .action(path("/account/address")), .class("mt5")) {
        field("email", say("address.new"), state: state, type: "email", autocomplete: "email", longest: 254)
        voice(say("sign-in.send"))
      }
    }
  }

  func typeAddressCode(_ state: FormState) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("account.title"), "/account"), (say("address.title"), "/account/address"), (say("sign-in.code.title"), nil)])
      div(.class("head")) {
        h1(say("sign-in.code.title")); p(say("address.code.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path("/account/address/code"))) {
        field(
          "code", say("sign-in.code"), hint: say("sign-in.code.hint"), state: state, autocomplete: "one-time-code", longest: 12,
          more: .fixed("inputmode", "numeric"))
        voice(say("address.confirm"))
      }
      p(.class("mt5")) { link("/account/address", say("sign-in.again")) }
    }
  }

  func pressNewAddress(_ token: String, _ email: String) {
    div(.class("wrap narrow")) {
      crumbs([(say("account.title"), "/account"), (say("address.title"), nil)])
      div(.class("head")) {
        h1(say("address.title")); p(say("address.link.lead", ["address": .text(email)]), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path("/account/address/link/" + token))) { voice(say("address.confirm")) }
    }
  }
}
