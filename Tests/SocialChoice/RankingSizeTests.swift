import Testing

@testable import SocialChoice

/// Thousands of options: in seconds, and by the same steps as a handful.
struct RankingSizeTests {
  /// Every fourth ballot ranks all 2,000 options, the others at most twenty, some of them equal.
  private static let large: RankedProfile? = {
    var random = PublicRandom(seed: "two thousand options")
    guard var profile = try? RankedProfile(candidateCount: 2_000) else { return nil }
    for ballot in 0..<2_000 {
      let levels =
        ballot % 4 == 0 ? random.shuffled(Array(0..<2_000)).map { [$0] } : RankingSizeTests.levels(2_000, 1 + random.below(20), &random)
      guard (try? profile.append(levels)) != nil else { return nil }
    }
    return profile
  }()

  private static func levels(_ candidates: Int, _ length: Int, _ random: inout PublicRandom) -> [[Int]] {
    var named: Set<Int> = []
    var levels: [[Int]] = []
    while named.count < length {
      let candidate = random.below(candidates)
      guard named.insert(candidate).inserted else { continue }
      if !levels.isEmpty, random.below(4) == 0 { levels[levels.count - 1].append(candidate) } else { levels.append([candidate]) }
    }
    return levels
  }

  private static func profile(candidates: Int, ballots: Int, seed: String) throws -> RankedProfile {
    var random = PublicRandom(seed: seed)
    var profile = try RankedProfile(candidateCount: candidates)
    for _ in 0..<ballots { try profile.append(levels(candidates, random.below(candidates + 1), &random), weight: 1 + random.below(3)) }
    return profile
  }

  @Test(arguments: NamedRule.all) func `two thousand options and two thousand ballots are counted in seconds`(rule: NamedRule) throws {
    let profile = try #require(RankingSizeTests.large)
    let time = ContinuousClock().measure { #expect(!rule.winners(profile).isEmpty) }
    #expect(time < .seconds(30), "\(time)")
  }

  @Test func `long and short ballots of many options fill the same table`() throws {
    let profile = try RankingSizeTests.profile(candidates: 400, ballots: 90, seed: "table")
    #expect(PairwiseCount.byPairs(profile) == PairwiseCount.byColumns(profile))
  }

  @Test func `steps told one by one reach what a closure by rows reaches, cycles or none`() {
    for number in 0..<1_000 {
      var random = PublicRandom(seed: "closure \(number)")
      // One in twenty-five may not fit one word of 64 bits.
      let count = number % 50 < 2 ? 60 + random.below(80) : 2 + random.below(10)
      var (rows, both) = (Reachability(count: count), TwoWayReachability(count: count))
      var joined: [Int: Int] = [:]
      for _ in 0..<2 * count {
        let (from, to) = (random.below(count), random.below(count))
        if from == to || (number % 2 == 0 && rows.isAbove(to, from)) { continue }
        rows.lock(from, above: to)
        both.join(from, to: to) { joined[$0 * count + $1, default: 0] += 1 }
      }
      let pairs = (0..<count).flatMap { a in (0..<count).map { (a, $0) } }
      #expect(pairs.allSatisfy { rows.isAbove($0, $1) == both.reaches($0, $1) && joined[$0 * count + $1] == (rows.isAbove($0, $1) ? 1 : nil) })
      #expect(rows.sources == both.sources)
    }
  }

  @Test func `the strongest paths between a hundred and thirty options are those of Floyd and Warshall`() throws {
    for (number, measure) in [VictoryStrength.winningVotes, .margins, .winningVotes, .margins].enumerated() {
      let table = PairwiseTable(try RankingSizeTests.profile(candidates: 130, ballots: 9 + 20 * number, seed: "paths \(number)"))
      let (paths, all) = (PathStrengths(table, by: measure), 0..<130)
      var expected = all.map { a in all.map { table.strength(a, $0, by: measure) } }
      for middle in all {
        for from in all where from != middle {
          for to in all where to != from { expected[from][to] = max(expected[from][to], min(expected[from][middle], expected[middle][to])) }
        }
      }
      #expect(all.allSatisfy { a in all.allSatisfy { a == $0 || paths[a, $0] == expected[a][$0] } })
    }
  }

  @Test func `piles that pass on are what counting every ballot anew gives, round by round`() throws {
    for number in 0..<1_000 {
      let (candidates, ballots) = number % 50 == 0 ? (40, 30) : (2 + number % 6, 1 + number % 9)
      let profile = try RankingSizeTests.profile(candidates: candidates, ballots: ballots, seed: "piles \(number)")
      guard case .rounds(let rounds) = profile.instantRunoff(tieBreak: .lexicographic, steps: 0).trace else {
        Issue.record("no rounds")
        continue
      }
      for round in rounds {
        let first = FirstPreferences(profile, isStanding: (0..<candidates).map { round.standing.contains($0) })
        #expect(round.votes == round.standing.map { first.votes[$0] } && round.exhausted == first.exhausted)
      }
    }
  }

  @Test func `a history parts equals by the last stage in which they differed`() {
    for number in 0..<1_000 {
      var random = PublicRandom(seed: "history \(number)")
      var (history, stages): (StageHistory, [[Int]]) = (StageHistory(candidateCount: 12), [])
      for _ in 0..<6 {
        stages.append((0..<12).map { _ in random.below(2) })
        history.add(stages[stages.count - 1])
        for isLowest in [true, false] {
          let some = (0..<12).filter { _ in random.below(3) > 0 }
          let backwards = { (candidate: Int) in stages.reversed().map { $0[candidate] } }
          let sorted = some.sorted { backwards($0).lexicographicallyPrecedes(backwards($1)) }
          let extreme = isLowest ? sorted.first : sorted.last
          #expect(history.extremes(of: some, lowest: isLowest) == some.filter { backwards($0) == extreme.map(backwards) })
        }
      }
    }
  }
}
