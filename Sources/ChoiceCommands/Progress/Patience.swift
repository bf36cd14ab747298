import Dispatch
import Foundation
import Synchronization

/// Says on standard error that work goes on, every two seconds, and how far it is where the work tells.
final class Patience {
  private let timer: any DispatchSourceTimer
  private let stage: Stage

  private final class Stage: Sendable {
    let words: Mutex<String>

    init(_ words: String) { self.words = Mutex(words) }
  }

  init(_ what: String) {
    let stage = Stage(what)
    self.stage = stage
    timer = DispatchSource.makeTimerSource(queue: .global())
    let start = DispatchTime.now()
    timer.schedule(deadline: start + .seconds(2), repeating: .seconds(2))
    timer.setEventHandler {
      let seconds = (DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1_000_000_000
      FileHandle.standardError.write(Data("\(stage.words.withLock { $0 }): \(seconds) s …\n".utf8))
    }
    timer.resume()
  }

  /// What the next line says.
  func say(_ what: String) { stage.words.withLock { $0 = what } }

  func end() { timer.cancel() }
}
