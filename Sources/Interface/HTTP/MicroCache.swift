import Crypto
import NIOCore
import Synchronization

/// Answers that are alike for everyone, kept for one second: a crowd that opens one page costs one page. Compressed once.
final class MicroCache: Sendable {
  struct Entry: Sendable {
    let answer: Answer
    let plain: ByteBuffer
    let gzip: ByteBuffer?
    let etag: String
    let expires: Int64
  }

  static let milliseconds: Int64 = 1_000
  private static let most = 2_000

  private let entries = Mutex<[String: Entry]>([:])

  func find(_ key: String, at now: Int64) -> Entry? {
    entries.withLock { entries in entries[key].flatMap { $0.expires > now ? $0 : nil } }
  }

  func keep(_ answer: Answer, under key: String, at now: Int64) -> Entry {
    let entry = Self.entry(answer, at: now)
    entries.withLock { entries in
      if entries.count >= Self.most { entries = entries.filter { $0.value.expires > now } }
      if entries.count < Self.most { entries[key] = entry }
    }
    return entry
  }

  static func entry(_ answer: Answer, at now: Int64) -> Entry {
    Entry(
      answer: answer, plain: ByteBuffer(bytes: answer.bytes), gzip: Gzip.compress(answer.bytes).map { ByteBuffer(bytes: $0) },
      etag: etag(answer.bytes),
      expires: now + milliseconds)
  }

  static func etag(_ bytes: [UInt8]) -> String {
    "\"" + SHA256.hash(data: bytes).prefix(12).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() + "\""
  }
}
