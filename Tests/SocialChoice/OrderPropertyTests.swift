import Testing

@testable import SocialChoice

struct OrderPropertyTests {
  private typealias Ballot = (levels: [[Int]], weight: Int)

  private func ballots(_ count: Int, _ random: inout PublicRandom) -> [Ballot] {
    (0..<1 + random.below(6)).map { _ in
      var levels: [[Int]] = []
      for text in random.shuffled(Array(0..<count)).prefix(1 + random.below(count)) {
        if !levels.isEmpty, random.below(4) == 0 { levels[levels.count - 1].append(text) } else { levels.append([text]) }
      }
      return (levels, 1 + random.below(3))
    }
  }

  @Test func `of the first n texts every group has its part that ranks the same texts before all others, whatever n`() throws {
    var random = PublicRandom(seed: "solid groups")
    var (groups, tight) = (0, 0)
    for number in 0..<1_000 {
      let count = 2 + random.below(5)
      let ballots = ballots(count, &random)
      let order = try ProportionalOrder(textCount: count, ballots: ballots).order
      let all = ballots.reduce(0) { $0 + $1.weight }
      for bits in 1..<1 << count {
        let set = Set((0..<count).filter { bits >> $0 & 1 == 1 })
        // Whose first levels together are just this set.
        let group = ballots.filter { ballot in ballot.levels.indices.contains { Set(ballot.levels[...$0].joined()) == set } }
        guard !group.isEmpty else { continue }
        let weight = group.reduce(0) { $0 + $1.weight }
        for places in 1...order.count {
          let have = order.prefix(places).count(where: set.contains)
          let due = min(set.count, places * weight / all)
          #expect(have >= due, "\(number): \(ballots), \(set), \(places)")
          groups += due > 0 ? 1 : 0
          tight += due > 0 && have == due && due < min(set.count, places) ? 1 : 0
        }
      }
    }
    #expect(groups > 5_000 && tight > 200, "\(groups) \(tight)")
  }

  @Test func `clones of one group have a whole, a half, a third of it, and who supports more has no more weight`() throws {
    var random = PublicRandom(seed: "clones")
    for _ in 0..<1_000 {
      let (clones, weight) = (1 + random.below(6), 1 + random.below(30))
      let alone = try HarmonicOrder(textCount: clones, supporters: [(Array(0..<clones), weight)])
      #expect(alone.order.map { alone.weights[$0] } == (1...clones).map { Rational(weight, $0) })
      // Two groups without a text in common: the order merges two such rows.
      let (others, second) = (1 + random.below(6), 1 + random.below(30))
      let both = try HarmonicOrder(
        textCount: clones + others, supporters: [(Array(0..<clones), weight), (Array(clones..<clones + others), second)])
      let expected = ((1...clones).map { Rational(weight, $0) } + (1...others).map { Rational(second, $0) }).sorted(by: >)
      #expect(both.order.map { both.weights[$0] } == expected)
    }
  }

  @Test func `one more supporter moves no text down in two thousand small harmonic orders`() throws {
    var random = PublicRandom(seed: "one more supporter")
    var moved = 0
    for number in 0..<2_000 {
      let count = 2 + random.below(4)
      var supporters = (0..<1 + random.below(6)).map { _ in
        (texts: (0..<count).filter { _ in random.below(2) == 0 }, weight: 1 + random.below(4))
      }
      let before = try HarmonicOrder(textCount: count, supporters: supporters)
      let (place, text) = (random.below(supporters.count), random.below(count))
      guard !supporters[place].texts.contains(text) else { continue }
      supporters[place].texts.append(text)
      let after = try HarmonicOrder(textCount: count, supporters: supporters)
      guard before.ties.isEmpty, after.ties.isEmpty else { continue }
      let (old, new) = (before.order.firstIndex(of: text) ?? 0, after.order.firstIndex(of: text) ?? 0)
      #expect(new <= old, "\(number): \(supporters)")
      moved += new < old ? 1 : 0
    }
    #expect(moved > 50, "\(moved)")
  }

  @Test func `the proportional order's failure: a text that somebody ranks higher can fall`() throws {
    // Seven people, four texts A to D (0 to 3).
    func order(_ first: [Int]) throws -> ProportionalOrder {
      let ballots = [(first, 1), ([2, 3, 0, 1], 3), ([1, 0, 3, 2], 1), ([0, 3, 1], 1), ([2, 0, 3], 1)]
      return try ProportionalOrder(textCount: 4, ballots: ballots.map { ballot in (levels: ballot.0.map { [$0] }, weight: ballot.1) })
    }
    let (before, after) = (try order([1, 3, 0]), try order([3, 1, 0]))
    // D was second on the first ballot and is first now: it falls from the second place to the third.
    #expect(before.order == [2, 3, 1, 0] && after.order == [2, 0, 3, 1])
    #expect(before.ties.isEmpty && after.ties.isEmpty)
  }
}
