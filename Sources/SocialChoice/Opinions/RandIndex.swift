/// How far two ways of grouping the same people agree, whatever the groups are called: 1 for the same groups, about 0 for groups by chance
/// (L. Hubert and P. Arabie, *Comparing partitions*, Journal of Classification 2, 1985).
package enum RandIndex {
  /// - Parameters: two lists of the same length with the number of each one's group, from 0.
  package static func adjusted(_ one: [Int], _ other: [Int]) -> Double {
    let rows = (one.max() ?? -1) + 1
    let columns = (other.max() ?? -1) + 1
    var cells = [Int](repeating: 0, count: rows * columns)
    for (row, column) in zip(one, other) { cells[row * columns + column] += 1 }
    let inRows = (0..<rows).reduce(0.0) { sum, row in sum + pairs((0..<columns).reduce(0) { $0 + cells[row * columns + $1] }) }
    let inColumns = (0..<columns).reduce(0.0) { sum, column in sum + pairs((0..<rows).reduce(0) { $0 + cells[$1 * columns + column] }) }
    let together = cells.reduce(0.0) { $0 + pairs($1) }
    let all = pairs(one.count)
    let expected = all > 0 ? inRows * inColumns / all : 0
    let most = (inRows + inColumns) / 2
    return most == expected ? 1 : (together - expected) / (most - expected)
  }

  private static func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
}
