/// A candidate's majority grade, and on which side of it more people stand.
package struct MajorityGauge: Sendable, Hashable {
  /// The lower median: the middle grade; of an even number, the worse of the middle two. From 0, the best.
  package let median: Int
  /// The share of grades better than the median.
  package let above: Rational
  /// The share of grades worse than it.
  package let below: Rational

  /// Whether more stand above than below: a plus. With equal shares it is a minus.
  package var isPlus: Bool { above > below }

  /// Orders as the gauge does: grade, then sign, then the larger share (for a plus more is better, for a minus less is).
  package static func isBetter(_ a: MajorityGauge, _ b: MajorityGauge) -> Bool {
    if a.median != b.median { return a.median < b.median }
    if a.isPlus != b.isPlus { return a.isPlus }
    return a.isPlus ? a.above > b.above : a.below < b.below
  }
}

/// How majority judgment saw the candidates.
package struct JudgmentTrace: Sendable, Hashable {
  /// One a candidate.
  package let gauges: [MajorityGauge]
  /// The ranking that takes medians away one by one: finer than the gauge, and other than it in the tail.
  package let rankingByMajorityValue: [[Int]]
}

extension GradeProfile {
  /// Majority judgment (M. Balinski, R. Laraki, *Majority Judgment*, 2010), ranked by the majority gauge.
  ///
  /// The candidate with the best median grade wins. Of those with the same, the larger of the shares above and below the median decides: above counts for,
  /// below against. Those whom the gauge leaves equal win together; the one chosen among them has the best majority value, then the tie-break decides.
  /// O(candidates · grades). It may pass over who beats every other one, and a new voter who gives someone the best grade can make that one lose
  /// (no-show paradox).
  package func majorityJudgment(tieBreak: TieBreak) -> RankingOutcome {
    let gauges = counts.map { gauge($0) }
    let order = gauges.indices.sorted {
      MajorityGauge.isBetter(gauges[$0], gauges[$1]) || (!MajorityGauge.isBetter(gauges[$1], gauges[$0]) && $0 < $1)
    }
    var ranking: [[Int]] = []
    for candidate in order {
      if let last = ranking.last?.first, !MajorityGauge.isBetter(gauges[last], gauges[candidate]) {
        ranking[ranking.count - 1].append(candidate)
      } else {
        ranking.append([candidate])
      }
    }
    let byValue = rankingByMajorityValue()
    let trace = RankingTrace.gauges(JudgmentTrace(gauges: gauges, rankingByMajorityValue: byValue))
    guard let winners = ranking.first else { return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: trace) }
    let finest = byValue.lazy.map { level in level.filter { winners.contains($0) } }.first { !$0.isEmpty } ?? winners
    let chosen = RankingLevels.choose(finest, count: candidateCount, tieBreak: tieBreak).chosen
    let losers = counts.indices.filter { $0 != chosen }.map { (loser: Int) -> LosingReason in
      guard winners.contains(loser) else { return LosingReason(loser, .weakerGrade(own: gauges[loser], than: chosen, best: gauges[chosen])) }
      return LosingReason(loser, finest.contains(loser) ? .tieBroken(by: chosen) : .weakerMajorityValue(than: chosen))
    }
    let ties = winners.count > 1 ? [Tie(round: 1, options: winners, chosen: chosen)] : []
    return RankingOutcome(winners: winners, ranking: ranking, chosen: [chosen], ties: ties, losers: losers, trace: trace)
  }

  private func gauge(_ row: [Int]) -> MajorityGauge {
    let total = row.reduce(0, +)
    guard total > 0 else { return MajorityGauge(median: max(0, gradeCount - 1), above: .zero, below: .zero) }
    var better = 0
    var median = 0
    // The lower median: the first grade, from the best, at which more than half of the grades are reached; with an even number the worse of the two.
    for (grade, count) in row.enumerated() {
      median = grade
      if 2 * (better + count) > total { break }
      better += count
    }
    return MajorityGauge(median: median, above: Rational(better, total), below: Rational(total - better - row[median], total))
  }

  /// Medians are taken away one by one; the first difference decides.
  func rankingByMajorityValue() -> [[Int]] {
    let sequences = counts.map { MajorityValue($0) }
    let order = sequences.indices.sorted {
      let side = MajorityValue.compare(sequences[$0], sequences[$1])
      return side != 0 ? side < 0 : $0 < $1
    }
    var ranking: [[Int]] = []
    for candidate in order {
      if let last = ranking.last?.first, MajorityValue.compare(sequences[last], sequences[candidate]) == 0 {
        ranking[ranking.count - 1].append(candidate)
      } else {
        ranking.append([candidate])
      }
    }
    return ranking
  }
}
