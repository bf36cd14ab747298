import HTML
import Interface
import Localization

extension Page {
  func signIn(_ state: FormState, hasDraft: Bool) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("sign-in.title")); p(say("sign-in.lead"), .class("lead"))
      }
      if hasDraft { notice(say("sign-in.draft.title"), .yes) { p(say("sign-in.draft.body")) } }
      if UncountedPress.isMarked(state["return"]) { notice(say("sign-in.press.title")) { p(say("sign-in.press.body")) } }
      form(.fixed("method", "post"), .action(path("/sign-in"))) {
        hidden("return", state["return"])
        field("email", say("sign-in.email"), hint: say("sign-in.email.hint"), state: state, type: "email", autocomplete: "email", longest: 254)
        voice(say("sign-in.send"))
      }
      details(.class("mt6"), .flag("open", state.fault("password-email") != nil)) {
        summary(say("sign-in.by-password"))
        form(.fixed("method", "post"), .action(path("/sign-in/password"))) {
          hidden("return", state["return"])
          passwordEmail(state)
          div(.class("field")) {
            label(say("sign-in.password"), .for("password"))
            input(.id("password"), .name("password"), .type("password"), .fixed("autocomplete", "current-password"), .flag("required"))
          }
          p(.class("mt5")) { button(say("sign-in.enter"), .class("button second"), .type("submit")) }
        }
        p(.class("mt4")) { link("/sign-in/forgotten", say("sign-in.forgotten")) }
      }
      p(say("sign-in.no-mail"), .class("small soft mt5"))
    }
  }

  private func passwordEmail(_ state: FormState) {
    let fault = state.fault("password-email")
    div(fault == nil ? .class("field") : .class("field has-error")) {
      label(say("sign-in.email"), .for("password-email"))
      if let fault {
        p(.class("error"), .id("password-email-fault")) {
          icon("warn"); span(faultText(fault))
        }
      }
      input(
        .id("password-email"), .name("email"), .type("email"), .value(state["email"]), .fixed("autocomplete", "email"), .flag("required"),
        .named("aria-invalid", ifPresent: fault == nil ? nil : "true"), .describedBy(fault == nil ? [] : ["password-email-fault"]))
    }
  }

  func typeCode(_ state: FormState, to address: String?, isDemonstration: Bool) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("sign-in.code.title")); p(say("sign-in.code.lead"), .class("lead"))
        if let address { p(say("sign-in.code.sent", ["address": .text(address)])) }
      }
      form(.fixed("method", "post"), .action(path("/sign-in/code"))) {
        field(
          "code", say("sign-in.code"), hint: say("sign-in.code.hint"), state: state, autocomplete: "one-time-code", longest: 12,
          more: .fixed("inputmode", "numeric"),
          .flag("autofocus"))
        voice(say("sign-in.enter"))
      }
      if isDemonstration { notice(say("sign-in.code.demo.title")) { p(say("sign-in.code.demo.body")) } }
      p(.class("mt5")) { link("/sign-in", say("sign-in.again")) }
    }
  }

  func pressLink(_ token: String, isOpen: Bool) {
    div(.class("wrap narrow")) {
      div(.class("head")) {
        h1(say(isOpen ? "sign-in.link.title" : "sign-in.link.over"))
        p(say(isOpen ? "sign-in.link.lead" : "sign-in.link.over.lead"), .class("lead"))
      }
      if isOpen {
        form(.fixed("method", "post"), .action(path("/sign-in/link/" + token))) { voice(say("sign-in.enter")) }
      } else {
        p { link("/sign-in", say("sign-in.again"), .class("button")) }
      }
    }
  }
}
