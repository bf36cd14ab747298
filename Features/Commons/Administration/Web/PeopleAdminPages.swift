import CommonsDomain
import HTML
import Interface
import Localization

struct AccountAdminModel: Sendable {
  let account: AccountSummary
  let suspensions: [Suspension]
  let spaces: [SpaceID: LocalizedText]
  /// Whether the one who looks may suspend.
  let verdict: Verdict
}

extension Page {
  /// - Parameter found: nil when nothing was asked.
  func accounts(_ query: String, _ found: [AccountSummary]?, suspended: [AccountSummary]) {
    div(.class("wrap narrow")) {
      crumbs([(say("admin.title"), "/admin"), (say("admin.people"), nil)])
      div(.class("head")) {
        h1(say("admin.people")); p(say("admin.people.lead"), .class("lead"))
      }
      form(.fixed("method", "get"), .action(path("/admin/people")), .fixed("role", "search")) {
        field(
          "q", say("admin.people.find"), hint: say("admin.people.find.hint"), state: FormState(values: ["q": query]), type: "search", longest: 254)
        p(.class("mt4")) { button(say("admin.people.search"), .class("button"), .type("submit")) }
      }
      if let found {
        section("found", say("admin.people.found")) {
          if found.isEmpty { p(say("admin.people.none")) } else { accountList(found) }
          if found.count >= AccountSearch.most { p(say("admin.people.more"), .class("small soft")) }
        }
      }
      section("suspended", say("admin.people.suspended")) {
        if suspended.isEmpty { p(say("admin.people.suspended.none"), .class("soft")) } else { accountList(suspended) }
      }
    }
  }

  private func accountList(_ accounts: [AccountSummary]) {
    ul(.class("register flat")) {
      for account in accounts {
        li {
          div(.class("flow-s")) {
            h3(.class("said")) { link("/admin/people/\(account.id)", account.name.isEmpty ? account.email : account.name) }
            p(account.email, .class("small soft"))
            p(.class("cluster")) { accountTags(account) }
          }
        }
      }
    }
  }

  private func accountTags(_ account: AccountSummary) {
    if account.suspended != nil { tag(say("admin.people.is-suspended"), .no) }
    for role in Set(account.grants.map(\.role)).sorted() { tag(say(MessageKey(storedKey: "roles." + role.rawValue)), .now) }
  }

  func accountToAdminister(_ model: AccountAdminModel, _ state: FormState) {
    let account = model.account
    let name = account.name.isEmpty ? account.email : account.name
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("admin.title"), "/admin"), (say("admin.people"), "/admin/people"), (name, nil)])
      div(.class("head")) {
        h1(name)
        p(.class("cluster")) { accountTags(account) }
      }
      dl(.class("stack")) {
        div {
          dt(say("sign-in.email")); dd(account.email)
        }
        div {
          dt(say("admin.people.joined")); dd { day(account.joined.milliseconds) }
        }
        div {
          dt(say("admin.people.contributions")); dd(say.number(account.contributions))
        }
        div {
          dt(say("admin.roles"))
          dd {
            if account.grants.isEmpty { text(say("admin.people.no-role")) }
            ul {
              for grant in account.grants {
                let place = grant.space.map { model.spaces[$0].map(plain) ?? "–" } ?? say("admin.roles.everywhere")
                li(say(MessageKey(storedKey: "roles." + grant.role.rawValue)) + " – " + place)
              }
            }
          }
        }
      }
      if let since = account.suspended { liftSuspension(account, since: since.milliseconds) } else { suspend(account, model.verdict, state) }
      if !model.suspensions.isEmpty { pastSuspensions(model.suspensions) }
    }
  }

  private func suspend(_ account: AccountSummary, _ verdict: Verdict, _ state: FormState) {
    section("suspend", say("admin.people.suspend")) {
      switch verdict {
      case .no(let refusal): p(say(refusal.key, refusal.arguments))
      case .yes:
        p(say("admin.people.suspend.lead"))
        form(.fixed("method", "post"), .action(path("/admin/people/\(account.id)"))) {
          hidden("act", "suspend")
          area("reason", say("admin.people.reason"), hint: say("admin.people.reason.hint"), state: state, rows: 4)
          p(.class("mt4")) { button(say("admin.people.suspend.now"), .class("button danger"), .type("submit")) }
        }
      }
    }
  }

  private func liftSuspension(_ account: AccountSummary, since: Int64) {
    section("suspend", say("admin.people.suspension")) {
      p {
        text(say("admin.people.since") + " "); day(since)
      }
      p(say("admin.people.lift.lead"))
      form(.fixed("method", "post"), .action(path("/admin/people/\(account.id)")), .class("mt4")) {
        hidden("act", "lift")
        button(say("admin.people.lift"), .class("button second"), .type("submit"))
      }
    }
  }

  private func pastSuspensions(_ suspensions: [Suspension]) {
    section("history", say("admin.people.history")) {
      ol(.class("register")) {
        for suspension in suspensions {
          li {
            p(.class("mark")) { day(suspension.at.milliseconds) }
            div(.class("flow-s")) {
              p(suspension.reason)
              p(.class("small soft")) {
                text(say("admin.people.by", ["name": .text(suspension.by)]))
                if let lifted = suspension.lifted {
                  text(" " + say("admin.people.lifted") + " "); day(lifted.milliseconds)
                }
              }
            }
          }
        }
      }
    }
  }
}
