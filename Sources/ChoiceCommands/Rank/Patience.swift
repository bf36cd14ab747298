import Dispatch
import Foundation

/// Says on standard error that work goes on, every two seconds, for work that cannot say how far it is.
final class Patience {
  private let timer: any DispatchSourceTimer

  init(_ what: String) {
    timer = DispatchSource.makeTimerSource(queue: .global())
    let start = DispatchTime.now()
    timer.schedule(deadline: start + .seconds(2), repeating: .seconds(2))
    timer.setEventHandler {
      let seconds = (DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1_000_000_000
      FileHandle.standardError.write(Data("\(what): \(seconds) s …\n".utf8))
    }
    timer.resume()
  }

  func end() { timer.cancel() }
}
