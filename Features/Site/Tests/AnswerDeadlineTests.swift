import Interface
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

/// A reader that takes an answer a byte at a time does not hold a connection for ever.
struct AnswerDeadlineTests {
  private func channel() throws -> (EmbeddedChannel, EmbeddedEventLoop) {
    let loop = EmbeddedEventLoop()
    let channel = EmbeddedChannel(handler: AnswerDeadline(patience: .seconds(120)), loop: loop)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return (channel, loop)
  }

  /// Written and not flushed: it waits, as for a reader that does not read.
  private func answer(on channel: EmbeddedChannel) {
    channel.write(HTTPResponsePart.body(ByteBuffer(string: "a page")), promise: nil)
    channel.write(HTTPResponsePart.end(nil), promise: nil)
  }

  @Test func `what has not left after the deadline is given up with its connection`() throws {
    let (channel, loop) = try channel()
    answer(on: channel)
    loop.advanceTime(by: .seconds(119))
    #expect(channel.isActive)
    answer(on: channel)
    loop.advanceTime(by: .seconds(2))
    #expect(!channel.isActive, "the time runs from the first answer that waits, whatever comes after it")
  }

  @Test func `what has left sets no deadline, and each answer has a time of its own`() throws {
    let (channel, loop) = try channel()
    for _ in 0..<3 {
      answer(on: channel)
      loop.advanceTime(by: .seconds(100))
      channel.flush()
    }
    loop.advanceTime(by: .seconds(1_000))
    #expect(channel.isActive)
    #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .body(ByteBuffer(string: "a page")))
    _ = try channel.finish(acceptAlreadyClosed: true)
  }

  @Test func `an answer that waits behind quick ones is given up at its own time`() throws {
    let (channel, loop) = try channel()
    answer(on: channel)
    channel.flush()
    loop.advanceTime(by: .seconds(60))
    answer(on: channel)
    loop.advanceTime(by: .seconds(119))
    #expect(channel.isActive)
    loop.advanceTime(by: .seconds(2))
    #expect(!channel.isActive)
  }
}
