import SocialChoice

/// Why a candidate is not chosen: for people, and for machines.
package struct RankLoser: Sendable {
  package let candidate: Int
  /// In English.
  package let words: String
  /// The reason's stable name.
  package let code: String
  /// The reason's numbers, by stable names.
  package let fields: [String: TraceValue]

  /// Somebody whom another outcome of the ties takes hears of it, whatever else kept them out.
  func hearing(ofTies winners: Set<Int>) -> RankLoser {
    guard winners.contains(candidate), code != "tie_broken", code != "excluded_by_tie" else { return self }
    return RankLoser(
      candidate: candidate, words: words + "; chosen if ties are settled otherwise", code: code,
      fields: fields.merging(["in_other_outcome": .bool(true)]) { _, last in last })
  }

  /// As it stands in the JSON.
  var value: TraceValue { .object(fields.merging(["reason": .text(code), "words": .text(words)]) { _, last in last }) }
}

/// The numbers of a reason: the loser's own, and those of the opponent it is held against.
struct LosingFields {
  /// What a figure of the rule counts.
  let measure: String
  /// One vote in the smallest unit of a transferable count.
  let unit: Int

  func fields(_ reason: LosingReason.Reason) -> [String: TraceValue] {
    switch reason {
    case .tieBroken(let other), .weakerMajorityValue(let other): ["opponent": .candidate(other)]
    case .fewer(let own, let winner, let best):
      ["own": .rational(own), "opponent": .candidate(winner), "opponent_has": .rational(best), "measure": .text(measure)]
    case .worseDefeat(let own, let by, let winner, let best):
      ["own": .number(own), "beaten_by": .candidate(by), "opponent": .candidate(winner), "opponent_has": .number(best)]
    case .beatenThroughPath(let path, let strength, let against):
      ["path": .candidates(path), "strength": .number(strength), "strength_back": .number(against)]
    case .belowInLockedOrder(let chain): ["path": .candidates(chain)]
    case .pathBackFromStatusQuo(let path, let strength): ["path": .candidates(path), "strength": .number(strength)]
    case .excluded(let round, let votes, let next): ["round": .number(round), "own": .rational(votes), "next": .rational(next)]
    case .excludedByTie(let round, let votes, let equals): ["round": .number(round), "own": .rational(votes), "equals": .candidates(equals)]
    case .notInSecondRound(let votes, let needed): ["own": .rational(votes), "needed": .rational(needed)]
    case .lostLastRound(let winner, let votes, let against):
      ["opponent": .candidate(winner), "own": .rational(votes), "opponent_has": .rational(against)]
    case .worseOrder(let own, let best): ["own": .number(own), "best": .number(best)]
    case .notFirstInOrderFound, .notAboveStatusQuo: [:]
    case .excludedInStage(let stage, let votes, let quota), .seatsFull(let stage, let votes, let quota):
      ["stage": .number(stage), "own": scaled(votes), "quota": scaled(quota)]
    case .weakerGrade(let own, let winner, let best): ["own": gauge(own), "opponent": .candidate(winner), "opponent_has": gauge(best)]
    case .noMajority(let support, let opposition, let needed):
      ["support": .number(support), "opposition": .number(opposition), "needed": .number(needed)]
    }
  }

  static func fields(_ reason: CommitteeReason) -> [String: TraceValue] {
    switch reason {
    case .approvedByNobody: [:]
    case .behind(let stage, let own, let elected, let value):
      ["measure": .text(stage.rawValue), "own": .rational(own), "opponent": .candidate(elected), "opponent_has": .rational(value)]
    case .notAffordable(let left): ["own": .rational(left), "needed": .number(1)]
    case .exchangeLoses(let member, let points): ["opponent": .candidate(member), "points_lost": .rational(points)]
    }
  }

  /// As in the trace: with all the places that the rule keeps.
  private func scaled(_ votes: Int) -> TraceValue { .text(Figures.scaled(votes, unit: unit)) }

  private func gauge(_ gauge: MajorityGauge) -> TraceValue {
    .object(["grade": .number(gauge.median + 1), "above": .rational(gauge.above), "below": .rational(gauge.below)])
  }
}
