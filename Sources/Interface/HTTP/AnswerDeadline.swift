package import NIOCore

/// Cuts a reader that takes an answer too slowly: what was written must have left within a time, or the connection closes.
///
/// The idle timer of a connection begins anew with each byte that goes out, so a client that reads one byte a second would hold a connection and
/// the answer's memory for days. It stands in the pipeline above the encoder, sees the parts of answers go by, and counts those on their way.
package final class AnswerDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = NIOAny
  package typealias OutboundIn = NIOAny

  private let patience: TimeAmount
  private var onTheirWay = 0
  private var alarm: Scheduled<Void>?

  /// - Parameter patience: from the first part that waits until nothing waits any more; more than the largest file needs on a slow line.
  package init(patience: TimeAmount = .seconds(120)) { self.patience = patience }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    onTheirWay += 1
    if alarm == nil {
      let channel = context.channel
      alarm = context.eventLoop.scheduleTask(in: patience) { channel.close(mode: .all, promise: nil) }
    }
    let gone = context.eventLoop.makePromise(of: Void.self)
    gone.futureResult.assumeIsolated().whenComplete { _ in self.left() }
    if let promise { gone.futureResult.cascade(to: promise) }
    context.write(data, promise: gone)
  }

  package func channelInactive(context: ChannelHandlerContext) {
    alarm?.cancel()
    alarm = nil
    context.fireChannelInactive()
  }

  private func left() {
    onTheirWay -= 1
    guard onTheirWay == 0 else { return }
    alarm?.cancel()
    alarm = nil
  }
}
