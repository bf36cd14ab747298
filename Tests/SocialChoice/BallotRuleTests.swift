import Testing

@testable import SocialChoice

/// What a file allows on a ballot: a second check, a thousand times.
struct BallotRuleTests {
  private struct Slip {
    var named: [(project: Int, points: Int)]
    var silent: [Int]
  }

  /// Nil, or a limit near `middle`.
  private static func limits(_ random: inout PublicRandom, _ middle: Int) -> BallotRules.ClosedLimits {
    let least = random.below(3) == 0 ? max(0, middle - random.below(middle + 2)) : nil
    let most = random.below(3) == 0 ? middle + random.below(middle + 2) - 1 : nil
    return BallotRules.ClosedLimits(least: least, most: most)
  }

  /// The figures of a slip in the order in which they are looked at, each with its limits.
  private static func figures(_ slip: Slip, _ rules: BallotRules, _ costs: [Int], hasPoints: Bool)
    -> [(value: Int, limits: BallotRules.ClosedLimits, breach: (Int, Int) -> BallotRules.Breach)]
  {
    var all = [(slip.named.count, rules.length, { BallotRules.Breach.length($0, limit: $1) })]
    if slip.named.isEmpty { return all }
    if hasPoints {
      var sum = 0
      for mark in slip.named {
        all.append((mark.points, rules.points, { .points($0, limit: $1) }))
        sum += mark.points
      }
      all.append((sum, rules.sumOfPoints, { .sumOfPoints($0, limit: $1) }))
    }
    var cost = 0
    for mark in slip.named { cost += costs[mark.project] }
    all.append((cost, rules.sumOfCosts, { .sumOfCosts($0, limit: $1) }))
    return all
  }

  @Test func `the first rule that a ballot breaks is found, in a thousand elections`() {
    var random = PublicRandom(seed: "ballot rules")
    var (kept, broken) = (0, [Int](repeating: 0, count: 4))
    for number in 0..<1_000 {
      let kind = BudgetBallotKind.allCases[number % 4]
      let costs = (0..<6).map { _ in random.below(9) }
      var rules = BallotRules()
      (rules.length, rules.points) = (Self.limits(&random, 3), Self.limits(&random, 2))
      (rules.sumOfPoints, rules.sumOfCosts) = (Self.limits(&random, 6), Self.limits(&random, 12))
      var ballots = BudgetBallots(kind: kind)
      var slips: [Slip] = []
      for _ in 0..<6 {
        let order = random.shuffled(Array(0..<6))
        let count = random.below(7)
        let slip = Slip(named: order.prefix(count).map { ($0, random.below(6) - 1) }, silent: Array(order.dropFirst(count).prefix(random.below(3))))
        slips.append(slip)
        // Points that stand for silence are on no ballot.
        ballots.append(
          slip.named.map { Int32($0.project) }, points: slip.named.map(\.points), others: slip.silent.map { Int32($0) }, silence: 5,
          weight: 1 + random.below(3))
      }
      for (place, slip) in slips.enumerated() {
        var expected: BallotRules.Breach?
        for figure in Self.figures(slip, rules, costs, hasPoints: kind == .points || kind == .scores) where expected == nil {
          if let least = figure.limits.least, figure.value < least {
            expected = figure.breach(figure.value, least)
          } else if let most = figure.limits.most, figure.value > most {
            expected = figure.breach(figure.value, most)
          }
        }
        #expect(rules.breach(of: place, in: ballots, costs: costs) == expected, "case \(number), \(place)")
        switch expected {
        case nil: kept += 1
        case .length: broken[0] += 1
        case .points: broken[1] += 1
        case .sumOfPoints: broken[2] += 1
        case .sumOfCosts: broken[3] += 1
        }
      }
    }
    #expect(kept > 1_000 && broken.allSatisfy { $0 > 100 }, "\(kept) \(broken)")
  }

  @Test func `a sum of points above 64 bits does not slip under the limit`() {
    var rules = BallotRules()
    rules.sumOfPoints = .init(most: 10)
    var ballots = BudgetBallots(kind: .points)
    ballots.append([0, 1, 2, 3] as [Int32], points: [Int](repeating: 1 << 62, count: 4))
    #expect(rules.breach(of: 0, in: ballots, costs: [1, 1, 1, 1]) == .sumOfPoints(.max, limit: 10))
  }
}
