import Foundation
import Testing

@testable import Mail

/// The mail server that the test script starts (Tests/Sinks/smtp_sink.py): `host:port:folder`.
struct MailSink: Sendable {
  let host: String
  let port: Int
  let folder: String

  static let running: MailSink? = {
    let parts = (ProcessInfo.processInfo.environment["ISEGORIA_TEST_SMTP"] ?? "").split(separator: ":", maxSplits: 2).map(String.init)
    guard parts.count == 3, let port = Int(parts[1]) else { return nil }
    return MailSink(host: parts[0], port: port, folder: parts[2])
  }()

  static func postman(
    host: String = "localhost", _ security: SMTPSettings.Security, at offset: Int? = nil, user: String? = nil, password: String? = nil,
    trusted: Bool = true, timeout: Int = 20
  ) throws -> SMTPPostman {
    let sink = try #require(running)
    let usual =
      switch security {
      case .none: 0
      case .starttls: 1
      case .tls: 2
      }
    return SMTPPostman(
      settings: try SMTPSettings(
        host: host, port: sink.port + (offset ?? usual), security: security, user: user, password: password,
        caFile: trusted ? sink.folder + "/ca.pem" : nil, timeout: timeout))
  }

  /// The letters with this subject that arrived.
  static func letters(subject: String) throws -> [ReadMessage] {
    let sink = try #require(running)
    let names = try FileManager.default.contentsOfDirectory(atPath: sink.folder).filter { $0.hasSuffix(".eml") }
    let letters = try names.map { ReadMessage(Array(try Data(contentsOf: URL(fileURLWithPath: "\(sink.folder)/\($0)")))) }
    return letters.filter { $0.words("Subject") == subject }
  }
}

/// What came of sending.
enum Outcome: Equatable {
  case sent, refused(Int), later(Int)

  init(_ work: () async throws -> Void) async throws {
    do {
      try await work()
      self = .sent
    } catch MailFault.refused(let code, _) { self = .refused(code) } catch MailFault.later(let code, _) { self = .later(code) }
  }
}

@Suite(.enabled(if: MailSink.running != nil, "ISEGORIA_TEST_SMTP names no server"))
struct MailSinkTests {
  private func subject() -> String { "Essai n° \(UInt64.random(in: 0 ... .max))" }

  @Test(arguments: SMTPSettings.Security.allCases)
  func `a letter arrives as it was composed`(security: SMTPSettings.Security) async throws {
    let subject = subject()
    let letter = try letter(to: "Amina.B@Example.org", subject: subject, plain: ".\r\n..\r\nQUIT\r\nçà", html: "<p>.</p>\n.\n")
    try await MailSink.postman(security).send(letter)
    let arrived = try MailSink.letters(subject: subject)
    #expect(arrived.count == 1)
    let message = try #require(arrived.first)
    #expect(message.value("X-Sink-From") == "no-reply@ormeval.example")
    #expect(message.value("X-Sink-To") == "Amina.B@example.org")
    #expect(message.value("X-Sink-TLS") == (security == .none ? "False" : "True"))
    let composed = ReadMessage(letter.bytes)
    #expect(message.headers.dropFirst(3).map { "\($0.name):\($0.value)" } == composed.headers.map { "\($0.name):\($0.value)" })
    #expect(message.body == composed.body)
  }

  @Test(arguments: [
    ("refuse550", Outcome.refused(550)), ("refuse554", .refused(554)), ("later451", .later(451)), ("later452", .later(452)), ("anyone", .sent),
  ])
  func `a refusal for good and one for now are told apart`(recipient: String, outcome: Outcome) async throws {
    #expect(try await Outcome { try await MailSink.postman(.none).send(try letter(to: recipient + "@example.org")) } == outcome)
  }

  @Test func `a refused sender is the operator's to repair, so that letters wait`() async throws {
    func sent(from local: String) async throws -> Outcome {
      var random = Lehmer(state: 1)
      let sender = try EmailAddress(local + "@ormeval.example")
      let letter = Letter(
        from: Mailbox(sender), to: try EmailAddress("a@b.fr"), subject: try HeaderText("x"), plain: "x", html: nil,
        messageID: try MessageID("x", at: sender), date: 0, using: &random)
      return try await Outcome { try await MailSink.postman(.none).send(letter) }
    }
    #expect(try await sent(from: "nosender") == .later(550))
    #expect(try await sent(from: "large") == .refused(552))
  }

  @Test func `a silent server is left after the time set`() async throws {
    let start = ContinuousClock.now
    #expect(try await Outcome { try await MailSink.postman(.none, timeout: 2).send(try letter(to: "hang@example.org")) } == .later(0))
    #expect(start.duration(to: .now) < .seconds(8))
  }

  @Test func `an absent server means later`() async throws {
    #expect(try await Outcome { try await MailSink.postman(.none, at: 3).send(try letter()) } == .later(0))
  }

  @Test func `STARTTLS asked for and not offered sends nothing`() async throws {
    let subject = subject()
    #expect(try await Outcome { try await MailSink.postman(.starttls, at: 0).send(try letter(subject: subject)) } == .later(0))
    #expect(try MailSink.letters(subject: subject).isEmpty)
  }

  @Test(arguments: [SMTPSettings.Security.starttls, .tls])
  func `a certificate that is not trusted, or another's, sends nothing`(security: SMTPSettings.Security) async throws {
    let subject = subject()
    #expect(try await Outcome { try await MailSink.postman(security, trusted: false).send(try letter(subject: subject)) } == .later(0))
    #expect(try await Outcome { try await MailSink.postman(host: "127.0.0.1", security).send(try letter(subject: subject)) } == .later(0))
    #expect(try MailSink.letters(subject: subject).isEmpty)
  }

  @Test(arguments: [SMTPSettings.Security.starttls, .tls])
  func `a wrong password makes letters wait, a right one sends them`(security: SMTPSettings.Security) async throws {
    #expect(try await Outcome { try await MailSink.postman(security, user: "isegoria", password: "wrong").send(try letter()) } == .later(535))
    #expect(try await Outcome { try await MailSink.postman(security, user: "isegoria", password: "right").send(try letter()) } == .sent)
  }

  @Test func `forty letters at once all arrive`() async throws {
    let subject = subject()
    let postman = try MailSink.postman(.none)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<40 { group.addTask { try await postman.send(try letter(subject: subject)) } }
      try await group.waitForAll()
    }
    #expect(try MailSink.letters(subject: subject).count == 40)
  }
}

struct MailSettingsTests {
  @Test func `settings that cannot be right are refused at the start`() throws {
    for host in ["", "a b", "a/b", "a@b", "a\r\n", "a:25", "é.fr", "a?b", String(repeating: "a", count: 254)] {
      #expect(throws: SMTPSettings.Fault.host, "\(host)") { try SMTPSettings(host: host, port: 25, security: .none) }
    }
    for port in [0, -1, 65_536] { #expect(throws: SMTPSettings.Fault.port) { try SMTPSettings(host: "a.fr", port: port, security: .none) } }
    #expect(throws: SMTPSettings.Fault.passwordInTheClear) { try SMTPSettings(host: "a.fr", port: 25, security: .none, user: "u", password: "p") }
    #expect(throws: SMTPSettings.Fault.controlCharacter) { try SMTPSettings(host: "a.fr", port: 25, security: .tls, user: "u\r\n", password: "p") }
    #expect(throws: Never.self) { try SMTPSettings(host: "[::1]", port: 25, security: .starttls) }
  }
}
