import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// The mails that wait or were given up, and in a demonstration those that would have been sent.
package enum MailRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.admin("/admin/mails") { visit in
        // Letters hold codes: only a demonstration shows them, to its administrators.
        let folder = visit.organization.folder + "/mail"
        let mails = visit.settings.isDemonstration ? MailFolder.list(folder).map { ($0, MailFolder.read(folder, $0)) } : []
        let (waiting, failed) = try await visit.read { (try $0.waitingJobs(), try $0.failedJobs(limit: 20)) }
        return visit.page(visit.say("admin.mails"), robots: false) {
          $0.mails(mails, waiting: waiting, failed: failed.map { ($0.id, "\($0.kind) \($0.id): \($0.lastError ?? "")") })
        }
      },
      doors.adminPost("/admin/mails") { visit in
        guard let job = Int64(visit.exchange.form.fields["job"] ?? "") else { throw NotFound() }
        try await visit.act { actor, db in
          _ = try Permit(ManageOrganization(), for: actor, in: db)
          guard try db.retryJob(job) else { throw NotFound() }
        }
        return visit.redirect("/admin/mails", saying: "flash.retried")
      },
      doors.admin("/admin/mails/:mail") { visit in
        let name = visit.exchange.parameters["mail"] ?? ""
        guard visit.settings.isDemonstration, let letter = MailFolder.read(visit.organization.folder + "/mail", name) else { throw NotFound() }
        return visit.page(visit.say("admin.mails"), robots: false) { page in
          page.div(.class("wrap narrow")) {
            page.crumbs([(visit.say("admin.title"), "/admin"), (visit.say("admin.mails"), "/admin/mails"), (letter.subject, nil)])
            page.div(.class("head")) {
              page.h1(letter.subject); page.p(visit.say("admin.mails.to", ["address": .text(letter.recipient)]), .class("lead"))
            }
            page.letter(letter.text)
          }
        }
      },
    ]
  }
}
