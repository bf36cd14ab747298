import Testing

@testable import SocialChoice

struct OrderTests {
  @Test func `harmonic weights agree with fractions shared voice by voice, on a thousand small cases with many ties`() throws {
    var random = PublicRandom(seed: "harmonic")
    var tied = 0
    for number in 0..<1_000 {
      let count = 1 + random.below(7)
      let supporters = (0..<random.below(7)).map { _ in
        (texts: random.shuffled(Array(0..<count)).filter { _ in random.below(2) == 0 }, weight: 1 + random.below(3))
      }
      let admitted = random.below(3) > 0 ? nil : Set((0..<count).filter { _ in random.below(2) == 0 })
      let result = try HarmonicOrder(textCount: count, supporters: supporters, admitted: admitted)
      var open = Set(0..<count)
      var last: [Int] = []
      while !open.isEmpty {
        let sums = Dictionary(
          uniqueKeysWithValues: open.map { text in
            let shares = supporters.filter { $0.texts.contains(text) }.map { Rational($0.weight, $0.texts.filter(open.contains).count) }
            return (text, shares.reduce(Rational.zero, +))
          })
        let later = open.filter { !(admitted?.contains($0) ?? false) }
        let eligible = admitted == nil || later.isEmpty ? open : later
        let least = eligible.compactMap { sums[$0] }.min()
        let equal = eligible.filter { sums[$0] == least }
        let text = try #require(equal.max())
        tied += equal.count > 1 ? 1 : 0
        #expect(result.weights[text] == least, "\(number)")
        last.append(text)
        open.remove(text)
      }
      #expect(result.order == last.reversed(), "\(number)")
    }
    #expect(tied > 500)
  }

  @Test func `a campaign's ten clones get no more of the top than one text would: the second of ninety voices counts half`() throws {
    // Ninety people support ten clones, fifty another text, forty a third.
    let supporters = [(texts: Array(0..<10), weight: 90), (texts: [10], weight: 50), (texts: [11], weight: 40)]
    let result = try HarmonicOrder(textCount: 12, supporters: supporters)
    #expect(result.order == [0, 10, 1, 11] + Array(2..<10))
    #expect(result.weights[1] == Rational(45) && result.weights[9] == Rational(9))
    #expect(result.ties.first == Tie(round: 1, options: Array(0..<10), chosen: 9))
  }

  @Test func `the proportional order agrees with water in fractions, on a thousand small cases with many ties`() throws {
    var random = PublicRandom(seed: "runoff")
    var tied = 0
    for number in 0..<1_000 {
      let count = 1 + random.below(6)
      let ballots = (0..<1 + random.below(6)).map { _ in
        var levels: [[Int]] = [[], [], []]
        for text in 0..<count where random.below(3) > 0 { levels[random.below(3)].append(text) }
        return (levels: levels, weight: 1 + random.below(2))
      }
      let result = try ProportionalOrder(textCount: count, ballots: ballots)
      let ranked = Set(ballots.flatMap { $0.levels.joined() })
      #expect(result.unranked == (0..<count).filter { !ranked.contains($0) })
      var open = ranked
      var last: [Int] = []
      while !open.isEmpty {
        let loser = try #require(naiveLoser(open, ballots))
        last.append(loser)
        open.remove(loser)
      }
      #expect(result.order == last.reversed(), "\(number): \(ballots)")
      tied += result.ties.isEmpty ? 0 : 1
    }
    #expect(tied > 300)
  }

  @Test func `the proportional order agrees with water in fractions where levels are long and flows exceed machine words`() throws {
    var random = PublicRandom(seed: "long levels")
    var longest = 0
    for number in 0..<12 {
      // As many texts a level as 7, 11, 13, 16, 17, 19 and so on: their common multiple is above 2^23.
      let sizes = [7, 11, 13, 16, 17, 19, 9, 5].prefix(4 + random.below(5))
      let ballots = sizes.map { size in
        let texts = random.shuffled(Array(0..<20))
        return (levels: [Array(texts[..<size]), Array(texts[size...])], weight: 1 + random.below(1 << 20))
      }
      longest = max(longest, sizes.reduce(1, *))
      var open = Set(0..<20)
      var last: [Int] = []
      while !open.isEmpty {
        let loser = try #require(naiveLoser(open, ballots))
        last.append(loser)
        open.remove(loser)
      }
      let result = try ProportionalOrder(textCount: 20, ballots: ballots)
      #expect(result.order == last.reversed(), "\(number): \(ballots)")
    }
    #expect(longest > 1 << 23)
  }

  /// Of those that fill last in the same moment, the one with the highest number.
  private func naiveLoser(_ texts: Set<Int>, _ ballots: [(levels: [[Int]], weight: Int)]) -> Int? {
    var open = texts
    var filled = Dictionary(uniqueKeysWithValues: open.map { ($0, Rational.zero) })
    while open.count > 1 {
      var feeds: [Int: Rational] = [:]
      for ballot in ballots {
        guard let level = ballot.levels.map({ $0.filter(open.contains) }).first(where: { !$0.isEmpty }) else { continue }
        for text in level { feeds[text, default: .zero] += Rational(ballot.weight, level.count) }
      }
      let times = feeds.map { text, feed in (text, (Rational.one - (filled[text] ?? .zero)) / feed) }
      guard let time = times.map(\.1).min() else { return nil }
      for (text, feed) in feeds { filled[text, default: .zero] += feed * time }
      let safe = open.filter { filled[$0] == .one }
      if safe.count == open.count { return open.max() }
      open.subtract(safe)
    }
    return open.first
  }

  @Test func `every beginning of the proportional order represents: the minority's text comes in time`() throws {
    // Two thirds rank three clones first, one third another text: of the first three places the minority has one.
    let ballots = [(levels: [[0], [1], [2], [3]], weight: 20), (levels: [[3], [0], [1], [2]], weight: 10)]
    #expect(try ProportionalOrder(textCount: 4, ballots: ballots).order.prefix(3).contains(3))
    let alone = [(levels: [[0], [1], [2]], weight: 20), (levels: [[3]], weight: 11)]
    #expect(try ProportionalOrder(textCount: 4, ballots: alone).order == [0, 3, 1, 2])
  }

  @Test func `names, order and repeating instead of weighing change no order`() throws {
    var random = PublicRandom(seed: "order symmetry")
    for _ in 0..<1_000 {
      let count = 2 + random.below(5)
      let names = random.shuffled(Array(0..<count))
      let ballots = (0..<5).map { _ in
        (levels: random.shuffled(Array(0..<count)).filter { _ in random.below(3) > 0 }.map { [$0] }, weight: 2)
      }
      let order = try ProportionalOrder(textCount: count, ballots: ballots)
      let twice = ballots.map { (levels: $0.levels, weight: 1) }
      #expect(try ProportionalOrder(textCount: count, ballots: random.shuffled(twice + twice)) == order)
      let supporters = ballots.map { (texts: Array($0.levels.joined()), weight: $0.weight) }
      let harmonic = try HarmonicOrder(textCount: count, supporters: supporters)
      #expect(try HarmonicOrder(textCount: count, supporters: random.shuffled(supporters)) == harmonic)
      let renamed = try HarmonicOrder(textCount: count, supporters: supporters.map { ($0.texts.map { names[$0] }, $0.weight) })
      #expect(harmonic.ties.isEmpty == renamed.ties.isEmpty)
      if harmonic.ties.isEmpty { #expect(renamed.order == harmonic.order.map { names[$0] }) }
      let other = try ProportionalOrder(textCount: count, ballots: ballots.map { ($0.levels.map { $0.map { names[$0] } }, $0.weight) })
      if order.ties.isEmpty, other.ties.isEmpty { #expect(other.order == order.order.map { names[$0] }) }
    }
  }

  @Test func `what cannot be ordered is refused with its reason`() {
    #expect(throws: OrderFault.unknownText(2, voice: 0)) { try HarmonicOrder(textCount: 2, supporters: [([2], 1)]) }
    #expect(throws: OrderFault.twice(1, voice: 1)) { try HarmonicOrder(textCount: 2, supporters: [([0], 1), ([1, 1], 1)]) }
    #expect(throws: OrderFault.weight(voice: 0)) { try ProportionalOrder(textCount: 2, ballots: [([[0]], 0)]) }
    #expect(throws: OrderFault.twice(0, voice: 0)) { try ProportionalOrder(textCount: 2, ballots: [([[0], [0]], 1)]) }
    #expect(throws: OrderFault.itself(1)) { try PairwiseComparisons(textCount: 2, victories: [(1, 1, 1)]) }
    #expect(throws: OrderFault.settings) { try PairwiseOrder.result(PairwiseComparisons(textCount: 2, victories: []), prior: .nan) }
  }
}
