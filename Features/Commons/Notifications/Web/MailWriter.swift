package import CommonsDomain
import HTML
import Interface
package import Localization
package import Mail

/// The words of a mail, plain and as HTML, from the catalogues.
package struct MailWriter: Sendable {
  let notice: Notice
  let settings: OrganizationSettings
  let say: Localizer
  let origin: String

  package init(notice: Notice, settings: OrganizationSettings, say: Localizer, origin: String) {
    self.notice = notice
    self.settings = settings
    self.say = say
    self.origin = origin
  }

  package func letter(from sender: EmailAddress, to recipient: EmailAddress, id: String, sent: Int64) throws -> Letter {
    let notice = try notice.opened(with: settings.secret)
    var arguments = notice.values.mapValues { MessageArgument.text($0) }
    arguments["organization"] = .text(settings.name)
    if let rule = notice.values["rule"], !rule.isEmpty { arguments["rule"] = .text(say(MessageKey(storedKey: "charter.rule." + rule))) }
    if let role = notice.values["role"], !role.isEmpty { arguments["role"] = .text(say(MessageKey(storedKey: "roles." + role))) }
    arguments["contact"] = .text(settings.contact)
    let filled = MessageArguments(arguments)
    func words(_ part: String) -> String { say(MessageKey(storedKey: "mails.\(notice.name).\(part)"), filled) }
    let link = notice.path.map { origin + "/" + say.language.tag + $0 }
    let unsubscribe = notice.topic.flatMap { Topic(rawValue: $0) }.flatMap { topic in
      notice.person.map { origin + "/" + say.language.tag + "/unsubscribe/" + Unsubscriptions.token(topic, .init($0), key: settings.secret) }
    }
    var plain = words("body") + "\n"
    if let code = notice.values["code"] { plain += "\n" + code + "\n" }
    if let link { plain += "\n" + words("action") + "\n" + link + "\n" }
    plain += "\n-- \n" + settings.name + "\n" + say("mails.foot") + "\n"
    if let unsubscribe { plain += say("mails.unsubscribe") + "\n" + unsubscribe + "\n" }
    let page = Page(say)
    page.doctype()
    page.html(.lang(say.language.tag)) {
      page.head {
        page.meta(.fixed("charset", "utf-8")); page.title(words("subject"))
      }
      page.body {
        for paragraph in words("body").split(separator: "\n\n") { page.p(String(paragraph)) }
        if let code = notice.values["code"] { page.p { page.strong(code) } }
        if let link { page.p { page.a(words("action"), .href(external: link)) } }
        page.hr()
        page.p(settings.name + " – " + say("mails.foot"))
        if let unsubscribe { page.p { page.a(say("mails.unsubscribe"), .href(external: unsubscribe)) } }
      }
    }
    var random = SystemRandomNumberGenerator()
    return Letter(
      from: Mailbox(sender, name: HeaderText(cleaning: settings.name)), to: recipient, subject: HeaderText(cleaning: words("subject")), plain: plain,
      html: page.string, messageID: try MessageID(id, at: sender), date: sent, listUnsubscribe: try unsubscribe.map { try UnsubscribeLink($0) },
      using: &random)
  }
}
