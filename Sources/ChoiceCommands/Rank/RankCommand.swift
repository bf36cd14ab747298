package import ArgumentParser
import ChoiceFiles
import Foundation
import SocialChoice

/// `isegoria rank FILE --rule RULE`.
package struct RankCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rank", abstract: "Count ranked, graded or approval ballots by a rule, and say why.", discussion: RankCommand.help)

  static let help = """
    FILE is a PrefLib file (.soc .soi .toc .toi .cat), a Scottish ward (csv), a table of grades (csv, first row: candidate and the grades, the best first)
    or of points (csv, first row: voter or count, and the candidates).

    Rules:
    \(RankRules.all.map { "  \($0.name.padded(to: 24))\($0.summary)" }.joined(separator: "\n"))

    An option that the rule does not know is refused.

    schulze, ranked-pairs and minimax measure victories by winning votes; --strength margins, or a name such as schulze-margins, by difference.

    --json prints: winners (all who win if ties are left open; candidates by their numbers in the file), ranking (a list of lists, ties together; where \
    ties part rankings, the one under the tie-break), chosen (what the tie-break takes), ties (round, options, chosen; or "not enumerated" \
    when the work limit was reached), ties_met, losers (number: reason, its numbers, and words), trace (scores, rounds, stages, path strengths …), candidates, notes, strength and quorum where they were asked.

    Example: isegoria rank burlington.toi --rule schulze
             isegoria rank glasgow_2007_hillhead.csv --rule stv-scottish --json

    \(ExitWords.line)
    """

  @Argument(help: "The file with the ballots.") var file: String
  @Option(help: "The rule, see above.") var rule: String
  @Option(help: "Seats to fill; a Scottish ward says it itself.") var seats: Int?
  @OptionGroup var counting: CountingOptions
  @Option(help: "Schulze, ranked pairs, minimax: how victories are measured: winning-votes or margins.") var strength: String?
  @Option(help: "Approval and committees: how many of the first categories or ranks are approvals (1).") var approveLevels: Int?
  @Option(help: "Score: points for the grades, the best first, as 2,1,0.") var points: String?
  @Option(help: "Quadratic: what each ballot may spend (100).") var credits: Int?
  @Option(help: "Schulze: the number of the candidate that is the status quo; who wins must have a majority against it and rank above it.")
  var statusQuo: Int?
  @Option(help: "The majority against the status quo, which must be passed (1/2).") var majority: String?
  @Flag(help: "Schulze: also refuse whom any path of victories leads back from the status quo.") var noReversePaths = false
  @Option(help: "How many ballots are needed for the vote to bind.") var quorum: Int?

  package init() {}

  /// Everything that can be told without the file.
  package func validate() throws {
    try Self.checking {
      guard let (rule, named) = RankRules.find(rule) else {
        throw Misuse(reason: "no rule \(self.rule); there are: \(RankRules.all.map(\.name).joined(separator: ", "))")
      }
      _ = try counting.ties.order(hasCosts: false)
      _ = try counting.limit(orElse: Self.usualWork)
      try checkOptions(rule, named)
      guard seats ?? 1 >= 1 else { throw Misuse(reason: "--seats must be at least 1") }
      guard rule.fillsSeats || seats ?? 1 == 1 else { throw Misuse(reason: "\(rule.name) has one winner; --seats is for rules that fill several") }
      guard approveLevels ?? 1 >= 1 else { throw Misuse(reason: "--approve-levels must be at least 1") }
      guard quorum ?? 0 >= 0 else { throw Misuse(reason: "--quorum is a number of ballots") }
    }
  }

  private static let usualWork = 100_000_000

  /// What the rule does not know would change nothing, and whoever asked for it would not know.
  private func checkOptions(_ rule: RankRule, _ named: VictoryStrength?) throws {
    func refuse(_ isGiven: Bool, _ option: String, unless isKnown: Bool, _ rules: String) throws {
      if isGiven, !isKnown { throw Misuse(reason: "\(option) says nothing to \(rule.name): it is for \(rules)") }
    }
    let byVictories = RankRules.byVictories
    try refuse(strength != nil, "--strength", unless: byVictories.contains(rule.name), byVictories.sorted().joined(separator: ", "))
    if let strength, let named, strength != named.rawValue {
      throw Misuse(reason: "--strength \(strength) contradicts the name \(self.rule)")
    }
    try refuse(points != nil, "--points", unless: rule.name == "score", "score")
    try refuse(credits != nil, "--credits", unless: rule.name == "quadratic", "quadratic")
    try refuse(approveLevels != nil, "--approve-levels", unless: rule.reads == .approvals, "approval and committees")
    try refuse(statusQuo != nil, "--status-quo", unless: rule.name == "schulze", "schulze")
    try refuse(majority != nil, "--majority", unless: rule.name == "schulze" && statusQuo != nil, "schulze with --status-quo")
    try refuse(noReversePaths, "--no-reverse-paths", unless: rule.name == "schulze" && statusQuo != nil, "schulze with --status-quo")
  }

  package func run() throws {
    let patience = Patience("counting \(file) by \(rule)")
    defer { patience.end() }
    try Self.ending {
      let page = try page()
      guard counting.json else { return print(page.text()) }
      try page.writeJSON { try FileHandle.standardOutput.write(contentsOf: $0) }
      print()
    }
  }

  /// Reads and counts.
  func page() throws -> RankPage {
    guard let (found, named) = RankRules.find(rule) else { throw Misuse(reason: "no rule \(rule)") }
    let ballots = try BallotFile(bytes: InputFile.bytes(file), name: file, isStrict: counting.strict)
    let input = try input(ballots, for: found)
    let settings = try settings(found, named, ballots)
    var report = try found.run(input, settings)
    if found.reads == .approvals, case .orders = ballots.ballots, approveLevels == nil {
      report.remarks.insert("the file holds orders: who stands first on a ballot is approved of; --approve-levels takes more ranks", at: 0)
    }
    return RankPage(
      rule: found.name, strength: RankRules.byVictories.contains(found.name) ? settings.strength : nil, file: ballots,
      tieBreak: settings.tieBreak.words, report: report,
      quorum: quorum.map { Quorum.people($0).verdict(participants: input.participants) })
  }

  private func settings(_ rule: RankRule, _ named: VictoryStrength?, _ ballots: BallotFile) throws -> RankSettings {
    guard let seats = rule.fillsSeats ? seats ?? ballots.seats : 1 else {
      throw Misuse(reason: "\(rule.name) fills seats and the file does not say how many: give --seats")
    }
    guard let measure = strength.map({ VictoryStrength(rawValue: $0) }) ?? (named ?? .winningVotes) else {
      throw Misuse(reason: "--strength is winning-votes or margins")
    }
    let parts = (majority ?? "1/2").split(separator: "/").map { Int($0) }
    guard parts.count == 2, let numerator = parts[0], let denominator = parts[1],
      let threshold = Threshold(numerator, of: denominator, mustExceed: true)
    else {
      throw Misuse(reason: "--majority is a part such as 2/3")
    }
    var numbers: [Int]?
    if let points {
      let list = points.split(separator: ",").map { Int($0.filter { $0 != " " }) }
      guard list.allSatisfy({ $0.map { (-1_000_000...1_000_000).contains($0) } ?? false }) else {
        throw Misuse(reason: "--points is a list such as 2,1,0")
      }
      numbers = list.compactMap { $0 }
    }
    return RankSettings(
      seats: seats, tieBreak: try counting.ties.order(hasCosts: false), steps: try counting.limit(orElse: Self.usualWork), strength: measure,
      credits: credits ?? 100, points: numbers, statusQuo: statusQuo, majority: threshold, refusesReversePaths: noReversePaths)
  }

  private func input(_ ballots: BallotFile, for rule: RankRule) throws -> RankInput {
    func mismatch(_ holds: String) -> Misuse { Misuse(reason: "\(rule.name) counts \(rule.reads.rawValue); \(file) holds \(holds)") }
    do {
      var orders = try RankedProfile(candidateCount: 0)
      var approvals = try ApprovalProfile(candidateCount: 0)
      var grades: (names: [String], profile: GradeProfile) = ([], try GradeProfile(gradeCount: 0, counts: []))
      var points = try PointProfile(candidateCount: 0)
      var unit = 1
      if case .points(let profile) = ballots.ballots { points = profile }
      if case .grades(_, _, let parts) = ballots.ballots { unit = parts }
      switch rule.reads {
      case .orders:
        guard let found = try ballots.rankings() else { throw mismatch("sums of grades or points") }
        orders = found
      case .approvals:
        guard let found = try ballots.approvals(levels: approveLevels ?? 1) else { throw mismatch("sums of grades or points") }
        approvals = found
      case .grades:
        guard let found = try ballots.grades() else { throw mismatch("orders without grades") }
        grades = found
      case .points: if case .points = ballots.ballots {} else { throw mismatch("no numbers a ballot") }
      }
      return RankInput(candidates: ballots.candidates, orders: orders, approvals: approvals, grades: grades, points: points, gradeUnit: unit)
    } catch let fault as ProfileFault {
      throw FileFault(file: file, reason: fault.description)
    }
  }
}

extension TieBreak {
  /// As `rank` prints it.
  fileprivate var words: String {
    switch self {
    case .lexicographic, .cheapest: "first in the file"
    case .seeded(let seed): "seed \(seed)"
    }
  }
}
