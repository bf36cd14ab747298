import SocialChoice

/// Pairwise counts, paths and transfers on ballots made by seed.
enum RankingBenchmark {
  static let rows: [Row] = few + growth

  private static let few: [Row] = [
    schulze(ballots: 10_000, options: 100, target: ""), schulze(ballots: 100_000, options: 100, target: ""),
    schulze(ballots: 1_000_000, options: 100, target: "under 2 s"), schulze(ballots: 1_000_000, options: 10, target: ""),
    paths(options: 100), paths(options: 1_000),
    rule("ranked pairs, 100,000 ballots × 30", ballots: 100_000, options: 30) { PairwiseTable($0).rankedPairs(tieBreak: .lexicographic).chosen },
    kemeny(cycle: 12), kemeny(cycle: 18),
    rule("instant run-off, 1,000,000 ballots × 10", ballots: 1_000_000, options: 10) { $0.instantRunoff(tieBreak: .lexicographic).chosen },
    rule("stv-scottish, 100,000 ballots × 20, 5 seats", ballots: 100_000, options: 20) {
      $0.transferable(.scottish, seats: 5, tieBreak: .lexicographic).chosen
    },
    rule("stv-meek, 100,000 ballots × 20, 5 seats", ballots: 100_000, options: 20) {
      $0.transferable(.meek, seats: 5, tieBreak: .lexicographic).chosen
    },
  ]

  /// Each rule on ten and a hundred times the ballots.
  private static let growth: [Row] = [10_000, 100_000, 1_000_000].flatMap { ballots in
    let rules: [(name: String, count: @Sendable (RankedProfile) -> [Int])] = [
      ("plurality", { $0.plurality(tieBreak: .lexicographic).chosen }), ("two-round", { $0.twoRound(tieBreak: .lexicographic).chosen }),
      ("irv", { $0.instantRunoff(tieBreak: .lexicographic).chosen }),
      ("stv-scottish, 5 seats", { $0.transferable(.scottish, seats: 5, tieBreak: .lexicographic).chosen }),
      ("stv-meek, 5 seats", { $0.transferable(.meek, seats: 5, tieBreak: .lexicographic).chosen }),
      ("borda with table", { PairwiseTable($0).borda(tieBreak: .lexicographic).chosen }),
      ("copeland with table", { PairwiseTable($0).copeland(tieBreak: .lexicographic).chosen }),
      ("minimax with table", { PairwiseTable($0).minimax(by: .winningVotes, tieBreak: .lexicographic).chosen }),
      ("ranked-pairs with table", { PairwiseTable($0).rankedPairs(tieBreak: .lexicographic).chosen }),
    ]
    return rules.map { name, count in rule("\(name), \(ballots) ballots × 20", ballots: ballots, options: 20, count) } + marks(ballots)
  }

  /// Rules on approvals, grades and points.
  private static func marks(_ ballots: Int) -> [Row] {
    func row(_ name: String, _ prepare: @escaping @Sendable () throws -> @Sendable () throws -> String) -> Row {
      Row(engine: "rankings", name: "\(name), \(ballots) ballots × 20", peer: nil, target: "", prepare: prepare)
    }
    @Sendable func grades() throws -> GradeProfile {
      var random = PublicRandom(seed: "grades")
      var counts = [[Int]](repeating: Array(repeating: 0, count: 7), count: 20)
      for candidate in 0..<20 { for _ in 0..<ballots { counts[candidate][min(random.below(7), random.below(7 + candidate % 3))] += 1 } }
      return try GradeProfile(gradeCount: 7, counts: counts)
    }
    return [
      row("approval") {
        var random = PublicRandom(seed: "approvals")
        var profile = try ApprovalProfile(candidateCount: 20)
        for _ in 0..<ballots { try profile.append(approved: (0..<20).filter { random.below(3 + $0) == 0 }) }
        return { [profile] in "\(profile.approval(tieBreak: .lexicographic).chosen)" }
      },
      row("score after counting") {
        let profile = try grades()
        return { "\(profile.score(points: [6, 5, 4, 3, 2, 1, 0], tieBreak: .lexicographic).chosen)" }
      },
      row("majority-judgment after counting") {
        let profile = try grades()
        return { "\(profile.majorityJudgment(tieBreak: .lexicographic).chosen)" }
      },
      row("quadratic") {
        var random = PublicRandom(seed: "points")
        var profile = try PointProfile(candidateCount: 20)
        for _ in 0..<ballots { _ = try profile.append(points: (0..<20).map { _ in random.below(20) == 0 ? random.below(8) - 2 : 0 }) }
        return { [profile] in "\(profile.quadratic(credits: 100, tieBreak: .lexicographic).chosen)" }
      },
    ]
  }

  private static func schulze(ballots: Int, options: Int, target: String) -> Row {
    rule("schulze with pairwise table, \(ballots) ballots × \(options)", ballots: ballots, options: options, target: target) {
      PairwiseTable($0).schulze(tieBreak: .lexicographic).chosen
    }
  }

  private static func paths(options: Int) -> Row {
    Row(engine: "rankings", name: "schulze after the table, \(options) options", peer: nil, target: "") {
      let table = PairwiseTable(try profile(ballots: 1_001, options: options))
      return { "\(table.schulze(tieBreak: .lexicographic).chosen)" }
    }
  }

  /// Everyone beats the next: one component of all, the hardest case of its size.
  private static func kemeny(cycle: Int) -> Row {
    Row(engine: "rankings", name: "kemeny, one cycle of \(cycle) options", peer: nil, target: "") {
      var profile = try RankedProfile(candidateCount: cycle)
      for first in 0..<cycle { try profile.append(order: (0..<cycle).map { ($0 + first) % cycle }, weight: 3 + first % 2) }
      let table = PairwiseTable(profile)
      return { "\(table.kemeny(tieBreak: .lexicographic).chosen)" }
    }
  }

  private static func rule(
    _ name: String, ballots: Int, options: Int, target: String = "", _ work: @escaping @Sendable (RankedProfile) -> [Int]
  ) -> Row {
    Row(engine: "rankings", name: name, peer: nil, target: target) {
      let profile = try profile(ballots: ballots, options: options)
      return { "\(work(profile))" }
    }
  }

  /// Complete orders, no two ballots alike but by chance: each is one of a few tendencies, disturbed by swaps. A small generator of its own keeps the
  /// preparation short; it is seeded, and its numbers decide nothing but the data.
  private static func profile(ballots: Int, options: Int) throws -> RankedProfile {
    var random = PublicRandom(seed: "rankings benchmark")
    let tendencies = (0..<7).map { _ in random.shuffled(Array(0..<options)) }
    var state = random.next() | 1
    func below(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33) % count
    }
    var profile = try RankedProfile(candidateCount: options)
    for _ in 0..<ballots {
      var order = tendencies[below(tendencies.count)]
      for place in 0..<options { order.swapAt(place, min(options - 1, place + below(1 + options / 3))) }
      try profile.append(order: order)
    }
    return profile
  }
}
