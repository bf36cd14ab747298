import Crypto
import Foundation

/// Files on disk under the hash of their content: the same file is kept once, and never changes.
package struct UploadFiles: Sendable {
  private let folder: String

  /// - Parameter folder: the organization's folder; files lie in `files/` under it.
  package init(folder: String) { self.folder = folder + "/files" }

  package static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// Keeps the bytes; on disk before this returns.
  package func keep(_ bytes: [UInt8]) throws -> String {
    let digest = Self.digest(bytes)
    let place = path(digest)
    guard !FileManager.default.fileExists(atPath: place) else { return digest }
    let parent = (place as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let temporary = place + ".part"
    guard FileManager.default.createFile(atPath: temporary, contents: Data(bytes), attributes: [.posixPermissions: 0o600]) else {
      throw CocoaError(.fileWriteUnknown)
    }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
    try handle.synchronize()
    try handle.close()
    try FileManager.default.moveItem(atPath: temporary, toPath: place)
    return digest
  }

  package func read(_ digest: String) -> [UInt8]? { FileManager.default.contents(atPath: path(digest)).map { Array($0) } }

  private func path(_ digest: String) -> String { "\(folder)/\(digest.prefix(2))/\(digest.dropFirst(2))" }
}

/// A picture as it may be shown: decoded and encoded anew.
package struct Picture: Sendable {
  package let bytes: [UInt8]
  package let mediaType: String
  package let width: Int
  package let height: Int

  package init(bytes: [UInt8], mediaType: String, width: Int, height: Int) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.width = width
    self.height = height
  }
}

/// Makes safe pictures of what people upload.
package protocol PictureWorks: Sendable {
  /// - Returns: nil when the bytes are no picture of a kind that is taken, or too large.
  func picture(from bytes: [UInt8]) async throws -> Picture?
}
