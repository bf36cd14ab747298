import CommonsDomain
import Database
import HTML
package import Interface
import Localization
import Passwords

/// A forgotten password: a code or a link by mail, then a new one.
package enum PasswordResetRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/sign-in/forgotten") { visit in visit.page(visit.say("reset.title"), robots: false) { $0.forgotten(FormState()) } },
      doors.post("/sign-in/forgotten") { visit in
        let form = FormReader(visit.exchange.form)
        guard let address = form.address("email") else {
          return visit.page(visit.say("reset.title"), status: 422, robots: false) { $0.forgotten(FormState(form)) }
        }
        return try await MailedProof.ask(.reset, address, visit, doors) { person in
          // Nobody to send it to: the page looks the same.
          person.map { _ in MailedProof.Letter(name: "reset") }
        }
      },
      doors.get("/sign-in/reset") { visit in page(visit, FormState()) },
      doors.post("/sign-in/reset") { visit in
        let code = MailedProof.digits(visit.exchange.form.fields["code"] ?? "")
        return try await reset(visit, doors, with: .code(code, page: visit.exchange.cookies[MailedProof.cookie(.reset, visit)] ?? ""))
      },
      doors.get("/sign-in/reset/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        guard try await visit.read({ try MailedCodes.open(link: token, for: .reset, in: $0) != nil }) else { return over(visit) }
        return page(visit, FormState(), token: token)
      },
      doors.post("/sign-in/reset/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        return try await reset(visit, doors, with: .link(token), token: token)
      },
    ]
  }

  private static func page(_ visit: Visit, _ state: FormState, token: String? = nil) -> Answer {
    visit.page(visit.say("reset.new.title"), status: state.faults.isEmpty ? 200 : 422, robots: false) { $0.newPassword(state, token: token) }
  }

  private static func over(_ visit: Visit) -> Answer {
    visit.page(visit.say("sign-in.link.over"), status: 410, robots: false) { $0.linkIsOver(again: "/sign-in/forgotten") }
  }

  /// - Parameter token: of the link, when that is the proof; nil for a code.
  private static func reset(_ visit: Visit, _ doors: Doors, with proof: PasswordReset.Evidence, token: String? = nil) async throws -> Answer {
    let form = FormReader(visit.exchange.form)
    let (password, policy) = (form.typed("password"), PasswordPolicy(common: doors.commonPasswords))
    if let fault = policy.fault(in: password, names: [visit.settings.name]) { form.fail(fault) }
    guard form.isValid else { return page(visit, FormState(form), token: token) }
    if let wait = doors.limiter.take(.signIn, for: visit.exchange.client, at: visit.exchange.now) {
      return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: wait)
    }
    var random = SystemRandomNumberGenerator()
    let hash: String
    do {
      hash = try await PasswordHash.hash(password, using: &random).encoded
    } catch PasswordHash.Fault.busy {
      return await SiteErrorPages(doors).answer(status: 429, exchange: visit.exchange, wait: 5)
    }
    let (session, device, secret, organization) = (Secret.token(), Device.name(visit.exchange.userAgent), visit.settings.secret, visit.settings.name)
    let outcome = try await visit.organization.database.write { db in
      let outcome = try PasswordReset.reset(
        with: proof, password: (password, hash), policy: policy, names: [organization], session: (session, device), secret: secret, in: db)
      if case .done(let person) = outcome, let account = try People.person(person, in: db) {
        try Notice(to: person, language: account.language, name: "password-changed", path: "/account").post(
          key: "password:\(person):\(db.now.milliseconds)", in: db)
      }
      return outcome
    }
    switch outcome {
    case .done:
      return SignInRoutes.welcome(session, visit, to: "/account", saying: "flash.password-reset").with(
        .init(MailedProof.cookie(.reset, visit), "", age: 0))
    case .wrong where token != nil: return over(visit)
    case .wrong: form.fail("code", "form.fault.code")
    case .weak(let fault): form.fail(fault)
    }
    return page(visit, FormState(form), token: token)
  }
}

extension Page {
  func forgotten(_ state: FormState) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("reset.title")); p(say("reset.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path("/sign-in/forgotten"))) {
        field("email", say("sign-in.email"), state: state, type: "email", autocomplete: "email", longest: 254)
        voice(say("reset.send"))
      }
      p(.class("mt5")) { link("/sign-in", say("reset.remembered")) }
    }
  }

  /// - Parameter token: of the mail's link, which then stands for the code.
  func newPassword(_ state: FormState, token: String?) {
    let empty = FormState(values: ["code": state["code"]], faults: state.faults)
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("reset.new.title")); p(say(token == nil ? "reset.code.lead" : "reset.link.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path(token.map { "/sign-in/reset/" + $0 } ?? "/sign-in/reset"))) {
        if token == nil {
          field(
            "code", say("sign-in.code"), hint: say("sign-in.code.hint"), state: empty, autocomplete: "one-time-code", longest: 12,
            more: .fixed("inputmode", "numeric"))
        }
        field(
          "password", say("reset.password"), hint: say("reset.password.hint", ["count": .number(PasswordPolicy.shortest)]), state: empty,
          type: "password", autocomplete: "new-password", longest: 128)
        voice(say("reset.now"))
      }
      p(say("reset.ends"), .class("small soft"))
      p(.class("mt5")) { link("/sign-in/forgotten", say("sign-in.again")) }
    }
  }

  /// A mailed link that opens nothing (any more).
  func linkIsOver(again: String) {
    div(.class("wrap narrow")) {
      div(.class("head")) {
        h1(say("sign-in.link.over")); p(say("sign-in.link.over.lead"), .class("lead"))
      }
      p { link(again, say("sign-in.again"), .class("button")) }
    }
  }
}
