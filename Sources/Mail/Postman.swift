import CSMTP
import Dispatch
import Foundation

/// Takes letters where they go.
package protocol Postman: Sendable {
  func send(_ letter: Letter) async throws
}

package enum MailFault: Error, Sendable, CustomStringConvertible {
  /// The server said no for good (5xx).
  case refused(String)
  /// Not now: try again later.
  case later(String)

  package var description: String {
    switch self {
    case .refused(let reason): "refused: \(reason)"
    case .later(let reason): "not now: \(reason)"
    }
  }
}

/// Sends through an SMTP server. STARTTLS asked for is never done without, and certificates are checked.
package struct SMTPPostman: Postman {
  package enum Security: String, Sendable { case none, starttls, tls }

  private let url: String
  private let security: Security
  private let user: String?
  private let password: String?
  private let caFile: String?
  private let timeout: Int
  private static let queue = DispatchQueue(label: "isegoria.smtp", attributes: .concurrent)

  package init(host: String, port: Int, security: Security, user: String? = nil, password: String? = nil, caFile: String? = nil, timeout: Int = 30) {
    url = "\(security == .tls ? "smtps" : "smtp")://\(host):\(port)/isegoria"
    self.security = security
    self.user = user
    self.password = password
    self.caFile = caFile
    self.timeout = timeout
  }

  package func send(_ letter: Letter) async throws {
    let bytes = letter.bytes
    let level: Int32 = security == .none ? 0 : security == .starttls ? 1 : 2
    let result = await withCheckedContinuation { continuation in
      Self.queue.async {
        let result = bytes.withUnsafeBytes { buffer in
          isegoria_smtp_send(
            url, level, user, password, caFile, timeout, "<\(letter.sender.text)>", "<\(letter.recipient.text)>",
            buffer.bindMemory(to: CChar.self).baseAddress, buffer.count)
        }
        continuation.resume(returning: (result.curl_code, result.response, Self.words(result)))
      }
    }
    if result.0 == 0 { return }
    let reason = "\(result.1) \(result.2)"
    if 500..<600 ~= result.1 { throw MailFault.refused(reason) }
    throw MailFault.later(reason)
  }

  private static func words(_ result: smtp_result) -> String {
    withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// Lays letters into a folder instead of sending them, readable by the owner alone.
package struct FolderPostman: Postman {
  private let folder: String

  package init(folder: String) { self.folder = folder }

  package func send(_ letter: Letter) async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let name = "\(letter.sent)-\(letter.id.filter { $0.isLetter || $0.isNumber || $0 == "-" }).eml"
    guard FileManager.default.createFile(atPath: folder + "/" + name, contents: Data(letter.bytes), attributes: [.posixPermissions: 0o600]) else {
      throw MailFault.later("the mail folder cannot be written")
    }
  }
}
