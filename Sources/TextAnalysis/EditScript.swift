/// The shortest script that turns one sequence into another (Myers 1986, greedy variant), with bounded work.
struct EditScript {
  enum Edit: Equatable { case keep, remove, add }

  /// Differences beyond which no script is looked for; the trace holds about their square.
  static let mostDifferences = 1_200
  /// Steps beyond which no script is looked for.
  static let mostWork = 10_000_000

  /// In order: keeps take one from both sequences, removals one from the old, additions one from the new.
  let edits: [Edit]
  /// No script was found within the bounds: between the common beginning and end all is removed, then all added.
  let isCoarse: Bool

  init(_ a: [Int], _ b: [Int]) {
    let shorter = min(a.count, b.count)
    var head = 0
    while head < shorter, a[head] == b[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
    let old = Array(a[head..<(a.count - tail)])
    let new = Array(b[head..<(b.count - tail)])
    let replacement = [Edit](repeating: .remove, count: old.count) + [Edit](repeating: .add, count: new.count)
    // Where one side is empty the replacement is the shortest script.
    let script = old.isEmpty || new.isEmpty ? replacement : Self.shortest(old, new)
    edits = [Edit](repeating: .keep, count: head) + (script ?? replacement) + [Edit](repeating: .keep, count: tail)
    isCoarse = script == nil
  }

  private static func shortest(_ a: [Int], _ b: [Int]) -> [Edit]? {
    let longest = min(a.count + b.count, mostDifferences)
    let zero = longest + 1
    var furthest = [Int](repeating: 0, count: 2 * longest + 3)
    var trace: [ArraySlice<Int>] = []
    var work = 0
    for d in 0...longest {
      trace.append(ArraySlice(Array(furthest[(zero - d - 1)...(zero + d + 1)])))
      for k in stride(from: -d, through: d, by: 2) {
        let isDown = k == -d || (k != d && furthest[zero + k - 1] < furthest[zero + k + 1])
        let start = isDown ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1
        var x = start
        while x < a.count, x - k < b.count, a[x] == b[x - k] { x += 1 }
        work += x - start + 1
        furthest[zero + k] = x
        if x >= a.count, x - k >= b.count { return walkBack(trace, from: (a.count, b.count)) }
      }
      if work > mostWork { return nil }
    }
    return nil
  }

  /// Follows the furthest points from the end to the beginning.
  private static func walkBack(_ trace: [ArraySlice<Int>], from end: (x: Int, y: Int)) -> [Edit] {
    var edits: [Edit] = []
    var (x, y) = end
    for d in stride(from: trace.count - 1, to: 0, by: -1) {
      let row = trace[d]
      let zero = d + 1
      let k = x - y
      let isDown = k == -d || (k != d && row[zero + k - 1] < row[zero + k + 1])
      let fromX = row[zero + (isDown ? k + 1 : k - 1)]
      let fromY = fromX - (isDown ? k + 1 : k - 1)
      while x > fromX, y > fromY {
        edits.append(.keep)
        x -= 1
        y -= 1
      }
      edits.append(isDown ? .add : .remove)
      (x, y) = (fromX, fromY)
    }
    edits += [Edit](repeating: .keep, count: min(x, y))
    return edits.reversed()
  }
}
