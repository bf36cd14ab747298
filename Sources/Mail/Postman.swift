/// Takes letters where they go.
package protocol Postman: Sendable {
  /// Returns once the letter is in others' hands.
  /// - Throws: ``MailFault``.
  func send(_ letter: Letter) async throws
}

/// Why a letter did not leave.
package enum MailFault: Error, Sendable, Equatable {
  /// The server refused this letter or its recipient for good (5xx): sending it again is useless.
  case refused(code: Int, text: String)
  /// Not now: server busy (4xx), away, silent, or wrongly set up. The letter keeps; `code` is 0 when no answer came.
  case later(code: Int, text: String)
}

extension MailFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let code, let text): "refused (\(code)): \(text)"
    case .later(let code, let text): "not now (\(code)): \(text)"
    }
  }
}
