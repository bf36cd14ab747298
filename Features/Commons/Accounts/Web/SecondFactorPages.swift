import CommonsDomain
import HTML
import Interface
import Localization
import Passwords

struct SecondFactorModel: Sendable {
  let secret: (secret: [UInt8], isConfirmed: Bool)?
  /// Has one, and has not shown it in this session.
  let owes: Bool
  /// Holds a role that asks for one.
  let must: Bool
  /// Recovery codes not spent yet.
  let left: Int
  let issuer: String
  let account: String
}

extension Page {
  func secondFactor(_ model: SecondFactorModel, _ state: FormState) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("account.title"), "/account"), (say("second-factor.title"), nil)])
      div(.class("head")) {
        h1(say("second-factor.title")); p(say(model.must ? "second-factor.must" : "second-factor.lead"), .class("lead"))
      }
      if let secret = model.secret {
        if !secret.isConfirmed {
          enrol(TOTP(secret: secret.secret), model)
          askSecondFactor(state)
        } else if model.owes {
          askSecondFactor(state)
          askRecovery(state)
        } else {
          manageSecondFactor(model)
        }
      } else {
        form(.fixed("method", "post"), .action(path("/account/second-factor"))) {
          hidden("act", "begin")
          voice(say("second-factor.begin"))
        }
      }
    }
  }

  /// The key three ways: to scan from another device, to open on this one, to type.
  private func enrol(_ totp: TOTP, _ model: SecondFactorModel) {
    let address = totp.address(issuer: model.issuer, account: model.account)
    div(.class("stack")) {
      p(say("second-factor.scan"))
      qrCode(address, id: "key", title: say("second-factor.qr"), description: say("second-factor.qr.instead"))
      p { a(say("second-factor.open-app"), .named("href", address)) }
      p(say("second-factor.enter-secret"))
      p { code(totp.typed) }
    }
  }

  private func askSecondFactor(_ state: FormState) {
    form(.fixed("method", "post"), .action(path("/account/second-factor")), .class("mt5")) {
      hidden("act", "check")
      field(
        "code", say("second-factor.code"), hint: say("second-factor.code.hint"), state: state, autocomplete: "one-time-code", longest: 12,
        more: .fixed("inputmode", "numeric"))
      voice(say("second-factor.check"))
    }
  }

  private func askRecovery(_ state: FormState) {
    details(.class("mt6"), .flag("open", state.fault("recovery") != nil)) {
      summary(say("recovery.ask"))
      form(.fixed("method", "post"), .action(path("/account/second-factor"))) {
        hidden("act", "recover")
        field("recovery", say("recovery.code"), hint: say("recovery.code.hint"), state: state, autocomplete: "off", longest: 40)
        p(.class("mt5")) { button(say("recovery.enter"), .class("button second"), .type("submit")) }
      }
      p(say("recovery.none"), .class("small soft"))
    }
  }

  private func manageSecondFactor(_ model: SecondFactorModel) {
    notice(say("second-factor.on"), .yes) { p(say("second-factor.on.body")) }
    section("recovery", say("recovery.title")) {
      p(say("recovery.left", ["count": .count(model.left)]) + " " + say("recovery.renew.hint"))
      form(.fixed("method", "post"), .action(path("/account/second-factor")), .class("mt4")) {
        hidden("act", "codes")
        button(say("recovery.renew"), .class("button second"), .type("submit"))
      }
    }
    section("remove", say("second-factor.remove")) {
      p(say("second-factor.remove.hint"))
      form(.fixed("method", "post"), .action(path("/account/second-factor")), .class("mt4")) {
        hidden("act", "remove")
        button(say("second-factor.remove"), .class("button danger"), .type("submit"))
      }
    }
  }

  /// The codes, this once: to print, or to copy by hand.
  func recoveryCodes(_ codes: [String], _ visit: Visit) {
    div(.class("wrap narrow")) {
      div(.class("head")) {
        p(visit.settings.name, .class("over")); h1(say("recovery.title")); p(say("recovery.lead"), .class("lead"))
      }
      ol(.class("codes")) { for recovery in codes { li { code(recovery) } } }
      p(say("recovery.keep"), .class("mt5"))
      p(.class("mt5")) { link("/account", say("recovery.kept"), .class("button")) }
    }
  }
}
