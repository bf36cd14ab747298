import CZlib
import Dispatch
import HTTPTypes
import Synchronization
import Testing

@testable import Interface

@Suite struct MicroCacheTests {
  private let cache = MicroCache()

  @discardableResult
  private func keep(_ text: String, _ key: String = "key", at now: Int64) -> MicroCache.Entry {
    cache.keep(.text(text), under: key, at: now, secure: true)
  }

  private func isThere(_ text: String, _ key: String = "key", at now: Int64) -> Bool {
    cache.find(key, at: now)?.etag == MicroCache.etag(Array(text.utf8))
  }

  @Test func `an answer is given for one second, under its own key`() {
    keep("one", at: 10_000)
    #expect(isThere("one", at: 10_000) && isThere("one", at: 10_999))
    #expect(cache.find("another", at: 10_000) == nil)
    #expect(cache.find("key", at: 11_000) == nil)
  }

  @Test func `when the second is over one request makes the answer anew, and the others get the old one for a quarter of a second`() {
    keep("old", at: 0)
    #expect(cache.find("key", at: 1_000) == nil, "the first makes it")
    for now in [1_000, 1_001, 1_249] as [Int64] { #expect(isThere("old", at: now)) }
    #expect(cache.find("key", at: 1_250) == nil && cache.find("key", at: 1_250) == nil, "whoever was to make it did not come back")
    keep("new", at: 1_260)
    #expect(isThere("new", at: 2_259))
    #expect(cache.find("key", at: 2_260) == nil)
    #expect(isThere("new", at: 2_261), "the next round has one maker, too")
  }

  @Test func `of a thousand who ask at once one makes the answer`() {
    keep("old", at: 0)
    let makers = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 1_000) { _ in
      if cache.find("key", at: 1_100) == nil { makers.add(1, ordering: .relaxed) }
    }
    #expect(makers.load(ordering: .relaxed) == 1)
  }

  @Test func `two thousand answers are kept, and the next ones when those are old`() {
    for number in 0..<2_001 { keep("x", "\(number)", at: 0) }
    #expect(isThere("x", "1999", at: 999))
    #expect(cache.find("2000", at: 999) == nil)
    keep("y", "2000", at: 1_000)
    #expect(isThere("y", "2000", at: 1_001))
    #expect(cache.find("1999", at: 1_001) == nil)
  }

  @Test func `an answer has one tag a content, twenty-four digits long`() {
    #expect(keep("one", at: 0).etag == keep("one", "elsewhere", at: 99).etag)
    #expect(keep("one", at: 0).etag != keep("two", at: 0).etag)
    // The first half of what `sha256sum` says of “abc”.
    #expect(MicroCache.etag(Array("abc".utf8)) == "\"ba7816bf8f01cfea414140de\"")
  }

  @Test func `an answer is kept with its headers, plain and compressed`() throws {
    let text = String(repeating: "participer ", count: 300)
    let entry = keep(text, at: 0)
    #expect(entry.plain.headers[.contentLength] == "3300")
    #expect(entry.plain.headers[.cacheControl] == "no-cache")
    #expect(entry.plain.headers[.vary] == "Accept-Encoding, Cookie")
    #expect(entry.plain.headers[.strictTransportSecurity] != nil)
    #expect(entry.unchanged[.contentLength] == nil && entry.unchanged[.eTag] == entry.etag)
    let gzip = try #require(entry.gzip)
    #expect(gzip.headers[.contentEncoding] == "gzip")
    #expect(gzip.headers[.contentLength] == "\(gzip.body.readableBytes)")
    #expect(unpacked(Array(gzip.body.readableBytesView)) == Array(text.utf8))
  }

  @Test func `what has its hash in its address is kept for a year`() {
    var answer = Answer.text("style")
    answer.isForever = true
    let entry = MicroCache.entry(answer, at: 0, secure: false)
    #expect(entry.plain.headers[.cacheControl] == "public, max-age=31536000, immutable")
    #expect(entry.plain.headers[.strictTransportSecurity] == nil)
  }

  @Test(arguments: [0, 1, 2, 1_399, 70_000]) func `what is compressed comes back as it was`(size: Int) throws {
    let alike = [UInt8](repeating: 0x61, count: size)
    var random = SystemRandomNumberGenerator()
    let unlike = (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    for bytes in [alike, unlike] {
      for level in [1, 4, 6, 9] as [Int32] { #expect(unpacked(try #require(Gzip.compress(bytes, level: level))) == bytes) }
    }
    #expect(size < 1_000 || Gzip.compress(alike)?.count ?? .max < size / 10)
  }

  /// Undoes gzip (RFC 1952); nil where it is broken or longer than 100,000 bytes.
  private func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: 100_000))
    let result = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
        (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
        return inflate(&stream, Z_FINISH)
      }
    }
    return result == Z_STREAM_END ? Array(output.prefix(Int(stream.total_out))) : nil
  }
}
