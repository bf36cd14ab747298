import Testing

@testable import SocialChoice

struct RankingRuleTests {
  private static let cases = 0..<1_000

  @Test func `the pairwise table is what a slow count gives, by levels and by columns`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      let expected = (0..<election.candidateCount).flatMap { a in (0..<election.candidateCount).map { naive.prefer(a, $0) } }
      #expect(PairwiseCount.byLevels(try election.profile) == expected)
      #expect(PairwiseCount.byColumns(try election.profile) == expected)
    }
  }

  @Test func `columns count long blocks, heavy ballots and many levels as levels do`() throws {
    var random = PublicRandom(seed: "columns")
    for (candidates, ballots) in [(3, 9_000), (40, 5_000), (255, 70)] {
      var profile = try RankedProfile(candidateCount: candidates)
      for _ in 0..<ballots {
        let order = random.shuffled(Array(0..<candidates))
        try profile.append(order: Array(order.prefix(1 + random.below(candidates))), weight: random.below(1_000))
      }
      try profile.append(order: Array(0..<candidates))
      #expect(PairwiseCount.byLevels(profile) == PairwiseCount.byColumns(profile))
    }
  }

  @Test func `schulze is what all paths give`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      for measure in [VictoryStrength.winningVotes, .margins] {
        let table = PairwiseTable(try election.profile)
        let outcome = table.schulze(by: measure, tieBreak: .lexicographic)
        #expect(outcome.winners == naive.schulze(measure))
        #expect(outcome.chosen == [outcome.winners[0]])
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
        let outcome = PairwiseTable(try election.profile).rankedPairs(by: measure, tieBreak: .lexicographic)
        #expect(outcome.winners == naive.rankedPairs(measure), "case \(number)")
        #expect(outcome.tiesEnumerated && outcome.winners.contains(outcome.chosen[0]))
      }
    }
  }

  @Test func `kemeny finds every best order`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let expected = RankingNaive(election: election).kemeny()
      let outcome = PairwiseTable(try election.profile).kemeny(tieBreak: .lexicographic)
      guard case .orders(let orders) = outcome.trace else { continue }
      #expect(orders.orderCount == expected.orders.count && orders.disagreements == expected.disagreements && orders.isProvenBest)
      #expect(Set(orders.orders).isSubset(of: expected.orders) && orders.orders.count == min(50, expected.orders.count))
      #expect(outcome.winners == Set(expected.orders.map { $0[0] }).sorted())
      for loser in outcome.losers {
        if case .worseOrder(let own, let best) = loser.reason { #expect(own > best, "case \(number)") }
      }
    }
  }

  @Test func `the best order with a loser in front has as many disagreements as its reason says`() throws {
    for number in 0..<300 {
      let election = RankingCase(number)
      let table = PairwiseTable(try election.profile)
      for loser in table.kemeny(tieBreak: .lexicographic).losers {
        guard case .worseOrder(let own, _) = loser.reason else { continue }
        #expect(own == election.orders.filter { $0[0] == loser.candidate }.map { table.disagreements(of: $0) }.min())
      }
    }
  }

  @Test func `borda, copeland and minimax give the figures of their definitions`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      let table = PairwiseTable(try election.profile)
      #expect(table.borda(tieBreak: .lexicographic).trace == .scores(naive.borda().map { Rational($0, 2) }))
      #expect(table.copeland(tieBreak: .lexicographic).trace == .scores(naive.copeland().map { Rational($0) }))
      for measure in [VictoryStrength.winningVotes, .margins] {
        #expect(table.minimax(by: measure, tieBreak: .lexicographic).trace == .worstDefeats(naive.minimax(measure)))
      }
    }
  }

  @Test func `instant run-off lists every outcome of ties`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let outcome = try election.profile.instantRunoff(tieBreak: .lexicographic)
      #expect(outcome.winners == RankingNaive(election: election).instantRunoff(Array(0..<election.candidateCount)).sorted(), "case \(number)")
      #expect(outcome.winners.contains(outcome.chosen[0]) && outcome.losers.count == election.candidateCount - 1)
      #expect(outcome.ranking.joined().sorted() == Array(0..<election.candidateCount))
    }
  }

  @Test func `two rounds list every outcome of ties`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let outcome = try election.profile.twoRound(tieBreak: .lexicographic)
      #expect(outcome.winners == RankingNaive(election: election).twoRound().sorted(), "case \(number)")
      #expect(outcome.winners.contains(outcome.chosen[0]))
    }
  }

  @Test func `plurality shares a ballot among equals`() throws {
    for number in RankingRuleTests.cases {
      let election = RankingCase(number)
      let votes = RankingNaive(election: election).firstPreferences(Array(0..<election.candidateCount))
      #expect(
        try election.profile.plurality(tieBreak: .lexicographic).trace == .scores((0..<election.candidateCount).map { Rational(votes[$0] ?? 0, 60) }))
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
    guard case .orders(let orders) = kemeny.trace else { return }
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
