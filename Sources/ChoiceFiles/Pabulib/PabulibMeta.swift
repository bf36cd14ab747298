import SocialChoice

/// The section META.
struct PabulibMeta {
  let entries: [PabulibFile.Entry]
  let kind: BudgetBallotKind
  /// Of `choose-1`, which is a limit of its own.
  let isOneChoice: Bool
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
    try Self.checkSeparator(records, file: file)
    guard let type = values["vote_type"]?.text.lowercased() else {
      throw FileFault(file: file, reason: "META lacks vote_type: approval, cumulative, scoring or ordinal")
    }
    isOneChoice = type == "choose-1"
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

  /// Fields that other programs parted by commas or tabs would all be one.
  static func checkSeparator(_ records: [PabulibRecords.Record], file: String) throws(FileFault) {
    guard let first = records.first, !first.bytes.contains(UInt8(ascii: ";")) else { return }
    for (sign, name) in [(UInt8(ascii: ","), "commas"), (0x09, "tabs")] where first.bytes.contains(sign) {
      throw FileFault(file: file, line: first.line, reason: "the fields are separated by \(name); a semicolon is wanted")
    }
  }

  func line(_ key: String) -> Int? { lines[key] }

  /// As it is written; nil where the key is missing.
  func text(_ key: String) -> ArraySlice<UInt8>? { values[key] }

  /// Nil where the key is missing, empty, `none` or no number: limits that say nothing do not bind.
  func number(_ key: String) -> PabulibNumber? { values[key].flatMap { PabulibNumber(money: $0) } }

  /// A whole number: a comma before three digits parts thousands here.
  func count(_ key: String) -> Int? {
    var style = MoneyStyle()
    (style.commasPartThousands, style.pointsPartThousands) = (true, true)
    return values[key].flatMap { MoneyText($0)?.number(style)?.scaled(to: 0) }
  }

  private static let pointLimits = ["min_points", "max_points", "min_sum_points", "max_sum_points"]

  /// What stands where a number is expected and is none.
  func checkNumbers(_ remarks: inout PabulibRemarks) throws(FileFault) {
    for key in ["num_projects", "num_votes", "min_length", "max_length"] where isWord(key) && count(key) == nil {
      try remarks.add(lines[key], "\(key) is “\(values[key]?.text ?? "")”, no whole number; it is passed over")
    }
    guard kind == .points || kind == .scores else { return }
    for key in Self.pointLimits where isWord(key) && number(key) == nil {
      try remarks.add(lines[key], "\(key) is “\(values[key]?.text ?? "")”, no number; it is passed over")
    }
    if kind == .scores, isWord("default_score"), number("default_score") == nil {
      try remarks.add(lines["default_score"], "default_score is “\(values["default_score"]?.text ?? "")”, no number; 0 is taken")
    }
  }

  /// Whether the key says something, be it a number or not.
  func isWord(_ key: String) -> Bool {
    guard let text = values[key], !text.isEmpty else { return false }
    return !["none", "null", "nan", "n/a", "-", "inf", "infinity", "unlimited"].contains(text.text.lowercased())
  }

  func rules(money: PabulibMoney, points: PabulibPoints) -> BallotRules {
    func limits(_ name: String, places: Int) -> BallotRules.ClosedLimits {
      BallotRules.ClosedLimits(
        least: number("min_\(name)")?.scaled(to: max(places, 0)), most: number("max_\(name)")?.scaled(to: max(places, 0)))
    }
    var rules = BallotRules()
    rules.length = BallotRules.ClosedLimits(least: count("min_length"), most: count("max_length"))
    if isOneChoice, rules.length.most == nil { rules.length.most = 1 }
    if kind == .points || kind == .scores {
      rules.points = limits("points", places: points.places)
      rules.sumOfPoints = limits("sum_points", places: points.places)
    }
    if kind == .approval { rules.sumOfCosts = money.limits }
    return rules
  }
}

/// Budget and costs in one smallest unit.
struct PabulibMoney {
  let budget: Int
  let costs: [Int]
  let places: Int
  let unit: Int
  /// Of what the projects on a ballot cost together.
  let limits: BallotRules.ClosedLimits

  init(meta: PabulibMeta, projects: PabulibProjects, file: String, _ remarks: inout PabulibRemarks) throws(FileFault) {
    let keys = ["min_sum_cost", "max_sum_cost"]
    let style = MoneyStyle((["budget"] + keys).compactMap { meta.text($0) } + projects.costs)
    /// Nil where it is no amount.
    func read(_ text: ArraySlice<UInt8>, _ line: Int?, _ what: String) throws(FileFault) -> PabulibNumber? {
      guard let money = MoneyText(text), let number = money.number(style) else { return nil }
      if let remark = money.remark(text.text, style) { try remarks.add(line, "\(what): \(remark)") }
      return number
    }
    guard let written = meta.text("budget") else { throw FileFault(file: file, reason: "META lacks the budget") }
    guard let budget = try read(written, meta.line("budget"), "the budget") else {
      throw FileFault(file: file, line: meta.line("budget"), reason: "the budget \(written.text) is no amount")
    }
    if budget.digits < 0 { throw FileFault(file: file, line: meta.line("budget"), reason: "the budget \(written.text) is below zero") }
    var amounts: [PabulibNumber] = []
    for (index, text) in projects.costs.enumerated() {
      let (line, id) = (projects.lines[index], projects.ids[index])
      guard let cost = try read(text, line, "the cost of the project \(id)") else {
        let found = text.isEmpty ? "nothing" : text.text
        throw FileFault(file: file, line: line, reason: "the cost of the project \(id) is no amount: \(found)")
      }
      if cost.digits < 0 { throw FileFault(file: file, line: line, reason: "the cost of the project \(id) is below zero") }
      amounts.append(cost)
    }
    var bounds: [PabulibNumber?] = []
    for key in keys {
      let text = meta.text(key) ?? []
      bounds.append(try read(text, meta.line(key), key))
      if meta.isWord(key), bounds.last == .some(nil) { try remarks.add(meta.line(key), "\(key) is “\(text.text)”, no amount; it is passed over") }
    }
    let places = max(budget.places, amounts.map(\.places).max() ?? 0, bounds.compactMap { $0?.places }.filter { $0 <= 2 }.max() ?? 0)
    limits = BallotRules.ClosedLimits(least: bounds[0]?.scaled(to: places), most: bounds[1]?.scaled(to: places))
    func amount(_ number: PabulibNumber, _ line: Int?, _ what: String) throws(FileFault) -> Int {
      guard let value = number.scaled(to: places), value < BudgetElection.largestAmount else {
        throw FileFault(file: file, line: line, reason: "\(what) is too large to be counted exactly: at most 2^52 smallest units")
      }
      return value
    }
    self.budget = try amount(budget, meta.line("budget"), "the budget")
    var costs: [Int] = []
    for (index, cost) in amounts.enumerated() {
      costs.append(try amount(cost, projects.lines[index], "the cost of the project \(projects.ids[index])"))
    }
    self.costs = costs
    self.places = places
    unit = (0..<places).reduce(1) { product, _ in product * 10 }
  }
}
