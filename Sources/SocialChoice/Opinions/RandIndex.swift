/// How far two ways of grouping the same people agree, whatever the groups are called: 1 for the same groups, about 0 for groups by chance
/// (L. Hubert and P. Arabie, *Comparing partitions*, Journal of Classification 2, 1985).
package enum RandIndex {
  /// - Parameters: two lists of the same length with the number of each one's group, from 0.
  package static func adjusted(_ one: [Int], _ other: [Int]) -> Double {
    let rows = (one.max() ?? -1) + 1
    let columns = (other.max() ?? -1) + 1
    var cells = [Int](repeating: 0, count: rows * columns)
    for (row, column) in zip(one, other) { cells[row * columns + column] += 1 }
    return adjusted(cells, rows: rows, columns: columns, of: one.count)
  }

  /// The same where all numbers are below `groups`.
  static func adjusted(_ one: [UInt8], _ other: [UInt8], groups: Int) -> Double {
    var (cells, odd) = ([Int](repeating: 0, count: groups * groups), [Int](repeating: 0, count: groups * groups))
    // Two tables in turns: one would wait at each person for the count of the last.
    for place in stride(from: 0, to: one.count - 1, by: 2) {
      cells[Int(one[place]) * groups + Int(other[place])] += 1
      odd[Int(one[place + 1]) * groups + Int(other[place + 1])] += 1
    }
    if one.count % 2 == 1 { cells[Int(one[one.count - 1]) * groups + Int(other[one.count - 1])] += 1 }
    for cell in cells.indices { cells[cell] += odd[cell] }
    return adjusted(cells, rows: groups, columns: groups, of: one.count)
  }

  /// - Parameter cells: how many are in each group of the one (row) and of the other (column).
  private static func adjusted(_ cells: [Int], rows: Int, columns: Int, of count: Int) -> Double {
    let inRows = (0..<rows).reduce(0.0) { sum, row in sum + pairs((0..<columns).reduce(0) { $0 + cells[row * columns + $1] }) }
    let inColumns = (0..<columns).reduce(0.0) { sum, column in sum + pairs((0..<rows).reduce(0) { $0 + cells[$1 * columns + column] }) }
    let together = cells.reduce(0.0) { $0 + pairs($1) }
    let all = pairs(count)
    let expected = all > 0 ? inRows * inColumns / all : 0
    let most = (inRows + inColumns) / 2
    return most == expected ? 1 : (together - expected) / (most - expected)
  }

  private static func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
}
