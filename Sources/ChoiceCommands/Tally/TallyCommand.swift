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
        greedy-cost | -cardinality | -points | -borda
            The most value for the money first. greedy-cost goes by the number
            of approvals, as most towns count.
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
      budget, rule, completion, trace, ties, losers with reasons, indicators.
      Amounts are in the currency of the file.
      """)

  @Argument(help: "A Pabulib file (.pb).") package var file: String
  @Option(help: "How to count; see above.") package var rule: String
  @Option(help: "After equal shares: none; add-one (count again with one unit more for each person until nothing fits); add-one-greedy; phragmen.")
  package var completion: String = "none"
  @Option(help: "Among equals: lexicographic (by the bytes of the id), cheapest, or seed:TEXT for a public draw.") package var ties: String =
    "lexicographic"
  @Option(help: "A project funded before the count, by its id; may be given again.") package var mandatory: [String] = []
  @Option(help: "Ids with commas between, of which at most one is funded; may be given again.") package var conflict: [String] = []
  @Option(name: .customLong("district-budget"), help: "DISTRICT=AMOUNT: a part of the budget for its projects alone; may be given again.")
  package var districtBudgets: [String] = []
  @Option(name: .customLong("ballots"), help: "Ballots against the file's rules: count them, or drop them.") package var handling: BallotHandling =
    .count
  @Option(name: .customLong("weights"), help: "A column of VOTES that says how many people a ballot stands for.") package var weightColumn: String?
  @Option(help: "At most so many steps for max-welfare, or counts for add-one.") package var workLimit: Int = 5_000_000
  @Flag(help: "Refuse a file in which anything is odd.") package var strict = false
  @Flag(help: "Print JSON.") package var json = false

  package enum BallotHandling: String, ExpressibleByArgument, CaseIterable { case count, drop }

  package init() {}

  package func run() throws {
    let completion = try checkedCompletion()
    let tieBreak = try chosenTieBreak()
    let patience = Patience("counting by \(self.rule)")
    defer { patience.end() }
    do {
      let pabulib = try read()
      guard let rule = BudgetRule(name: self.rule, completion: completion, kind: pabulib.election.ballots.kind) else { return }
      let election = try prepared(pabulib)
      let tally = BudgetTally(tieBreak: tieBreak, workLimit: workLimit)
      let progress = { (step: Int) in
        patience.say("counting by \(self.rule), \(completion == .none ? "\(step) projects funded" : "with \(step) more for each person")")
      }
      let districts = try districtBudgets.isEmpty ? nil : DistrictBudgets(election, districtBudgets.map { try district($0, of: pabulib) })
      let outcome = try districts?.count(rule, by: tally, progress: progress) ?? tally.count(election, rule, progress: progress)
      let report = TallyReport(pabulib, election, outcome, rule: rule, completion: completion.rawValue, ties: ties)
      print(try json ? report.json() : TallyTable(report).text)
    } catch let fault as FileFault {
      Complaint.write(fault.description)
      throw ExitCode(65)
    } catch let fault as BudgetFault {
      // Not the file but the rule asked for is wrong, as for `rank`.
      if case .wrongBallots = fault { throw ValidationError(TallyWords.fault(fault, rule: rule)) }
      Complaint.write("\(file): \(TallyWords.fault(fault, rule: rule))")
      throw ExitCode(65)
    }
  }

  private func checkedCompletion() throws -> BudgetRule.Completion {
    guard let known = BudgetRule.Completion(rawValue: completion) else {
      throw ValidationError("--completion \(completion) is not known: none, add-one, add-one-greedy or phragmen")
    }
    guard BudgetRule.names.contains(rule) else {
      throw ValidationError("--rule \(rule) is not known: \(BudgetRule.names.joined(separator: ", "))")
    }
    if known != .none, !rule.hasPrefix("equal-shares-") { throw ValidationError("--completion goes with equal-shares rules only") }
    if workLimit < 1 { throw ValidationError("--work-limit is at least 1") }
    return known
  }

  private func chosenTieBreak() throws -> TieBreak {
    switch ties {
    case "lexicographic": return .lexicographic
    case "cheapest": return .cheapest
    case _ where ties.hasPrefix("seed:") && ties.utf8.count > 5: return .seeded(String(ties.dropFirst(5)))
    default: throw ValidationError("--ties \(ties) is not known: lexicographic, cheapest or seed:TEXT")
    }
  }

  private func read() throws -> PabulibFile {
    guard let data = FileManager.default.contents(atPath: file) else { throw FileFault(file: file, reason: "cannot be read") }
    let pabulib = try PabulibReader(file: file, mode: strict ? .strict : .lenient, weightColumn: weightColumn).read([UInt8](data))
    for remark in pabulib.remarks.prefix(20) { Complaint.write("note: \(remark)") }
    if pabulib.remarks.count > 20 { Complaint.write("note: and \(pabulib.remarks.count - 20) more like these") }
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
    let groups = try conflict.map { group in try group.split(separator: ",").map { try project(String($0), in: read) } }
    return try BudgetElection(
      projects: read.projects, budget: read.budget, ballots: ballots, unit: read.unit, pointUnit: read.pointUnit,
      mandatory: mandatory.map { try project($0, in: read) }, conflicts: groups)
  }

  private func district(_ text: String, of pabulib: PabulibFile) throws -> DistrictBudgets.Part {
    guard let sign = text.utf8.lastIndex(of: UInt8(ascii: "=")), let amount = pabulib.smallest(text[text.index(after: sign)...]) else {
      throw FileFault(file: file, reason: "--district-budget \(text) is not DISTRICT=AMOUNT, with an amount in the units of the file")
    }
    return DistrictBudgets.Part(district: String(text[..<sign]), budget: amount)
  }

  private func project(_ id: String, in election: BudgetElection) throws -> Int {
    guard let project = election.projects.firstIndex(where: { $0.id == id }) else {
      throw FileFault(file: file, reason: "there is no project \(id)")
    }
    return project
  }
}

/// Writes to standard error.
enum Complaint {
  static func write(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
