import SocialChoice

/// The traces of the rankings' rules as JSON, and as a report.
extension RankReport {
  /// - Parameter measure: what the figure of the rule counts.
  init(_ outcome: RankingOutcome, _ input: RankInput, measure: String = "votes") {
    var unit = 1
    if case .transfers(let count) = outcome.trace { unit = count.method.unit }
    let sentences = LosingSentences(input: input, measure: measure, unit: unit)
    let fields = LosingFields(measure: measure, unit: unit)
    self.init(
      winners: outcome.winners, ranking: outcome.ranking, chosen: outcome.chosen, ties: outcome.ties, tiesEnumerated: outcome.tiesEnumerated,
      losers: outcome.losers.map {
        RankLoser(candidate: $0.candidate, words: sentences.sentence($0.reason), code: $0.reason.code, fields: fields.fields($0.reason))
      }, trace: RankTraces.value(outcome.trace, input),
      figures: RankTraces.figures(outcome.trace, measure), remarks: RankTraces.remarks(outcome.trace),
      isProven: RankTraces.isProven(outcome.trace))
  }
}

enum RankTraces {
  static func value(_ trace: RankingTrace, _ input: RankInput) -> TraceValue {
    switch trace {
    case .scores(let scores): .object(["scores": .byCandidate(scores.map { .rational($0) })])
    case .worstDefeats(let worst): .object(["worst_defeats": .byCandidate(worst.map { .number($0) })])
    case .paths(let paths): strengths(paths)
    case .victories(let locked): victories(locked)
    case .rounds(let rounds): .object(["rounds": .list(rounds.map(round))])
    case .orders(let orders): kemeny(orders)
    case .transfers(let count): transfers(count)
    case .gauges(let judgment): gauges(judgment, input)
    case .credits(let count): credits(count)
    }
  }

  private static func strengths(_ paths: PathStrengths) -> TraceValue {
    .object([
      "strength_by": .text(paths.measure.rawValue), "path_strengths": .rows(paths.candidateCount) { paths.strengths(from: $0) },
      "order": .candidates(Array(0..<paths.candidateCount)),
    ])
  }

  /// Of thousands of victories a reader looks at the first.
  private static let shownVictories = 5_000

  private static func victories(_ locked: LockedVictories) -> TraceValue {
    func list(_ victories: [Victory]) -> TraceValue {
      .list(
        victories.prefix(shownVictories).map {
          .object(["winner": .candidate($0.winner), "loser": .candidate($0.loser), "strength": .number($0.strength)])
        })
    }
    return .object([
      "locked": list(locked.locked), "dropped": list(locked.dropped), "number_locked": .number(locked.locked.count),
      "number_dropped": .number(locked.dropped.count), "number_of_rankings": .number(locked.rankingCount),
      "rankings": .list(locked.rankings.map { .list($0.map { .candidates($0) }) }),
    ])
  }

  private static func round(_ round: RunoffRound) -> TraceValue {
    .object([
      "standing": .candidates(round.standing), "votes": .list(round.votes.map { .rational($0) }), "exhausted": .number(round.exhausted),
      "excluded": .candidates(round.excluded),
    ])
  }

  private static func kemeny(_ orders: KemenyOrders) -> TraceValue {
    .object([
      "rankings": .list(orders.orders.map { .candidates($0) }), "number_of_rankings": orders.orderCount.map { .number($0) } ?? .null,
      "disagreements_with_ballots": .number(orders.disagreements), "proven_best": .bool(orders.isProvenBest),
      "components": .list(orders.components.map { .candidates($0) }),
    ])
  }

  private static func transfers(_ count: TransferableCount) -> TraceValue {
    func text(_ votes: Int) -> TraceValue { .text(Figures.scaled(votes, unit: count.method.unit)) }
    let stages = count.stages.map { stage -> TraceValue in
      var value: [String: TraceValue] = [
        "votes": .byCandidate(stage.votes.map(text)), "quota": text(stage.quota), "lost": text(stage.lost), "elected": .candidates(stage.elected),
      ]
      switch stage.action {
      case .firstPreferences: value["action"] = .text("first preferences")
      case .surplus(let candidate, let amount):
        value["action"] = .text("surplus")
        value["of"] = .candidate(candidate)
        value["amount"] = text(amount)
      case .exclusion(let candidate):
        value["action"] = .text("exclusion")
        value["of"] = .candidate(candidate)
      case .keepFactors: value["action"] = .text("keep factors")
      case .remaining: value["action"] = .text("remaining elected")
      }
      return .object(value)
    }
    return .object([
      "seats": .number(count.seats), "quota": count.stages.first.map { text($0.quota) } ?? .null, "valid_ballots": .number(count.validBallots),
      "invalid_ballots": .number(count.invalidBallots), "elected_in_order": .candidates(count.elected),
      "excluded_in_order": .candidates(count.excluded + count.defeatedAtTheEnd),
      "stages": .list(stages),
    ])
  }

  private static func gauges(_ judgment: JudgmentTrace, _ input: RankInput) -> TraceValue {
    let names = input.grades.names
    let gauges = judgment.gauges.map { gauge in
      TraceValue.object([
        "median": names.indices.contains(gauge.median) ? .text(names[gauge.median]) : .null, "above": .text(gauge.above.description),
        "below": .text(gauge.below.description),
      ])
    }
    return .object([
      "grades_best_first": .list(names.map { .text($0) }), "gauge": .byCandidate(gauges),
      "ranking_by_majority_value": .list(judgment.rankingByMajorityValue.map { .candidates($0) }),
    ])
  }

  private static func credits(_ count: QuadraticCount) -> TraceValue {
    .object([
      "credits": .number(count.credits), "scores": .byCandidate(count.votes.map { .number($0) }), "counted_ballots": .number(count.countedBallots),
      "overspent": .list(count.overspent.map { .object(["ballot": .number($0.ballot + 1), "spent": .number($0.spent)]) }),
    ])
  }

  static func figures(_ trace: RankingTrace, _ measure: String) -> (name: String, values: [Double])? {
    switch trace {
    case .scores(let scores): (measure, scores.map(\.approximate))
    case .credits(let count): (measure, count.votes.map { Double($0) })
    case .worstDefeats(let worst): ("worst defeat", worst.map { Double($0) })
    case .rounds(let rounds): rounds.first.map { ("first preferences", $0.votes.map(\.approximate)) }
    case .transfers(let count): count.stages.first.map { ("first preferences", $0.votes.map { Double($0) / Double(count.method.unit) }) }
    case .paths, .victories, .orders, .gauges: nil
    }
  }

  static func isProven(_ trace: RankingTrace) -> Bool {
    if case .orders(let orders) = trace { orders.isProvenBest } else { true }
  }

  static func remarks(_ trace: RankingTrace) -> [String] {
    switch trace {
    case .orders(let orders) where !orders.isProvenBest: ["the work limit was reached: the order is not proven best"]
    case .transfers(let count) where count.invalidBallots > 0:
      ["\(Plural.of(count.invalidBallots, "ballot")) without a single first preference \(count.invalidBallots == 1 ? "does" : "do") not count"]
    case .credits(let count) where !count.overspent.isEmpty:
      [
        "\(Plural.of(count.overspent.count, "row")) of ballots spent more than \(count.credits) credits and \(count.overspent.count == 1 ? "does" : "do") not count"
      ]
    default: []
    }
  }
}
