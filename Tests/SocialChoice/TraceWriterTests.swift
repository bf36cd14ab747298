import Foundation
import SocialChoice
import Testing

@testable import ChoiceCommands

/// The JSON of a ranking, against Foundation's encoder.
struct TraceWriterTests {
  private static let numbers = [3, 1, 12, 7]
  private static let texts = [
    "", "a", "é\u{301}😀", "\"quoted\" \\ and / stays", "\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}", "\u{2028}", "10", "9", "B", "b",
  ]

  /// A value made by lot, `depth` storeys at most.
  private static func value(_ chance: inout PublicRandom, depth: Int) -> TraceValue {
    func few(_ chance: inout PublicRandom) -> Int { Int(chance.next() % 4) }
    switch chance.next() % (depth > 0 ? 11 : 7) {
    case 0: return .number(Int(bitPattern: UInt(truncatingIfNeeded: chance.next())))
    case 1: return .rational(Rational(Int(chance.next() % 2_000) - 1_000, Int(chance.next() % 48) + 1))
    case 2: return .text(texts[Int(chance.next() % UInt64(texts.count))])
    case 3: return .bool(chance.next() % 2 == 0)
    case 4: return .null
    case 5: return .candidate(few(&chance))
    case 6: return .candidates((0..<few(&chance)).map { $0 })
    case 7: return .list((0..<few(&chance)).map { _ in value(&chance, depth: depth - 1) })
    case 8:
      let width = few(&chance)
      return .rows(few(&chance)) { row in (0..<width).map { row * 10 + $0 } }
    case 9:
      let members = (0..<few(&chance)).map { _ in (texts[Int(chance.next() % UInt64(texts.count))], value(&chance, depth: depth - 1)) }
      return .object(Dictionary(members) { first, _ in first })
    default: return .byCandidate(numbers.map { _ in value(&chance, depth: depth - 1) })
    }
  }

  @Test func `a trace is written byte for byte as Foundation's encoder writes it`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var chance = PublicRandom(seed: "a trace by lot")
    for _ in 0..<2_000 {
      let value = TraceValue.object(["trace": Self.value(&chance, depth: 4)])
      var written: [UInt8] = []
      try TraceWriter.write(value, numbers: Self.numbers) { written += $0 }
      let encoded = try encoder.encode(NumberedTrace(value: value, numbers: Self.numbers))
      try #require(String(decoding: written, as: UTF8.self) == String(decoding: encoded, as: UTF8.self))
    }
  }

  @Test func `a large table is written in parts`() throws {
    var (parts, bytes, largest) = (0, 0, 0)
    try TraceWriter.write(.rows(1_000) { row in (0..<1_000).map { row &* $0 } }, numbers: []) { part in
      parts += 1
      bytes += part.count
      largest = max(largest, part.count)
    }
    #expect(parts > 50 && bytes > 5_000_000 && largest < 200_000)
  }
}
