import SocialChoice

/// Reads the ballots of a Scottish council ward as the collection scot-elex keeps them.
///
/// First row: candidates, seats. Then a row each for ballots: how many, then candidates in order. Then the candidates: label, name, party, in any
/// order; the number of the label says which. Last the ward, which may have commas in it. Semicolons or tabs may stand for the commas.
struct ScottishWardReader {
  let file: String

  /// Whether these are the fields of a first row: two numbers and nothing else.
  static func isHeader(_ fields: [ArraySlice<UInt8>]) -> Bool {
    let filled = fields.filter { !$0.isEmpty }
    return filled.count == 2 && filled.allSatisfy { $0.wholeNumber != nil }
  }

  func read(_ lines: TextLines, _ table: DelimitedTable) throws(FileFault) -> BallotFile {
    let rows = lines.lines.enumerated().filter { !$0.element.trimmed.isEmpty }
      .map { (line: $0.offset + 1, fields: table.fields(of: $0.element)) }
    let header = rows[0].fields.compactMap(\.wholeNumber)
    guard header.count == 2, header[0] > 0, header[0] <= ProfileFault.largestCandidateCount, header[1] > 0 else {
      throw FileFault(file: file, line: rows[0].line, reason: "the first row gives the numbers of candidates and of seats, both above 0")
    }
    let count = header[0]
    var oddities: [FileFault] = []
    var names: [Int: String] = [:]
    var namedIn: [Int: Int] = [:]
    var label: ArraySlice<UInt8>?
    guard var profile = try? RankedProfile(candidateCount: count) else { throw FileFault(file: file, reason: "too many candidates") }
    for (line, fields) in rows.dropFirst() {
      let filled = fields.filter { !$0.isEmpty }
      guard let first = filled.first else { continue }
      if let weight = first.wholeNumber, filled.count > 1 || names.isEmpty {
        guard names.isEmpty else { throw FileFault(file: file, line: line, reason: "ballots are expected before the candidates") }
        try append(weight, filled.dropFirst(), to: &profile, line: line)
      } else if filled.count > 1 {
        let word = fields[0].split(separator: 0x20).first
        // A ward such as “Preston, Seton and Gosford”.
        if line == rows.last?.line, names.count == count, word != label { continue }
        label = label ?? word
        let number = try candidate(fields[0], of: count, line: line)
        namedIn[number] = line
        guard names.updateValue(filled.dropFirst().map(\.text).joined(separator: " – "), forKey: number) == nil else {
          throw FileFault(file: file, line: line, reason: "the candidate \(number) is named twice: the label “\(fields[0].text)” is repeated")
        }
      }
    }
    guard profile.ballotCount > 0 else { throw FileFault(file: file, reason: "there are no ballots") }
    if names.count < count { oddities.append(FileFault(file: file, reason: "\(count) candidates are announced, \(names.count) are named")) }
    if header[1] > count { oddities.append(FileFault(file: file, line: rows[0].line, reason: "more seats than candidates")) }
    let candidates = (0..<count).map { BallotFile.Candidate(number: $0 + 1, name: names[$0 + 1] ?? "Candidate \($0 + 1)") }
    return BallotFile(candidates: candidates, ballots: .orders(profile), seats: header[1], remarks: oddities, lines: namedIn)
  }

  /// The number of a candidate's label: `Candidate 2` is the second, wherever its row stands.
  private func candidate(_ label: ArraySlice<UInt8>, of count: Int, line: Int) throws(FileFault) -> Int {
    let words = label.split(separator: 0x20)
    guard words.count > 1, let number = words.last?.wholeNumber else {
      let found = label.isEmpty ? "the label of the candidate is missing" : "“\(label.text)” is no label of a candidate"
      throw FileFault(file: file, line: line, reason: "\(found); “Candidate 1” and so on are expected")
    }
    guard (1...count).contains(number) else {
      throw FileFault(file: file, line: line, reason: "“\(label.text)”: more candidates than the \(count) of the first row")
    }
    return number
  }

  private func append(_ weight: Int, _ fields: ArraySlice<ArraySlice<UInt8>>, to profile: inout RankedProfile, line: Int) throws(FileFault) {
    var order: [Int] = []
    for field in fields {
      guard let number = field.wholeNumber, (1...profile.candidateCount).contains(number) else {
        throw FileFault(file: file, line: line, reason: "“\(field.text)” is no candidate from 1 to \(profile.candidateCount)")
      }
      order.append(number - 1)
    }
    do { try profile.append(order: order, weight: weight) } catch {
      guard case .repeatedCandidate(let place) = error else { throw FileFault(file: file, line: line, reason: error.description) }
      throw FileFault(file: file, line: line, reason: "the candidate \(place + 1) stands on this ballot twice")
    }
  }
}
