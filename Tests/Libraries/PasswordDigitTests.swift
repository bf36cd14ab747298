import Testing

@testable import Passwords

struct PasswordDigitTests {
  @Test func `small numbers keep their zeros`() {
    #expect(Digits.six(0) == "000000")
    #expect(Digits.six(42) == "000042")
    #expect(Digits.six(999_999) == "999999")
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
