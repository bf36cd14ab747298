import SocialChoice

/// Reads how often each candidate got each grade: first row `candidate` and the grades, the best first; then a row a candidate.
///
/// Numbers may be counts or percentages, with decimals. A grade that a voter did not give counts as the lowest: rows are filled up to the largest sum, or,
/// where all sums lie within five of 100 and differ, to 100.
struct GradeTableReader {
  let table: CommaSeparated
  private var file: String { table.file }

  static func isHeader(_ fields: [ArraySlice<UInt8>]) -> Bool {
    guard fields.count > 1, let first = fields.first else { return false }
    return ["candidate", "candidates", "candidat", "candidats", "name", "nom", "option", "proposal"].contains(first.text.lowercased())
  }

  func read() throws(FileFault) -> BallotFile {
    var grades = Array(table.header.dropFirst())
    while grades.last == "" { grades.removeLast() }
    guard !grades.isEmpty else { throw FileFault(file: file, line: table.headerLine, reason: "the first row names no grade") }
    var candidates: [BallotFile.Candidate] = []
    var cells: [[Decimals]] = []
    var open: FileFault?
    var lines: [Int: Int] = [:]
    for (line, fields) in table.rows {
      let numbers = fields.dropFirst()
      guard numbers.count >= grades.count, numbers.dropFirst(grades.count).allSatisfy(\.isEmpty) else {
        throw FileFault(file: file, line: line, reason: "\(numbers.count) numbers for \(grades.count) grades")
      }
      var row: [Decimals] = []
      for field in numbers.prefix(grades.count) {
        guard let number = Decimals(field) else { throw FileFault(file: file, line: line, reason: "“\(field.text)” is no number of grades") }
        row.append(number)
        if open == nil, MoneyText(field)?.marks == .openComma {
          let reason =
            "“\(field.text)” is read as \(PabulibNumber.text(number.digits, places: number.places)), the comma before decimals; write it without a comma if thousands were meant"
          open = FileFault(file: file, line: line, reason: reason)
        }
      }
      candidates.append(BallotFile.Candidate(number: candidates.count + 1, name: fields[0].text))
      lines[candidates.count] = line
      cells.append(row)
    }
    guard !candidates.isEmpty else { throw FileFault(file: file, reason: "there are no candidates") }
    let places = cells.joined().map(\.places).max() ?? 0
    let unit = (0..<places).reduce(1) { value, _ in value * 10 }
    var oddities = repeated(grades) + (open.map { [$0] } ?? [])
    let counts = filled(cells.map { $0.map { $0.scaled(to: places) } }, unit: unit, &oddities)
    do {
      let profile = try GradeProfile(gradeCount: grades.count, counts: counts)
      return BallotFile(candidates: candidates, ballots: .grades(names: grades, profile, unit: unit), remarks: oddities, lines: lines)
    } catch {
      throw FileFault(file: file, reason: error.description)
    }
  }

  private func repeated(_ grades: [String]) -> [FileFault] {
    var seen: Set<String> = []
    return grades.filter { !seen.insert($0.lowercased()).inserted }.map {
      FileFault(file: file, line: table.headerLine, reason: "two columns are called “\($0)”; they are two grades, the first the better")
    }
  }

  private func filled(_ rows: [[Int]], unit: Int, _ oddities: inout [FileFault]) -> [[Int]] {
    let sums = rows.map { $0.reduce(0, +) }
    guard let largest = sums.max(), let least = sums.min(), largest != least else { return rows }
    let arePercentages = least >= 95 * unit && largest <= 105 * unit
    let whole = arePercentages ? 100 * unit : largest
    oddities.append(
      FileFault(file: file, reason: "the rows do not add up to the same; what is missing to \(whole / unit) counts as the lowest grade"))
    return zip(rows, sums).map { row, sum in
      var row = row
      row[row.count - 1] += max(0, whole - sum)
      return row
    }
  }
}

/// A number of at least 0 with up to six places after the point, kept exactly.
private struct Decimals {
  let digits: Int
  let places: Int

  /// Nothing is 0; a percent sign at the end is passed over; a comma may stand for the point.
  init?(_ field: ArraySlice<UInt8>) {
    var text = field.trimmed
    if text.last == UInt8(ascii: "%") { text = text.dropLast().trimmed }
    if text.isEmpty {
      (digits, places) = (0, 0)
      return
    }
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    var decimals = parts.count == 2 ? parts[1] : []
    while decimals.last == 0x30 { decimals = decimals.dropLast() }
    guard decimals.count <= 6, parts[0].count <= 10, let whole = (parts[0] + decimals).wholeNumber, whole >= 0, text.first != UInt8(ascii: "-") else {
      return nil
    }
    (digits, places) = (whole, decimals.count)
  }

  func scaled(to wanted: Int) -> Int { (places..<max(wanted, places)).reduce(digits) { value, _ in value * 10 } }
}
