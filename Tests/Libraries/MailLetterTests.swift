import Foundation
import Testing

@testable import Mail

/// A small generator, so that each run composes the same letters.
struct Lehmer: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

/// A letter with what matters to a test.
func letter(
  to: String = "amina@example.org", from name: String? = "Ormeval", subject: String = "Bonjour", plain: String = "Bonjour",
  html: String? = "<p>Bonjour</p>",
  id: String = "letter-1", unsubscribe: String? = nil
) throws -> Letter {
  var random = Lehmer(state: 7)
  let sender = try EmailAddress("no-reply@ormeval.example")
  return Letter(
    from: Mailbox(sender, name: try name.map { try HeaderText($0) }), to: try EmailAddress(to), subject: try HeaderText(subject),
    plain: plain, html: html, messageID: try MessageID(id, at: sender), date: 1_781_252_100,
    listUnsubscribe: try unsubscribe.map { try UnsubscribeLink($0) }, using: &random)
}

/// A message read back: a reader written apart from the composer.
struct ReadMessage {
  var headers: [(name: String, value: String)] = []
  var body: [String] = []

  init(_ lines: [String]) {
    let end = lines.firstIndex(of: "") ?? lines.endIndex
    for line in lines[..<end] {
      if line.utf8.first == 0x20, let last = headers.popLast() {
        headers.append((last.name, last.value + line))
      } else {
        let parts = line.split(separator: ":", maxSplits: 1)
        headers.append((String(parts[0]), parts.count > 1 ? String(parts[1].dropFirst()) : ""))
      }
    }
    body = Array(lines[min(end + 1, lines.endIndex)...])
  }

  init(_ bytes: [UInt8]) { self.init(String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")) }

  func value(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The header's text with its encoded words read.
  func words(_ name: String) -> String {
    let value = value(name) ?? ""
    guard value.hasPrefix("=?") else { return value }
    let words = value.components(separatedBy: " ").map { String($0.dropFirst(10).dropLast(2)) }
    let bytes = words.flatMap { word in Data(base64Encoded: word).map(Array.init) ?? [0x3F] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of a body in quoted-printable.
  var text: String {
    var bytes: [UInt8] = []
    for (index, line) in body.enumerated() {
      var rest = Array(line.utf8)[...]
      let isSoft = rest.last == UInt8(ascii: "=")
      if isSoft { rest.removeLast() }
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "=") else {
          bytes.append(byte)
          continue
        }
        bytes.append(UInt8(String(decoding: [rest.popFirst() ?? 0, rest.popFirst() ?? 0], as: UTF8.self), radix: 16) ?? 0x3F)
      }
      if !isSoft, index + 1 < body.count { bytes += [0x0D, 0x0A] }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  var parts: [ReadMessage] {
    guard let type = value("Content-Type"), let start = type.range(of: "boundary=\"") else { return [self] }
    let boundary = "--" + String(type[start.upperBound...].dropLast())
    return body.split(separator: boundary, omittingEmptySubsequences: false).dropFirst().map { lines in
      var lines = Array(lines)
      if let close = lines.firstIndex(of: boundary + "--") { lines = Array(lines[..<close]) }
      return ReadMessage(lines)
    }
  }
}

/// What people and attackers write.
let hostileTexts = [
  "", "Bonjour", "Votre vote est compté — merci à toutes et tous, de la part de toute l’équipe municipale d’Ormeval-sur-Loire", ".",
  "..\r\n.\r\nQUIT\r\n",
  "a\r\n.\r\nb", "From me\nFrom you", "x=y == =?utf-8?B?QQ==?=", String(repeating: "é", count: 400), String(repeating: "a", count: 5000),
  "tail \nspace\t\nend ",
  "\r\r\n\n\r", "🗳️👩‍👩‍👧‍👦\u{301}\u{202E}x\u{2028}y", "a\u{0}b", String(repeating: ".", count: 300), "--=_\r\n--\r\n", "=\u{338}.\u{301}",
  "\u{FEFF}x",
]

struct MailLetterTests {
  @Test(arguments: hostileTexts)
  func `what was written is read back, in both forms`(text: String) throws {
    let message = ReadMessage(try letter(plain: text, html: "<p>" + text).bytes)
    #expect(message.parts.count == 2)
    func lines(_ text: String) -> String {
      text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n").replacingOccurrences(of: "\n", with: "\r\n")
    }
    #expect(message.parts.first.map { Array($0.text.utf8) } == Array(lines(text).utf8))
    #expect(message.parts.last.map { Array($0.text.utf8) } == Array(("<p>" + lines(text)).utf8))
    #expect(message.parts.map { $0.value("Content-Type") } == ["text/plain; charset=utf-8", "text/html; charset=utf-8"])
  }

  @Test(arguments: hostileTexts)
  func `a message is short lines of ASCII, each ended by CR LF, none beginning with a dot`(text: String) throws {
    let words = HeaderText(cleaning: text).text
    let bytes = try letter(from: words, subject: words, plain: text, html: text, unsubscribe: "https://ormeval.example/u/1").bytes
    #expect(bytes.suffix(2) == [0x0D, 0x0A])
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      #expect(line.last == 0x0D)
      #expect(line.count <= 78)
      #expect(line.dropLast().allSatisfy { 0x20...0x7E ~= $0 || $0 == 0x09 })
      #expect(line.first != UInt8(ascii: "."))
      #expect(!line.starts(with: "From ".utf8))
    }
  }

  @Test(arguments: hostileTexts)
  func `subjects and names are read back, and add no header`(text: String) throws {
    let words = HeaderText(cleaning: text)
    let message = ReadMessage(try letter(from: words.text, subject: words.text).bytes)
    #expect(message.headers.map(\.name) == ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted", "Content-Type"])
    #expect(Array(message.words("Subject").utf8) == Array(words.text.utf8))
    #expect(message.value("From")?.hasSuffix("<no-reply@ormeval.example>") == true)
    #expect(message.value("To") == "<amina@example.org>")
  }

  @Test func `a header takes no control character and no endless text`() throws {
    for value in Array(0..<0x20) + Array(0x7F...0x9F) + [0x2028, 0x2029, 0x202E, 0x2066] {
      let scalar = try #require(Unicode.Scalar(UInt32(value)))
      #expect(throws: HeaderText.Fault.controlCharacter, "U+\(String(value, radix: 16))") { try HeaderText("a\(String(scalar))b") }
      #expect(HeaderText(cleaning: "a\(String(scalar))b").text == "a b")
    }
    #expect(throws: HeaderText.Fault.controlCharacter) { try HeaderText("Subject\r\nBcc: elif@example.org") }
    #expect(HeaderText(cleaning: "Titre\r\nBcc: elif@example.org").text.utf8.elementsEqual("Titre  Bcc: elif@example.org".utf8))
    #expect(throws: HeaderText.Fault.tooLong) { try HeaderText(String(repeating: "é", count: 251)) }
    #expect(HeaderText(cleaning: String(repeating: "é", count: 1_000_000)).text.utf8.count <= HeaderText.longest)
    #expect(try HeaderText("a" + String(repeating: "\u{301}", count: 249)).text.utf8.count == 499)
  }

  @Test func `a message identifier and an unsubscribe link take nothing that could leave their brackets`() throws {
    let sender = try EmailAddress("a@b.fr")
    for left in ["", "a\r\nb", "a>b", "a b", "a@b", ".a", "a.", "a..b", "../a", "é", "a\u{0}", String(repeating: "a", count: 65)] {
      #expect(throws: MessageID.Fault.invalid, "\(left)") { try MessageID(left, at: sender) }
    }
    let endless = "https://" + String(repeating: "a", count: 900)
    for url in ["", "ftp://a", "https://a/\r\nBcc: x", "https://a/ b", "https://a/>", "https://é.fr/", "javascript:x", endless] {
      #expect(throws: UnsubscribeLink.Fault.invalid, "\(url)") { try UnsubscribeLink(url) }
    }
  }

  @Test func `one click unsubscribes behind TLS only`() throws {
    let behind = ReadMessage(try letter(unsubscribe: "https://ormeval.example/u/a?b=1&c=2").bytes)
    #expect(behind.value("List-Unsubscribe") == "<https://ormeval.example/u/a?b=1&c=2>")
    #expect(behind.value("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
    let clear = ReadMessage(try letter(unsubscribe: "http://localhost:8080/u/a").bytes)
    #expect(clear.value("List-Unsubscribe") == "<http://localhost:8080/u/a>")
    #expect(clear.value("List-Unsubscribe-Post") == nil)
  }

  @Test(arguments: ["Votre code : 123456", "Un été à l’école, avec des mots assez longs pour être coupés plusieurs fois dans l’en-tête"])
  func `what lies in the folder can be read again`(_ subject: String) throws {
    let plain = "Bonjour,\nvoici = un lien : https://ormeval.example/fr/sign-in/link/abc\n" + String(repeating: "été ", count: 60) + "."
    let kept = try #require(KeptLetter(Array(letter(subject: subject, plain: plain).bytes)))
    #expect(kept.subject == subject && kept.recipient == "amina@example.org")
    #expect(kept.text.trimmingCharacters(in: .newlines) == plain)
    #expect(KeptLetter(Array("no letter".utf8)) == nil)
  }

  @Test func `a letter without HTML is one part`() throws {
    let message = ReadMessage(try letter(plain: "Déjà vu", html: nil).bytes)
    #expect(message.value("Content-Type") == "text/plain; charset=utf-8")
    #expect(message.text == "Déjà vu\r\n")
    #expect(message.value("Auto-Submitted") == "auto-generated")
    #expect(message.value("Message-ID") == "<letter-1@ormeval.example>")
  }

  @Test(arguments: [
    (Int64(0), "Thu, 01 Jan 1970 00:00:00 +0000", "19700101T000000Z"), (880_106_106, "Fri, 21 Nov 1997 09:55:06 +0000", "19971121T095506Z"),
    (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000", "20000228T235959Z"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000", "20000229T000000Z"),
    (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000", "21000301T000000Z"), (.min, "Thu, 01 Jan 1970 00:00:00 +0000", "19700101T000000Z"),
    (.max, "Fri, 31 Dec 9999 23:59:59 +0000", "99991231T235959Z"),
  ])
  func `dates are those of the calendar`(seconds: Int64, header: String, compact: String) {
    #expect(UniversalTime(secondsSince1970: seconds).header == header)
    #expect(UniversalTime(secondsSince1970: seconds).compact == compact)
  }

  @Test func `a folder keeps each letter once, whole, for its owner alone`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isegoria-mail-\(UInt64.random(in: 0 ... .max))").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let postman = FolderPostman(folder: folder)
    let first = try letter(id: "a.1")
    for letter in [first, try letter(id: "b-2"), first] { try await postman.send(letter) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["20260612T081500Z-a.1.eml", "20260612T081500Z-b-2.eml"])
    for name in names {
      let rights = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.posixPermissions] as? Int
      #expect(rights == 0o600)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/20260612T081500Z-a.1.eml")) == Data(first.bytes))
  }

  @Test func `a folder that cannot be written means later`() async throws {
    let postman = FolderPostman(folder: "/proc/isegoria")
    await #expect { try await postman.send(try letter()) } throws: { error in
      if case MailFault.later = error { true } else { false }
    }
  }
}
