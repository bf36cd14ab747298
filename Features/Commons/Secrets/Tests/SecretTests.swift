import Foundation
import Testing

@testable import CommonsDomain

/// What is random is random enough, what is kept is a hash, what is sealed opens only with its key.
struct SecretTests {
  private static let secret = [UInt8](repeating: 7, count: 32)

  @Test func `a token is 43 signs that may stand in an address, never the same`() {
    let tokens = (0..<2_000).map { _ in Secret.token() }
    #expect(Set(tokens).count == tokens.count)
    #expect(Set(tokens.flatMap { Array($0.utf8) }) == Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8))
    #expect(tokens.allSatisfy { $0.utf8.count == 43 })
  }

  /// FIPS 180-4's example for "abc".
  @Test func `a token is kept as its SHA-256`() {
    let hex = Secret.hash("abc").map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `codes have six digits, each as frequent as the others`() {
    var counts = [Int](repeating: 0, count: 60)
    for _ in 0..<30_000 {
      let digits = Array(Secret.sixDigits().utf8)
      #expect(digits.count == 6)
      for (place, digit) in digits.enumerated() { counts[place * 10 + Int(digit - 48)] += 1 }
    }
    // 3,000 expected in each cell, with a deviation of 52: seven deviations are not chance.
    #expect(counts.allSatisfy { (2_636...3_364).contains($0) }, "\(counts)")
  }

  @Test func `a code is worth something only on its page and under its key`() {
    let hash = Secret.hash(code: "012345", page: "a", key: Self.secret)
    #expect(hash == Secret.hash(code: "012345", page: "a", key: Self.secret))
    #expect(hash != Secret.hash(code: "012345", page: "b", key: Self.secret))
    #expect(hash != Secret.hash(code: "012345", page: "a", key: [1]))
  }

  @Test func `a sealed text opens for its purpose and secret, and not once a bit is changed`() throws {
    for text in ["", "123456", "é\u{0}\u{1F5F3}", String(repeating: "a", count: 5_000)] {
      let sealed = try SealedText(text, for: .waitingMail, secret: Self.secret)
      #expect(try sealed.open(for: .waitingMail, secret: Self.secret) == text)
      #expect(throws: SealedText.Unreadable.self) { try sealed.open(for: .waitingMail, secret: [UInt8](repeating: 8, count: 32)) }
      #expect(try SealedText(text, for: .waitingMail, secret: Self.secret) != sealed, "two seals of one text differ")
    }
  }

  @Test func `what was changed, cut or never sealed does not open`() throws {
    let kept = try JSONEncoder().encode(try SealedText("123456", for: .waitingMail, secret: Self.secret))
    let fields = try JSONDecoder().decode([String: Data].self, from: kept)
    let bytes = try #require(fields["bytes"])
    func opens(_ bytes: Data) -> Bool {
      guard let json = try? JSONEncoder().encode(["bytes": bytes]), let sealed = try? JSONDecoder().decode(SealedText.self, from: json) else {
        return false
      }
      return (try? sealed.open(for: .waitingMail, secret: Self.secret)) != nil
    }
    #expect(opens(bytes))
    #expect(bytes.range(of: Data("123456".utf8)) == nil)
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 1
      #expect(!opens(other))
    }
    for count in 0..<bytes.count { #expect(!opens(bytes.prefix(count))) }
  }
}
