import SocialChoice

/// The section VOTES, points still as they are written.
struct PabulibVotes {
  private(set) var columns: [String] = []
  private(set) var rows: [[String]] = []
  private(set) var lines: [Int] = []
  /// Where each ballot's projects begin in ``choices``; one more than there are ballots.
  private(set) var starts: [Int] = [0]
  private(set) var choices: [Int32] = []
  /// Beside ``choices`` for points and scores.
  private(set) var points: [PabulibNumber] = []
  private(set) var weights: [Int] = []
  /// Ballots whose points do not go with their projects.
  private(set) var leftOut = 0

  private let file: String
  private let projects: [ArraySlice<UInt8>: Int32]
  private let hasPoints: Bool
  private var voteColumn = 0
  private var pointsColumn: Int?
  private var weightColumn: Int?

  init(
    _ records: [PabulibRecords.Record], ids: [String], kind: BudgetBallotKind, file: String, weightColumn: String?, _ remarks: inout PabulibRemarks
  ) throws(FileFault) {
    self.file = file
    projects = Dictionary(uniqueKeysWithValues: ids.enumerated().map { (ArraySlice($0.element.utf8), Int32($0.offset)) })
    hasPoints = kind == .points || kind == .scores
    guard let header = records.first else { return }
    try PabulibMeta.checkSeparator(records, file: file)
    columns = PabulibRecords.fields(header.bytes).map(\.text)
    let names = columns.map { $0.lowercased() }
    guard let vote = names.firstIndex(of: "vote") else {
      throw FileFault(file: file, line: header.line, reason: "VOTES has no column vote; its columns are \(columns.joined(separator: ", "))")
    }
    voteColumn = vote
    pointsColumn = names.firstIndex(of: "points")
    if hasPoints, pointsColumn == nil, records.count > 1 {
      throw FileFault(file: file, line: header.line, reason: "VOTES has no column points, which this vote_type needs")
    }
    if let weightColumn {
      guard let column = names.firstIndex(of: weightColumn.lowercased()) else {
        throw FileFault(file: file, line: header.line, reason: "VOTES has no column \(weightColumn)")
      }
      self.weightColumn = column
    } else if let unused = names.firstIndex(where: { ["weight", "weights"].contains($0) }) {
      try remarks.add(header.line, "the column \(columns[unused]) is not used: every ballot counts once; --weights \(columns[unused]) counts it")
    }
    let voterColumn = names.firstIndex(of: "voter_id")
    var voters: [ArraySlice<UInt8>: Int] = [:]
    voters.reserveCapacity(records.count)
    for record in records.dropFirst() {
      let fields = PabulibRecords.fields(record.bytes)
      if fields.count > columns.count, fields[columns.count...].contains(where: { !$0.isEmpty }) {
        try remarks.add(record.line, "more fields than columns; the last are left out")
      }
      if let voterColumn, voterColumn < fields.count, !fields[voterColumn].isEmpty,
        let first = voters.updateValue(record.line, forKey: fields[voterColumn])
      {
        throw FileFault(file: file, line: record.line, reason: "the voter \(fields[voterColumn].text) has voted twice; first in line \(first)")
      }
      try add(fields, line: record.line, &remarks)
    }
  }

  private mutating func add(_ fields: [ArraySlice<UInt8>], line: Int, _ remarks: inout PabulibRemarks) throws(FileFault) {
    let start = choices.count
    if voteColumn >= fields.count { try remarks.add(line, "the row ends before the field of the vote; it counts as an empty ballot") }
    let vote = voteColumn < fields.count ? fields[voteColumn] : []
    if !Self.isNothing(vote) {
      for piece in vote.split(separator: UInt8(ascii: ",")) {
        let id = piece.trimmed
        if id.isEmpty { continue }
        guard let project = projects[id] else {
          throw FileFault(file: file, line: line, reason: "a vote for the project \(id.text), which is not in the section PROJECTS")
        }
        choices.append(project)
      }
    }
    let isComplete = hasPoints ? try addPoints(fields, count: choices.count - start, line: line, &remarks) : true
    guard isComplete else {
      choices.removeLast(choices.count - start)
      leftOut += 1
      return
    }
    try checkRepeated(choices[start...], line: line, &remarks)
    starts.append(choices.count)
    lines.append(line)
    weights.append(try weight(fields, line: line))
    rows.append(
      columns.indices.map { column in
        column == voteColumn || column == pointsColumn || column >= fields.count ? "" : fields[column].text
      })
  }

  private static func isNothing(_ field: ArraySlice<UInt8>) -> Bool { field.isEmpty || (field.count == 4 && field.text.lowercased() == "none") }

  private func checkRepeated(_ ballot: ArraySlice<Int32>, line: Int, _ remarks: inout PabulibRemarks) throws(FileFault) {
    guard ballot.count > 1, Set(ballot).count < ballot.count else { return }
    var seen: Set<Int32> = []
    guard let project = ballot.first(where: { !seen.insert($0).inserted }),
      let id = projects.first(where: { $0.value == project })?.key
    else { return }
    let points = hasPoints ? "; its last points count" : ""
    try remarks.add(line, "the project \(id.text) stands twice on this ballot and counts once\(points)")
  }

  /// False where the ballot is to be left out.
  private mutating func addPoints(
    _ fields: [ArraySlice<UInt8>], count: Int, line: Int, _ remarks: inout PabulibRemarks
  ) throws(FileFault) -> Bool {
    guard let pointsColumn else { return true }
    let text = pointsColumn < fields.count ? fields[pointsColumn] : []
    let pieces = Self.isNothing(text) ? [] : text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if pieces.isEmpty {
      if count > 0 { try remarks.add(line, "a vote without points; the ballot counts as empty") }
      choices.removeLast(count)
      return true
    }
    let surplus = pieces.dropFirst(count).contains { !$0.trimmed.isEmpty }
    guard pieces.count >= count, !surplus else {
      let numbers = "\(pieces.count) \(pieces.count == 1 ? "number" : "numbers") of points"
      try remarks.add(line, "\(count) \(count == 1 ? "project" : "projects") and \(numbers); the ballot is left out")
      return false
    }
    for piece in pieces.prefix(count) {
      guard let number = PabulibNumber(piece.trimmed) else {
        throw FileFault(file: file, line: line, reason: "the points \(piece.text) are no number")
      }
      points.append(number)
    }
    return true
  }

  private func weight(_ fields: [ArraySlice<UInt8>], line: Int) throws(FileFault) -> Int {
    guard let weightColumn else { return 1 }
    let text = weightColumn < fields.count ? fields[weightColumn] : []
    guard let weight = PabulibNumber(text)?.scaled(to: 0), weight >= 1, weight < 1 << 40 else {
      throw FileFault(file: file, line: line, reason: "the weight \(text.text) is no whole number from 1 on")
    }
    return weight
  }
}

/// Points in one smallest unit.
struct PabulibPoints {
  let places: Int
  let unit: Int
  /// Of a project that a score ballot does not name.
  private let standard: Int
  private let values: [Int]
  private let kind: BudgetBallotKind

  init(votes: PabulibVotes, meta: PabulibMeta, file: String) throws(FileFault) {
    let usual = meta.kind == .scores ? meta.number("default_score") : nil
    let limits = ["min_points", "max_points", "min_sum_points", "max_sum_points"].compactMap { meta.number($0)?.places }.filter { $0 <= 2 }
    let places = max(votes.points.map(\.places).max() ?? 0, usual?.places ?? 0, limits.max() ?? 0)
    kind = meta.kind
    self.places = places
    unit = (0..<places).reduce(1) { product, _ in product * 10 }
    var values: [Int] = []
    values.reserveCapacity(votes.points.count)
    for (index, number) in votes.points.enumerated() {
      guard let value = number.scaled(to: places) else {
        let ballot = votes.starts.lastIndex { $0 <= index } ?? 0
        throw FileFault(file: file, line: ballot < votes.lines.count ? votes.lines[ballot] : nil, reason: "points too large to be counted exactly")
      }
      values.append(value)
    }
    self.values = values
    standard = usual?.scaled(to: places) ?? 0
  }

  func ballots(_ votes: PabulibVotes, projects: Int) -> BudgetBallots {
    var ballots = BudgetBallots(kind: kind)
    ballots.reserve(ballots: votes.rows.count, choices: votes.choices.count)
    for ballot in votes.rows.indices {
      let range = votes.starts[ballot]..<votes.starts[ballot + 1]
      guard ballots.hasPoints else {
        ballots.append(votes.choices[range], weight: votes.weights[ballot])
        continue
      }
      guard standard != 0 else {
        ballots.append(votes.choices[range], points: values[range], weight: votes.weights[ballot])
        continue
      }
      let named = Set(votes.choices[range])
      let others = (0..<Int32(projects)).filter { !named.contains($0) }
      ballots.append(votes.choices[range], points: values[range], others: others, silence: standard, weight: votes.weights[ballot])
    }
    return ballots
  }
}
