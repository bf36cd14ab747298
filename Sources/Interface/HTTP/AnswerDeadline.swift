package import NIOCore
package import NIOHTTPTypes

/// Cuts a reader that takes an answer too slowly: what was written must have left within a time, or the connection closes.
///
/// The idle timer of a connection begins anew with each byte that goes out, so a client that reads one byte a second would hold a connection and
/// the answer's memory for days. It stands in the pipeline above the encoder, sees answers end, and counts those on their way. One alarm serves a
/// connection for many answers: what is quick sets none.
package final class AnswerDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = HTTPRequestPart
  package typealias OutboundIn = HTTPResponsePart

  private let patience: TimeAmount
  private var onTheirWay = 0
  /// When the oldest of those on their way may be given up.
  private var deadline = NIODeadline.distantFuture
  private var alarm: Scheduled<Void>?

  /// - Parameter patience: from an answer's end until nothing waits any more; more than the largest file needs on a slow line.
  package init(patience: TimeAmount = .seconds(120)) { self.patience = patience }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
    if onTheirWay == 0 { deadline = context.eventLoop.now + patience }
    onTheirWay += 1
    if alarm == nil { wake(context.channel, context.eventLoop) }
    let gone = context.eventLoop.makePromise(of: Void.self)
    gone.futureResult.assumeIsolated().whenComplete { _ in self.onTheirWay -= 1 }
    if let promise { gone.futureResult.cascade(to: promise) }
    context.write(data, promise: gone)
  }

  package func channelInactive(context: ChannelHandlerContext) {
    alarm?.cancel()
    alarm = nil
    context.fireChannelInactive()
  }

  private func wake(_ channel: any Channel, _ loop: any EventLoop) {
    alarm = loop.assumeIsolated().scheduleTask(deadline: deadline) {
      self.alarm = nil
      guard self.onTheirWay > 0 else { return }
      if loop.now >= self.deadline { channel.close(mode: .all, promise: nil) } else { self.wake(channel, loop) }
    }
  }
}
