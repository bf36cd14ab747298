/// What changed between two wordings, word by word.
///
/// The shortest edit script by Myers, *An O(ND) Difference Algorithm and Its Variations* (1986), on words, spaces and signs; time and memory
/// O((N+M)·D). Beyond `mostWork` the common beginning and end are kept and the middle is given as replaced whole (`isCoarse`).
///
/// ```swift
/// WordDifference.between("douze mois", "six mois").segments   // removed "douze", added "six", kept " mois"
/// ```
package struct WordDifference: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case kept, removed, added }

  package struct Segment: Sendable, Hashable {
    package let kind: Kind
    package let text: String
  }

  package let segments: [Segment]
  package let isCoarse: Bool

  /// Differences beyond which the middle is replaced whole: D² cells of trace are kept.
  static let mostDifferences = 1_200

  package var addedWords: Int { count(.added) }
  package var removedWords: Int { count(.removed) }
  package var isEmpty: Bool { segments.allSatisfy { $0.kind == .kept } }

  private func count(_ kind: Kind) -> Int {
    segments.filter { $0.kind == kind }.reduce(0) { $0 + $1.text.split(whereSeparator: \.isWhitespace).count }
  }

  package static func between(_ old: String, _ new: String) -> WordDifference {
    let a = tokens(old)
    let b = tokens(new)
    var head = 0
    while head < a.count, head < b.count, a[head] == b[head] { head += 1 }
    var tail = 0
    while tail < a.count - head, tail < b.count - head, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
    let middleA = Array(a[head..<(a.count - tail)])
    let middleB = Array(b[head..<(b.count - tail)])
    var edits: [(Kind, Substring)] = a[..<head].map { (.kept, $0) }
    let script = shortest(middleA, middleB)
    edits += script ?? middleA.map { (.removed, $0) } + middleB.map { (.added, $0) }
    edits += a[(a.count - tail)...].map { (.kept, $0) }
    return WordDifference(segments: joined(edits), isCoarse: script == nil)
  }

  /// Words, and each other scalar by itself.
  static func tokens(_ text: String) -> [Substring] {
    var tokens: [Substring] = []
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let start = index
      func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.properties.generalCategory == .nonspacingMark
      }
      if isWord(scalars[index]) {
        while index < scalars.endIndex, isWord(scalars[index]) { index = scalars.index(after: index) }
      } else {
        index = scalars.index(after: index)
      }
      tokens.append(Substring(scalars[start..<index]))
    }
    return tokens
  }

  private static func shortest(_ a: [Substring], _ b: [Substring]) -> [(Kind, Substring)]? {
    let longest = min(a.count + b.count, mostDifferences)
    let offset = longest + 1
    var furthest = [Int](repeating: 0, count: 2 * longest + 3)
    var trace: [[Int]] = []
    for d in 0...max(longest, 0) {
      trace.append(Array(furthest[(offset - d - 1)...(offset + d + 1)]))
      for k in stride(from: -d, through: d, by: 2) {
        var x = k == -d || (k != d && furthest[offset + k - 1] < furthest[offset + k + 1]) ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1
        var y = x - k
        while x < a.count, y < b.count, a[x] == b[y] {
          x += 1
          y += 1
        }
        furthest[offset + k] = x
        if x >= a.count && y >= b.count { return walk(back: trace, a, b) }
      }
    }
    return nil
  }

  private static func walk(back trace: [[Int]], _ a: [Substring], _ b: [Substring]) -> [(Kind, Substring)] {
    var edits: [(Kind, Substring)] = []
    var x = a.count
    var y = b.count
    for d in stride(from: trace.count - 1, through: 0, by: -1) {
      let row = trace[d]
      let middle = d + 1
      let k = x - y
      let previous = k == -d || (k != d && row[middle + k - 1] < row[middle + k + 1]) ? k + 1 : k - 1
      let fromX = d == 0 ? 0 : row[middle + previous]
      let fromY = d == 0 ? 0 : fromX - previous
      while x > fromX, y > fromY {
        x -= 1
        y -= 1
        edits.append((.kept, a[x]))
      }
      if d > 0 {
        if x == fromX {
          y -= 1
          edits.append((.added, b[y]))
        } else {
          x -= 1
          edits.append((.removed, a[x]))
        }
      }
    }
    return edits.reversed()
  }

  /// Joins runs, takes lone spaces and signs between two changes into them, and puts what was removed before what was added.
  private static func joined(_ edits: [(Kind, Substring)]) -> [Segment] {
    var segments: [Segment] = []
    var removed = ""
    var added = ""
    var kept = ""
    func flushChange() {
      if !removed.isEmpty { segments.append(Segment(kind: .removed, text: removed)) }
      if !added.isEmpty { segments.append(Segment(kind: .added, text: added)) }
      removed = ""
      added = ""
    }
    for (kind, token) in edits {
      switch kind {
      case .kept: kept += token
      case .removed, .added:
        let isIsland =
          !kept.isEmpty && kept.utf8.count <= 3 && !(removed.isEmpty && added.isEmpty) && !kept.unicodeScalars.contains { $0.properties.isAlphabetic }
        if isIsland {
          removed += kept
          added += kept
        } else if !kept.isEmpty {
          flushChange()
          segments.append(Segment(kind: .kept, text: kept))
        }
        kept = ""
        if kind == .removed { removed += token } else { added += token }
      }
    }
    flushChange()
    if !kept.isEmpty { segments.append(Segment(kind: .kept, text: kept)) }
    return segments
  }
}
