import SocialChoice

/// Reads a Pabulib file.
///
/// Lenient, it reads what the field's programs read, and says in ``PabulibFile/remarks`` what was odd: counts that do not agree, ballots against the
/// file's own rules, ballots with more or fewer points than projects (they are left out), a project twice on a ballot, fields too many or missing, limits
/// that are no numbers, amounts that can be read in two ways, bytes that are no UTF-8, a column of weights that nobody asked for, a budget of nothing.
/// Strict, each of these is a fault. A fault in both: a section missing or twice, a cost or budget that is no number, negative or beyond 2^52 smallest
/// units, a vote for a project that is not there, a project or a voter twice.
package struct PabulibReader: Sendable {
  package enum Mode: Sendable { case lenient, strict }

  let file: String
  let mode: Mode
  /// A column of VOTES with how many people a ballot stands for, whole numbers from 1; nil: each for one.
  let weightColumn: String?

  /// - Parameter file: the name for faults.
  package init(file: String, mode: Mode = .lenient, weightColumn: String? = nil) {
    self.file = file
    self.mode = mode
    self.weightColumn = weightColumn
  }

  /// - Throws: ``FileFault`` with the line.
  package func read(_ bytes: [UInt8]) throws(FileFault) -> PabulibFile {
    var remarks = PabulibRemarks(file: file, mode: mode)
    let records = PabulibRecords(bytes)
    if let oddity = records.oddity { try remarks.add(oddity.line, oddity.words) }
    let parts = try sections(records.records, &remarks)
    let meta = try PabulibMeta(parts.meta, file: file, &remarks)
    try meta.checkNumbers(&remarks)
    let projects = try PabulibProjects(parts.projects, file: file, &remarks)
    let money = try PabulibMoney(meta: meta, projects: projects, file: file, &remarks)
    let votes = try PabulibVotes(parts.votes, ids: projects.ids, kind: meta.kind, file: file, weightColumn: weightColumn, &remarks)
    let points = try PabulibPoints(votes: votes, meta: meta, file: file)
    let ballots = points.ballots(votes, projects: projects.ids.count)
    let election: BudgetElection
    do {
      election = try BudgetElection(
        projects: projects.projects(costs: money.costs), budget: money.budget, ballots: ballots, unit: money.unit, pointUnit: points.unit)
    } catch { throw FileFault(file: file, reason: Self.words(error)) }
    let rules = meta.rules(money: money, points: points)
    if money.budget == 0 { try remarks.add(meta.line("budget"), "the budget is 0") }
    try remarks.compare(meta.count("num_projects"), projects.ids.count, "projects", at: meta.line("num_projects"))
    try remarks.compare(meta.count("num_votes"), votes.rows.count + votes.leftOut, "votes", at: meta.line("num_votes"))
    let breaches = try breaches(of: rules, election, votes, &remarks)
    return PabulibFile(
      meta: meta.entries, projectColumns: projects.columns, projectRows: projects.rows, voteColumns: votes.columns, voteRows: votes.rows,
      election: election,
      rules: rules, remarks: remarks.all, breaches: breaches)
  }

  private struct Parts {
    var meta: [PabulibRecords.Record] = []
    var projects: [PabulibRecords.Record] = []
    var votes: [PabulibRecords.Record] = []
  }

  private func sections(_ records: [PabulibRecords.Record], _ remarks: inout PabulibRemarks) throws(FileFault) -> Parts {
    var parts = Parts()
    var current: PabulibSection?
    var seen: [PabulibSection: Int] = [:]
    // Spreadsheets fill rows with separators up to the widest one: such a row is an empty line.
    for record in records where record.bytes.contains(where: { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }) {
      if let section = PabulibSection(record: record.bytes) {
        if let first = seen[section] {
          throw FileFault(file: file, line: record.line, reason: "the section \(section.rawValue.uppercased()) stands twice; first in line \(first)")
        }
        seen[section] = record.line
        current = section
        continue
      }
      switch current {
      case .meta: parts.meta.append(record)
      case .projects: parts.projects.append(record)
      case .votes: parts.votes.append(record)
      case nil: throw FileFault(file: file, line: record.line, reason: "a Pabulib file begins with the line META")
      }
    }
    for section in PabulibSection.allCases where seen[section] == nil {
      throw FileFault(file: file, reason: "the section \(section.rawValue.uppercased()) is missing")
    }
    return parts
  }

  private func breaches(of rules: BallotRules, _ election: BudgetElection, _ votes: PabulibVotes, _ remarks: inout PabulibRemarks) throws(FileFault)
    -> [PabulibFile.BallotBreach]
  {
    guard rules != BallotRules() else { return [] }
    let costs = election.projects.map(\.cost)
    var breaches: [PabulibFile.BallotBreach] = []
    for ballot in 0..<election.ballots.count {
      guard let breach = rules.breach(of: ballot, in: election.ballots, costs: costs) else { continue }
      breaches.append(PabulibFile.BallotBreach(ballot: ballot, line: votes.lines[ballot], breach: breach))
    }
    if let first = breaches.first {
      let count = breaches.count == 1 ? "a ballot breaks" : "\(breaches.count) ballots, the first here, break"
      try remarks.add(first.line, "\(count) the rules of the file: \(Self.words(first.breach, election)); counted, unless such ballots are left out")
    }
    return breaches
  }

  private static func words(_ breach: BallotRules.Breach, _ election: BudgetElection) -> String {
    switch breach {
    case .length(let count, let limit): "\(count) \(count == 1 ? "project" : "projects"), \(bound(count, limit, unit: 1))"
    case .points(let points, let limit): "\(decimal(points, election.pointUnit)) points, \(bound(points, limit, unit: election.pointUnit))"
    case .sumOfPoints(let sum, let limit):
      "\(decimal(sum, election.pointUnit)) points together, \(bound(sum, limit, unit: election.pointUnit))"
    case .sumOfCosts(let sum, let limit): "projects for \(decimal(sum, election.unit)) together, \(bound(sum, limit, unit: election.unit))"
    }
  }

  private static func bound(_ value: Int, _ limit: Int, unit: Int) -> String {
    "\(value < limit ? "at least" : "at most") \(decimal(limit, unit)) \(value < limit ? "are wanted" : "are allowed")"
  }

  private static func decimal(_ value: Int, _ unit: Int) -> String {
    var (places, rest) = (0, unit)
    while rest >= 10 { (places, rest) = (places + 1, rest / 10) }
    return PabulibNumber.text(value, places: places)
  }

  private static func words(_ fault: BudgetFault) -> String {
    switch fault {
    case .tooLarge: "amounts, people or points are too large to be counted exactly (amounts to 2^52 smallest units)"
    case .badWeight(let weight): "a ballot cannot stand for \(weight) people"
    default: "the election cannot be counted (\(fault))"
    }
  }
}

/// What was odd; in strict mode the first of them is a fault.
struct PabulibRemarks {
  let file: String
  let mode: PabulibReader.Mode
  private(set) var all: [FileFault] = []

  init(file: String, mode: PabulibReader.Mode) {
    self.file = file
    self.mode = mode
  }

  mutating func add(_ line: Int?, _ reason: String) throws(FileFault) {
    let remark = FileFault(file: file, line: line, reason: reason)
    if mode == .strict { throw remark }
    all.append(remark)
  }

  mutating func compare(_ stated: Int?, _ found: Int, _ what: String, at line: Int?) throws(FileFault) {
    if let stated, stated != found { try add(line, "the file speaks of \(stated) \(what) and has \(found)") }
  }
}
