@testable import SocialChoice
import BigInt
import Testing

/// Rooms in rows of machine words, against fractions.
@Suite struct GlassesTests {
  @Test func `rooms agree with fractions, to the last bit, on a thousand sets of glasses`() {
    var random = PublicRandom(seed: "glasses")
    var (ties, long) = (0, 0)
    for number in 0..<1_000 {
      let count = 2 + random.below(6)
      var glasses = Glasses(count: count)
      var rooms = [Rational](repeating: .one, count: count)
      var open = Array(0..<count)
      while open.count > 1 {
        let flows = flows([4, 0, random.below(4)][number % 3], rooms, &random)
        let first = glasses.firstFull(of: open, flows)
        let times = open.filter { flows[$0] > 0 }.map { (glass: $0, time: rooms[$0] / Rational(flows[$0], 1)) }
        guard let least = times.map(\.time).min() else {
          #expect(first.isEmpty)
          break
        }
        #expect(first == times.filter { $0.time == least }.map(\.glass), "\(number)")
        guard let full = first.first else { break }
        open.removeAll { first.contains($0) }
        glasses.pour(into: open, untilFull: full, flows)
        for glass in open { rooms[glass] -= least * Rational(flows[glass], 1) }
        for glass in first { rooms[glass] = .zero }
        // The unit of the rooms is not told: their ratios are.
        for glass in open.dropFirst() {
          #expect(Rational(glasses.room(glass), glasses.room(open[0])) == rooms[glass] / rooms[open[0]], "\(number)")
        }
        ties += first.count > 1 ? 1 : 0
        if case .long = flows { long += 1 }
      }
    }
    #expect(ties > 300 && long > 300)
  }

  /// Small ones, which tie often; such that all glasses are full at nearly the same moment; all that a word holds; longer ones; and longer ones that leave
  /// rooms of a few bits among words of zeros, with small ones after them.
  private func flows(_ kind: Int, _ rooms: [Rational], _ random: inout PublicRandom) -> Glasses.Flows {
    let most = rooms.max() ?? .one
    if kind == 4, rooms.allSatisfy({ $0 == .one }) {
      return .long(rooms.indices.map { BigInt(1) << 260 - ($0 == 0 ? 0 : BigInt(1) << (64 * (1 + random.below(4))) + BigInt(random.below(3))) })
    }
    let words = rooms.map { room in
      switch kind {
      case 0, 4: UInt(random.below(4))
      case 1: UInt((room / most * Rational(1 << 61)).floor) + UInt(random.below(3))
      default: UInt(random.below(1 << 62)) << 1
      }
    }
    return kind == 3 ? .long(words.map { BigInt($0) << random.below(70) }) : .words(words)
  }
}
