/// A ballot of a PrefLib file: numbers as in the file.
struct PrefLibBallot {
  let count: Int
  let levels: [[Int]]
}

/// Reads one line: `count: 1,{2,3},4`.
struct PrefLibBallotParser {
  private let line: ArraySlice<UInt8>
  /// What is wrong, after nil was returned.
  private(set) var reason = ""

  init(_ line: ArraySlice<UInt8>) { self.line = line }

  /// - Parameter countedByComma: whether the count is the first number (the older format) rather than what stands before a colon.
  mutating func ballot(countedByComma: Bool) -> PrefLibBallot? {
    var rest = line
    var count = 1
    let end = line.firstIndex(of: UInt8(ascii: ":")) ?? (countedByComma ? line.firstIndex(of: UInt8(ascii: ",")) ?? line.endIndex : nil)
    if let end {
      guard let number = line[..<end].trimmed.wholeNumber else {
        reason = "“\(line[..<end].trimmed.text)” is no count of ballots"
        return nil
      }
      guard number >= 0 else {
        reason = "a count of ballots cannot be \(number)"
        return nil
      }
      count = number
      rest = end < line.endIndex ? line[(end + 1)...] : []
    }
    guard let levels = levels(rest.trimmed) else { return nil }
    return PrefLibBallot(count: count, levels: levels)
  }

  private mutating func levels(_ text: ArraySlice<UInt8>) -> [[Int]]? {
    var levels: [[Int]] = []
    var index = text.startIndex
    while index < text.endIndex {
      let end: Int
      if text[index] == UInt8(ascii: "{") {
        guard let close = text[index...].firstIndex(of: UInt8(ascii: "}")) else {
          reason = "a brace { is not closed"
          return nil
        }
        guard let level = numbers(text[(index + 1)..<close].trimmed) else { return nil }
        levels.append(level)
        end = text[(close + 1)...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex
        guard end == text.endIndex || text[end] == UInt8(ascii: ",") else {
          reason = "a comma is expected after }"
          return nil
        }
      } else {
        end = text[index...].firstIndex(of: UInt8(ascii: ",")) ?? text.endIndex
        guard let level = numbers(text[index..<end].trimmed), level.count == 1 else {
          if reason.isEmpty { reason = "a number is missing between two commas" }
          return nil
        }
        levels.append(level)
      }
      // A comma at the end of the line says nothing.
      index = end < text.endIndex ? text[(end + 1)...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex : text.endIndex
    }
    return levels
  }

  private mutating func numbers(_ text: ArraySlice<UInt8>) -> [Int]? {
    if text.isEmpty { return [] }
    var numbers: [Int] = []
    for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let number = part.trimmed.wholeNumber else {
        reason = "“\(part.trimmed.text)” is no number of an alternative"
        return nil
      }
      numbers.append(number)
    }
    return numbers
  }
}
