import CommonsDomain
import Database
import Foundation
import HTML
import Interface
import Localization
import Mail
import Web

/// Writes the mail of a notice in its reader's language, and hands it to the postman.
struct MailJob: Sendable {
  let organization: Organization
  let world: World
  let doors: Doors

  @Sendable func run(_ job: Job) async throws {
    let notice = try JSONDecoder().decode(Notice.self, from: Data(job.payload.utf8))
    let settings = organization.settings
    guard let say = doors.localizer(Language(notice.language), zone: settings.zone) else { return }
    var email = notice.email
    if let person = notice.person {
      email = try await organization.database.read { db in try People.person(ID(person), in: db)?.email } ?? email
    }
    guard let email, let recipient = try? EmailAddress(email) else { return }
    let sender = try EmailAddress(world.setup.sender ?? settings.contact)
    let letter = try MailWriter(notice: notice, settings: settings, say: say, origin: organization.origin).letter(
      from: sender, to: recipient, id: "\(job.id)-\(Secret.token().prefix(16))", sent: organization.database.clock.now().milliseconds / 1000)
    do {
      if let smtp = world.setup.smtp {
        try await smtp.send(letter)
      } else {
        try await FolderPostman(folder: organization.folder + "/mail").send(letter)
      }
    } catch MailFault.refused(let code, let reason) {
      // Refused for good: another try would be refused as well.
      world.logger.warning(
        "a mail was refused",
        metadata: ["job": .stringConvertible(job.id), "code": .stringConvertible(code), "reason": .string(LogText.clean(reason))])
    }
  }
}
