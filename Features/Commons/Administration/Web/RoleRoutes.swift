import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// Who holds which role, where; giving and taking roles.
package enum RoleRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.admin("/admin/roles") { visit in
        let (rows, spaces) = try await visit.read { (try Grants.list(in: $0), try Spaces.all(withDrafts: true, in: $0)) }
        return visit.page(visit.say("admin.roles"), robots: false) { $0.roles(rows, spaces, FormState(), visit) }
      },
      doors.post("/admin/roles") { visit in
        let form = FormReader(visit.exchange.form)
        let address = form.address("email")
        let role = form.choice("role", Role.self)
        let space = Int64(form.typed("space")).map { SpaceID($0) }
        let isEverywhere = form.typed("space") == "all"
        let isKnown = try await visit.read { db in try space.map { try Spaces.space($0, in: db) != nil } ?? isEverywhere }
        if !isKnown { form.fail("space", "form.fault.choose") }
        if form.isValid, let address, let role {
          let isFound = try await visit.act { actor, db in
            let permit = try Permit(ManageGrants(), for: actor, in: db)
            guard let person = try People.find(email: address.key, in: db) else { return false }
            try Grants.grant(Grant(role, in: space), to: person.id, permit: permit, in: db)
            return true
          }
          if isFound { return visit.redirect("/admin/roles", saying: "flash.saved") }
          form.fail("email", "form.fault.no-account")
        }
        try ManageGrants().check(for: visit.actor, at: visit.now)
        let (rows, spaces) = try await visit.read { (try Grants.list(in: $0), try Spaces.all(withDrafts: true, in: $0)) }
        return visit.page(visit.say("admin.roles"), status: 422, robots: false) { $0.roles(rows, spaces, FormState(form), visit) }
      },
      doors.admin("/admin/roles/:grant/remove") { visit in
        let row = try await grant(visit)
        return visit.page(visit.say("admin.roles.revoke"), robots: false) { $0.removeRole(row, visit) }
      },
      doors.post("/admin/roles/:grant/remove") { visit in
        guard let id = visit.exchange.number("grant") else { throw NotFound() }
        try await visit.act { actor, db in try Grants.revoke(id, permit: Permit(ManageGrants(), for: actor, in: db), in: db) }
        return visit.redirect("/admin/roles", saying: "flash.removed")
      },
    ]
  }

  private static func grant(_ visit: Visit) async throws -> GrantRow {
    let id = visit.exchange.number("grant")
    guard let row = try await visit.read({ try Grants.list(in: $0) }).first(where: { $0.id == id }) else { throw NotFound() }
    return row
  }
}

extension Page {
  func roles(_ rows: [GrantRow], _ spaces: [Space], _ state: FormState, _ visit: Visit) {
    let names = Dictionary(spaces.map { ($0.id, plain($0.title)) }, uniquingKeysWith: { first, _ in first })
    div(.class("wrap")) {
      summary(state)
      crumbs([(say("admin.title"), "/admin"), (say("admin.roles"), nil)])
      div(.class("head")) {
        h1(say("admin.roles")); p(say("admin.roles.lead"), .class("lead"))
      }
      ol(.class("register wide"), .label(say("admin.roles.caption"))) {
        for row in rows {
          li {
            p(.class("mark")) { tag(say(MessageKey(storedKey: "roles." + row.role.rawValue))) }
            div {
              h2(row.name, .class("said")); p(row.email, .class("small soft"))
            }
            p(.class("facts")) {
              text(row.space.flatMap { names[$0] } ?? say("admin.roles.everywhere"))
              br()
              a(.href(path("/admin/roles/\(row.id)/remove"))) {
                text(say("admin.roles.revoke")); span(" " + row.name, .class("vh"))
              }
            }
          }
        }
      }
      section("grant", say("admin.roles.grant")) {
        form(.fixed("method", "post"), .action(path("/admin/roles"))) {
          field("email", say("sign-in.email"), hint: say("admin.roles.email.hint"), state: state, type: "email", longest: 254)
          radios(
            "role", say("admin.roles.role"),
            options: Role.allCases.map {
              (
                $0.rawValue, say(MessageKey(storedKey: "roles." + $0.rawValue)), say(MessageKey(storedKey: "admin.roles.\($0.rawValue).hint"))
              )
            }, state: state)
          select(
            "space", say("admin.roles.where"), hint: say("admin.roles.where.hint"),
            options: [("", say("form.choose")), ("all", say("admin.roles.everywhere"))] + spaces.map { (String($0.id.number), plain($0.title)) },
            state: state)
          voice(say("admin.roles.grant"))
        }
      }
    }
  }

  fileprivate func removeRole(_ row: GrantRow, _ visit: Visit) {
    let role = say(MessageKey(storedKey: "roles." + row.role.rawValue))
    div(.class("wrap narrow")) {
      crumbs([(say("admin.title"), "/admin"), (say("admin.roles"), "/admin/roles"), (say("admin.roles.revoke"), nil)])
      div(.class("head")) { h1(say("admin.roles.revoke.title", ["role": .text(role), "name": .text(row.name)])) }
      p(say("admin.roles.revoke.lead"))
      danger(say("admin.roles.revoke"), action: visit.exchange.path, back: "/admin/roles", keep: say("form.cancel"))
    }
  }
}
