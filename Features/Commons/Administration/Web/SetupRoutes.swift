import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// The link that makes the first administrator.
package enum SetupRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/setup/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        guard try await visit.read({ try SetupLinks.isOpen(token, in: $0) }) else { throw NotFound() }
        return visit.page(visit.say("setup.title"), robots: false) { $0.setup(FormState(), visit) }
      },
      doors.post("/setup/:token") { visit in
        let token = visit.exchange.parameters["token"] ?? ""
        let form = FormReader(visit.exchange.form)
        let (name, address) = (form.displayName("name"), form.address("email"))
        guard form.isValid, let name, let address else {
          return visit.page(visit.say("setup.title"), status: 422, robots: false) { $0.setup(FormState(form), visit) }
        }
        let session = Secret.token()
        let device = Device.name(visit.exchange.userAgent)
        try await visit.organization.database.write { db in
          let person = try SetupLinks.spend(token, email: address.text, key: address.key, name: name, in: db)
          try Sessions.start(session, for: person, device: device, in: db)
        }
        return visit.redirect("/account/second-factor", saying: "flash.set-up").with(
          .init(SessionCookie.name(secure: visit.exchange.site.isSecure), session, age: 90 * 86_400))
      },
    ]
  }
}

extension Page {
  func setup(_ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("setup.title")); p(say("setup.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        field("name", say("account.name"), state: state, autocomplete: "name", longest: DisplayName.longest)
        field("email", say("sign-in.email"), state: state, type: "email", autocomplete: "email", longest: 254)
        voice(say("setup.now"))
      }
    }
  }
}
