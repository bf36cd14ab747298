import Foundation

/// A mail in two forms, plain and HTML, to one person.
package struct Letter: Sendable {
  package let sender: EmailAddress
  package let senderName: String
  package let recipient: EmailAddress
  package let subject: String
  package let plain: String
  package let html: String
  /// One-click unsubscribe (RFC 8058); nil on mails of security only.
  package let unsubscribe: String?
  /// Left part of the Message-ID, unique.
  package let id: String
  /// Seconds since 1970.
  package let sent: Int64

  package init(
    from sender: EmailAddress, named senderName: String, to recipient: EmailAddress, subject: String, plain: String, html: String,
    unsubscribe: String?,
    id: String, sent: Int64
  ) {
    self.sender = sender
    self.senderName = senderName
    self.recipient = recipient
    self.subject = subject
    self.plain = plain
    self.html = html
    self.unsubscribe = unsubscribe
    self.id = id
    self.sent = sent
  }

  /// The message as it travels (RFC 5322, 2045): every line ends in CR LF, none is longer than 78 bytes but an address.
  package var bytes: [UInt8] {
    let boundary = "=_" + id.filter { $0.isLetter || $0.isNumber }
    let domain = sender.text.split(separator: "@").last.map(String.init) ?? "localhost"
    var head = [
      "From: \(Self.encoded(senderName)) <\(sender.text)>", "To: <\(recipient.text)>", "Subject: \(Self.encoded(subject))",
      "Date: \(Self.date(sent))",
      "Message-ID: <\(id)@\(domain)>", "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
    ]
    if let unsubscribe, unsubscribe.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ">") }) {
      head += ["List-Unsubscribe: <\(unsubscribe)>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
    }
    head.append("Content-Type: multipart/alternative; boundary=\"\(boundary)\"")
    var text = head.joined(separator: "\r\n") + "\r\n\r\n"
    for (type, body) in [("text/plain", plain), ("text/html", html)] {
      text += "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      text += Self.quotedPrintable(body) + "\r\n"
    }
    return Array((text + "--\(boundary)--\r\n").utf8)
  }

  /// A header's words, always as encoded words (RFC 2047) of whole characters: nothing in them can end the line.
  static func encoded(_ words: String) -> String {
    var chunks: [String] = []
    var chunk: [UInt8] = []
    for character in words.replacingOccurrences(of: "\r", with: " ").replacingOccurrences(of: "\n", with: " ") {
      let bytes = Array(String(character).utf8.prefix(40))
      if chunk.count + bytes.count > 40 {
        chunks.append(Data(chunk).base64EncodedString())
        chunk = []
      }
      chunk += bytes
    }
    chunks.append(Data(chunk).base64EncodedString())
    return chunks.prefix(12).map { "=?utf-8?B?\($0)?=" }.joined(separator: "\r\n ")
  }

  static func quotedPrintable(_ body: String) -> String {
    var output: [UInt8] = []
    var column = 0
    let hex = Array("0123456789ABCDEF".utf8)
    let bytes = Array(body.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0D { continue }
      if byte == 0x0A {
        output += [0x0D, 0x0A]
        column = 0
        continue
      }
      let endsLine = index + 1 == bytes.count || bytes[index + 1] == 0x0A || bytes[index + 1] == 0x0D
      let isPlain =
        (33...126 ~= byte && byte != UInt8(ascii: "=") && !(byte == UInt8(ascii: ".") && column == 0))
        || ((byte == 0x20 || byte == 0x09) && !endsLine)
      let coded: [UInt8] = isPlain ? [byte] : [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      if column + coded.count > 75 {
        output += Array("=\r\n".utf8)
        column = 0
      }
      output += coded
      column += coded.count
    }
    return String(decoding: output, as: UTF8.self)
  }

  static func date(_ seconds: Int64) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = .gmt
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
    return formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
  }
}
