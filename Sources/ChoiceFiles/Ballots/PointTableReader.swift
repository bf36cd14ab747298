import SocialChoice

/// Reads ballots of numbers: first row `voter` (or `count`) and the candidates; then a row a ballot. Under `count` the first cell says how many people cast it.
struct PointTableReader {
  let file: String
  let table: DelimitedTable

  private static let single: Set<String> = ["voter", "voter_id", "ballot", "id"]
  private static let several: Set<String> = ["count", "ballots", "voters", "weight"]

  static func isHeader(_ fields: [ArraySlice<UInt8>]) -> Bool {
    fields.count > 1 && single.union(several).contains(fields[0].text.lowercased())
  }

  func read(_ lines: TextLines) throws(FileFault) -> BallotFile {
    let rows = lines.lines.enumerated().filter { !$0.element.trimmed.isEmpty }.map { (line: $0.offset + 1, fields: table.fields(of: $0.element)) }
    let isCounted = PointTableReader.several.contains(rows[0].fields[0].text.lowercased())
    let candidates = rows[0].fields.dropFirst().enumerated().map { BallotFile.Candidate(number: $0 + 1, name: $1.text) }
    guard var profile = try? PointProfile(candidateCount: candidates.count) else {
      throw FileFault(file: file, line: 1, reason: "too many candidates")
    }
    for (line, fields) in rows.dropFirst() {
      guard fields.count <= candidates.count + 1 else {
        throw FileFault(file: file, line: line, reason: "\(fields.count - 1) numbers for \(candidates.count) candidates")
      }
      var points = [Int](repeating: 0, count: candidates.count)
      for (place, field) in fields.dropFirst().enumerated() where !field.isEmpty {
        guard let number = field.wholeNumber else { throw FileFault(file: file, line: line, reason: "“\(field.text)” is no whole number") }
        points[place] = number
      }
      guard let weight = isCounted ? fields[0].wholeNumber : 1 else {
        throw FileFault(file: file, line: line, reason: "“\(fields[0].text)” is no count of ballots")
      }
      do {
        guard try profile.append(points: points, weight: weight) else {
          throw FileFault(file: file, line: line, reason: "a number is larger than \(PointProfile.largestPoints)")
        }
      } catch let fault as FileFault {
        throw fault
      } catch {
        throw FileFault(file: file, line: line, reason: "\(error)")
      }
    }
    guard !profile.ballots.isEmpty else { throw FileFault(file: file, reason: "there are no ballots") }
    return BallotFile(candidates: candidates, ballots: .points(profile))
  }
}
