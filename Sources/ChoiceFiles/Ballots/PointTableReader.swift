import SocialChoice

/// Reads ballots of numbers: first row `voter` (or `count`) and the candidates; then a row a ballot. Under `count` the first cell says how many people cast it.
struct PointTableReader {
  let table: CommaSeparated
  private var file: String { table.file }

  private static let single: Set<String> = ["voter", "voter_id", "ballot", "id"]
  private static let several: Set<String> = ["count", "ballots", "voters", "weight"]

  static func isHeader(_ fields: [ArraySlice<UInt8>]) -> Bool {
    fields.count > 1 && single.union(several).contains(fields[0].text.lowercased())
  }

  func read() throws(FileFault) -> BallotFile {
    let isCounted = PointTableReader.several.contains(table.header[0].lowercased())
    let candidates = table.header.dropFirst().enumerated().map { BallotFile.Candidate(number: $0 + 1, name: $1) }
    guard var profile = try? PointProfile(candidateCount: candidates.count) else {
      throw FileFault(file: file, line: 1, reason: "too many candidates")
    }
    var remarks: [FileFault] = []
    var voters: [ArraySlice<UInt8>: Int] = [:]
    for (line, fields) in table.rows {
      if !isCounted, !fields[0].isEmpty, let first = voters.updateValue(line, forKey: fields[0]) {
        remarks.append(
          FileFault(file: file, line: line, reason: "the voter \(fields[0].text) stands twice, first in line \(first); both ballots are counted"))
      }
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
    return BallotFile(
      candidates: candidates, ballots: .points(profile), remarks: remarks,
      lines: Dictionary(uniqueKeysWithValues: candidates.map { ($0.number, table.headerLine) }))
  }
}
