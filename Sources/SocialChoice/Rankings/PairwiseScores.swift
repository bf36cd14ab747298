/// Rules that give each candidate a figure out of the pairwise table. O(m²) after the table.
extension PairwiseTable {
  /// Borda count (J.-C. de Borda, 1781): for each ballot one point for each candidate placed below and half a point for each equal one;
  /// those left out are equal last.
  ///
  /// It is monotonic and never elects who loses against every other one; it may pass over who beats every other one, and clones help their side.
  package func borda(tieBreak: TieBreak) -> RankingOutcome {
    let scores = (0..<candidateCount).map { a in
      let doubled = (0..<candidateCount).reduce(0) { sum, b in a == b ? sum : sum + total + self[a, b] - self[b, a] }
      return Rational(doubled, 2)
    }
    return RankingLevels.outcome(of: scores, tieBreak: tieBreak)
  }

  /// Copeland (A. H. Copeland, 1951): victories less defeats. Elects who beats every other one; ties are frequent.
  package func copeland(tieBreak: TieBreak) -> RankingOutcome {
    let scores = (0..<candidateCount).map { a in
      Rational((0..<candidateCount).reduce(0) { sum, b in sum + (beats(a, b) ? 1 : 0) - (beats(b, a) ? 1 : 0) })
    }
    return RankingLevels.outcome(of: scores, tieBreak: tieBreak)
  }

  /// Minimax (P. B. Simpson 1969, G. H. Kramer 1977): the smallest worst defeat wins; who is undefeated has 0.
  ///
  /// Elects who beats every other one; clones can change its winner, and it may elect one who loses against every other one.
  package func minimax(by measure: VictoryStrength, tieBreak: TieBreak) -> RankingOutcome {
    let count = candidateCount
    let worst = (0..<count).map { a in (0..<count).map { strength($0, a, by: measure) }.max() ?? 0 }
    let ranking = RankingLevels.byLargest(worst.map { -$0 })
    guard let winners = ranking.first else {
      return RankingOutcome(winners: [], ranking: [], chosen: [], losers: [], trace: .worstDefeats([]))
    }
    let (chosen, ties) = RankingLevels.choose(winners, count: count, tieBreak: tieBreak)
    let losers = (0..<count).filter { $0 != chosen }.map { candidate in
      guard worst[candidate] > worst[chosen], let by = (0..<count).first(where: { strength($0, candidate, by: measure) == worst[candidate] }) else {
        return LosingReason(candidate, .tieBroken(by: chosen))
      }
      return LosingReason(candidate, .worseDefeat(own: worst[candidate], by: by, than: chosen, best: worst[chosen]))
    }
    return RankingOutcome(winners: winners, ranking: ranking, chosen: [chosen], ties: ties, losers: losers, trace: .worstDefeats(worst))
  }
}
