package import Database
import Foundation
package import Localization
import Mail

/// A mail to be written: to whom, about what, in which words; kept as a job until it is sent. Words come from the catalogues at sending,
/// in the language of whoever receives it.
package struct Notice: Codable, Sendable {
  /// Recipient: an account, or (for codes to addresses that have none yet) an address.
  package var person: Int64?
  package var email: String?
  package var language: String
  /// The family of catalogue keys: `mails.NAME.subject`, `.body`, `.action`.
  package var name: String
  /// Values for the placeholders.
  package var values: [String: String]
  /// The page that the button leads to, without host.
  package var path: String?
  /// nil: a mail of security, which cannot be unsubscribed from.
  package var topic: String?
  /// A code and the path of its link, where the mail holds them: they do not lie in clear while it waits.
  private var sealed: SealedText?

  package init(
    to person: PersonID? = nil, email: String? = nil, language: Language, name: String, values: [String: String] = [:], path: String? = nil,
    topic: Topic? = nil
  ) {
    self.person = person?.number
    self.email = email
    self.language = language.tag
    self.name = name
    self.values = values
    self.path = path
    self.topic = topic?.rawValue
  }

  private struct Sealed: Codable {
    let code: String
    let path: String
  }

  /// The same notice with a code and the path of its link, sealed under the organization's secret.
  package func sealing(code: String, path: String, with secret: [UInt8]) throws -> Notice {
    var notice = self
    let proof = String(decoding: try JSONEncoder().encode(Sealed(code: code, path: path)), as: UTF8.self)
    notice.sealed = try SealedText(proof, for: .waitingMail, secret: secret)
    return notice
  }

  /// The notice as it is written, what was sealed opened; for whoever writes the mail.
  /// - Throws: `SealedText.Unreadable` when it was sealed under another secret.
  package func opened(with secret: [UInt8]) throws -> Notice {
    guard let sealed else { return self }
    let proof = try JSONDecoder().decode(Sealed.self, from: Data(try sealed.open(for: .waitingMail, secret: secret).utf8))
    var notice = self
    (notice.sealed, notice.values["code"], notice.path) = (nil, proof.code, proof.path)
    return notice
  }

  /// The kind of job that carries it.
  package static let job = "mail"

  /// Whether a kept notice goes to this address itself, not to an account.
  static func isAddressed(_ payload: String, to emailKey: String?) -> Bool {
    guard let emailKey, let notice = try? JSONDecoder().decode(Notice.self, from: Data(payload.utf8)), let email = notice.email else { return false }
    return (try? EmailAddress(email))?.key == emailKey
  }

  /// Puts it into the outbox, in this transaction. The same key is sent once.
  package func post(key: String, in db: Writing) throws {
    let payload = try JSONEncoder().encode(self)
    try db.enqueue(kind: Self.job, key: key, payload: String(decoding: payload, as: UTF8.self), at: db.now)
  }
}
