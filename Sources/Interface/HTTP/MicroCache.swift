import Crypto
import Encodings
import HTTPTypes
import NIOCore
import Synchronization

/// Answers that are alike for everyone, kept for one second: a crowd that opens one page costs one page. Compressed once, when first
/// asked for, and with their headers made once.
///
/// When an answer's second is over, one request makes it anew; those that come meanwhile get the old one for a quarter of a second more,
/// instead of all making it together.
final class MicroCache: Sendable {
  /// One way to send an answer: its header, and its body unless it has none.
  struct Form: Sendable {
    let headers: HTTPFields
    let body: ByteBuffer
  }

  /// The compressed form, made when somebody first asks for it.
  final class Compressed: Sendable {
    private let made = Mutex<Form??>(nil)

    func form(_ make: () -> Form?) -> Form? {
      made.withLock { made in
        if let made { return made }
        let form = make()
        made = .some(form)
        return form
      }
    }
  }

  struct Entry: Sendable {
    let plain: Form
    private let compressed = Compressed()
    /// For whoever has it already.
    let unchanged: HTTPFields
    let etag: String
    let expires: Int64

    init(plain: Form, unchanged: HTTPFields, etag: String, expires: Int64) {
      self.plain = plain
      self.unchanged = unchanged
      self.etag = etag
      self.expires = expires
    }

    /// nil if zlib cannot.
    var gzip: Form? {
      compressed.form {
        guard let bytes = Gzip.compress(Array(plain.body.readableBytesView)) else { return nil }
        var headers = plain.headers
        headers[.contentEncoding] = "gzip"
        headers[.contentLength] = String(bytes.count)
        return Form(headers: headers, body: ByteBuffer(bytes: bytes))
      }
    }
  }

  private struct Slot {
    let entry: Entry
    /// Whether a request is making the answer anew.
    var isBeingMade = false
  }

  /// How long an answer is given to all.
  static let milliseconds: Int64 = 1_000
  /// How long the old answer is still given while one request makes the new one.
  static let grace: Int64 = 250
  private static let most = 2_000

  private let slots = Mutex<[String: Slot]>([:])

  /// The answer kept under a key; nil when the caller has to make it.
  func find(_ key: String, at now: Int64) -> Entry? {
    slots.withLock { slots in
      guard let slot = slots[key] else { return nil }
      if slot.entry.expires > now { return slot.entry }
      guard slot.entry.expires + Self.grace > now else { return nil }
      if slot.isBeingMade { return slot.entry }
      slots[key]?.isBeingMade = true
      return nil
    }
  }

  /// Keeps an answer, unless too many are kept that are still good, and gives it ready to be sent.
  func keep(_ answer: Answer, under key: String, at now: Int64, secure: Bool) -> Entry {
    let entry = Self.entry(answer, at: now, secure: secure)
    slots.withLock { slots in
      if slots.count >= Self.most { slots = slots.filter { $0.value.entry.expires > now } }
      if slots.count < Self.most { slots[key] = Slot(entry: entry) }
    }
    return entry
  }

  /// An answer ready to be sent, kept or not.
  static func entry(_ answer: Answer, at now: Int64, secure: Bool) -> Entry {
    let etag = etag(answer.bytes)
    var unchanged = SecurityHeaders.fields(secure: secure)
    unchanged[.eTag] = etag
    unchanged[.cacheControl] = answer.isForever ? "public, max-age=31536000, immutable" : "no-cache"
    unchanged[.vary] = "Accept-Encoding, Cookie"
    var headers = unchanged
    headers[.contentType] = answer.type
    headers[.contentLength] = String(answer.bytes.count)
    return Entry(
      plain: Form(headers: headers, body: ByteBuffer(bytes: answer.bytes)), unchanged: unchanged, etag: etag, expires: now + milliseconds)
  }

  /// The entity tag of some bytes: 96 bits of their SHA-256, in quotes.
  static func etag(_ bytes: [UInt8]) -> String {
    "\"" + Hexadecimal.text(SHA256.hash(data: bytes).prefix(12)) + "\""
  }
}
