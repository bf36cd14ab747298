import Crypto
import Testing

@testable import Passwords

/// Gives the words it holds, then others.
private struct Fixed: RandomNumberGenerator {
  var words: [UInt64]
  mutating func next() -> UInt64 { words.isEmpty ? 0x9E37_79B9_7F4A_7C15 : words.removeFirst() }
}

struct PasswordTokenTests {
  @Test func `a token is 43 signs that may stand in an address, never the same`() {
    var random = SystemRandomNumberGenerator()
    let texts = (0..<2_000).map { _ in SecretToken(using: &random).text }
    #expect(Set(texts).count == texts.count)
    let signs = Set(texts.flatMap { Array($0.utf8) })
    #expect(signs == Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8))
    #expect(texts.allSatisfy { $0.utf8.count == 43 })
  }

  /// FIPS 180-4's example for "abc".
  @Test func `a token is stored as its SHA-256`() {
    let hex = SecretToken.hash(of: "abc").map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `codes have six digits, each as frequent as the others`() {
    var random = SystemRandomNumberGenerator()
    var counts = [Int](repeating: 0, count: 60)
    for _ in 0..<30_000 {
      let digits = Array(OneTimeCode(using: &random).digits.utf8)
      #expect(digits.count == 6)
      for (place, digit) in digits.enumerated() { counts[place * 10 + Int(digit - 48)] += 1 }
    }
    // 3,000 expected in each cell, with a deviation of 52: seven deviations are not chance.
    #expect(counts.allSatisfy { (2_636...3_364).contains($0) }, "\(counts)")
  }

  @Test func `small codes keep their zeros, and no code is out of reach`() {
    var zero = Fixed(words: [1])
    var most = Fixed(words: [.max])
    #expect(OneTimeCode(using: &zero).digits == "000000")
    #expect(OneTimeCode(using: &most).digits == "999999")
    #expect(Digits.six(42) == "000042")
  }

  @Test func `a code is read as typed, and is worth something only where it was asked for`() throws {
    let code = try #require(OneTimeCode(typed: " 012 345 "))
    #expect(code.digits == "012345")
    for typed in ["", "12345", "1234567", "12345a", "１２３４５６", "12345\u{301}6"] { #expect(OneTimeCode(typed: typed) == nil, "\(typed)") }
    let key = SymmetricKey(size: .bits256)
    #expect(code.hash(purpose: "a", key: key) == code.hash(purpose: "a", key: key))
    #expect(code.hash(purpose: "a", key: key) != code.hash(purpose: "b", key: key))
    #expect(code.hash(purpose: "a", key: key) != code.hash(purpose: "a", key: SymmetricKey(size: .bits256)))
  }

  @Test func `comparison sees every difference`() {
    #expect(isEqualInConstantTime([], []))
    #expect(isEqualInConstantTime([1, 2, 3], [1, 2, 3]))
    #expect(!isEqualInConstantTime([1, 2, 3], [1, 2]))
    for bit in 0..<24 {
      var other: [UInt8] = [1, 2, 3]
      other[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!isEqualInConstantTime([1, 2, 3], other))
    }
  }
}
