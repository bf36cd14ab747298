import Testing

@testable import SocialChoice

struct DelegationMonotonicityTests {
  @Test func `a winner whom one voter grades higher stays the winner, and names change nothing, with every policy`() {
    var random = PublicRandom(seed: "graded higher")
    var raised = 0
    for _ in 0..<4_000 {
      let count = 2 + random.below(2)
      let voters = 2 + random.below(4)
      var grades = (0..<voters).map { _ in (0..<count).map { _ in Int32(random.below(5) - 2) } }
      let weights = (0..<voters).map { _ in 1 + random.below(3) }
      let policy = VotingPolicy(forbidsReverseBeatPath: random.below(2) == 0, forbidsMultistageMajority: random.below(2) == 0)
      func outcome(_ grades: [[Int32]]) -> BattleOutcome {
        var votes = GradedVotes(optionCount: count)
        for (voter, grades) in grades.enumerated() { votes.append(voter: voter, grades: grades) }
        return BattleOutcome(Battle(votes: votes, options: Array(0..<count), weights: weights), totalWeight: weights.reduce(0, +), policy: policy)
      }
      let before = outcome(grades)
      let names = random.shuffled(Array(0..<count))
      let renamed = outcome(grades.map { grade in names.map { grade[$0] } })
      #expect(renamed.options.map(\.schulzeRank) == names.map { before.options[$0].schulzeRank })
      #expect(renamed.options.map(\.isEligible) == names.map { before.options[$0].isEligible })
      guard let winner = before.winner, before.ties.isEmpty else { continue }
      #expect(renamed.winner.map { names[$0] } == winner)
      grades[random.below(voters)][winner] += Int32(1 + random.below(3))
      #expect(outcome(grades).winner == winner, "\(grades)")
      raised += 1
    }
    #expect(raised > 1_000, "\(raised)")
  }
}
