import SocialChoice

/// The section META.
struct PabulibMeta {
  let entries: [PabulibFile.Entry]
  let kind: BudgetBallotKind
  private let lines: [String: Int]
  private let values: [String: ArraySlice<UInt8>]
  private let file: String

  init(_ records: [PabulibRecords.Record], file: String, _ remarks: inout PabulibRemarks) throws(FileFault) {
    var entries: [PabulibFile.Entry] = []
    var lines: [String: Int] = [:]
    var values: [String: ArraySlice<UInt8>] = [:]
    for (index, record) in records.enumerated() {
      let fields = PabulibRecords.fields(record.bytes)
      let key = fields[0].text
      if index == 0, key.lowercased() == "key" { continue }
      if key.isEmpty { continue }
      if fields.count < 2 { try remarks.add(record.line, "the key \(key) has no value") }
      let value = fields.count > 1 ? fields[1] : []
      if lines[key.lowercased()] != nil { try remarks.add(record.line, "the key \(key) stands twice; the last counts") }
      entries.append(PabulibFile.Entry(key, value.text))
      lines[key.lowercased()] = record.line
      values[key.lowercased()] = value
    }
    (self.entries, self.lines, self.values, self.file) = (entries, lines, values, file)
    guard let type = values["vote_type"]?.text.lowercased() else {
      throw FileFault(file: file, reason: "META lacks vote_type: approval, cumulative, scoring or ordinal")
    }
    switch type {
    case "approval", "choose-1": kind = .approval
    case "cumulative": kind = .points
    case "scoring": kind = .scores
    case "ordinal": kind = .ranking
    default:
      throw FileFault(
        file: file, line: lines["vote_type"], reason: "the vote_type \(type) is not known: approval, choose-1, cumulative, scoring or ordinal")
    }
  }

  func line(_ key: String) -> Int? { lines[key] }

  /// Nil where the key is missing, empty, `none` or no number: limits that say nothing do not bind.
  func number(_ key: String) -> PabulibNumber? { values[key].flatMap { PabulibNumber(money: $0) } }

  func count(_ key: String) -> Int? { number(key).flatMap { $0.scaled(to: 0) } }

  func budget() throws(FileFault) -> PabulibNumber {
    guard let text = values["budget"] else { throw FileFault(file: file, reason: "META lacks the budget") }
    guard let budget = PabulibNumber(money: text) else {
      throw FileFault(file: file, line: lines["budget"], reason: "the budget \(text.text) is no amount")
    }
    if budget.digits < 0 { throw FileFault(file: file, line: lines["budget"], reason: "the budget \(text.text) is below zero") }
    return budget
  }

  func rules(money: PabulibMoney, points: PabulibPoints) throws(FileFault) -> BallotRules {
    func limits(_ name: String, places: Int) -> BallotRules.ClosedLimits {
      BallotRules.ClosedLimits(
        least: number("min_\(name)")?.scaled(to: max(places, 0)), most: number("max_\(name)")?.scaled(to: max(places, 0)))
    }
    var rules = BallotRules()
    rules.length = limits("length", places: 0)
    if kind == .points || kind == .scores {
      rules.points = limits("points", places: points.places)
      rules.sumOfPoints = limits("sum_points", places: points.places)
    }
    if kind == .approval { rules.sumOfCosts = limits("sum_cost", places: money.places) }
    return rules
  }
}

/// Budget and costs in one smallest unit.
struct PabulibMoney {
  let budget: Int
  let costs: [Int]
  let places: Int
  let unit: Int

  init(meta: PabulibMeta, projects: PabulibProjects, file: String) throws(FileFault) {
    let budget = try meta.budget()
    let limits = ["min_sum_cost", "max_sum_cost"].compactMap { meta.number($0)?.places }
    let places = max(budget.places, projects.costs.map(\.places).max() ?? 0, limits.filter { $0 <= 2 }.max() ?? 0)
    func amount(_ number: PabulibNumber, _ line: Int?, _ what: String) throws(FileFault) -> Int {
      guard let value = number.scaled(to: places), value < BudgetElection.largestAmount else {
        throw FileFault(file: file, line: line, reason: "\(what) is too large to be counted exactly: at most 2^52 smallest units")
      }
      return value
    }
    self.budget = try amount(budget, meta.line("budget"), "the budget")
    var costs: [Int] = []
    for (index, cost) in projects.costs.enumerated() {
      costs.append(try amount(cost, projects.lines[index], "the cost of the project \(projects.ids[index])"))
    }
    self.costs = costs
    self.places = places
    unit = (0..<places).reduce(1) { product, _ in product * 10 }
  }
}
