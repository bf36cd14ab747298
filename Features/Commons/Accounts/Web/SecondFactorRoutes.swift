import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import Passwords

/// Setting the second factor up, showing it, taking it away.
package enum SecondFactorRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      AccountRoutes.own(doors, "/account/second-factor") { visit, signedIn in
        show(try await visit.read { try SecondFactorModel.load(signedIn, in: $0) }, visit, signedIn, FormState())
      },
      AccountRoutes.ownPost(doors, "/account/second-factor") { visit, signedIn in
        let form = FormReader(visit.exchange.form)
        switch form.typed("act") {
        case "begin":
          guard AccountRoutes.isFresh(visit, signedIn) else { return AccountRoutes.proveAgain(visit) }
          let isSet = try await visit.read { try SecondFactor.secret(of: signedIn.person, in: $0)?.isConfirmed ?? false }
          guard !isSet else { return visit.redirect("/account/second-factor") }
          let secret = Secret.bytes(20)
          let model = try await visit.organization.database.write { db in
            try SecondFactor.begin(secret, for: signedIn.person, in: db)
            return try SecondFactorModel.load(signedIn, in: db)
          }
          return show(model, visit, signedIn, FormState())
        case "remove":
          guard AccountRoutes.isFresh(visit, signedIn), !signedIn.owesSecondFactor else { return AccountRoutes.proveAgain(visit) }
          try await visit.organization.database.write { try SecondFactor.remove(from: signedIn.person, in: $0) }
          return visit.redirect("/account", saying: "flash.saved")
        default:
          let code = form.typed("code")
          let key = "totp:\(signedIn.person)"
          let wrong = try await visit.organization.database.write { db -> SecondFactorModel? in
            guard try Attempts.count(key, minutes: 15, in: db) < 10 else { throw Refusal("refusal.too-many-tries") }
            if try SecondFactor.check(code, of: signedIn.person, session: signedIn.session, in: db) { return nil }
            try Attempts.note(key, in: db)
            return try SecondFactorModel.load(signedIn, in: db)
          }
          guard let wrong else { return visit.redirect("/account", saying: "flash.second-factor") }
          form.fail("code", "form.fault.code")
          return show(wrong, visit, signedIn, FormState(form))
        }
      },
    ]
  }

  private static func show(_ model: SecondFactorModel, _ visit: Visit, _ signedIn: SignedIn, _ state: FormState) -> Answer {
    let issuer = visit.settings.name
    return visit.page(visit.say("second-factor.title"), status: state.faults.isEmpty ? 200 : 422, robots: false) { page in
      page.secondFactor(
        model.secret, owes: signedIn.owesSecondFactor, must: signedIn.mustSetUpSecondFactor, issuer: issuer, account: model.email, state)
    }
  }
}

/// What the page of the second factor shows; after an act, loaded in its transaction.
struct SecondFactorModel: Sendable {
  let secret: (secret: [UInt8], isConfirmed: Bool)?
  let email: String

  static func load(_ signedIn: SignedIn, in db: Reading) throws -> SecondFactorModel {
    SecondFactorModel(
      secret: try SecondFactor.secret(of: signedIn.person, in: db), email: try People.person(signedIn.person, in: db)?.email ?? "")
  }
}

extension Page {
  func secondFactor(_ secret: (secret: [UInt8], isConfirmed: Bool)?, owes: Bool, must: Bool, issuer: String, account: String, _ state: FormState) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("account.title"), "/account"), (say("second-factor.title"), nil)])
      div(.class("head")) {
        h1(say("second-factor.title")); p(say(must ? "second-factor.must" : "second-factor.lead"), .class("lead"))
      }
      if let secret {
        if !secret.isConfirmed {
          let totp = TOTP(secret: secret.secret)
          p(say("second-factor.enter-secret"))
          p { code(totp.base32) }
          p { a(say("second-factor.open-app"), .named("href", totp.address(issuer: issuer, account: account))) }
        }
        if !secret.isConfirmed || owes {
          form(.fixed("method", "post"), .action(path("/account/second-factor"))) {
            hidden("act", "check")
            field(
              "code", say("second-factor.code"), hint: say("second-factor.code.hint"), state: state, autocomplete: "one-time-code", longest: 12,
              more: .fixed("inputmode", "numeric"))
            voice(say("second-factor.check"))
          }
        } else {
          notice(say("second-factor.on"), .yes) { p(say("second-factor.on.body")) }
          form(.fixed("method", "post"), .action(path("/account/second-factor")), .class("mt5")) {
            hidden("act", "remove")
            button(say("second-factor.remove"), .class("button danger"), .type("submit"))
          }
        }
      } else {
        form(.fixed("method", "post"), .action(path("/account/second-factor"))) {
          hidden("act", "begin")
          voice(say("second-factor.begin"))
        }
      }
    }
  }
}
