internal import CSMTP
import Foundation

/// Where and how letters are handed to a mail server.
package struct SMTPSettings: Sendable {
  /// When the connection becomes TLS.
  package enum Security: String, Sendable, CaseIterable {
    /// In the clear: for a server on the same machine.
    case none
    /// Begins in the clear and becomes TLS before anything is said; if the server does not offer it, nothing is sent.
    case starttls
    /// TLS from the first byte.
    case tls
  }

  /// What is wrong with settings; `passwordInTheClear` is a user without TLS.
  package enum Fault: Error, Sendable, Equatable { case host, port, passwordInTheClear, controlCharacter }

  let host: String
  let port: Int
  let security: Security
  let user: String?
  let password: String?
  let caFile: String?
  let timeout: Int

  /// - Parameters:
  ///   - host: a name or an IPv4 address; an IPv6 address stands in brackets.
  ///   - user: signs in with the password when given; needs TLS.
  ///   - caFile: a PEM file of certificates trusted instead of the system's.
  ///   - timeout: seconds for a whole letter, 1 to 300.
  /// - Throws: ``Fault``, so that a wrong setting is told at the start and not at the first letter.
  package init(
    host: String, port: Int, security: Security, user: String? = nil, password: String? = nil, caFile: String? = nil, timeout: Int = 30
  ) throws(Fault) {
    func isHostByte(_ byte: UInt8) -> Bool { 48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || "-.:[]".utf8.contains(byte) }
    let isBracketed = host.utf8.first == UInt8(ascii: "[") && Array(host.utf8).last == UInt8(ascii: "]")
    guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isHostByte), isBracketed || !host.utf8.contains(UInt8(ascii: ":")) else {
      throw .host
    }
    guard (1...65_535).contains(port) else { throw .port }
    guard user == nil || security != .none else { throw .passwordInTheClear }
    for secret in [user, password, caFile] where secret?.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) == true { throw .controlCharacter }
    self.host = host
    self.port = port
    self.security = security
    self.user = user
    self.password = password
    self.caFile = caFile
    self.timeout = min(max(timeout, 1), 300)
  }
}

/// Hands letters to an SMTP server through libcurl, four at most at once, on threads of its own.
package struct SMTPPostman: Postman {
  private let settings: SMTPSettings
  private let threads: OperationQueue

  /// Connects to nothing yet: each letter opens a connection of its own.
  package init(settings: SMTPSettings) {
    self.settings = settings
    threads = OperationQueue()
    threads.name = "isegoria.smtp"
    threads.maxConcurrentOperationCount = 4
  }

  /// - Throws: ``MailFault``: `refused` only when the server refused this recipient or this letter for good.
  package func send(_ letter: Letter) async throws {
    let settings = settings
    let fault = await withCheckedContinuation { continuation in
      threads.addOperation { continuation.resume(returning: Self.deliver(letter, settings)) }
    }
    if let fault { throw fault }
  }

  private static func deliver(_ letter: Letter, _ settings: SMTPSettings) -> MailFault? {
    let scheme = settings.security == .tls ? "smtps" : "smtp"
    let texts = [
      "\(scheme)://\(settings.host):\(settings.port)/\(letter.from.address.domain)", settings.user, settings.password, settings.caFile,
      "<\(letter.from.address.text)>", "<\(letter.to.text)>",
    ]
    let strings = texts.map { text in text.map { Array($0.utf8CString) } }
    let security: Int32 =
      switch settings.security {
      case .none: 0
      case .starttls: 1
      case .tls: 2
      }
    return withPointers(to: strings[...]) { pointers in
      letter.bytes.withUnsafeBytes { bytes in
        var request = isegoria_smtp_request(
          url: pointers[0], security: security, user: pointers[1], password: pointers[2], ca_file: pointers[3],
          timeout_seconds: settings.timeout, sender: pointers[4], recipient: pointers[5],
          bytes: bytes.bindMemory(to: CChar.self).baseAddress, size: bytes.count)
        return fault(in: isegoria_smtp_send(&request))
      }
    }
  }

  /// Calls `body` with a pointer to each string, or none for nil; the depth of recursion is the number of strings.
  private static func withPointers<Result>(
    to strings: ArraySlice<[CChar]?>, _ pointers: [UnsafePointer<CChar>?] = [], _ body: ([UnsafePointer<CChar>?]) -> Result
  ) -> Result {
    guard let first = strings.first else { return body(pointers) }
    guard let first else { return withPointers(to: strings.dropFirst(), pointers + [nil], body) }
    return first.withUnsafeBufferPointer { withPointers(to: strings.dropFirst(), pointers + [$0.baseAddress], body) }
  }

  /// A 5xx condemns the letter only when it answers the recipient or the letter itself. Refused greetings, sign-ins and senders are the
  /// operator's to repair: meanwhile letters wait. 552 says that the letter is too large, 530 that a sign-in is wanted.
  private static func fault(in result: isegoria_smtp_result) -> MailFault? {
    if result.curl_code == 0 { return nil }
    let code = result.response
    let command = text(of: result.command)
    let isAboutLetter = command == "RCPT" || command == "DATA" || (command == "MAIL" && code == 552)
    if 500..<600 ~= code, code != 530, isAboutLetter { return .refused(code: code, text: text(of: result.reply)) }
    let words = 400..<600 ~= code ? "\(command): \(text(of: result.reply))" : text(of: result.message)
    return .later(code: 400..<600 ~= code ? code : 0, text: words)
  }

  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
