import Testing

@testable import QRCodes

/// What a camera finds; that it reads the text back is seen in the journeys, by zbar.
struct QRCodeTests {
  /// ISO/IEC 18004: version 1 holds 14 bytes with medium correction, and has 21 modules; each version has four more.
  @Test func `a code is as small as its text allows`() throws {
    #expect(try #require(QRCode("https://a.fr/1")).size == 21)
    #expect(try #require(QRCode("https://a.fr/12")).size == 25)
    #expect(try #require(QRCode("https://a.fr/1", correction: .high)).size == 25)
  }

  @Test func `three corners hold a square in a ring, and the fourth does not`() throws {
    let code = try #require(QRCode("Où allons-nous ?"))
    let last = code.size - 7
    func isFinder(_ top: Int, _ left: Int) -> Bool {
      (0..<7).allSatisfy { row in
        (0..<7).allSatisfy { column in
          let ring = max(abs(row - 3), abs(column - 3))
          return code.isDark(row: top + row, column: left + column) == (ring != 2)
        }
      }
    }
    #expect(isFinder(0, 0) && isFinder(0, last) && isFinder(last, 0))
    #expect(!isFinder(last, last))
    #expect(!code.isDark(row: -1, column: 0) && !code.isDark(row: 0, column: code.size))
  }

  /// ISO/IEC 18004, table 7: 2,331 bytes in version 40 with medium correction.
  @Test func `what no code holds is no code, and the largest is one`() throws {
    #expect(QRCode("") == nil)
    #expect(try #require(QRCode(String(repeating: "a", count: 2_331))).size == 177)
    #expect(QRCode(String(repeating: "a", count: 2_332)) == nil)
    #expect(QRCode(String(repeating: "a", count: 100_000)) == nil)
    #expect(QRCode("a\u{0}b") != nil)
  }

  @Test func `the path draws each dark module once, and leaves the quiet zone`() throws {
    let code = try #require(QRCode("otpauth://totp/Ormeval"))
    let dark = (0..<code.size).reduce(0) { sum, row in sum + (0..<code.size).filter { code.isDark(row: row, column: $0) }.count }
    var drawn = 0
    for run in code.path(quietZone: 4).split(separator: "M") {
      let parts = run.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
      #expect(parts.count == 5 && parts[0] >= 4 && parts[1] >= 4 && parts[0] + parts[2] <= code.size + 4 && parts[2] == parts[4])
      drawn += parts[2]
    }
    #expect(drawn == dark && dark > 0)
  }

  @Test func `many are drawn at once`() async {
    let codes = await withTaskGroup(of: (Int, QRCode?).self) { group in
      for number in 0..<64 { group.addTask { (number % 4, QRCode("code \(number % 4)")) } }
      return await group.reduce(into: [(Int, QRCode?)]()) { $0.append($1) }
    }
    for number in 0..<4 { #expect(Set(codes.filter { $0.0 == number }.map(\.1)).count == 1) }
    #expect(Set(codes.map(\.1)).count == 4)
  }
}
