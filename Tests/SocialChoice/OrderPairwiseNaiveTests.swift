import Testing

@testable import SocialChoice

struct OrderPairwiseNaiveTests {
  /// Few texts, few answers, many alike; draws among them.
  private struct Sample {
    let count: Int
    var victories: [(winner: Int, loser: Int, count: Int)] = []
    var draws: [(Int, Int, count: Int)] = []

    init(_ random: inout PublicRandom) {
      count = 2 + random.below(5)
      for _ in 0..<2 + random.below(4 * count) {
        let one = random.below(count)
        let other = (one + 1 + random.below(count - 1)) % count
        if random.below(4) == 0 { draws.append((one, other, 1 + random.below(2))) } else { victories.append((one, other, 1 + random.below(2))) }
      }
    }

    var halves: [[Int]] {
      var halves = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
      for (winner, loser, times) in victories { halves[winner][loser] += 2 * times }
      for (one, other, times) in draws {
        halves[one][other] += times
        halves[other][one] += times
      }
      return halves
    }

    func order(prior: Double?) throws -> PairwiseOrder? {
      let comparisons = try PairwiseComparisons(textCount: count, victories: victories, draws: draws)
      guard case .ordered(let order) = try PairwiseOrder.result(comparisons, prior: prior) else { return nil }
      return order
    }
  }

  @Test func `strengths and their uncertainty are those of Newton's method, on a thousand small sets of answers with draws`() throws {
    var random = PublicRandom(seed: "Newton")
    var (compared, free, tied) = (0, 0, 0)
    for number in 0..<3_000 where compared < 1_000 {
      let sample = Sample(&random)
      let prior = number % 2 == 0 ? nil : [0.5, 1, 2][random.below(3)]
      guard let order = try sample.order(prior: prior) else { continue }
      compared += 1
      let naive = try #require(PairwiseNaive(halves: sample.halves, prior: prior ?? 0), "\(number)")
      #expect(order.isConverged, "\(number)")
      for text in 0..<sample.count {
        #expect(abs(order.logStrengths[text] - naive.logStrengths[text]) < 1e-6, "\(number), text \(text)")
        if let strength = naive.anchored?[text] { #expect(abs(order.strengths[text] / strength - 1) < 1e-6, "\(number)") }
        #expect(abs((order.standardErrors?[text] ?? 0) - naive.covariance[text][text].squareRoot()) < 1e-5, "\(number), text \(text)")
        for other in 0..<text {
          let variance = naive.covariance[text][text] + naive.covariance[other][other] - 2 * naive.covariance[text][other]
          let expected = (naive.logStrengths[text] - naive.logStrengths[other]) / variance.squareRoot()
          #expect(abs((order.certainty(text, above: other) ?? .infinity) - expected) < 1e-5, "\(number)")
          tied += abs(expected) < 1e-9 ? 1 : 0
        }
      }
      if prior == nil {
        free += 1
        #expect(abs(order.strengths.reduce(0, +) / Double(sample.count) - 1) < 1e-9)
      }
    }
    #expect(compared == 1_000)
    #expect(free > 150 && tied > 80, "\(free) \(tied)")
  }

  @Test func `other names, and answers one by one instead of by number, give the same strengths`() throws {
    var random = PublicRandom(seed: "names of texts")
    for _ in 0..<1_000 {
      let sample = Sample(&random)
      let order = try #require(try sample.order(prior: 1))
      var single = sample
      single.victories = random.shuffled(sample.victories.flatMap { Array(repeating: ($0.winner, $0.loser, 1), count: $0.count) })
      single.draws = random.shuffled(sample.draws.flatMap { Array(repeating: ($0.1, $0.0, 1), count: $0.count) })
      #expect(try single.order(prior: 1)?.strengths == order.strengths)
      let names = random.shuffled(Array(0..<sample.count))
      var renamed = sample
      renamed.victories = sample.victories.map { (names[$0.winner], names[$0.loser], $0.count) }
      renamed.draws = sample.draws.map { (names[$0.0], names[$0.1], $0.count) }
      let other = try #require(try renamed.order(prior: 1))
      for text in 0..<sample.count { #expect(abs(other.strengths[names[text]] - order.strengths[text]) < 1e-8) }
    }
  }

  @Test func `one victory more makes a text stronger against each other one, and its loser weaker`() throws {
    var random = PublicRandom(seed: "one victory more")
    for number in 0..<1_000 {
      var sample = Sample(&random)
      let prior = number % 2 == 0 ? nil : 0.5
      guard let before = try sample.order(prior: prior) else { continue }
      let winner = random.below(sample.count)
      let loser = (winner + 1 + random.below(sample.count - 1)) % sample.count
      sample.victories.append((winner, loser, 1))
      let after = try #require(try sample.order(prior: prior))
      for other in 0..<sample.count {
        if other != winner { #expect(after.probability(winner, over: other) > before.probability(winner, over: other) - 1e-9, "\(number)") }
        if other != loser { #expect(after.probability(loser, over: other) < before.probability(loser, over: other) + 1e-9, "\(number)") }
      }
    }
  }
}
