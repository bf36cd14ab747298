/// What an option must fulfil against the status quo, which is one of the candidates, before the rule of Schulze may choose it.
///
/// These are checks that LiquidFeedback (J. Behrens, A. Kistner, A. Nitsche, B. Swierczek, *The Principles of LiquidFeedback*, 2014) makes.
package struct StatusQuoChecks: Sendable, Hashable {
  /// The candidate that stands for leaving things as they are.
  package let statusQuo: Int
  /// Which part of those who rank the option above or below the status quo must rank it above.
  package let majority: Threshold
  /// Whether an option falls if the status quo beats another option that beats it, so that adopting it would invite going back step by step: any path of
  /// victories back to the status quo is refused.
  package let refusesReversePaths: Bool

  package init(statusQuo: Int, majority: Threshold = .majority, refusesReversePaths: Bool = false) {
    self.statusQuo = statusQuo
    self.majority = majority
    self.refusesReversePaths = refusesReversePaths
  }
}

extension PairwiseTable {
  /// Schulze with checks: of those who have the majority against the status quo and are ranked above it, the best ranked win; if there are none, the status quo.
  ///
  /// - Precondition: the status quo is a candidate.
  package func schulze(by measure: VictoryStrength = .winningVotes, checks: StatusQuoChecks, tieBreak: TieBreak) -> RankingOutcome {
    let plain = schulze(by: measure, tieBreak: tieBreak)
    guard case .paths(let paths) = plain.trace else { return plain }
    let quo = checks.statusQuo
    var failures: [Int: LosingReason.Reason] = [:]
    var leadBack: [(winner: Int?, loser: Int)] = []
    for candidate in 0..<candidateCount where candidate != quo {
      let (support, opposition) = (self[candidate, quo], self[quo, candidate])
      let needed = checks.majority.needed(of: support + opposition)
      if support < needed {
        failures[candidate] = .noMajority(support: support, opposition: opposition, needed: needed)
      } else if !paths.beats(candidate, quo) {
        failures[candidate] = .notAboveStatusQuo
      } else if checks.refusesReversePaths, paths[quo, candidate] > 0 {
        leadBack.append((winner: quo, loser: candidate))
      }
    }
    for reason in LosingReason.list(leadBack, tieBroken: quo, paths, in: self) {
      guard case .beatenThroughPath(let path, let strength, _) = reason.reason else { continue }
      failures[reason.candidate] = .pathBackFromStatusQuo(path, strength: strength)
    }
    let eligible = (0..<candidateCount).filter { $0 != quo && failures[$0] == nil }
    let unbeaten = eligible.filter { candidate in !eligible.contains { paths.beats($0, candidate) } }
    let winners = unbeaten.isEmpty ? [quo] : unbeaten
    let (chosen, ties) = RankingLevels.choose(winners, count: candidateCount, tieBreak: tieBreak)
    let beaten = (0..<candidateCount).filter { $0 != chosen && ($0 == quo || failures[$0] == nil) }.map { loser in
      (winner: loser == quo ? chosen : winners.first { paths.beats($0, loser) }, loser: loser)
    }
    let failed = failures.map { LosingReason($0.key, $0.value) }
    let losers = (LosingReason.list(beaten, tieBroken: chosen, paths, in: self) + failed).sorted { $0.candidate < $1.candidate }
    return RankingOutcome(winners: winners, ranking: plain.ranking, chosen: [chosen], ties: ties, losers: losers, trace: plain.trace)
  }
}
