import Testing

@testable import SocialChoice

struct TransferableTests {
  @Test(arguments: [TransferableCount.Method.scottish, .meek])
  func `a count is what moving paper after paper gives, for every fall of the lots`(method: TransferableCount.Method) throws {
    var (tied, open, excluded) = (0, 0, 0)
    for number in 0..<1_000 {
      let election = RankingCase(number, equals: false)
      let tieBreak = TieBreak.ofCase(number)
      let naive = TransferableNaive(election, seats: 1 + number % 3, order: tieBreak.order(election.candidateCount))
      let outcome = try election.profile.transferable(method, seats: naive.seats, tieBreak: tieBreak)
      let count = method == .scottish ? naive.scottish() : naive.meek()
      #expect(outcome.chosen == count.elected, "case \(number)")
      #expect(outcome.ties == count.ties, "case \(number)")
      if method == .meek, case .transfers(let trace) = outcome.trace {
        #expect(trace.stages.map(\.votes) == count.stages.map { $0.map { Int($0) } }, "case \(number)")
        for place in trace.stages.indices {
          guard case .exclusion(let candidate) = trace.stages[place].action else { continue }
          // Nobody is excluded but by the stage before, where at most the surplus of the elected stands between them and the lowest.
          let (before, elected) = (trace.stages[place - 1], trace.stages[..<place].flatMap(\.elected))
          let surplus = max(0, elected.reduce(0) { $0 + before.votes[$1] - before.quota })
          let gone = trace.excluded.prefix { $0 != candidate } + elected
          let least = before.votes.indices.filter { !gone.contains($0) }.map { before.votes[$0] }.min() ?? 0
          #expect(before.votes[candidate] <= least + surplus, "case \(number)")
        }
      }
      #expect(outcome.tiesEnumerated && outcome.winners == naive.everyone(method == .scottish ? { $0.scottish() } : { $0.meek() }), "case \(number)")
      #expect(outcome.losers.count == election.candidateCount - outcome.chosen.count)
      for loser in outcome.losers {
        guard case .excludedInStage(_, let votes, let quota) = loser.reason else { continue }
        #expect(votes < quota, "case \(number): \(loser)")
        excluded += 1
      }
      tied += outcome.ties.count
      open += outcome.winners.count > outcome.chosen.count ? 1 : 0
    }
    #expect(tied > 150 && open > 100 && excluded > 300)
  }

  @Test func `no vote is made or lost without being counted as lost`() throws {
    for number in 0..<1_000 {
      let profile = try RankingCase(number).profile
      for method in [TransferableCount.Method.scottish, .meek] {
        guard case .transfers(let count) = profile.transferable(method, seats: 2, tieBreak: .lexicographic).trace else { continue }
        #expect(count.validBallots + count.invalidBallots == profile.total)
        for stage in count.stages {
          #expect(stage.votes.reduce(stage.lost, +) == count.validBallots * method.unit && stage.lost >= 0 && stage.votes.allSatisfy { $0 >= 0 })
        }
      }
    }
  }

  @Test func `a ballot stops before two equals, and does not count with equals on top`() throws {
    var profile = try RankedProfile(candidateCount: 3)
    try profile.append([[0, 1], [2]], weight: 10)
    try profile.append([[2], [0, 1]], weight: 1)
    let trace = profile.transferable(.scottish, seats: 1, tieBreak: .lexicographic).trace
    let count = try #require({ if case .transfers(let count) = trace { count } else { nil } }() as TransferableCount?)
    #expect(count.validBallots == 1 && count.invalidBallots == 10 && count.elected == [2])
  }

  @Test func `a lot that decides shows all who may be elected`() throws {
    var profile = try RankedProfile(candidateCount: 3)
    for candidate in 0..<3 { try profile.append(order: [candidate], weight: 5) }
    let outcome = profile.transferable(.scottish, seats: 2, tieBreak: .lexicographic)
    #expect(outcome.chosen == [0, 1] && outcome.winners == [0, 1, 2] && outcome.ties.map(\.options) == [[0, 1, 2]])
  }

  @Test func `every lot is tried: all pairs of equals, and chains of lots`() throws {
    func decision(_ options: [Int], _ chosen: Int) -> TransferableTies.Decision {
      TransferableTies.Decision(options: options, usual: options[0], chosen: chosen)
    }
    #expect(TransferableTies.script(after: [decision([0, 1], 0), decision([2, 3], 2)]) == [0, 3])
    #expect(TransferableTies.script(after: [decision([0, 1], 0), decision([2, 3], 3)]) == [1])
    #expect(TransferableTies.script(after: [decision([0, 1], 1), decision([2, 3], 3)]) == nil)
    var profile = try RankedProfile(candidateCount: 7)
    for candidate in 0..<7 { try profile.append(order: [candidate]) }
    for method in [TransferableCount.Method.scottish, .meek] {
      let outcome = profile.transferable(method, seats: 1, tieBreak: .lexicographic)
      #expect(outcome.chosen == [0] && outcome.winners == Array(0..<7) && outcome.tiesEnumerated)
      #expect(!profile.transferable(method, seats: 1, tieBreak: .lexicographic, steps: 1).tiesEnumerated)
    }
  }

  @Test func `a solid group of more than two quotas gets two seats`() throws {
    for number in 0..<1_000 {
      var random = PublicRandom(seed: "solid \(number)")
      var profile = try RankedProfile(candidateCount: 6)
      for _ in 0..<67 { try profile.append(order: random.shuffled([0, 1, 2]) + random.shuffled([3, 4, 5])) }
      for _ in 0..<33 { try profile.append(order: random.shuffled([3, 4, 5]) + random.shuffled([0, 1, 2])) }
      for method in [TransferableCount.Method.scottish, .meek] {
        #expect(profile.transferable(method, seats: 3, tieBreak: .lexicographic).chosen.count { $0 < 3 } >= 2)
      }
    }
  }
}
