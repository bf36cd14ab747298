package import SocialChoice

/// A file of ranked, graded or approval ballots, whatever its format.
///
/// Candidates keep the numbers of the file; inside the rules they are numbered from 0 in the order of ``candidates``.
package struct BallotFile: Sendable {
  package struct Candidate: Sendable, Hashable {
    package let number: Int
    package let name: String

    package init(number: Int, name: String) {
      self.number = number
      self.name = name
    }
  }

  /// A ballot that puts candidates into named categories; `levels[i]` are those in category i.
  package struct CategoryBallot: Sendable, Hashable {
    package let levels: [[Int]]
    package let weight: Int
  }

  package enum Ballots: Sendable {
    case orders(RankedProfile)
    /// Categories, the best first.
    case categories(names: [String], [CategoryBallot])
    /// Sums only: how often each candidate got each grade, the best first, in `unit` parts of a vote (1 unless the file has decimals).
    case grades(names: [String], GradeProfile, unit: Int)
    case points(PointProfile)
  }

  package let candidates: [Candidate]
  package let ballots: Ballots
  /// How many seats the file says are to be filled.
  package let seats: Int?
  /// What was odd and read all the same, and where it stands.
  package private(set) var remarks: [FileFault]
  /// The same, without the file's name.
  package var oddities: [String] { remarks.map { remark in remark.line.map { "line \($0): \(remark.reason)" } ?? remark.reason } }

  /// Where each candidate is named, by its number.
  private let lines: [Int: Int]

  init(candidates: [Candidate], ballots: Ballots, seats: Int? = nil, remarks: [FileFault] = [], lines: [Int: Int] = [:]) {
    self.lines = lines
    self.candidates = candidates
    self.ballots = ballots
    self.seats = seats
    self.remarks = remarks
  }

  /// Reads PrefLib files (.soc, .soi, .toc, .toi, .cat, with the header of today or of before 2022, with or without counts), Scottish wards,
  /// tables of grades and tables of points. The content decides; the name only tells a category file apart from an order.
  ///
  /// - Parameters:
  ///   - name: as shown in faults.
  ///   - isStrict: whether what is odd is a fault.
  package init(bytes: [UInt8], name: String, isStrict: Bool = false) throws(FileFault) {
    try self.init(reading: bytes, name: name)
    if let oddity = FileText(bytes).oddity { remarks.insert(FileFault(file: name, line: oddity.line, reason: oddity.words), at: 0) }
    remarks += equalNames(file: name)
    if isStrict, let first = remarks.first { throw first }
  }

  /// Candidates whom a reader of the result could not tell apart.
  private func equalNames(file: String) -> [FileFault] {
    let sharing = Dictionary(grouping: candidates.filter { !$0.name.isEmpty }, by: \.name).values.filter { $0.count > 1 }
    return sharing.sorted { $0[0].number < $1[0].number }.map { group in
      let numbers = group.map { String($0.number) }.joined(separator: " and ")
      return FileFault(
        file: file, line: lines[group[1].number], reason: "the candidates \(numbers) have the same name, “\(group[0].name)”; they are counted apart")
    }
  }

  private init(reading bytes: [UInt8], name: String) throws(FileFault) {
    let lines = TextLines(bytes)
    guard let first = lines.lines.first(where: { !$0.trimmed.isEmpty }) else { throw FileFault(file: name, reason: "the file is empty") }
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if ["wmd", "tog", "mjg", "wmg", "pwg", "dat"].contains(ending) {
      throw FileFault(file: name, reason: "a .\(ending) file of PrefLib holds a graph or other data, no ballots")
    }
    let start = first.trimmed
    let table = DelimitedTable(lines)
    if start.first == UInt8(ascii: "#") || ["soc", "soi", "toc", "toi", "cat"].contains(ending) {
      self = try PrefLibReader(file: name, ending: ending).read(lines)
    } else if ScottishWardReader.isHeader(table.fields(of: first)) {
      self = try ScottishWardReader(file: name).read(lines, table)
    } else if GradeTableReader.isHeader(table.fields(of: first)) {
      self = try GradeTableReader(table: CommaSeparated(bytes, file: name)).read()
    } else if PointTableReader.isHeader(table.fields(of: first)) {
      self = try PointTableReader(table: CommaSeparated(bytes, file: name)).read()
    } else if start.contains(UInt8(ascii: ":")) || start.allSatisfy({ (0x30...0x39).contains($0) }) {
      self = try PrefLibReader(file: name, ending: ending).read(lines)
    } else {
      throw FileFault(
        file: name, line: 1,
        reason:
          "neither a PrefLib file, nor a Scottish ward (first row: candidates, seats), nor a table whose first row begins with candidate, voter or count"
      )
    }
  }

  /// The ballots as orders; nil where the file has only sums or points.
  package func rankings() throws(ProfileFault) -> RankedProfile? {
    switch ballots {
    case .orders(let profile): return profile
    case .categories(_, let ballots):
      var profile = try RankedProfile(candidateCount: candidates.count)
      for ballot in ballots { try profile.append(ballot.levels, weight: ballot.weight) }
      return profile
    case .grades, .points: return nil
    }
  }

  /// The ballots as approvals: those in the first `levels` categories or ranks are approved of; nil where the file has only sums or points.
  package func approvals(levels: Int = 1) throws(ProfileFault) -> ApprovalProfile? {
    var profile = try ApprovalProfile(candidateCount: candidates.count)
    switch ballots {
    case .orders(let orders):
      for ballot in 0..<orders.ballotCount {
        try profile.append(approved: Array(orders.levels(of: ballot).prefix(levels).joined()), weight: orders.weights[ballot])
      }
    case .categories(_, let ballots):
      for ballot in ballots { try profile.append(approved: Array(ballot.levels.prefix(levels).joined()), weight: ballot.weight) }
    case .grades, .points: return nil
    }
    return profile
  }

  /// The ballots as sums of grades, the best first; nil for orders, which have no grades.
  package func grades() throws(ProfileFault) -> (names: [String], profile: GradeProfile)? {
    switch ballots {
    case .orders: return nil
    case .grades(let names, let profile, _): return (names, profile)
    case .points(let points):
      let (profile, grades) = try points.grades()
      return (grades.map { String($0) }, profile)
    case .categories(let names, let ballots):
      var counts = [[Int]](repeating: Array(repeating: 0, count: names.count), count: candidates.count)
      for ballot in ballots {
        for (grade, level) in ballot.levels.enumerated() { for candidate in level { counts[candidate][grade] += ballot.weight } }
      }
      return (names, try GradeProfile(gradeCount: names.count, counts: counts))
    }
  }
}
