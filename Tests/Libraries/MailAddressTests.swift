import Testing

@testable import Mail

struct MailAddressTests {
  @Test(arguments: [
    ("amina@example.org", "amina@example.org", "amina@example.org"),
    ("  Amina.B+vote@Mairie.Example.ORG\t", "Amina.B+vote@mairie.example.org", "amina.b+vote@mairie.example.org"),
    ("o'brien@xn--mnchen-3ya.de", "o'brien@xn--mnchen-3ya.de", "o'brien@xn--mnchen-3ya.de"),
    ("1@9.fr", "1@9.fr", "1@9.fr"),
  ])
  func `an address keeps its local part as typed and has one key`(typed: String, text: String, key: String) throws {
    let address = try EmailAddress(typed)
    #expect(address.text == text)
    #expect(address.key == key)
  }

  @Test(arguments: [
    ("", EmailAddress.Fault.empty), ("   ", .empty), ("a", .notOneMailbox), ("a@b.fr,c@d.fr", .notOneMailbox), ("a@b.fr;c@d.fr", .notOneMailbox),
    ("a@@b.fr", .notOneMailbox), ("\"a@b\"@c.fr", .notOneMailbox), ("@b.fr", .localPart), ("\"x\r\n\"@b.fr", .localPart), ("\"x\"@b.fr", .localPart),
    ("a\r\nBcc: e@f.fr", .localPart), ("a\u{0}b@c.fr", .localPart), ("a b@c.fr", .localPart), ("a%b@c.fr", .localPart), ("a!b@c.fr", .localPart),
    ("|cmd@c.fr", .localPart), ("`id`@c.fr", .localPart), ("-oQ@c.fr", .localPart), ("a/b@c.fr", .localPart), (".a@c.fr", .localPart),
    ("a.@c.fr", .localPart), ("a..b@c.fr", .localPart), ("a(x)@c.fr", .localPart), ("<a@c.fr>", .localPart), ("Amina <a@c.fr>", .localPart),
    ("é@c.fr", .localPart), ("a\u{301}@c.fr", .localPart), ("ａ@c.fr", .localPart), ("a@c", .domain), ("a@", .domain), ("a@localhost", .domain),
    ("a@[127.0.0.1]", .domain), ("a@127.0.0.1", .domain), ("a@c%d.fr", .domain), ("a@-c.fr", .domain), ("a@c-.fr", .domain), ("a@c..fr", .domain),
    ("a@c.fr.", .domain), ("a@é.fr", .domain), ("a@exаmple.org", .domain), ("a@c.fr\r\n", .domain), ("a@c.fr\r\nBcc:x", .domain),
    (
      "a@c_d.fr",
      .domain
    ),
    ("a@c.fr\u{0}", .domain), ("a@c.fr>", .domain),
  ])
  func `what is not one plain mailbox is refused`(typed: String, fault: EmailAddress.Fault) {
    #expect(throws: fault) { try EmailAddress(typed) }
  }

  @Test func `an address has at most 254 bytes, its local part 64, a label 63`() throws {
    let label = String(repeating: "a", count: 63)
    let local = String(repeating: "l", count: 64)
    let domain = [label, label, String(repeating: "b", count: 58), "fr"].joined(separator: ".")
    #expect(try EmailAddress("\(local)@\(domain)").text.utf8.count == 254)
    #expect(throws: EmailAddress.Fault.tooLong) { try EmailAddress("\(local)@b\(domain)") }
    #expect(throws: EmailAddress.Fault.localPart) { try EmailAddress("l\(local)@c.fr") }
    #expect(throws: EmailAddress.Fault.domain) { try EmailAddress("a@a\(label).fr") }
    #expect(throws: EmailAddress.Fault.tooLong) { try EmailAddress(String(repeating: "a", count: 5_000_000) + "@c.fr") }
  }

  @Test func `no single byte beside those of an atom passes in a local part`() {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-'=~&#$*?^{}.".utf8)
    for value in 0...0x2FFF {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let passes = (try? EmailAddress("a\(String(scalar))b@c.fr")) != nil
      #expect(passes == (value < 0x80 && allowed.contains(UInt8(value))), "U+\(String(value, radix: 16))")
    }
  }
}
