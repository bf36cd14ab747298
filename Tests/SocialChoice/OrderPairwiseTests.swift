import Foundation
import Testing

@testable import SocialChoice

struct OrderPairwiseTests {
  /// The American League's eastern division in 1987, as in A. Agresti's *Categorical Data Analysis*: seven teams, thirteen games a pair.
  private let baseball = [
    [0, 7, 9, 7, 7, 9, 11], [6, 0, 7, 5, 11, 9, 9], [4, 6, 0, 7, 7, 8, 12], [6, 8, 6, 0, 6, 7, 10], [6, 2, 6, 7, 0, 7, 12], [4, 4, 5, 6, 6, 0, 6],
    [2, 4, 1, 3, 1, 7, 0],
  ]

  private func victories(_ table: [[Int]]) -> [(winner: Int, loser: Int, count: Int)] {
    table.indices.flatMap { winner in table.indices.compactMap { table[winner][$0] > 0 ? (winner, $0, table[winner][$0]) : nil } }
  }

  private func ordered(_ comparisons: PairwiseComparisons, prior: Double? = nil) throws -> PairwiseOrder {
    guard case .ordered(let order) = try PairwiseOrder.result(comparisons, prior: prior) else { throw OrderFault.settings }
    return order
  }

  private func isNear(_ values: [Double], _ expected: [Double]) -> Bool { zip(values, expected).allSatisfy { abs($0 - $1) < 1e-7 } }

  @Test func `a season of baseball has the strengths and standard errors that Newton's method gives`() throws {
    let order = try ordered(PairwiseComparisons(textCount: 7, victories: victories(baseball)))
    #expect(order.order == [0, 1, 2, 3, 4, 5, 6])
    #expect(order.isConverged)
    #expect(isNear(order.logStrengths, [0.531153341, 0.386205896, 0.244282588, 0.197415309, 0.057495169, -0.366349767, -1.050202536]))
    let errors = [0.207419476, 0.204156559, 0.202061521, 0.201603748, 0.200919071, 0.205044319, 0.232462296]
    #expect(isNear(try #require(order.standardErrors), errors))
    #expect(abs((order.certainty(0, above: 6) ?? 0) - 4.606928827) < 1e-6)
    let drawn = try ordered(PairwiseComparisons(textCount: 7, victories: victories(baseball)), prior: 1)
    #expect(isNear(drawn.strengths, [1.659896729, 1.441457732, 1.255328534, 1.199287749, 1.046416487, 0.692542972, 0.357071005]))
    let drawnErrors = [0.586147039, 0.584754844, 0.583866398, 0.583672929, 0.583384617, 0.585145716, 0.597249621]
    #expect(isNear(try #require(drawn.standardErrors), drawnErrors))
  }

  @Test func `two texts: the strengths are as the answers, and draws count half`() throws {
    let order = try ordered(PairwiseComparisons(textCount: 2, victories: [(0, 1, 3), (1, 0, 1)]))
    #expect(isNear([order.probability(0, over: 1)], [0.75]))
    let drawn = try ordered(PairwiseComparisons(textCount: 2, victories: [(0, 1, 2)], draws: [(1, 0, 2)]))
    #expect(isNear([drawn.probability(0, over: 1)], [0.75]))
  }

  @Test func `equal strengths are told, and stand as the tie-break says`() throws {
    // Three beat each other in a circle, and all beat the last two, who are level with each other.
    let circle = [(0, 1, 2), (1, 2, 2), (2, 0, 2)] + (0..<3).flatMap { [($0, 3, 3), ($0, 4, 3), (3, $0, 1), (4, $0, 1)] } + [(3, 4, 1), (4, 3, 1)]
    let comparisons = try PairwiseComparisons(textCount: 5, victories: circle.map { (winner: $0.0, loser: $0.1, count: $0.2) })
    let plain = try ordered(comparisons)
    #expect(plain.order == [0, 1, 2, 3, 4])
    #expect(plain.ties == [Tie(round: 1, options: [0, 1, 2], chosen: 0), Tie(round: 4, options: [3, 4], chosen: 3)])
    var orders: Set<[Int]> = []
    for seed in 0..<40 {
      let tieBreak = TieBreak.seeded("\(seed)")
      guard case .ordered(let drawn) = try PairwiseOrder.result(comparisons, tieBreak: tieBreak) else { continue }
      let places = tieBreak.places(count: 5)
      #expect(drawn.order == [0, 1, 2].sorted { places[$0] < places[$1] } + [3, 4].sorted { places[$0] < places[$1] })
      #expect(drawn.ties.map(\.options) == plain.ties.map(\.options) && drawn.ties.map(\.chosen) == [drawn.order[0], drawn.order[3]])
      orders.insert(drawn.order)
    }
    #expect(orders.count > 6)
    let uneven = try ordered(PairwiseComparisons(textCount: 2, victories: [(0, 1, 3), (1, 0, 1)]))
    #expect(uneven.ties.isEmpty)
  }

  @Test func `the strengths foresee as many victories as each text had, and the order of the answers changes no bit`() throws {
    var random = PublicRandom(seed: "pairs")
    var (fitted, refused) = (0, 0)
    for _ in 0..<1_000 {
      let count = 2 + random.below(5)
      let answers = (0..<3 * count).map { _ in
        let first = random.below(count)
        return (winner: first, loser: (first + 1 + random.below(count - 1)) % count, count: 1)
      }
      let comparisons = try PairwiseComparisons(textCount: count, victories: answers)
      #expect((comparisons.groups.count == 1) == isConnected(answers, count))
      guard case .ordered(let order) = try PairwiseOrder.result(comparisons) else {
        refused += 1
        continue
      }
      fitted += 1
      let foreseen = (0..<count).map { text in
        answers.reduce(0.0) { sum, answer in
          answer.winner == text
            ? sum + order.probability(text, over: answer.loser) : answer.loser == text ? sum + order.probability(text, over: answer.winner) : sum
        }
      }
      #expect(isNear(foreseen, (0..<count).map { text in Double(answers.filter { $0.winner == text }.count) }))
      let again = try ordered(PairwiseComparisons(textCount: count, victories: random.shuffled(answers)))
      #expect(again.strengths.map(\.bitPattern) == order.strengths.map(\.bitPattern))
      #expect(again.standardErrors == order.standardErrors)
    }
    #expect(fitted > 50 && refused > 50)
  }

  /// However texts are split in two, somebody preferred one of either part to one of the other.
  private func isConnected(_ answers: [(winner: Int, loser: Int, count: Int)], _ count: Int) -> Bool {
    (1..<(1 << count) - 1).allSatisfy { part in answers.contains { part >> $0.winner & 1 == 1 && part >> $0.loser & 1 == 0 } }
  }

  @Test func `texts that nobody preferred both ways are named, in groups, the winners first; a stated prior orders them all the same`() throws {
    let comparisons = try PairwiseComparisons(textCount: 5, victories: [(0, 1, 1), (1, 0, 2), (1, 2, 4), (2, 3, 1), (3, 2, 1)])
    guard case .notComparable(let groups) = try PairwiseOrder.result(comparisons) else { throw OrderFault.settings }
    #expect(Set(groups.map(\.texts)) == [[0, 1], [2, 3], [4]])
    #expect(
      groups.filter { $0.texts != [4] } == [
        PairwiseGroup(texts: [0, 1], wonOutside: 4, lostOutside: 0), PairwiseGroup(texts: [2, 3], wonOutside: 0, lostOutside: 4),
      ])
    #expect(groups.first { $0.texts == [4] } == PairwiseGroup(texts: [4], wonOutside: 0, lostOutside: 0))
    let order = try ordered(comparisons, prior: 0.5)
    #expect(order.order.prefix(2) == [1, 0] && order.strengths[4] == 1)
  }

  @Test func `asking more often about a text makes it surer, not stronger`() throws {
    let few = try ordered(PairwiseComparisons(textCount: 3, victories: [(0, 1, 6), (1, 0, 3), (1, 2, 2), (2, 1, 1)]))
    let many = try ordered(PairwiseComparisons(textCount: 3, victories: [(0, 1, 600), (1, 0, 300), (1, 2, 2), (2, 1, 1)]))
    #expect(isNear(many.strengths, few.strengths))
    #expect((many.certainty(0, above: 1) ?? 0) > 5 * (few.certainty(0, above: 1) ?? 1))
  }

  @Test func `the logarithm that every machine computes alike is the logarithm`() {
    var random = PublicRandom(seed: "logarithm")
    for _ in 0..<2_000 {
      let x = Double(random.next() >> 11) * 0x1p-30 + 1e-9
      #expect(abs(portableLogarithm(x) - log(x)) <= 4e-16 * max(1, abs(log(x))))
    }
    #expect(portableLogarithm(1) == 0)
  }
}
