import CommonsDomain
import Database
package import Interface
import Localization
import Passwords

/// Setting the second factor up, showing it or a recovery code in its place, taking it away.
package enum SecondFactorRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      AccountRoutes.own(doors, "/account/second-factor") { visit, signedIn in
        let issuer = visit.settings.name
        return show(try await visit.read { try SecondFactorModel.load(signedIn, issuer: issuer, in: $0) }, visit, FormState())
      },
      AccountRoutes.ownPost(doors, "/account/second-factor") { visit, signedIn in
        switch visit.exchange.form.fields["act"] ?? "" {
        case "begin":
          guard AccountRoutes.isFresh(visit, signedIn) else { return AccountRoutes.proveAgain(visit) }
          let (secret, issuer) = (Secret.bytes(TOTP.secretBytes), visit.settings.name)
          let model = try await visit.actOnAccount { signedIn, db in
            try SecondFactor.begin(secret, for: signedIn.person, in: db)
            return try SecondFactorModel.load(signedIn, issuer: issuer, in: db)
          }
          return show(model, visit, FormState())
        case "remove":
          guard AccountRoutes.isFresh(visit, signedIn), !signedIn.owesSecondFactor else { return AccountRoutes.proveAgain(visit) }
          try await visit.actOnAccount { try SecondFactor.remove(from: $0.person, in: $1) }
          return visit.redirect("/account", saying: "flash.saved")
        case "codes": return try await renewCodes(visit, signedIn)
        case "recover": return try await recover(visit)
        default: return try await check(visit)
        }
      },
    ]
  }

  /// Takes the application's code. The first one ends the set-up, and brings the recovery codes.
  private static func check(_ visit: Visit) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    let (code, secret, codes, issuer) = (form.typed("code"), visit.settings.secret, RecoveryCodes.draw(), visit.settings.name)
    let (wrong, isNew) = try await visit.actOnAccount { signedIn, db -> (wrong: SecondFactorModel?, isNew: Bool) in
      let isNew = !(try SecondFactor.secret(of: signedIn.person, in: db)?.isConfirmed ?? false)
      let isRight = try counted(signedIn, in: db) { try SecondFactor.check(code, of: signedIn.person, session: signedIn.session, in: db) }
      if isRight && isNew { try RecoveryCodes.replace(with: codes, of: signedIn.person, secret: secret, in: db) }
      return (isRight ? nil : try SecondFactorModel.load(signedIn, issuer: issuer, in: db), isNew)
    }
    if let wrong {
      form.fail("code", "form.fault.code")
      return show(wrong, visit, FormState(form))
    }
    return isNew ? showOnce(codes, visit) : visit.redirect("/account", saying: "flash.second-factor")
  }

  /// Takes a recovery code in the place of the application's, and tells the person by mail.
  private static func recover(_ visit: Visit) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    let (code, secret, issuer) = (form.typed("recovery"), visit.settings.secret, visit.settings.name)
    let wrong = try await visit.actOnAccount { signedIn, db -> SecondFactorModel? in
      let isRight = try counted(signedIn, in: db) {
        try RecoveryCodes.spend(code, of: signedIn.person, session: signedIn.session, secret: secret, in: db)
      }
      guard isRight else { return try SecondFactorModel.load(signedIn, issuer: issuer, in: db) }
      let left = try RecoveryCodes.left(of: signedIn.person, in: db)
      try Notice(
        to: signedIn.person, language: signedIn.language, name: "recovery-spent", values: ["left": String(left)], path: "/account/second-factor"
      ).post(key: "recovery:\(signedIn.person):\(signedIn.session):\(left)", in: db)
      return nil
    }
    guard let wrong else { return visit.redirect(AccountRoutes.secondFactor, saying: "flash.recovered") }
    form.fail("recovery", "form.fault.recovery")
    return show(wrong, visit, FormState(form))
  }

  /// Ten new recovery codes for someone who proved who they are a short while ago, second factor included.
  private static func renewCodes(_ visit: Visit, _ signedIn: SignedIn) async throws -> Answer {
    guard AccountRoutes.isFresh(visit, signedIn), !signedIn.owesSecondFactor else { return AccountRoutes.proveAgain(visit) }
    let (codes, secret) = (RecoveryCodes.draw(), visit.settings.secret)
    let isSet = try await visit.actOnAccount { signedIn, db in
      guard try SecondFactor.secret(of: signedIn.person, in: db)?.isConfirmed ?? false else { return false }
      try RecoveryCodes.replace(with: codes, of: signedIn.person, secret: secret, in: db)
      return true
    }
    return isSet ? showOnce(codes, visit) : visit.redirect(AccountRoutes.secondFactor)
  }

  /// Counts wrong codes of either kind together: ten in a quarter of an hour end the trying.
  private static func counted(_ signedIn: SignedIn, in db: Writing, _ check: () throws -> Bool) throws -> Bool {
    let key = "totp:\(signedIn.person)"
    guard try Attempts.count(key, minutes: 15, in: db) < 10 else { throw Refusal("refusal.too-many-tries") }
    let isRight = try check()
    if !isRight { try Attempts.note(key, in: db) }
    return isRight
  }

  private static func showOnce(_ codes: [String], _ visit: Visit) -> Answer {
    visit.page(visit.say("recovery.title"), robots: false) { $0.recoveryCodes(codes, visit) }
  }

  private static func show(_ model: SecondFactorModel, _ visit: Visit, _ state: FormState) -> Answer {
    visit.page(visit.say("second-factor.title"), status: state.faults.isEmpty ? 200 : 422, robots: false) { $0.secondFactor(model, state) }
  }
}

extension SecondFactorModel {
  /// After an act it is loaded in its transaction: what was saved is not answered with a fault.
  static func load(_ signedIn: SignedIn, issuer: String, in db: Reading) throws -> SecondFactorModel {
    SecondFactorModel(
      secret: try SecondFactor.secret(of: signedIn.person, in: db), owes: signedIn.owesSecondFactor, must: signedIn.mustSetUpSecondFactor,
      left: try RecoveryCodes.left(of: signedIn.person, in: db), issuer: issuer, account: try People.person(signedIn.person, in: db)?.email ?? "")
  }
}
