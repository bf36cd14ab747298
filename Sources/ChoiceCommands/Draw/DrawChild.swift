internal import Foundation

/// Runs `work draw` of this same program in a process of its own, whose progress goes on to standard error.
struct DrawChild {
  let memory: Int
  let seconds: Int

  struct Fault: Error, CustomStringConvertible { let description: String }

  func ask(_ request: DrawRequest) throws -> DrawAnswer {
    let process = Process()
    process.executableURL = URL(
      fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0])
    process.arguments = ["work", "draw", "--memory", String(memory), "--seconds", String(seconds)]
    // One thread in the linear algebra below the solvers: the same order of sums, the same answer.
    process.environment = ["OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no"]
    let question = Pipe()
    let answer = Pipe()
    process.standardInput = question
    process.standardOutput = answer
    try process.run()
    // The child reads everything before it writes anything.
    try? question.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(request))
    try? question.fileHandleForWriting.close()
    let said = answer.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit else {
      let limit =
        process.terminationStatus == SIGXCPU || process.terminationStatus == SIGKILL
        ? "it used its \(seconds) seconds of processor" : "it crashed with signal \(process.terminationStatus), or met its limit of \(memory) MiB"
      throw Fault(description: "the solver's process ended: \(limit); nothing was drawn")
    }
    guard process.terminationStatus == 0 else {
      throw Fault(description: "the solver's process ended with code \(process.terminationStatus); nothing was drawn")
    }
    guard let decoded = try? JSONDecoder().decode(DrawAnswer.self, from: said) else {
      throw Fault(description: "the solver's process gave no answer that can be read; nothing was drawn")
    }
    return decoded
  }
}
