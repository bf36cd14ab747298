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

  /// Keeps the bytes; on disk, under its name, before this returns. Two who keep the same file at once keep it once.
  /// - Returns: the hash that it is read by.
  package func keep(_ bytes: [UInt8]) async throws -> String {
    let digest = Self.digest(bytes)
    let place = path(digest)
    try await Self.besideThePool {
      guard !FileManager.default.fileExists(atPath: place) else { return }
      let parent = (place as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let temporary = "\(place).\(UUID().uuidString).part"
      guard FileManager.default.createFile(atPath: temporary, contents: Data(bytes), attributes: [.posixPermissions: 0o600]) else {
        throw CocoaError(.fileWriteUnknown)
      }
      defer { try? FileManager.default.removeItem(atPath: temporary) }
      try Self.synchronize(temporary)
      guard rename(temporary, place) == 0 else { throw CocoaError(.fileWriteUnknown) }
      try Self.synchronize(parent)
    }
    return digest
  }

  /// - Returns: nil where no such file is kept.
  package func read(_ digest: String) async -> [UInt8]? {
    let place = path(digest)
    return try? await Self.besideThePool { FileManager.default.contents(atPath: place).map { Array($0) } }
  }

  private static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Waits for the disk on a thread of its own, so that no other request waits with it.
  private static func besideThePool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
    }
  }

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
