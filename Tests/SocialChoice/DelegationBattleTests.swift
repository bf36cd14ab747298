import SocialChoice
import Testing

struct DelegationBattleTests {
  private struct Case {
    var votes: GradedVotes
    var weights: [Int]

    init(_ random: inout PublicRandom) {
      votes = GradedVotes(optionCount: 1 + random.below(4))
      weights = []
      for voter in 0..<random.below(6) {
        votes.append(voter: voter, grades: (0..<votes.optionCount).map { _ in Int32(random.below(5) - 2) })
        weights.append(random.below(4))
      }
    }

    var battle: Battle { Battle(votes: votes, options: Array(0..<votes.optionCount), weights: weights) }
    var total: Int { weights.reduce(0, +) }
  }

  /// Pairs (winner's weight, − loser's weight); ties are steps of strength (0, 0), defeats none. All simple paths, by depth.
  private func strongest(_ battle: Battle, _ from: Int, _ to: Int, past: [Int] = []) -> [Int] {
    var best = [-1, 0]
    for next in 0...battle.optionCount where next != from && !past.contains(next) {
      let (win, lose) = (battle[from, next], battle[next, from])
      let step = win > lose ? [win, -lose] : win == lose ? [0, 0] : [-1, 0]
      let rest = next == to ? step : strongest(battle, next, to, past: past + [from])
      let path = step.lexicographicallyPrecedes(rest) ? step : rest
      if best.lexicographicallyPrecedes(path) { best = path }
    }
    return best
  }

  @Test func `a thousand small battles have the ranks that trying all paths gives`() {
    var random = PublicRandom(seed: "battles")
    var ties = 0
    for _ in 0..<1_000 {
      let sample = Case(&random)
      let battle = sample.battle
      let outcome = BattleOutcome(battle, totalWeight: sample.total)
      let sides = Array(0...battle.optionCount)
      var left = sides
      var ranks = [Int](repeating: 0, count: sides.count)
      var rank = 1
      while !left.isEmpty {
        let first = left.filter { a in
          left.allSatisfy { b in a == b || !strongest(battle, a, b).lexicographicallyPrecedes(strongest(battle, b, a)) }
        }
        for side in first { ranks[side] = rank }
        left.removeAll { first.contains($0) }
        rank += 1
      }
      #expect(outcome.options.map(\.schulzeRank) == Array(ranks.dropLast()))
      #expect(outcome.statusQuoRank == ranks[battle.statusQuo])
      for option in 0..<battle.optionCount {
        #expect(outcome.options[option].reverseBeatPath == (strongest(battle, battle.statusQuo, option)[0] >= 0))
      }
      ties += outcome.ties.count
    }
    #expect(ties > 20)
  }

  @Test func `in a ring of victories by equal weight the one with the most against it breaks`() {
    var votes = GradedVotes(optionCount: 3)
    let grades: [[Int32]] = [[1, 3, 1], [3, 2, 2], [1, 2, 3], [3, 1, 2], [1, 2, 3], [3, 1, 2], [2, 3, 1]]
    for (voter, grades) in grades.enumerated() { votes.append(voter: voter, grades: grades) }
    let battle = Battle(votes: votes, options: [0, 1, 2], weights: Array(repeating: 1, count: 7))
    // 0 beats 2 by 4 to 2, 2 beats 1 by 4 to 2, 1 beats 0 by 4 to 3.
    #expect([battle[0, 2], battle[2, 0], battle[2, 1], battle[1, 2], battle[1, 0], battle[0, 1]] == [4, 2, 4, 2, 4, 3])
    let outcome = BattleOutcome(battle, totalWeight: 7)
    #expect(outcome.options.map(\.schulzeRank) == [1, 3, 2])
    #expect(outcome.winner == 0 && outcome.ties.isEmpty)
  }

  @Test func `majorities over others are what going round again and again finds`() {
    var random = PublicRandom(seed: "majorities")
    var (spread, multistage) = (0, 0)
    for _ in 0..<1_000 {
      let sample = Case(&random)
      let battle = sample.battle
      let (share, strict) = (2 + random.below(2), random.below(2) == 0)
      let majority = VotingPolicy.Majority(numerator: share - 1, denominator: share, isStrict: strict)
      let outcome = BattleOutcome(battle, totalWeight: sample.total, policy: VotingPolicy(indirectMajority: majority))
      func reaches(_ a: Int, _ b: Int) -> Bool {
        let (part, all) = (battle[a, b] * share, (share - 1) * (battle[a, b] + battle[b, a]))
        return strict ? part > all : part >= all
      }
      let options = Array(0..<battle.optionCount)
      var holders = options.map { reaches($0, battle.statusQuo) }
      let direct = holders
      for _ in options { for a in options where options.contains(where: { $0 != a && holders[$0] && reaches(a, $0) }) { holders[a] = true } }
      #expect(outcome.options.map(\.indirectMajority) == holders)
      if holders != direct { spread += 1 }
      for loser in options {
        let over = options.contains { other in
          outcome.options[other].schulzeRank < outcome.options[loser].schulzeRank && battle[other, loser] > battle[loser, other]
            && (battle[other, loser] > battle[other, battle.statusQuo] || battle[loser, other] < battle[battle.statusQuo, loser])
        }
        #expect(outcome.options[loser].multistageMajority == (over || !outcome.options[loser].betterThanStatusQuo))
        if over && outcome.options[loser].betterThanStatusQuo { multistage += 1 }
      }
    }
    #expect(spread >= 5, "\(spread)")
    #expect(multistage >= 5, "\(multistage)")
  }

  @Test func `a battle counts by hand, repeated votes are weights, and the order of votes is nothing`() {
    var random = PublicRandom(seed: "weights")
    for _ in 0..<1_000 {
      let sample = Case(&random)
      let battle = sample.battle
      var repeated: [(Int, [Int32])] = []
      for (number, voter) in sample.votes.voters.enumerated() {
        let start = number * sample.votes.optionCount
        let grades = Array(sample.votes.grades[start..<start + sample.votes.optionCount])
        for _ in 0..<sample.weights[voter] { repeated.append((repeated.count, grades)) }
      }
      var votes = GradedVotes(optionCount: sample.votes.optionCount)
      for (voter, grades) in random.shuffled(repeated) { votes.append(voter: voter, grades: grades) }
      #expect(Battle(votes: votes, options: Array(0..<votes.optionCount), weights: repeated.map { _ in 1 }) == battle)
      for a in 0..<votes.optionCount {
        #expect(battle[a, battle.statusQuo] == repeated.count { $0.1[a] > 0 })
        for b in 0..<votes.optionCount where b != a { #expect(battle[a, b] == repeated.count { $0.1[a] > $0.1[b] }) }
      }
    }
  }

  @Test func `a winner passes every check, and each loser is told a check that it fails`() {
    var random = PublicRandom(seed: "reasons")
    var winners = 0
    for _ in 0..<1_000 {
      let sample = Case(&random)
      let policy = VotingPolicy(forbidsReverseBeatPath: random.below(2) == 0, forbidsMultistageMajority: random.below(2) == 0)
      let outcome = BattleOutcome(sample.battle, totalWeight: sample.total, policy: policy)
      #expect(outcome.options.map(\.rank).sorted() == Array(1..<outcome.options.count + 1))
      for (number, option) in outcome.options.enumerated() {
        #expect(option.isWinner == (number == outcome.winner))
        switch option.whyNot {
        case nil:
          winners += 1
          #expect(option.isWinner && option.positive > option.negative && option.betterThanStatusQuo)
        case .noDirectMajority(let inFavour, let against): #expect(inFavour <= against)
        case .noIndirectMajority: #expect(!option.indirectMajority)
        case .notBetterThanStatusQuo(let rank, let statusQuoRank): #expect(rank >= statusQuoRank)
        case .reverseBeatPath: #expect(policy.forbidsReverseBeatPath && option.reverseBeatPath)
        case .multistageMajority: #expect(policy.forbidsMultistageMajority && option.multistageMajority)
        case .behind(let winner, let rank, let winnersRank): #expect(winner == outcome.winner && rank > winnersRank)
        case .tied(let winner): #expect(winner == outcome.winner && option.schulzeRank == outcome.options[winner].schulzeRank)
        }
      }
    }
    #expect(winners > 200)
  }

  @Test func `a stricter majority can be reached over another that has it`() {
    // Two thirds: A has 6 of 9 against the status quo; B has 5 of 9, but 7 of 9 prefer B to A.
    var votes = GradedVotes(optionCount: 2)
    let groups: [(Int, [Int32])] = [(4, [1, 2]), (2, [1, -1]), (1, [-2, 1]), (2, [-2, -1])]
    for (voter, group) in groups.enumerated() { votes.append(voter: voter, grades: group.1) }
    let battle = Battle(votes: votes, options: [0, 1], weights: groups.map(\.0))
    let twoThirds = VotingPolicy.Majority(numerator: 2, denominator: 3, isStrict: false)
    let outcome = BattleOutcome(battle, totalWeight: 9, policy: VotingPolicy(indirectMajority: twoThirds))
    #expect(battle[1, battle.statusQuo] == 5 && battle[1, 0] == 7)
    #expect(outcome.options[1].indirectMajority)
    #expect(outcome.winner == 1)
  }
}
