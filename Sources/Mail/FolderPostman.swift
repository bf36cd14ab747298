import Foundation

/// Lays letters into a folder instead of sending them: for demonstrations, tests, and machines without a mail server.
///
/// Files are named by time and Message-ID (`20260612T081500Z-code-8F3A.eml`), appear whole, and only the owner reads them.
/// A letter sent twice is one file.
package struct FolderPostman: Postman {
  private let folder: String

  /// - Parameter folder: made when missing, for the owner alone.
  package init(folder: String) { self.folder = folder }

  /// - Throws: `MailFault.later` when the folder cannot be written.
  package func send(_ letter: Letter) async throws {
    let files = FileManager.default
    let name = UniversalTime(secondsSince1970: letter.date).compact + "-" + letter.messageID.left
    let draft = "\(folder)/.\(name).\(UInt64.random(in: 0 ... .max))"
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw MailFault.later(code: 0, text: "the mail folder cannot be written: \(String(cString: strerror(errno)))") }
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      try file.write(contentsOf: Data(letter.bytes))
      try file.close()
      guard rename(draft, "\(folder)/\(name).eml") == 0 else { throw MailFault.later(code: 0, text: String(cString: strerror(errno))) }
    } catch {
      _ = unlink(draft)
      if let fault = error as? MailFault { throw fault }
      throw MailFault.later(code: 0, text: "the mail folder cannot be written: \(error)")
    }
  }
}
