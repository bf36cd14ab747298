import Dispatch
import Foundation
import Testing

@testable import Passwords

/// A stored text with these parameters.
private func phc(_ parameters: String, type: String = "argon2id") -> String {
  "$\(type)$v=19$\(parameters)$c29tZXNhbHRzb21l$AAAAAAAAAAAAAAAAAAAAAAAAAA"
}

struct PasswordHashTests {
  private var random = SystemRandomNumberGenerator()

  @Test mutating func `a password is verified, another is not`() async throws {
    let hash = try await PasswordHash.hash("correct horse battery", using: &random)
    #expect(hash.encoded.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(try await hash.verify("correct horse battery"))
    for other in ["correct horse batter", "Correct horse battery", "correct horse battery ", "", "correct horse battery\u{0}"] {
      #expect(try await !hash.verify(other))
    }
    #expect(try await PasswordHash.hash("correct horse battery", using: &random) != hash)
    #expect(!hash.isOutdated)
  }

  /// Made by the reference program of Debian's package argon2: `echo -n "mot de passe" | argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1 -e`.
  @Test func `a hash made by the reference program is verified`() async throws {
    let hash = try PasswordHash(encoded: "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Y1rLTRPr+qeZ1qGJI9Pe4ZPCnnvVjaUszVOpgQJGHFw")
    #expect(try await hash.verify("mot de passe"))
    #expect(try await !hash.verify("mot de passe "))
  }

  @Test mutating func `the same password typed on another keyboard is the same`() async throws {
    let hash = try await PasswordHash.hash("caf\u{E9} \u{FF21}1234567", using: &random)
    #expect(try await hash.verify("cafe\u{301} A1234567"))
    #expect(try await !hash.verify("cafe A1234567"))
  }

  @Test mutating func `an endless password is refused at little cost`() async throws {
    let endless = String(repeating: "\u{FDFA}", count: 1_000_000)
    var fault: PasswordHash.Fault?
    do { _ = try await PasswordHash.hash(endless, using: &random) } catch let error as PasswordHash.Fault { fault = error }
    #expect(fault == .tooLong)
    let hash = try await PasswordHash.hash("", using: &random)
    #expect(try await !hash.verify(endless))
    #expect(PasswordPolicy(common: []).fault(in: endless) == .long)
  }

  @Test(arguments: [
    "", "plain", "$2b$10$abcdefghijklmnopqrstuv", phc("m=19456,t=2,p=1", type: "argon2i"), phc("m=4194304,t=2,p=1"), phc("m=19456,t=999,p=1"),
    phc("m=19456,t=2,p=99"), phc("m=99999999999,t=2,p=1"), phc("m=-1,t=2,p=1"), phc("m=19456,t=2"), phc("m=0,t=2,p=1"), phc("m=,t=2,p=1"),
  ])
  func `a stored text that is no hash, or costs too much, is refused`(encoded: String) {
    #expect(throws: PasswordHash.Fault.malformed) { try PasswordHash(encoded: encoded) }
  }

  @Test func `a weaker hash from elsewhere is taken, and said to be outdated`() throws {
    #expect(try PasswordHash(encoded: phc("m=4096,t=2,p=1")).isOutdated)
  }

  @Test mutating func `at most two hash at once, fifty all get their answer, and an unknown account costs the same`() async throws {
    let hash = try await PasswordHash.hash("correct horse battery", using: &random)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<50 { group.addTask { try await hash.verify(index.isMultiple(of: 2) ? "correct horse battery" : "wrong") } }
      var right = 0
      for try await answer in group where answer { right += 1 }
      #expect(right == 25)
    }
    #expect(HashingThreads.shared.measured.peak <= HashingThreads.atOnce)
    func fastest(_ work: () async throws -> Void) async throws -> Duration {
      var best = Duration.seconds(100)
      for _ in 0..<8 {
        let start = ContinuousClock.now
        try await work()
        best = min(best, start.duration(to: .now))
      }
      return best
    }
    let known = try await fastest { _ = try await hash.verify("wrong") }
    let unknown = try await fastest { try await PasswordHash.dummyVerify("wrong") }
    // A known account alone would cost a thousand times more if the unknown one skipped the work.
    #expect(unknown > known / 4 && known > unknown / 4, "known \(known), unknown \(unknown)")
  }

  @Test func `who comes when too many wait is told so, and the queue empties`() async throws {
    let threads = HashingThreads()
    let gate = DispatchSemaphore(value: 0)
    let room = HashingThreads.mostWaiting + HashingThreads.atOnce
    let refused = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<(room + 100) {
        group.addTask { (try? await threads.run { gate.wait() }) == nil }
      }
      // The first answers are refusals, since nobody passes the gate before it opens.
      var refused = 0
      for await isRefused in group {
        refused += isRefused ? 1 : 0
        if refused == 100 { for _ in 0..<room { gate.signal() } }
      }
      return refused
    }
    #expect(refused == 100)
    #expect(threads.measured.entered == 0)
    #expect(threads.measured.peak == HashingThreads.atOnce)
  }
}

struct PasswordPolicyTests {
  static let common: Set<String> = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Assets/common-passwords.txt")
    return Set(((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init))
  }()

  private let policy = PasswordPolicy(common: PasswordPolicyTests.common)

  @Test func `the list of common passwords is in lower case, without doubles`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Assets/common-passwords.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(lines.count >= 900)
    #expect(Set(lines).count == lines.count)
    #expect(lines.allSatisfy { $0 == $0.lowercased() && $0 == $0.trimmingCharacters(in: .whitespaces) })
  }

  @Test(arguments: [
    "passwordpassword", "Password123", "P@ssw0rd2024!", "motdepasse", "MotDePasse1789!", "1234567890", "0987654321", "azertyuiop", "qwertyuiop",
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabc", "abcdefghijkl", "!!!!!!!!!!!!", "iloveyou123456", "doudou12345678", "123456789123456789", "m0td3p4ss3!!",
  ])
  func `common passwords are refused, disguised or not`(password: String) {
    #expect(policy.fault(in: password) == .common)
  }

  @Test(arguments: ["correct horse battery", "le chat dort sur le toit", "vélo-jaune-42", "Tr0ub4dor&3xyz", "密码是一个很长的句子吗", "zq8!mK2#vL"])
  func `long and uncommon passwords pass, whatever they are made of`(password: String) {
    #expect(policy.fault(in: password, names: ["Amina Belkacem", "amina", "Ormeval"]) == nil)
  }

  @Test func `lengths are scalars after normalisation`() {
    #expect(policy.fault(in: "zq8!mK2#v") == .short)
    #expect(policy.fault(in: "zq8!mK2#e\u{301}") == .short)
    #expect(policy.fault(in: "👩‍👩‍👧‍👦") == .short)
    let pattern = "zq8!mK2#"
    #expect(policy.fault(in: String(repeating: pattern, count: 15) + "abXcdef!") == nil)
    #expect(policy.fault(in: String(repeating: pattern, count: 15) + "abXcdef!9") == .long)
  }

  @Test func `names of the account and the site do not count`() {
    for password in ["amina-2024!", "AMINABELKACEM", "ormeval12345", "amina.ormeval.1", "ＡＭＩＮＡ-2024!"] {
      #expect(policy.fault(in: password, names: ["Amina", "AminaBelkacem", "Ormeval"]) == .personal, "\(password)")
    }
    #expect(policy.fault(in: "amina mange dix cerises", names: ["Amina"]) == nil)
    #expect(policy.fault(in: "zq8!mK2#vL", names: ["", "z", "zq8"]) == nil)
  }
}

struct TOTPTests {
  private let totp = TOTP(secret: Array("12345678901234567890".utf8))

  /// RFC 6238, appendix B: the last six of the eight digits given there.
  @Test(arguments: [
    (Int64(59), "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
    (20_000_000_000, "353130"),
  ])
  func `codes are those of RFC 6238`(seconds: Int64, code: String) {
    #expect(totp.code(step: seconds / TOTP.period) == code)
    #expect(totp.step(matching: code, at: seconds) == seconds / TOTP.period)
  }

  /// RFC 4226, appendix D.
  @Test func `codes are those of RFC 4226`() {
    let codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
    #expect((0..<10).map { totp.code(step: $0) } == codes)
  }

  @Test func `a code serves one step before and after, and no further`() {
    let code = totp.code(step: 1_000)
    for (seconds, isTaken) in [(29_969, false), (29_970, true), (30_000, true), (30_059, true), (30_060, false)] {
      #expect((totp.step(matching: code, at: Int64(seconds)) == 1_000) == isTaken, "\(seconds)")
    }
  }

  @Test(arguments: ["", "28708", "2870822", "28708a", "٢٨٧٠٨٢", "+87082", "287082\u{0}", "2870\u{301}82"])
  func `what is not six digits is no code`(code: String) { #expect(totp.step(matching: code, at: 59) == nil) }

  @Test func `spaces are left out, and no moment stops the program`() {
    #expect(totp.step(matching: " 287 082 ", at: 59) == 1)
    for seconds in [Int64.min, -1, 0, .max] { _ = totp.step(matching: "000000", at: seconds) }
    _ = TOTP(secret: []).code(step: .max)
  }

  /// RFC 4648, section 10, less the padding.
  @Test(arguments: [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")])
  func `base 32 is that of RFC 4648`(bytes: String, text: String) { #expect(TOTP(secret: Array(bytes.utf8)).base32 == text) }

  @Test func `the authenticator's address holds nothing that ends a field`() {
    let address = totp.address(issuer: "Ormeval: décide & vote?", account: "amina+a@example.org")
    #expect(
      address == "otpauth://totp/Ormeval%3A%20d%C3%A9cide%20%26%20vote%3F:amina%2Ba%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        + "&issuer=Ormeval%3A%20d%C3%A9cide%20%26%20vote%3F&algorithm=SHA1&digits=6&period=30")
  }
}
