import Testing

@testable import SocialChoice

struct PointPropertyTests {
  @Test(arguments: PointRule.all) func `the order of ballots, names and bundling say nothing`(rule: PointRule) throws {
    for number in 0..<1_000 {
      let election = PointCase(number)
      var random = PublicRandom(seed: "points \(number)")
      let outcome = try rule.outcome(election)
      let repeated = try rule.outcome(election.repeated)
      #expect(repeated.winners == outcome.winners && repeated.ranking == outcome.ranking, "case \(number)")
      let shuffled = try rule.outcome(PointCase(candidateCount: election.candidateCount, ballots: random.shuffled(election.ballots)))
      #expect(shuffled.winners == outcome.winners && shuffled.ranking == outcome.ranking, "case \(number)")
      let names = random.shuffled(Array(0..<election.candidateCount))
      let renamed = try rule.outcome(election.renamed(names))
      #expect(renamed.ranking == outcome.ranking.map { level in level.map { names[$0] }.sorted() }, "case \(number)")
      #expect(renamed.winners == outcome.winners.map { names[$0] }.sorted(), "case \(number)")
    }
  }

  /// Each winner, each ballot, one point more.
  private func raised(_ election: PointCase, winners: [Int]) -> [(winner: Int, election: PointCase)] {
    winners.flatMap { winner in
      election.ballots.indices.map { place in
        var more = election
        more.ballots[place].points[winner] += 1
        return (winner, more)
      }
    }
  }

  @Test(arguments: PointRule.monotonic) func `a point more does not make a winner lose`(rule: PointRule) throws {
    for number in 0..<1_000 {
      let election = PointCase(number)
      for (winner, more) in raised(election, winners: try rule.outcome(election).winners) {
        #expect(try rule.outcome(more).winners.contains(winner), "case \(number)")
      }
    }
  }

  @Test func `a vote more that is paid does not make a winner of quadratic voting lose; one that overdraws does, a recorded case`() throws {
    for number in 0..<1_000 {
      let election = PointCase(number)
      for (winner, more) in raised(election, winners: try PointRule.quadratic.outcome(election).winners) {
        guard (election.ballots + more.ballots).allSatisfy({ $0.points.reduce(0) { $0 + $1 * $1 } <= 12 }) else { continue }
        #expect(try PointRule.quadratic.outcome(more).winners.contains(winner), "case \(number)")
      }
    }
    // Of 12 credits the first ballot spends 9 + 1 on A and B; a fourth vote for A would cost 16 + 1: the ballot falls out, and C wins.
    let paid = PointCase(candidateCount: 3, ballots: [([3, 1, 0], 1), ([0, 0, 2], 1)])
    let overdrawn = PointCase(candidateCount: 3, ballots: [([4, 1, 0], 1), ([0, 0, 2], 1)])
    #expect(try PointRule.quadratic.outcome(paid).winners == [0])
    #expect(try PointRule.quadratic.outcome(overdrawn).winners == [2])
  }

  @Test func `who comes and gives a winner the best grade makes it lose under majority judgment: a recorded case`() throws {
    // A has four times 2. B has 3 3 1 1: the worse of the middle two is 1. The newcomer prefers A, by 4 to 3: B's middle grade rises to 3, A's stays.
    let ballots = [([2, 3], 1), ([2, 3], 1), ([2, 1], 1), ([2, 1], 1)]
    #expect(try PointRule.judgment.outcome(PointCase(candidateCount: 2, ballots: ballots)).winners == [0])
    #expect(try PointRule.judgment.outcome(PointCase(candidateCount: 2, ballots: ballots + [([4, 3], 1)])).winners == [1])
  }

  @Test(arguments: PointRule.monotonic.filter { $0.name != "majority judgment" })
  func `nobody is better off at home than with a ballot that tells the wish`(rule: PointRule) throws {
    for number in 0..<1_000 {
      let election = PointCase(number)
      guard let own = election.ballots.last, own.weight > 0 else { continue }
      var without = election
      without.ballots.removeLast()
      let wish = own.points.map { rule.name == "approval" ? ($0 > 0 ? 1 : 0) : $0 }
      let (with, home) = (try rule.outcome(election).winners, try rule.outcome(without).winners)
      #expect(with.map { wish[$0] }.max() ?? 0 >= home.map { wish[$0] }.max() ?? 0, "case \(number)")
    }
  }
}
