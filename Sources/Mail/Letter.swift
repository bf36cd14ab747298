/// A mail to one person, in plain text and, beside it, in HTML.
///
/// Every field that stands in a header has a type that cannot hold a line break, so nothing that people write can add a header.
///
///     var random = SystemRandomNumberGenerator()
///     let letter = Letter(
///       from: Mailbox(try EmailAddress("ne-pas-repondre@ormeval.fr"), name: try HeaderText("Ormeval décide")),
///       to: try EmailAddress("amina@example.org"), subject: try HeaderText("Votre code"), plain: "123456", html: nil,
///       messageID: try MessageID("code-8F3A", at: sender), date: 1_790_000_000, using: &random)
package struct Letter: Sendable {
  package let from: Mailbox
  package let to: EmailAddress
  package let subject: HeaderText
  /// The text for those who read without HTML.
  package let plain: String
  /// The same as HTML; nil for a letter of text alone.
  package let html: String?
  package let messageID: MessageID
  /// Seconds since 1970.
  package let date: Int64
  /// Nil for letters that nobody subscribed to, such as codes.
  package let listUnsubscribe: UnsubscribeLink?
  /// Written by a program (RFC 3834): holiday notices then do not answer it.
  package let isAutomatic: Bool

  private let boundary: String

  /// - Parameters:
  ///   - random: where the 128 bits come from that part the plain form from the HTML.
  package init(
    from: Mailbox, to: EmailAddress, subject: HeaderText, plain: String, html: String?, messageID: MessageID, date: Int64,
    listUnsubscribe: UnsubscribeLink? = nil, isAutomatic: Bool = true, using random: inout some RandomNumberGenerator
  ) {
    self.from = from
    self.to = to
    self.subject = subject
    self.plain = plain
    self.html = html
    self.messageID = messageID
    self.date = date
    self.listUnsubscribe = listUnsubscribe
    self.isAutomatic = isAutomatic
    // "=_" cannot occur in quoted-printable, hence no text can hold the boundary.
    boundary = "=_" + String(random.next(), radix: 36) + "." + String(random.next(), radix: 36)
  }

  /// The message as it travels (RFC 5322, 2045): ASCII, each line ended by CR LF and at most 998 bytes long.
  package var bytes: [UInt8] {
    var headers = [
      "From: \(from.header)", "To: <\(to.text)>", "Subject: \(subject.unstructured)",
      "Date: \(UniversalTime(secondsSince1970: date).header)", "Message-ID: <\(messageID.left)@\(messageID.domain)>", "MIME-Version: 1.0",
    ]
    if isAutomatic { headers.append("Auto-Submitted: auto-generated") }
    headers += listUnsubscribe?.headers ?? []
    guard let html else { return Self.lines(headers) + Self.part("text/plain", plain) }
    headers.append("Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"")
    var message = Self.lines(headers + [""])
    for (type, text) in [("text/plain", plain), ("text/html", html)] {
      message += Self.lines(["--" + boundary]) + Self.part(type, text)
    }
    return message + Self.lines(["--" + boundary + "--"])
  }

  private static func part(_ type: String, _ text: String) -> [UInt8] {
    lines(["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: quoted-printable", ""]) + QuotedPrintable.encode(text) + lines([""])
  }

  private static func lines(_ lines: [String]) -> [UInt8] { lines.flatMap { Array($0.utf8) + [0x0D, 0x0A] } }
}
