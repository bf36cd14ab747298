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
    \(RankRules.all.map { "  \($0.name.padding(toLength: 24, withPad: " ", startingAt: 0))\($0.summary)" }.joined(separator: "\n"))

    schulze, ranked-pairs and minimax measure victories by winning votes; --strength margins, or a name such as schulze-margins, by difference.

    --json prints: winners (all who win if ties are left open; candidates by their numbers in the file), ranking (a list of lists, ties together; where \
    ties part rankings, the one under the tie-break), chosen (what the tie-break takes), ties (round, options, chosen; or "not enumerated" \
    when the work limit was reached), ties_met, losers (number: reason, its numbers, and words), trace (scores, rounds, stages, path strengths …), candidates, notes, strength and quorum where they were asked.

    Example: isegoria rank burlington.toi --rule schulze
             isegoria rank glasgow_2007_hillhead.csv --rule stv-scottish --json

    Exit codes: 0 counted, 64 wrong use, 65 a file that cannot be read (file, line and reason on standard error).
    """

  @Argument(help: "The file with the ballots.") var file: String
  @Option(help: "The rule, see above.") var rule: String
  @Option(help: "Seats to fill; a Scottish ward says it itself.") var seats: Int?
  @Option(help: "How equals are told apart: first (in the file) or seed.") var tieBreak = "first"
  @Option(help: "The public seed of --tie-break seed.") var seed: String?
  @Option(help: "How victories are measured: winning-votes or margins.") var strength: String?
  @Option(help: "Approval: how many of the first categories or ranks are approvals.") var approveLevels = 1
  @Option(help: "Score: points for the grades, the best first, as 2,1,0.") var points: String?
  @Option(help: "Quadratic: what each ballot may spend.") var credits = 100
  @Option(help: "Schulze: the number of the candidate that is the status quo; who wins must have a majority against it and rank above it.")
  var statusQuo: Int?
  @Option(help: "The majority against the status quo, which must be passed.") var majority = "1/2"
  @Flag(help: "Schulze: also refuse whom any path of victories leads back from the status quo.") var noReversePaths = false
  @Option(help: "How many ballots are needed for the vote to bind.") var quorum: Int?
  @Option(help: "How much work may be spent on outcomes of ties and on Kemeny orders.") var steps = 100_000_000
  @Flag(help: "Print JSON.") var json = false

  package init() {}

  package func run() throws {
    guard let (found, named) = RankRules.find(rule) else {
      throw ValidationError("no rule \(rule); there are: \(RankRules.all.map(\.name).joined(separator: ", "))")
    }
    let name = file.split(separator: "/").last.map { String($0) } ?? file
    let patience = Patience("counting \(name) by \(found.name)")
    defer { patience.end() }
    do {
      guard let data = FileManager.default.contents(atPath: file) else { throw FileFault(file: file, reason: "cannot be read") }
      let ballots = try BallotFile(bytes: [UInt8](data), name: name)
      let input = try input(ballots, for: found, name: name)
      let settings = try settings(found, named, ballots)
      let report = try found.run(input, settings)
      let participants = max(input.orders.total, input.approvals.total, input.points.total)
      let page = RankPage(
        rule: found.name, strength: RankRules.byVictories.contains(found.name) ? settings.strength : nil, file: ballots,
        tieBreak: tieBreak == "seed" ? "seed \(seed ?? "")" : "first in the file", report: report,
        quorum: quorum.map { Quorum.people($0).verdict(participants: participants) })
      print(json ? try page.json() : page.text())
    } catch let fault as FileFault {
      FileHandle.standardError.write(Data("\(fault)\n".utf8))
      throw ExitCode(65)
    } catch let misuse as RankMisuse {
      throw ValidationError(misuse.reason)
    }
  }

  private func settings(_ rule: RankRule, _ named: VictoryStrength?, _ ballots: BallotFile) throws -> RankSettings {
    let wanted = seats ?? (rule.fillsSeats ? ballots.seats : 1)
    guard let wanted else { throw RankMisuse(reason: "\(rule.name) fills seats and the file does not say how many: give --seats") }
    guard wanted >= 1 else { throw RankMisuse(reason: "--seats must be at least 1") }
    guard rule.fillsSeats || wanted == 1 else { throw RankMisuse(reason: "\(rule.name) has one winner; --seats is for rules that fill several") }
    guard let measure = strength.map({ VictoryStrength(rawValue: $0) }) ?? (named ?? .winningVotes) else {
      throw RankMisuse(reason: "--strength is winning-votes or margins")
    }
    let parts = majority.split(separator: "/").map { Int($0) }
    guard parts.count == 2, let numerator = parts[0], let denominator = parts[1],
      let threshold = Threshold(numerator, of: denominator, mustExceed: true)
    else {
      throw RankMisuse(reason: "--majority is a part such as 2/3")
    }
    var numbers: [Int]?
    if let points {
      let list = points.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
      guard list.allSatisfy({ $0.map { (-1_000_000...1_000_000).contains($0) } ?? false }) else {
        throw RankMisuse(reason: "--points is a list such as 2,1,0")
      }
      numbers = list.compactMap { $0 }
    }
    return RankSettings(
      seats: wanted, tieBreak: try chosenTieBreak(), steps: max(0, steps), strength: measure, credits: credits, points: numbers, statusQuo: statusQuo,
      majority: threshold, refusesReversePaths: noReversePaths)
  }

  private func chosenTieBreak() throws -> TieBreak {
    switch (tieBreak, seed) {
    case ("first", _), ("lexicographic", _): return .lexicographic
    case ("seed", let seed?), ("seeded", let seed?): return .seeded(seed)
    case ("seed", nil), ("seeded", nil): throw RankMisuse(reason: "--tie-break seed needs --seed")
    default: throw RankMisuse(reason: "--tie-break is first or seed")
    }
  }

  private func input(_ ballots: BallotFile, for rule: RankRule, name: String) throws -> RankInput {
    guard approveLevels >= 1 else { throw RankMisuse(reason: "--approve-levels must be at least 1") }
    func mismatch(_ holds: String) -> RankMisuse { RankMisuse(reason: "\(rule.name) counts \(rule.reads.rawValue); \(name) holds \(holds)") }
    do {
      var orders = try RankedProfile(candidateCount: 0)
      var approvals = try ApprovalProfile(candidateCount: 0)
      var grades: (names: [String], profile: GradeProfile) = ([], try GradeProfile(gradeCount: 0, counts: []))
      var points = try PointProfile(candidateCount: 0)
      if case .points(let profile) = ballots.ballots { points = profile }
      switch rule.reads {
      case .orders:
        guard let found = try ballots.rankings() else { throw mismatch("sums of grades or points") }
        orders = found
      case .approvals:
        guard let found = try ballots.approvals(levels: approveLevels) else { throw mismatch("sums of grades or points") }
        approvals = found
      case .grades:
        guard let found = try ballots.grades() else { throw mismatch("orders without grades") }
        grades = found
      case .points: if case .points = ballots.ballots {} else { throw mismatch("no numbers a ballot") }
      }
      return RankInput(candidates: ballots.candidates, orders: orders, approvals: approvals, grades: grades, points: points)
    } catch let fault as ProfileFault {
      throw FileFault(file: name, reason: fault.description)
    }
  }
}
