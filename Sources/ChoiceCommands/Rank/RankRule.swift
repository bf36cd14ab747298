package import ChoiceFiles
package import SocialChoice

/// A rule that `isegoria rank` knows by name.
package struct RankRule: Sendable {
  /// What a rule needs the file to hold.
  package enum Ballots: String, Sendable {
    case orders, approvals, grades, points
  }

  /// As written after `--rule`.
  package let name: String
  /// One line of the help.
  package let summary: String
  package let reads: Ballots
  /// Whether it fills several seats and so needs `--seats`, unless the file says how many.
  package let fillsSeats: Bool
  /// Throws ``Misuse`` where a setting does not fit the rule.
  package let run: @Sendable (RankInput, RankSettings) throws -> RankReport

  package init(
    _ name: String, _ summary: String, reads: Ballots, fillsSeats: Bool = false,
    run: @escaping @Sendable (RankInput, RankSettings) throws -> RankReport
  ) {
    self.name = name
    self.summary = summary
    self.reads = reads
    self.fillsSeats = fillsSeats
    self.run = run
  }
}

/// The ballots in the shape that the rule reads; the other shapes are empty.
package struct RankInput: Sendable {
  package let candidates: [BallotFile.Candidate]
  package let orders: RankedProfile
  package let approvals: ApprovalProfile
  package let grades: (names: [String], profile: GradeProfile)
  package let points: PointProfile
  /// How many parts of ``grades`` make one vote: 1 unless the file has decimals.
  package let gradeUnit: Int

  package init(
    candidates: [BallotFile.Candidate], orders: RankedProfile, approvals: ApprovalProfile, grades: (names: [String], profile: GradeProfile),
    points: PointProfile, gradeUnit: Int = 1
  ) {
    self.candidates = candidates
    self.orders = orders
    self.approvals = approvals
    self.grades = grades
    self.points = points
    self.gradeUnit = gradeUnit
  }

  /// How many people took part, as far as the file says: of grades the most that a candidate got.
  package var participants: Int {
    let graded = grades.profile.counts.map { $0.reduce(0, +) }.max() ?? 0
    return max(orders.total, approvals.total, points.total, graded / max(1, gradeUnit))
  }

  package func name(_ candidate: Int) -> String { candidates[candidate].name }

  /// The place of the candidate with this number in the file.
  package func place(ofNumber number: Int) throws -> Int {
    guard let place = candidates.firstIndex(where: { $0.number == number }) else {
      throw Misuse(reason: "there is no candidate \(number) in the file")
    }
    return place
  }
}

/// What the caller chose.
package struct RankSettings: Sendable {
  package let seats: Int
  package let tieBreak: TieBreak
  /// The work limit.
  package let steps: Int
  package let strength: VictoryStrength
  package let credits: Int
  /// Points for the grades, the best first; nil: one less each, the last 0.
  package let points: [Int]?
  /// The number, in the file, of the candidate that stands for the status quo.
  package let statusQuo: Int?
  package let majority: Threshold
  package let refusesReversePaths: Bool
}

/// What a rule decided, in places of candidates, ready to be shown.
package struct RankReport: Sendable {
  /// All who win if ties are left open, or are in some tied committee.
  package let winners: [Int]
  /// Nil where the rule gives none.
  package let ranking: [[Int]]?
  /// Under the tie-break.
  package let chosen: [Int]
  package let ties: [Tie]
  package let tiesEnumerated: Bool
  package let losers: [RankLoser]
  /// Made when it is asked for: it may have millions of figures.
  package var trace: TraceValue { makeTrace() }
  /// One figure a candidate for the bars of the table, with its name; nil where none says enough.
  package let figures: (name: String, values: [Double])?
  /// False where the work limit ended the search: what is chosen is the best found, and nothing is said of its equals.
  package let isProven: Bool
  /// Words that must be seen with the result.
  package var remarks: [String]
  /// Every tied committee, for rules that give committees; nil for others.
  package let committees: [[Int]]?
  private let makeTrace: @Sendable () -> TraceValue

  package init(
    winners: [Int], ranking: [[Int]]?, chosen: [Int], ties: [Tie], tiesEnumerated: Bool, losers: [RankLoser],
    trace: @escaping @Sendable @autoclosure () -> TraceValue,
    figures: (name: String, values: [Double])? = nil, remarks: [String] = [], committees: [[Int]]? = nil, isProven: Bool = true
  ) {
    self.winners = winners
    self.ranking = ranking
    self.chosen = chosen
    self.ties = ties
    self.tiesEnumerated = tiesEnumerated
    self.losers = losers.map { [taken = Set(winners)] in $0.hearing(ofTies: taken) }
    makeTrace = trace
    self.figures = figures
    self.remarks = remarks
    self.isProven = isProven
    self.committees = committees
  }
}
