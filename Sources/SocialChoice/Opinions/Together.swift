internal import Dispatch

/// Independent pieces of work on all processors. The pieces are cut by the caller, never by the number of processors, and their results stand in order:
/// the outcome is the same on any machine.
enum Together {
  static func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    if count <= 1 { return (0..<count).map(work) }
    var results = [Result?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: count) { places[$0] = work($0) }
    }
    return results.compactMap { $0 }
  }
}
