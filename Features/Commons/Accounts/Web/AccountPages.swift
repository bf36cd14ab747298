import CommonsDomain
import Database
import HTML
import Interface
import Localization
import Passwords

struct AccountModel: Sendable {
  let person: Person
  let sessions: [Session]
  let current: Int64
  let drafts: Int
  let stopped: Set<Topic>
  let roles: [Role]
  /// The suspension that runs.
  let suspension: Suspension?

  static func load(_ signedIn: SignedIn, in db: Reading) throws -> AccountModel {
    guard let person = try People.person(signedIn.person, in: db) else { throw NotFound() }
    return AccountModel(
      person: person, sessions: try Sessions.list(of: signedIn.person, in: db), current: signedIn.session,
      drafts: try Drafts.list(of: signedIn.person, in: db).count,
      stopped: try Unsubscriptions.stopped(by: signedIn.person, in: db), roles: Set(signedIn.actor.grants.map(\.role)).sorted(),
      suspension: try Suspensions.list(of: signedIn.person, in: db).first { $0.lifted == nil })
  }
}

extension Page {
  func account(_ model: AccountModel, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("account.title"), nil)])
      div(.class("head")) {
        h1(say("account.title"))
        p(model.person.email, .class("lead"))
        form(.fixed("method", "post"), .action(path("/sign-out"))) { button(say("account.sign-out"), .class("button second"), .type("submit")) }
        if let suspension = model.suspension { notice(say("mails.suspended.subject"), .no) { suspended(suspension, visit) } }
        if !model.roles.isEmpty {
          p(.class("cluster")) { for role in model.roles { tag(say(MessageKey(storedKey: "roles." + role.rawValue)), .now) } }
        }
        if visit.settings.isDemonstration && !model.roles.isEmpty { p(say("account.demo-second-factor"), .class("small soft")) }
      }
      section("activity", say("account.activity")) {
        p { link("/account/activity", say("account.activity.see")) }
        p { link("/account/drafts", say("account.drafts.count", ["count": .count(model.drafts)])) }
        if model.roles.contains(.agent) { p { link("/processes", say("account.agent")) } }
      }
      section("profile", say("account.profile")) { profile(model, state, visit) }
      section("mails", say("account.mails")) {
        form(.fixed("method", "post"), .action(path("/account/mails"))) {
          fieldset {
            legend(say("account.mails.legend"))
            for topic in Topic.allCases {
              check(
                "topic", say(MessageKey(storedKey: "topics." + topic.rawValue)), value: topic.rawValue, isChecked: !model.stopped.contains(topic),
                id: "topic-\(topic.rawValue)")
            }
          }
          p(.class("mt4")) { button(say("form.save"), .class("button second"), .type("submit")) }
        }
        p(say("account.mails.security"), .class("small soft mt4"))
      }
      security(model, state)
      sessions(model)
      section("data", say("account.data")) {
        p(.class("cluster")) {
          link("/account/data", say("account.data.copy"), .class("button second"))
          link("/account/delete", say("account.delete"), .class("button danger"))
        }
      }
    }
  }

  private func profile(_ model: AccountModel, _ state: FormState, _ visit: Visit) {
    form(.fixed("method", "post"), .action(path("/account"))) {
      field(
        "name", say("account.name"), hint: say("account.name.hint"), state: state, autocomplete: "nickname", longest: DisplayName.longest)
      select("language", say("account.language"), options: visit.settings.languages.map { ($0.tag, LanguageName.own($0)) }, state: state)
      check("under15", say("account.under15"), isChecked: model.person.underFifteen)
      p(.class("mt5")) { button(say("form.save"), .class("button"), .type("submit")) }
    }
  }

  private func suspended(_ suspension: Suspension, _ visit: Visit) {
    p(say("account.suspended.reason", ["date": .text(say.date(suspension.at.milliseconds))]))
    blockquote { p(suspension.reason) }
    p(say("account.suspended", ["contact": .text(visit.settings.contact)]))
  }

  private func security(_ model: AccountModel, _ state: FormState) {
    section("security", say("account.security")) {
      form(.fixed("method", "post"), .action(path("/account/password"))) {
        hidden("username", model.person.email)
        field(
          "password", say(model.person.hasPassword ? "account.password.change" : "account.password.set"),
          hint: say("account.password.hint", ["count": .count(PasswordPolicy.shortest)]), state: FormState(values: [:], faults: state.faults),
          type: "password",
          autocomplete: "new-password", longest: 128)
        p(.class("mt4")) { button(say("form.save"), .class("button second"), .type("submit")) }
      }
      p(.class("mt5")) { link("/account/address", say("account.address"), .class("button second")) }
      p(.class("mt4")) {
        link(
          "/account/second-factor", say(model.person.hasSecondFactor ? "account.second-factor.manage" : "account.second-factor.set"),
          .class("button second"))
      }
    }
  }

  private func sessions(_ model: AccountModel) {
    section("sessions", say("account.sessions")) {
      ul(.class("register")) {
        for session in model.sessions {
          li {
            p(.class("mark")) { day(session.seen.milliseconds) }
            div(.class("flow-s")) {
              p {
                text(session.device); if session.id == model.current { text(" "); tag(say("account.sessions.this"), .now) }
              }
              if session.id != model.current {
                form(.fixed("method", "post"), .action(path("/account/sessions"))) {
                  hidden("session", String(session.id))
                  button(.class("button quiet"), .type("submit")) {
                    text(say("account.sessions.end")); span(" " + session.device, .class("vh"))
                  }
                }
              }
            }
          }
        }
      }
      form(.fixed("method", "post"), .action(path("/account/sessions"))) {
        hidden("session", "others")
        button(say("account.sessions.end-all"), .class("button second"), .type("submit"))
      }
    }
  }

  /// Terms to accept before the first act, and again when they change; the name to be shown is asked with them.
  /// - Parameter again: whether an earlier version was accepted.
  func terms(_ state: FormState, _ visit: Visit, again: Bool) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say(again ? "terms.again.title" : "terms.title")); p(say(again ? "terms.again.lead" : "terms.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path("/account/terms"))) {
        hidden("return", state["return"])
        field(
          "name", say("account.name"), hint: say("account.name.hint"), state: state, autocomplete: "nickname", longest: DisplayName.longest)
        check("under15", say("account.under15"), isChecked: state["under15"] == "1")
        notice(say("terms.data.title")) {
          p(say("terms.data.body")); p { link("/pages/privacy", say("frame.privacy")) }
        }
        requiredCheck("accept", say("terms.accept", ["number": .number(visit.settings.termsVersion)]), state: state)
        p(.class("cluster")) {
          link("/pages/terms", say("terms.read"))
          if again { link("/pages/terms/earlier", say("terms.changes")) }
        }
        requiredCheck("consent", say("terms.consent"), state: state)
        voice(say("terms.continue"))
      }
      p(say("terms.refuse"), .class("mt5"))
      ul {
        li { link("/account/data", say("account.data")) }
        li { link("/account/delete", say("account.delete")) }
      }
    }
  }

  func drafts(_ drafts: [DraftName]) {
    div(.class("wrap narrow")) {
      crumbs([(say("account.title"), "/account"), (say("account.drafts"), nil)])
      div(.class("head")) { h1(say("account.drafts")) }
      if drafts.isEmpty { p(say("account.drafts.none")) }
      ol(.class("register")) {
        for name in drafts {
          let draft = name.draft
          let words = name.words(say)
          li {
            p(.class("mark")) { day(draft.saved.milliseconds) }
            div(.class("flow-s")) {
              h2(.class("said")) { link(draft.path, words) }
              if let typed = name.typed { p(typed, .class("small soft")) }
              form(.fixed("method", "post"), .action(path("/account/drafts"))) {
                hidden("draft", String(draft.id))
                button(.class("button quiet"), .type("submit")) {
                  text(say("account.drafts.remove")); span(" " + words, .class("vh"))
                }
              }
            }
          }
        }
      }
    }
  }

  func deleteAccount(_ state: FormState, isSuspended: Bool) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("account.title"), "/account"), (say("account.delete"), nil)])
      div(.class("head")) {
        h1(say("account.delete")); p(say("account.delete.lead"), .class("lead"))
        if isSuspended { p(say("account.delete.suspended")) }
      }
      form(.fixed("method", "post"), .action(path("/account/delete"))) {
        radios(
          "contributions", say("account.delete.contributions"),
          options: [
            ("keep", say("account.delete.keep"), say("account.delete.keep.hint")),
            ("withdraw", say("account.delete.withdraw"), say("account.delete.withdraw.hint")),
          ], state: state)
        p(.class("cluster mt5")) {
          button(say("account.delete.now"), .class("button danger"), .type("submit"))
          link("/account", say("form.cancel"), .class("button quiet"))
        }
      }
    }
  }

  func unsubscribe(_ path: String, _ topic: Topic) {
    div(.class("wrap narrow")) {
      div(.class("head")) {
        h1(say("unsubscribe.title"));
        p(say("unsubscribe.lead", ["topic": .text(say(MessageKey(storedKey: "topics." + topic.rawValue)))]), .class("lead"))
      }
      form(.fixed("method", "post"), .action(self.path(path))) { voice(say("unsubscribe.now")) }
    }
  }

  func unsubscribed(_ topic: Topic) {
    div(.class("wrap narrow")) {
      div(.class("head")) {
        h1(say("unsubscribe.done")); p(say(MessageKey(storedKey: "topics." + topic.rawValue)), .class("lead"))
      }
      p(say("unsubscribe.again"))
      p { link("/account", say("account.title"), .class("button second")) }
    }
  }
}
