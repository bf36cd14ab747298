import Testing

@testable import SocialChoice

struct RankingPropertyTests {
  @Test(arguments: NamedRule.all) func `the order of ballots, names and bundling say nothing`(rule: NamedRule) throws {
    for number in 0..<1_000 {
      let election = RankingCase(number)
      var random = PublicRandom(seed: "properties \(number)")
      let winners = rule.winners(try election.profile)
      #expect(rule.winners(try election.repeated.profile) == winners, "case \(number)")
      let shuffled = RankingCase(candidateCount: election.candidateCount, ballots: random.shuffled(election.ballots))
      #expect(rule.winners(try shuffled.profile) == winners, "case \(number)")
      let names = random.shuffled(Array(0..<election.candidateCount))
      #expect(rule.winners(try election.renamed(names).profile) == winners.map { names[$0] }.sorted(), "case \(number)")
    }
  }

  @Test(arguments: NamedRule.monotonic) func `more support does not make a winner lose`(rule: NamedRule) throws {
    for number in 0..<1_000 {
      let election = RankingCase(number, equals: false)
      let winners = rule.winners(try election.profile)
      for winner in winners {
        for (place, ballot) in election.ballots.enumerated() {
          var raised = election
          var order = ballot.levels.map { $0[0] }
          let old = order.firstIndex(of: winner) ?? order.count
          if old == 0 { continue }
          order.removeAll { $0 == winner }
          order.insert(winner, at: old - 1)
          raised.ballots[place].levels = order.map { [$0] }
          #expect(rule.winners(try raised.profile).contains(winner), "case \(number)")
        }
      }
    }
  }

  @Test func `instant run-off, two rounds and transferable votes are not monotonic: a recorded case`() throws {
    func election(_ two: [Int]) throws -> RankedProfile {
      var profile = try RankedProfile(candidateCount: 3)
      try profile.append(order: [0, 1, 2], weight: 6)
      try profile.append(order: [2, 0, 1], weight: 5)
      try profile.append(order: [1, 2, 0], weight: 4)
      try profile.append(order: two, weight: 2)
      return profile
    }
    // A wins; then two people who had B first put A first: now C wins.
    for (order, winner) in [([1, 0, 2], 0), ([0, 1, 2], 2)] {
      let profile = try election(order)
      #expect(profile.instantRunoff(tieBreak: .lexicographic).winners == [winner])
      #expect(profile.twoRound(tieBreak: .lexicographic).winners == [winner])
      #expect(profile.transferable(.scottish, seats: 1, tieBreak: .lexicographic).winners == [winner])
      #expect(profile.transferable(.meek, seats: 1, tieBreak: .lexicographic).winners == [winner])
    }
  }

  @Test(arguments: NamedRule.condorcet) func `who beats every other one is elected alone`(rule: NamedRule) throws {
    var met = 0
    for number in 0..<1_000 {
      let profile = try RankingCase(number).profile
      guard let winner = PairwiseTable(profile).condorcetWinner else { continue }
      met += 1
      #expect(rule.winners(profile) == [winner], "case \(number)")
    }
    #expect(met > 100)
  }

  @Test(arguments: NamedRule.condorcet.filter { !$0.name.hasPrefix("minimax") })
  func `winners come out of the smallest group that beats all others`(rule: NamedRule) throws {
    for number in 0..<1_000 {
      let profile = try RankingCase(number).profile
      let smith = Set(PairwiseTable(profile).kemenyComponents()[0])
      #expect(smith.isSuperset(of: rule.winners(profile)), "case \(number)")
    }
  }

  /// Replaces the last candidate by itself and a twin that stands directly above, below or beside it on each ballot.
  private func cloned(_ election: RankingCase, _ random: inout PublicRandom) -> RankingCase {
    let (old, twin) = (election.candidateCount - 1, election.candidateCount)
    let ballots = election.ballots.map { ballot -> (levels: [[Int]], weight: Int) in
      let levels = ballot.levels.flatMap { level -> [[Int]] in
        guard level.contains(old) else { return [level] }
        if level.count > 1 { return [level + [twin]] }
        return [[[old], [twin]], [[twin], [old]], [[old, twin]]][random.below(3)]
      }
      return (levels, ballot.weight)
    }
    return RankingCase(candidateCount: twin + 1, ballots: ballots)
  }

  @Test func `clones change nothing under schulze, nor under ranked pairs where no two victories are equal`() throws {
    var distinct = 0
    for number in 0..<1_000 {
      var random = PublicRandom(seed: "clones \(number)")
      let election = RankingCase(number, largest: 4)
      let twins = cloned(election, &random)
      let (before, after) = (PairwiseTable(try election.profile), PairwiseTable(try twins.profile))
      let fold = { (winners: [Int]) in Set(winners.map { min($0, election.candidateCount - 1) }) }
      for measure in [VictoryStrength.winningVotes, .margins] {
        let winners = after.schulze(by: measure, tieBreak: .lexicographic).winners
        #expect(fold(winners) == Set(before.schulze(by: measure, tieBreak: .lexicographic).winners), "case \(number)")
        let strengths = before.victories(by: measure, places: Array(0..<election.candidateCount)).map(\.strength)
        let pairs = election.candidateCount * (election.candidateCount - 1) / 2
        guard Set(strengths).count == pairs else { continue }
        distinct += 1
        let ranked = after.rankedPairs(by: measure, tieBreak: .lexicographic).winners
        #expect(fold(ranked) == Set(before.rankedPairs(by: measure, tieBreak: .lexicographic).winners), "case \(number)")
      }
    }
    #expect(distinct > 100)
  }

  @Test func `if all turn their ballots round, a lone winner of schulze does not win`() throws {
    for number in 0..<1_000 {
      let election = RankingCase(number, complete: true)
      let reversed = RankingCase(candidateCount: election.candidateCount, ballots: election.ballots.map { ($0.levels.reversed(), $0.weight) })
      for measure in [VictoryStrength.winningVotes, .margins] {
        let winners = PairwiseTable(try election.profile).schulze(by: measure, tieBreak: .lexicographic).winners
        guard winners.count == 1 else { continue }
        #expect(!PairwiseTable(try reversed.profile).schulze(by: measure, tieBreak: .lexicographic).winners.contains(winners[0]), "case \(number)")
      }
    }
  }
}
