import Foundation
import Testing

/// The program itself, where the test script built it.
private let program = ProcessInfo.processInfo.environment["ISEGORIA_TEST_PROGRAM"]

/// The process in which solvers work for a draw.
@Suite(.enabled(if: program != nil, "ISEGORIA_TEST_PROGRAM names no program"))
struct DrawChildTests {
  /// Its state and its parent, or nil where there is no such process.
  private func look(_ process: Int32) -> (state: Character, parent: Int32)? {
    guard let said = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
    // The name stands in brackets and may hold anything.
    let fields = said.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 1, let state = fields[0].first, let parent = Int32(fields[1]) else { return nil }
    return (state, parent)
  }

  private func child(of process: Int32) -> Int32? {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
    return all.first { look($0)?.parent == process }
  }

  private func isWorking(_ process: Int32) -> Bool { look(process).map { !"ZX".contains($0.state) } ?? false }

  @Test func `when whoever asked for a draw is killed, nobody works on it any more`() async throws {
    let pool = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../SocialChoice/Reference/sortition/example_large_200")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(program))
    // More panels than anybody waits for.
    let files = ["respondents.csv", "categories.csv"].map { pool.appending(path: $0).path }
    process.arguments = ["draw"] + files + ["--panel", "200", "--lottery", "100000", "--seed", "s"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    var worker: Int32?
    for _ in 0..<300 where worker == nil {
      try await Task.sleep(for: .milliseconds(100))
      worker = child(of: process.processIdentifier)
    }
    let found = try #require(worker)
    try await Task.sleep(for: .seconds(2))
    #expect(isWorking(found))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    for _ in 0..<100 where isWorking(found) { try await Task.sleep(for: .milliseconds(100)) }
    #expect(!isWorking(found))
  }
}
