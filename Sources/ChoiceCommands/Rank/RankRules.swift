package import SocialChoice

/// Every rule of `isegoria rank`, in the order of the help.
package enum RankRules {
  package static let all: [RankRule] = [
    RankRule("plurality", "the most first preferences", reads: .orders) { .init($0.orders.plurality(tieBreak: $1.tieBreak), $0, measure: "votes") },
    RankRule("two-round", "the two with the most first preferences meet", reads: .orders) { .init($0.orders.twoRound(tieBreak: $1.tieBreak), $0) },
    RankRule("irv", "instant run-off: the lowest goes, round by round", reads: .orders) {
      .init($0.orders.instantRunoff(tieBreak: $1.tieBreak, steps: $1.steps), $0)
    },
    RankRule("borda", "a point for each candidate placed below", reads: .orders) {
      .init(PairwiseTable($0.orders).borda(tieBreak: $1.tieBreak), $0, measure: "points")
    },
    RankRule("copeland", "victories less defeats, two by two", reads: .orders) {
      .init(PairwiseTable($0.orders).copeland(tieBreak: $1.tieBreak), $0, measure: "victories less defeats")
    },
    RankRule("minimax", "the smallest worst defeat", reads: .orders) {
      .init(PairwiseTable($0.orders).minimax(by: $1.strength, tieBreak: $1.tieBreak), $0)
    },
    RankRule("ranked-pairs", "the strongest victories, as far as they agree", reads: .orders) {
      .init(PairwiseTable($0.orders).rankedPairs(by: $1.strength, tieBreak: $1.tieBreak, steps: $1.steps), $0)
    },
    RankRule("schulze", "the strongest paths of victories", reads: .orders) { input, settings in
      let table = PairwiseTable(input.orders)
      guard let number = settings.statusQuo else { return .init(table.schulze(by: settings.strength, tieBreak: settings.tieBreak), input) }
      let checks = StatusQuoChecks(
        statusQuo: try input.place(ofNumber: number), majority: settings.majority, refusesReversePaths: settings.refusesReversePaths)
      return .init(table.schulze(by: settings.strength, checks: checks, tieBreak: settings.tieBreak), input)
    },
    RankRule("kemeny", "the order with the fewest disagreements", reads: .orders) {
      .init(PairwiseTable($0.orders).kemeny(tieBreak: $1.tieBreak, steps: $1.steps), $0)
    },
    RankRule("stv-scottish", "single transferable vote, Scottish rules of 2007", reads: .orders, fillsSeats: true) {
      .init($0.orders.transferable(.scottish, seats: $1.seats, tieBreak: $1.tieBreak, steps: $1.steps), $0)
    },
    RankRule("stv-meek", "single transferable vote, Meek's keep factors", reads: .orders, fillsSeats: true) {
      .init($0.orders.transferable(.meek, seats: $1.seats, tieBreak: $1.tieBreak, steps: $1.steps), $0)
    },
    RankRule("approval", "the most approvals", reads: .approvals) { .init($0.approvals.approval(tieBreak: $1.tieBreak), $0, measure: "approvals") },
    RankRule("score", "the largest sum of points", reads: .grades) { input, settings in
      if !input.points.ballots.isEmpty { return .init(input.points.score(tieBreak: settings.tieBreak), input, measure: "points") }
      let points = try GradePoints.points(for: input.grades.names, given: settings.points)
      return .init(input.grades.profile.score(points: points, unit: input.gradeUnit, tieBreak: settings.tieBreak), input, measure: "points")
    },
    RankRule("majority-judgment", "the best median grade, then the majority gauge", reads: .grades) {
      .init($0.grades.profile.majorityJudgment(tieBreak: $1.tieBreak), $0)
    },
    RankRule("quadratic", "votes that cost their square in credits", reads: .points) {
      .init($0.points.quadratic(credits: $1.credits, tieBreak: $1.tieBreak), $0, measure: "votes")
    },
    RankRule("pav", "committee: most points, a voter's members counting 1, 1/2, 1/3 …; with a proof", reads: .approvals, fillsSeats: true) {
      try .init($0, $1) { ProportionalApproval.outcome($0, tieBreak: $1, workLimit: $2) }
    },
    RankRule("sequential-pav", "committee: seat by seat, who adds the most of those points", reads: .approvals, fillsSeats: true) {
      try .init($0, $1) { SequentialProportionalApproval.outcome($0, tieBreak: $1, workLimit: $2) }
    },
    RankRule("sequential-phragmen", "committee: seat by seat, where its supporters carry least", reads: .approvals, fillsSeats: true) {
      try .init($0, $1) { SequentialPhragmen.outcome($0, tieBreak: $1, workLimit: $2) }
    },
    RankRule("equal-shares", "committee: voters buy seats with equal money; the rest by Phragmén", reads: .approvals, fillsSeats: true) {
      try .init($0, $1) { CommitteeEqualShares.outcome($0, tieBreak: $1, workLimit: $2) }
    },
    RankRule("equal-shares-none", "the same; seats that nobody can buy stay empty", reads: .approvals, fillsSeats: true) {
      try .init($0, $1) { CommitteeEqualShares.outcome($0, completion: .none, tieBreak: $1, workLimit: $2) }
    },
    RankRule("equal-shares-approval", "the same; the rest by approvals", reads: .approvals, fillsSeats: true) {
      try .init($0, $1) { CommitteeEqualShares.outcome($0, completion: .approval, tieBreak: $1, workLimit: $2) }
    },
    RankRule("equal-shares-increment", "the same; money for one seat more until all are bought", reads: .approvals, fillsSeats: true) {
      try .init($0, $1) { CommitteeEqualShares.outcome($0, completion: .increment, tieBreak: $1, workLimit: $2) }
    },
  ]

  /// Rules that measure victories.
  static let byVictories: Set<String> = ["schulze", "minimax", "ranked-pairs"]

  /// The rule of a name and the strength of victories that the name may carry: `schulze-margins` is schulze by margins.
  package static func find(_ name: String) -> (rule: RankRule, strength: VictoryStrength?)? {
    let plain = name.lowercased().replacing("_", with: "-")
    if let rule = all.first(where: { $0.name == plain }) { return (rule, nil) }
    for strength in [VictoryStrength.winningVotes, .margins] where plain.hasSuffix("-\(strength.rawValue)") {
      let stem = plain.dropLast(strength.rawValue.count + 1)
      if byVictories.contains(String(stem)), let rule = all.first(where: { $0.name == stem }) { return (rule, strength) }
    }
    return nil
  }
}

/// What grades are worth under the rule `score`.
enum GradePoints {
  /// Categories that are no grade but the reason for the lack of one: they give nothing and take no step of the scale.
  private static let withoutGrade: Set<String> = [
    "conflict", "conflict of interest", "no response", "no answer", "no opinion", "abstain", "none", "n/a",
  ]

  static func points(for names: [String], given: [Int]?) throws -> [Int?] {
    if let given {
      guard given.count == names.count else {
        throw Misuse(reason: "--points gives \(given.count) numbers for \(names.count) grades: \(names.joined(separator: ", "))")
      }
      return given
    }
    var next = names.count { !withoutGrade.contains($0.lowercased()) }
    return names.map { name in
      if withoutGrade.contains(name.lowercased()) { return nil }
      next -= 1
      return next
    }
  }
}
