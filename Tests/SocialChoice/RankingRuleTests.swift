import Testing

@testable import SocialChoice

struct RankingRuleTests {
  private static let cases = 0..<1_000

  @Test func `the pairwise table is what a slow count gives, by pairs and by columns`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      let expected = (0..<election.candidateCount).flatMap { a in (0..<election.candidateCount).map { UInt32(naive.prefer(a, $0)) } }
      #expect(PairwiseCount.byPairs(try election.profile) == expected)
      #expect(PairwiseCount.byColumns(try election.profile) == expected)
    }
  }

  @Test func `columns count long blocks, heavy ballots and many levels as pairs do`() throws {
    var random = PublicRandom(seed: "columns")
    for (candidates, ballots) in [(3, 9_000), (40, 5_000), (255, 70), (300, 200)] {
      var profile = try RankedProfile(candidateCount: candidates)
      for _ in 0..<ballots {
        let order = random.shuffled(Array(0..<candidates))
        try profile.append(order: Array(order.prefix(1 + random.below(candidates))), weight: random.below(1_000))
      }
      try profile.append(order: Array(0..<candidates))
      #expect(PairwiseCount.byPairs(profile) == PairwiseCount.byColumns(profile))
    }
  }

  @Test func `four thousand million people, as many as may vote, are counted to the last`() throws {
    // A beats B by 2,700,000,001, B beats C by 2,800,000,001, C beats A by 2,499,999,998: as strong is the path from A to C as its first step.
    var profile = try RankedProfile(candidateCount: 3)
    try profile.append(order: [0, 1, 2], weight: 1_500_000_002)
    try profile.append(order: [1, 2, 0], weight: 1_299_999_999)
    try profile.append(order: [2, 0, 1], weight: 1_199_999_999)
    #expect(profile.total == ProfileFault.largestTotal)
    let expected: [UInt32] = [0, 2_700_000_001, 1_500_000_002, 1_299_999_999, 0, 2_800_000_001, 2_499_999_998, 1_199_999_999, 0]
    #expect(PairwiseCount.byPairs(profile) == expected && PairwiseCount.byColumns(profile) == expected)
    let table = PairwiseTable(profile)
    let paths = PathStrengths(table, by: .winningVotes)
    #expect(paths[0, 2] == 2_700_000_001 && paths[2, 0] == 2_499_999_998 && paths[1, 0] == 2_499_999_998)
    #expect(PathStrengths(table, by: .margins)[0, 2] == 1_400_000_002)
    #expect(table.schulze(tieBreak: .lexicographic).winners == [0] && table.rankedPairs(tieBreak: .lexicographic).winners == [0])
  }

  @Test func `schulze is what all paths give`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      for measure in [VictoryStrength.winningVotes, .margins] {
        let table = PairwiseTable(try election.profile)
        let tieBreak = TieBreak.ofCase(number)
        let outcome = table.schulze(by: measure, tieBreak: tieBreak)
        let winners = naive.schulze(measure)
        let chosen = tieBreak.order(election.candidateCount).first { winners.contains($0) } ?? 0
        #expect(outcome.winners == winners && outcome.chosen == [chosen])
        #expect(outcome.ranking == naive.peeled { naive.pathStrength($0, $1, measure) > naive.pathStrength($1, $0, measure) })
        #expect(outcome.ties == (winners.count > 1 ? [Tie(round: 1, options: winners, chosen: chosen)] : []))
        for loser in outcome.losers {
          guard case .beatenThroughPath(let path, let strength, let against) = loser.reason else { continue }
          // The reason is true: the path has that strength, and no way back is as strong.
          #expect(zip(path, path.dropFirst()).map { naive.strength($0, $1, measure) }.min() == strength)
          #expect(naive.pathStrength(loser.candidate, path[0], measure) == against && against < strength)
        }
      }
    }
  }

  @Test func `ranked pairs elects the tops of all stacks`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      for measure in [VictoryStrength.winningVotes, .margins] {
        let tieBreak = TieBreak.ofCase(number)
        let outcome = PairwiseTable(try election.profile).rankedPairs(by: measure, tieBreak: tieBreak)
        let course = naive.lockedCourse(measure, order: tieBreak.order(election.candidateCount))
        #expect(outcome.tiesEnumerated && outcome.winners == naive.rankedPairs(measure), "case \(number)")
        #expect(outcome.chosen == [course.winner] && outcome.ranking == course.ranking, "case \(number)")
        #expect(outcome.ties == course.ties, "case \(number)")
      }
    }
  }

  @Test func `kemeny finds every best order`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let expected = RankingNaive(election: election).kemeny()
      let tieBreak = TieBreak.ofCase(number)
      let outcome = PairwiseTable(try election.profile).kemeny(tieBreak: tieBreak)
      guard case .orders(let orders) = outcome.trace else {
        Issue.record("no orders")
        return
      }
      let places = tieBreak.order(election.candidateCount)
      let first = expected.orders.min { one, other in
        one.map { places.firstIndex(of: $0) ?? 0 }.lexicographicallyPrecedes(other.map { places.firstIndex(of: $0) ?? 0 })
      }
      #expect(outcome.ranking.map { $0[0] } == first && outcome.chosen == first.map { [$0[0]] })
      #expect(outcome.ties == RankingNaive.ties(first ?? [], among: expected.orders), "case \(number)")
      #expect(orders.orderCount == expected.orders.count && orders.disagreements == expected.disagreements && orders.isProvenBest)
      #expect(Set(orders.orders).isSubset(of: expected.orders) && orders.orders.count == min(50, expected.orders.count))
      #expect(outcome.winners == Set(expected.orders.map { $0[0] }).sorted())
      for loser in outcome.losers {
        if case .worseOrder(let own, let best) = loser.reason { #expect(own > best, "case \(number)") }
      }
    }
  }

  @Test func `the best order with a loser in front has as many disagreements as its reason says`() throws {
    for number in 0..<1_000 {
      let election = RankingCase(number)
      let table = PairwiseTable(try election.profile)
      for loser in table.kemeny(tieBreak: .lexicographic).losers {
        guard case .worseOrder(let own, _) = loser.reason else { continue }
        #expect(own == election.orders.filter { $0[0] == loser.candidate }.map { table.disagreements(of: $0) }.min())
      }
    }
  }

  @Test func `instant run-off lists every outcome of ties`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let tieBreak = TieBreak.ofCase(number)
      let outcome = try election.profile.instantRunoff(tieBreak: tieBreak)
      let naive = RankingNaive(election: election)
      let course = naive.instantRunoffCourse(order: tieBreak.order(election.candidateCount))
      #expect(outcome.winners == naive.instantRunoff(Array(0..<election.candidateCount)).sorted(), "case \(number)")
      #expect(outcome.chosen == [course.winner] && outcome.ranking == course.ranking, "case \(number)")
      #expect(outcome.ties == course.ties, "case \(number)")
      #expect(outcome.losers.map(\.candidate) == (0..<election.candidateCount).filter { $0 != course.winner })
    }
  }

  @Test func `two rounds list every outcome of ties`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let tieBreak = TieBreak.ofCase(number)
      let outcome = try election.profile.twoRound(tieBreak: tieBreak)
      let naive = RankingNaive(election: election)
      let course = naive.twoRoundCourse(order: tieBreak.order(election.candidateCount))
      #expect(outcome.winners == naive.twoRound().sorted(), "case \(number)")
      #expect(outcome.chosen == [course.winner] && outcome.ranking == course.ranking, "case \(number)")
      #expect(outcome.ties == course.ties, "case \(number)")
    }
  }

  @Test func `beyond the work limit the winner stands, and the result says what was not looked at`() throws {
    var profile = try RankedProfile(candidateCount: 6)
    for first in 0..<6 { try profile.append(order: [first]) }
    let runoff = profile.instantRunoff(tieBreak: .lexicographic, steps: 30)
    #expect(!runoff.tiesEnumerated && runoff.chosen == [0] && runoff.winners.contains(0))
    #expect(profile.instantRunoff(tieBreak: .lexicographic).winners == [0, 1, 2, 3, 4, 5])
    var cycle = try RankedProfile(candidateCount: 5)
    for first in 0..<5 { try cycle.append(order: (0..<5).map { ($0 + first) % 5 }) }
    let pairs = PairwiseTable(cycle).rankedPairs(tieBreak: .lexicographic, steps: 3)
    #expect(!pairs.tiesEnumerated && pairs.winners.contains(pairs.chosen[0]))
    let kemeny = PairwiseTable(cycle).kemeny(tieBreak: .lexicographic, steps: 3)
    #expect(!kemeny.tiesEnumerated)
    let orders = try #require({ if case .orders(let orders) = kemeny.trace { orders } else { nil } }() as KemenyOrders?)
    #expect(kemeny.ties.isEmpty && kemeny.winners == kemeny.chosen && kemeny.losers.allSatisfy { $0.reason == .notFirstInOrderFound })
    #expect(!orders.isProvenBest && orders.orderCount == nil && orders.orders.count == 1)
  }

  @Test func `nobody to choose from, one candidate, nobody who votes`() throws {
    let (none, one) = (try RankedProfile(candidateCount: 0), try RankedProfile(candidateCount: 1))
    var silent = try RankedProfile(candidateCount: 3)
    try silent.append([], weight: 4)
    for rule in NamedRule.all {
      #expect(rule.winners(none).isEmpty, "\(rule.name)")
      #expect(rule.winners(one) == [0], "\(rule.name)")
      #expect(rule.winners(silent) == [0, 1, 2], "\(rule.name)")
    }
  }

  @Test func `schulze with a status quo elects the best of those that pass every check, by all paths`() throws {
    var (stays, refused) = (0, 0)
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      let tieBreak = TieBreak.ofCase(number)
      let quo = number % election.candidateCount
      let twoThirds = try #require(Threshold(2, of: 3, mustExceed: number % 3 == 0))
      for measure in [VictoryStrength.winningVotes, .margins] {
        var lenient: [Int] = []
        for (isStrict, majority) in [(false, Threshold.majority), (true, Threshold.majority), (false, twoThirds)] {
          let checks = StatusQuoChecks(statusQuo: quo, majority: majority, refusesReversePaths: isStrict)
          let outcome = PairwiseTable(try election.profile).schulze(by: measure, checks: checks, tieBreak: tieBreak)
          let beats = { (a: Int, b: Int) in naive.pathStrength(a, b, measure) > naive.pathStrength(b, a, measure) }
          let eligible = (0..<election.candidateCount).filter { option in
            guard option != quo else { return false }
            let (support, opposition) = (naive.prefer(option, quo), naive.prefer(quo, option))
            let share = Rational(majority.numerator, majority.denominator) * Rational(support + opposition)
            let isEnough = majority.mustExceed ? Rational(support) > share : Rational(support) >= share
            return isEnough && beats(option, quo) && !(isStrict && naive.pathStrength(quo, option, measure) > 0)
          }
          let best = eligible.filter { option in !eligible.contains { beats($0, option) } }
          let winners = best.isEmpty ? [quo] : best
          let chosen = tieBreak.order(election.candidateCount).first { winners.contains($0) } ?? 0
          #expect(outcome.winners == winners && outcome.chosen == [chosen], "case \(number)")
          #expect(outcome.ties == (winners.count > 1 ? [Tie(round: 1, options: winners, chosen: chosen)] : []))
          for loser in outcome.losers {
            switch loser.reason {
            case .notAboveStatusQuo: #expect(!beats(loser.candidate, quo), "case \(number): \(loser)")
            case .pathBackFromStatusQuo(let path, let strength):
              let back = naive.pathStrength(quo, loser.candidate, measure)
              #expect(isStrict && back == strength && path.first == quo && path.last == loser.candidate, "case \(number): \(loser)")
            default: break
            }
          }
          if best.isEmpty { stays += 1 }
          if !isStrict, majority == .majority { lenient = winners }
          if isStrict, winners != lenient {
            refused += 1
          }
        }
      }
    }
    #expect(stays > 1_000 && refused > 10)
  }

  @Test func `the status quo stays unless an option has the majority against it and ranks above it`() throws {
    var profile = try RankedProfile(candidateCount: 3)
    try profile.append(order: [0, 2, 1], weight: 5)
    try profile.append(order: [1, 2, 0], weight: 6)
    let checks = StatusQuoChecks(statusQuo: 2)
    let outcome = PairwiseTable(profile).schulze(checks: checks, tieBreak: .lexicographic)
    #expect(outcome.chosen == [1])
    #expect(outcome.losers.first?.reason == .noMajority(support: 5, opposition: 6, needed: 6))
    let twoThirds = try #require(Threshold(2, of: 3, mustExceed: true))
    let strict = PairwiseTable(profile).schulze(checks: StatusQuoChecks(statusQuo: 2, majority: twoThirds), tieBreak: .lexicographic)
    #expect(strict.chosen == [2] && strict.losers.map(\.candidate) == [0, 1])
  }
}
