import Interface
import NIOCore
import NIOEmbedded
import Testing

/// A reader that takes an answer a byte at a time does not hold a connection for ever.
struct AnswerDeadlineTests {
  private func channel() throws -> (EmbeddedChannel, EmbeddedEventLoop) {
    let loop = EmbeddedEventLoop()
    let channel = EmbeddedChannel(handler: AnswerDeadline(patience: .seconds(120)), loop: loop)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return (channel, loop)
  }

  @Test func `what has not left after the deadline is given up with its connection`() throws {
    let (channel, loop) = try channel()
    // Written and not flushed: it waits, as for a reader that does not read.
    channel.write(ByteBuffer(string: "a page"), promise: nil)
    loop.advanceTime(by: .seconds(119))
    #expect(channel.isActive)
    channel.write(ByteBuffer(string: "its end"), promise: nil)
    loop.advanceTime(by: .seconds(2))
    #expect(!channel.isActive, "the time runs from the first part that waits, whatever comes after it")
  }

  @Test func `what has left sets no deadline, and each answer has a time of its own`() throws {
    let (channel, loop) = try channel()
    for _ in 0..<3 {
      channel.write(ByteBuffer(string: "a page"), promise: nil)
      loop.advanceTime(by: .seconds(100))
      channel.flush()
    }
    loop.advanceTime(by: .seconds(1_000))
    #expect(channel.isActive)
    #expect(try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) } == "a page")
    _ = try channel.finish(acceptAlreadyClosed: true)
  }
}
