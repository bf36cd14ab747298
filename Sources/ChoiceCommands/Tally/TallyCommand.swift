package import ArgumentParser
import ChoiceFiles
import Foundation
import SocialChoice

/// `isegoria tally`: counts a participatory budget.
package struct TallyCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tally",
    abstract: "Counts a participatory budget from a Pabulib file: which projects are funded, and why not the others.",
    discussion: """
      Rules:
        greedy-cost
            The most approvals first, as most towns count (the value is the
            cost: for each unit of cost it is the number of approvals).
        greedy-cardinality | -points | -borda
            The most approvals, points or ranks for each unit of cost first.
        most-approvals | most-points | most-borda
            The most approvals, points or ranks first, whatever the cost.
        equal-shares-cost | -cardinality | -points | -borda
            Everyone has the same part of the budget, and pays for projects
            they named. What is left over: see --completion.
        bounded-overspending-cost | -cardinality | -points | -borda
            Equal shares whose supporters may fall short of the cost.
        phragmen
            The load of each project is levelled among its supporters.
        max-welfare | max-welfare-cost | -cardinality | -points | -borda
            The choice with the greatest sum, with a certificate. Without a
            measure: approvals, points or ranks, as the ballots have them.

      Example:
        isegoria tally bemowo.pb --rule equal-shares-cost --completion add-one

      JSON: winners (ids, in the order in which the rule took them), cost,
      budget, rule, completion, trace, ties (or "not enumerated"), ties_met,
      losers with reasons, indicators; for max-welfare its certificate.
      Amounts are in the currency of the file.

      \(ExitWords.line)
      """)

  @Argument(help: "A Pabulib file (.pb).") package var file: String
  @Option(help: "How to count; see above.") package var rule: String
  @Option(help: "After equal shares: none; add-one (count again with one unit more for each person until nothing fits); add-one-greedy; phragmen.")
  package var completion: String = "none"
  @OptionGroup var counting: CountingOptions
  @Option(help: "A project funded before the count, by its id; may be given again.") package var mandatory: [String] = []
  @Option(help: "Ids with commas between, of which at most one is funded; may be given again.") package var conflict: [String] = []
  @Option(name: .customLong("district-budget"), help: "DISTRICT=AMOUNT: a part of the budget for its projects alone; may be given again.")
  package var districtBudgets: [String] = []
  @Option(name: .customLong("ballots"), help: "Ballots against the file's rules: count them, or drop them.") package var handling: BallotHandling =
    .count
  @Option(name: .customLong("weights"), help: "A column of VOTES that says how many people a ballot stands for.") package var weightColumn: String?

  package enum BallotHandling: String, ExpressibleByArgument, CaseIterable { case count, drop }

  package init() {}

  /// Everything that can be told without the file.
  package func validate() throws {
    try Self.checking {
      guard BudgetRule.names.contains(rule) else {
        throw Misuse(reason: "--rule \(rule) is not known: \(BudgetRule.names.joined(separator: ", "))")
      }
      guard let known = BudgetRule.Completion(rawValue: completion) else {
        throw Misuse(reason: "--completion \(completion) is not known: none, add-one, add-one-greedy or phragmen")
      }
      if known != .none, !rule.hasPrefix("equal-shares-") { throw Misuse(reason: "--completion goes with equal-shares rules only") }
      _ = try counting.ties.order(hasCosts: true)
      _ = try counting.limit(orElse: Self.usualWork)
      for group in conflict where Self.ids(group).count < 2 {
        throw Misuse(reason: "--conflict \(group): ids of two projects or more are wanted, with commas between them")
      }
    }
  }

  private static let usualWork = 5_000_000

  private static func ids(_ group: String) -> [String] {
    group.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  package func run() throws {
    let patience = Patience("counting \(file) by \(rule)")
    defer { patience.end() }
    try Self.ending {
      let report = try report { patience.say("counting \(file) by \(rule), \($0)") }
      print(try counting.json ? report.json() : TallyTable(report).text)
    }
  }

  /// Reads and counts.
  ///
  /// - Parameter say: hears how far a long count is.
  /// - Throws: ``Misuse`` where the rule does not go with the ballots, else `FileFault`.
  func report(say: @escaping (String) -> Void = { _ in }) throws -> TallyReport {
    let completion = BudgetRule.Completion(rawValue: completion) ?? .none
    let pabulib = try read()
    guard let rule = BudgetRule(name: rule, completion: completion, kind: pabulib.election.ballots.kind) else {
      throw Misuse(reason: "--rule \(rule) is not known")
    }
    do {
      let election = try prepared(pabulib)
      let order = try counting.ties.order(hasCosts: true)
      let tally = BudgetTally(tieBreak: order, workLimit: try counting.limit(orElse: Self.usualWork))
      let progress = { (step: Int) in say(completion == .none ? "\(Plural.of(step, "project")) funded" : "with \(step) more for each person") }
      let districts = try districtBudgets.isEmpty ? nil : DistrictBudgets(election, districtBudgets.map { try district($0, of: pabulib) })
      let outcome = try districts?.count(rule, by: tally, progress: progress) ?? tally.count(election, rule, progress: progress)
      return TallyReport(pabulib, election, outcome, rule: rule, completion: completion.rawValue, ties: Self.name(order))
    } catch let fault as BudgetFault {
      let reason = TallyWords.fault(fault, rule: self.rule)
      switch fault {
      // Not the file but what was asked for is wrong, as for `rank`.
      case .wrongBallots, .mandatoryInConflict, .mandatoryTooExpensive, .unknownDistrict, .districtsTooExpensive, .conflictAcrossDistricts:
        throw Misuse(reason: reason)
      default: throw FileFault(file: file, reason: reason)
      }
    }
  }

  /// As the JSON has always had it.
  private static func name(_ order: TieBreak) -> String {
    switch order {
    case .lexicographic: "lexicographic"
    case .cheapest: "cheapest"
    case .seeded(let seed): "seed:\(seed)"
    }
  }

  private func read() throws -> PabulibFile {
    let mode: PabulibReader.Mode = counting.strict ? .strict : .lenient
    let pabulib = try PabulibReader(file: file, mode: mode, weightColumn: weightColumn).read(InputFile.bytes(file))
    Complaint.note(pabulib.remarks)
    return pabulib
  }

  /// With what the options ask for.
  private func prepared(_ pabulib: PabulibFile) throws -> BudgetElection {
    let read = pabulib.election
    var ballots = read.ballots
    if handling == .drop {
      let dropped = Set(pabulib.breaches.map(\.ballot))
      ballots = ballots.filter { !dropped.contains($0) }
    }
    let groups = try conflict.map { group in try Self.ids(group).map { try project($0, in: read) } }
    return try BudgetElection(
      projects: read.projects, budget: read.budget, ballots: ballots, unit: read.unit, pointUnit: read.pointUnit,
      mandatory: mandatory.map { try project($0, in: read) }, conflicts: groups)
  }

  private func district(_ text: String, of pabulib: PabulibFile) throws -> DistrictBudgets.Part {
    guard let sign = text.utf8.lastIndex(of: UInt8(ascii: "=")), let amount = pabulib.smallest(text[text.index(after: sign)...]) else {
      let wanted = "DISTRICT=AMOUNT, the amount in the units of the file and without a comma that may part thousands or decimals"
      throw Misuse(reason: "--district-budget \(text) is not \(wanted)")
    }
    return DistrictBudgets.Part(district: String(text[..<sign]), budget: amount)
  }

  private func project(_ id: String, in election: BudgetElection) throws -> Int {
    guard let project = election.projects.firstIndex(where: { $0.id == id }) else {
      throw Misuse(reason: "there is no project \(id) in \(file)")
    }
    return project
  }
}
