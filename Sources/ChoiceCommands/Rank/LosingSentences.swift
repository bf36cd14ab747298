import SocialChoice

/// Why a candidate is not chosen, in English.
struct LosingSentences {
  let input: RankInput
  /// What a figure of the rule counts.
  let measure: String
  let unit: Int

  func sentence(_ reason: LosingReason.Reason) -> String {
    switch reason {
    case .tieBroken(let other): "level with \(name(other)); the tie-break chose \(name(other))"
    case .fewer(let own, let winner, let best): "\(Figures.counted(own, words(own), measure)), \(name(winner)) \(words(best))"
    case .worseDefeat(let own, let by, let winner, let best):
      "loses to \(name(by)) by \(own); the worst defeat of \(name(winner)) is " + (best == 0 ? "none" : "\(best)")
    case .beatenThroughPath(let path, let strength, let against):
      path.count == 2
        ? "beaten by \(name(path[0])) with strength \(strength), the way back has \(against)"
        : "beaten by \(name(path[0])) through the path \(path.map(name).joined(separator: " – ")) of strength \(strength) against \(against)"
    case .belowInLockedOrder(let chain): "below \(chain.map(name).joined(separator: " > ")) in the victories locked in"
    case .excluded(let round, let votes, let next):
      "out in round \(round) with \(Figures.counted(votes, words(votes), "votes")); the next had \(words(next))"
    case .excludedByTie(let round, let votes, let equals):
      "out in round \(round) by the tie-break: \(equals.map(name).joined(separator: ", ")) had \(Figures.counted(votes, words(votes), "votes")) each"
    case .notInSecondRound(let votes, let needed):
      "\(Figures.counted(votes, words(votes), "first preferences")); the second round took \(words(needed))"
    case .lostLastRound(let winner, let votes, let against): "lost the last round to \(name(winner)), \(words(votes)) to \(words(against))"
    case .worseOrder(let own, let best): "the best order that puts it first has \(Plural.of(own, "disagreement")), the best of all \(best)"
    case .notFirstInOrderFound: "not first in the order found (which is not proven best)"
    case .excludedInStage(let stage, let votes, let quota):
      "excluded in stage \(stage) with \(scaled(votes)) votes against a quota of \(scaled(quota))"
    case .seatsFull(let stage, let votes, let quota):
      "the seats were full after stage \(stage); it had \(scaled(votes)) votes against a quota of \(scaled(quota))"
    case .weakerGrade(let own, let winner, let best):
      own.median == best.median
        ? "median \(grade(own)) as \(name(winner)), but \(gauge(own)) against \(gauge(best))" : "median \(grade(own)) against \(grade(best))"
    case .weakerMajorityValue(let winner):
      "the same median and shares as \(name(winner)), who is ahead when the middle grades are taken away one by one (majority value)"
    case .noMajority(let support, let opposition, let needed):
      "\(support) rank it above the status quo and \(opposition) below; \(needed) were needed"
    case .notAboveStatusQuo: "not ranked above the status quo"
    case .pathBackFromStatusQuo(let path, let strength):
      "a path of victories leads back to the status quo: \(path.map(name).joined(separator: " – ")), of strength \(strength)"
    }
  }

  private func name(_ candidate: Int) -> String { input.name(candidate) }

  private func grade(_ gauge: MajorityGauge) -> String {
    input.grades.names.indices.contains(gauge.median) ? input.grades.names[gauge.median] : "grade \(gauge.median + 1)"
  }

  private func gauge(_ gauge: MajorityGauge) -> String {
    gauge.isPlus ? "\(percent(gauge.above)) better" : "\(percent(gauge.below)) worse"
  }

  private func percent(_ share: Rational) -> String { words(share * Rational(100)) + " %" }

  func words(_ value: Rational) -> String { Figures.words(value) }

  func scaled(_ votes: Int) -> String { Figures.scaled(votes, unit: unit) }
}
