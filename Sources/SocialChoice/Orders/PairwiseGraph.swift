/// Who won against whom: the texts that can be compared at all.
///
/// Strengths exist (and only one set of them) exactly when, however the texts are split in two, some text of either part won against one of the other:
/// when the graph of wins is strongly connected (L. R. Ford 1957).
enum PairwiseGraph {
  /// The strongly connected groups, each ascending, ordered so that a group that won against another comes before it; by Tarjan's algorithm (1972) with a
  /// stack of its own, O(texts + wins).
  static func groups(_ wins: [[Int]]) -> [[Int]] {
    let count = wins.count
    var (number, low) = (Array(repeating: -1, count: count), Array(repeating: 0, count: count))
    var isOnPath = Array(repeating: false, count: count)
    var (path, groups, next): ([Int], [[Int]], Int) = ([], [], 0)
    for root in 0..<count where number[root] < 0 {
      var visits = [(text: root, edge: 0)]
      while let (text, edge) = visits.last {
        if edge == 0 {
          (number[text], low[text], next) = (next, next, next + 1)
          path.append(text)
          isOnPath[text] = true
        }
        if edge < wins[text].count {
          visits[visits.count - 1].edge += 1
          let other = wins[text][edge]
          if number[other] < 0 {
            visits.append((other, 0))
          } else if isOnPath[other] {
            low[text] = min(low[text], number[other])
          }
          continue
        }
        visits.removeLast()
        if let parent = visits.last?.text { low[parent] = min(low[parent], low[text]) }
        guard low[text] == number[text] else { continue }
        var group: [Int] = []
        while let member = path.popLast() {
          isOnPath[member] = false
          group.append(member)
          if member == text { break }
        }
        groups.append(group.sorted())
      }
    }
    // Tarjan closes a group after all that it won against.
    return groups.reversed()
  }
}
