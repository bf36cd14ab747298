/// How a count decides between equals: as the script says, and by the tie-break where the script ends.
struct TransferableTies {
  private let places: [Int]
  private let script: [Int]
  private(set) var decisions: [Decision] = []

  struct Decision {
    let options: [Int]
    /// What the tie-break takes.
    let usual: Int
    let chosen: Int

    /// The option to be tried after the chosen one: the tie-break's is the first, the others follow as they stand.
    var next: Int? {
      let others = options.filter { $0 != usual }
      guard chosen != usual else { return others.first }
      return others.firstIndex(of: chosen).flatMap { $0 + 1 < others.count ? others[$0 + 1] : nil }
    }
  }

  init(places: [Int], script: [Int] = []) {
    self.places = places
    self.script = script
  }

  /// - Parameter last: whether the one that the tie-break likes least is wanted, to be excluded.
  mutating func decide(_ options: [Int], last: Bool) -> Int {
    let usual = (last ? options.max { places[$0] < places[$1] } : options.min { places[$0] < places[$1] }) ?? options[0]
    let chosen = decisions.count < script.count ? script[decisions.count] : usual
    decisions.append(Decision(options: options, usual: usual, chosen: chosen))
    return chosen
  }

  /// The script that comes next if all are to be tried: the last decision that has an option left takes it. Nil after the last.
  static func script(after decisions: [Decision]) -> [Int]? {
    for index in decisions.indices.reversed() {
      if let next = decisions[index].next { return decisions[..<index].map(\.chosen) + [next] }
    }
    return nil
  }

  /// Candidates by votes, the most first, equals by the tie-break; the order says nothing about who is elected.
  func byVotes(_ candidates: [Int], _ votes: [Int]) -> [Int] {
    candidates.sorted { votes[$0] != votes[$1] ? votes[$0] > votes[$1] : places[$0] < places[$1] }
  }
}

extension RankedProfile {
  /// A single transferable vote by the given method.
  ///
  /// `chosen` are the elected in order; `winners` all who are elected for some outcome of the ties that only a lot can settle.
  ///
  /// - Parameters:
  ///   - seats: at least 1.
  ///   - steps: how many ballots may be looked at to find every outcome of the ties.
  package func transferable(_ method: TransferableCount.Method, seats: Int, tieBreak: TieBreak, steps: Int = 100_000_000) -> RankingOutcome {
    let ballots = TransferableBallots(grouped())
    let places = tieBreak.places(count: candidateCount)
    func count(_ script: [Int]) -> (count: TransferableCount, decisions: [TransferableTies.Decision]) {
      var ties = TransferableTies(places: places, script: script)
      let count =
        method == .scottish
        ? ScottishCount.run(ballots, candidateCount: candidateCount, seats: max(1, seats), ties: &ties)
        : MeekCount.run(ballots, candidateCount: candidateCount, seats: max(1, seats), ties: &ties)
      return (count, ties.decisions)
    }
    let main = count([])
    var winners = Set(main.count.elected)
    var left = steps
    var next = TransferableTies.script(after: main.decisions)
    while left > 0, let script = next {
      let other = count(script)
      winners.formUnion(other.count.elected)
      left -= 2 * (ballots.weights.count + candidateCount * candidateCount) * max(1, other.count.stages.count)
      next = TransferableTies.script(after: other.decisions)
    }
    return TransferableOutcomes.outcome(main.count, winners: winners.sorted(), enumerated: next == nil, candidateCount: candidateCount)
  }
}

enum TransferableOutcomes {
  static func outcome(_ count: TransferableCount, winners: [Int], enumerated: Bool, candidateCount: Int) -> RankingOutcome {
    let last = count.stages.last
    let elected = Set(count.elected)
    var stages: [Int: Int] = [:]
    for (stage, record) in count.stages.enumerated() { if case .exclusion(let candidate) = record.action { stages[candidate] = stage } }
    let standing = (0..<candidateCount).filter { !elected.contains($0) && stages[$0] == nil }
    let votes = last?.votes ?? Array(repeating: 0, count: candidateCount)
    let rest = standing.isEmpty ? [] : RankingLevels.byLargest(standing.map { votes[$0] }).map { level in level.map { standing[$0] } }
    let losers = (0..<candidateCount).filter { !elected.contains($0) }.map { candidate in
      // Nobody is excluded in the first stage: that holds the first preferences.
      guard let stage = stages[candidate], stage > 0 else {
        return LosingReason(candidate, .seatsFull(stage: count.stages.count, votes: votes[candidate], quota: last?.quota ?? 0))
      }
      let before = count.stages[stage - 1]
      return LosingReason(candidate, .excludedInStage(stage: stage + 1, votes: before.votes[candidate], quota: before.quota))
    }
    return RankingOutcome(
      winners: winners, ranking: count.elected.map { [$0] } + rest + count.excluded.reversed().map { [$0] }, chosen: count.elected, ties: count.ties,
      tiesEnumerated: enumerated, losers: losers, trace: .transfers(count))
  }
}
