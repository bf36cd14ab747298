import Foundation
import Testing

/// The program itself, where the test script built it.
private let program = ProcessInfo.processInfo.environment["ISEGORIA_TEST_PROGRAM"]

@Suite(.enabled(if: program != nil, "ISEGORIA_TEST_PROGRAM names no program"))
struct SettingsTests {
  /// Runs the program with these settings and no others.
  private func run(_ arguments: [String], _ settings: [String: String] = [:], data: String) throws -> (code: Int32, said: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(program))
    process.arguments = arguments + ["--data", data]
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ISEGORIA_") }.merging(settings) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isegoria-settings-\(UInt64.random(in: 0 ... .max))").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test(arguments: [
    ("ISEGORIA_SMTP_SECURITY", "ssl", "Known: none, starttls, tls"), ("ISEGORIA_SMTP_PORT", "smtp", "from 1 to 65535"),
    ("ISEGORIA_SMTP_SENDER", "the town", "no e-mail address"), ("ISEGORIA_PORT", "80a", "from 1 to 65535"), ("ISEGORIA_PORT", "0", "from 1 to 65535"),
    ("ISEGORIA_LIMIT_FACTOR", "0", "above 0"), ("ISEGORIA_PUBLIC_URL", "participer.example.org", "https://participer.example.org"),
    ("ISEGORIA_PUBLIC_URL", "https://participer.example.org/", "without a slash"), ("ISEGORIA_TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8", "10.0.0.0/8"),
  ])
  func `a setting that cannot be is refused by its name`(name: String, value: String, words: String) throws {
    try withFolder { folder in
      let result = try run(["organization", "list"], ["ISEGORIA_SMTP_HOST": "mail.example.org", name: value], data: folder)
      #expect(result.code != 0)
      #expect(result.said.contains(name) && result.said.contains(words), "\(result.said)")
    }
  }

  @Test func `a server whose settings can be lists its organizations`() throws {
    try withFolder { folder in
      let settings = [
        "ISEGORIA_SMTP_HOST": "mail.example.org", "ISEGORIA_SMTP_SECURITY": "tls", "ISEGORIA_SMTP_PORT": "465",
        "ISEGORIA_SMTP_SENDER": "participer@example.org", "ISEGORIA_PORT": "8081", "ISEGORIA_LIMIT_FACTOR": "2.5",
        "ISEGORIA_PUBLIC_URL": "https://participer.example.org", "ISEGORIA_TRUSTED_PROXIES": "127.0.0.1, 2001:db8::1",
      ]
      let result = try run(["organization", "list"], settings, data: folder)
      #expect(result.code == 0, "\(result.said)")
    }
  }

  @Test func `of several organizations none is copied unless it is named`() throws {
    try withFolder { folder in
      for name in ["alba", "brest"] {
        #expect(try run(["organization", "create", name, "--host", "\(name).example"], data: folder).code == 0)
      }
      let unnamed = try run(["backup", folder + "/copy"], data: folder)
      #expect(unnamed.code != 0)
      #expect(unnamed.said.contains("Say which with --organization NAME."), "\(unnamed.said)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/copy"))
      let named = try run(["backup", folder + "/copy", "--organization", "brest"], data: folder)
      #expect(named.code == 0 && named.said.contains("brest was copied"), "\(named.said)")
    }
  }
}
