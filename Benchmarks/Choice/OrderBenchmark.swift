import SocialChoice

/// Orders of many texts, from made supports, rankings and comparisons.
enum OrderBenchmark {
  static let rows: [Row] =
    [100, 1_000].map { harmonic(texts: $0) } + [30, 100, 300, 1_000].map { proportional(texts: $0) } + [30, 100, 300].map { pairwise(texts: $0) }

  private static func harmonic(texts: Int) -> Row {
    Row(engine: "orders", name: "harmonic weighting, \(texts) texts, \(100 * texts) supports", peer: nil, target: "") {
      var random = PublicRandom(seed: "harmonic \(texts)")
      let supporters = (0..<10 * texts).map { _ in (texts: Set((0..<10).map { _ in random.below(texts) }).sorted(), weight: 1) }
      return { "first: \(try HarmonicOrder(textCount: texts, supporters: supporters).order[0])" }
    }
  }

  private static func proportional(texts: Int) -> Row {
    Row(engine: "orders", name: "proportional order, \(texts) texts, 1,000 ballots of 10", peer: nil, target: "") {
      var random = PublicRandom(seed: "proportional \(texts)")
      let ballots = (0..<1_000).map { _ in
        var levels: [[Int]] = [[], [], [], []]
        for text in Set((0..<10).map { _ in random.below(texts) }).sorted() { levels[random.below(4)].append(text) }
        return (levels: levels, weight: 1)
      }
      return { "first: \(try ProportionalOrder(textCount: texts, ballots: ballots).order[0])" }
    }
  }

  private static func pairwise(texts: Int) -> Row {
    Row(engine: "orders", name: "Bradley-Terry with uncertainty, \(texts) texts, \(100 * texts) comparisons", peer: nil, target: "") {
      var random = PublicRandom(seed: "pairs \(texts)")
      let victories = (0..<100 * texts).map { _ in
        let (one, step) = (random.below(texts), 1 + random.below(texts - 1))
        let other = (one + step) % texts
        // The odds are those of the numbers.
        let isFirst = random.below(one + other + 20) <= one + 9
        return (winner: isFirst ? one : other, loser: isFirst ? other : one, count: 1)
      }
      let comparisons = try PairwiseComparisons(textCount: texts, victories: victories)
      return {
        switch try PairwiseOrder.result(comparisons) {
        case .ordered(let order): "\(order.sweeps) sweeps"
        case .notComparable(let groups): "\(groups.count) groups"
        }
      }
    }
  }
}
