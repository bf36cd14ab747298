/// Who answered what: a matrix of participants and statements with most cells empty, five bytes a vote.
///
/// The rows are ordered by statement, whatever the order of the votes: every sum over them is the same to the last bit.
package struct OpinionMatrix: Sendable {
  package let participants: Int
  package let statements: Int
  /// Where each row begins in ``columns`` and ``values``; one more at the end.
  let starts: [Int]
  let columns: [Int32]
  let values: [Int8]
  /// What all answered to each statement.
  package let counts: [OpinionCount]

  /// The last vote of a participant on a statement counts. Linear in votes, participants and statements.
  ///
  /// - Precondition: each vote's participant is below `participants` and its statement below `statements`.
  package init(_ votes: [OpinionVote], participants: Int, statements: Int) {
    var columnEnds = [Int](repeating: 0, count: statements + 1)
    var rowEnds = [Int](repeating: 0, count: participants + 1)
    var (isInOrder, last) = (true, OpinionVote(participant: -1, statement: -1, opinion: .pass))
    for vote in votes {
      columnEnds[Int(vote.statement) + 1] += 1
      rowEnds[Int(vote.participant) + 1] += 1
      isInOrder = isInOrder && (last.participant, last.statement) < (vote.participant, vote.statement)
      last = vote
    }
    for column in 0..<statements { columnEnds[column + 1] += columnEnds[column] }
    for row in 0..<participants { rowEnds[row + 1] += rowEnds[row] }
    // Row after row already, and nobody twice on one statement.
    if isInOrder {
      self.init(statements: statements, starts: rowEnds, columns: votes.map(\.statement), values: votes.map(\.opinion.rawValue))
      return
    }
    let columnStarts = columnEnds
    let rowStarts = rowEnds

    var people = [Int32](repeating: 0, count: votes.count)
    var answers = [Int8](repeating: 0, count: votes.count)
    for vote in votes {
      let place = columnEnds[Int(vote.statement)]
      people[place] = vote.participant
      answers[place] = vote.opinion.rawValue
      columnEnds[Int(vote.statement)] = place + 1
    }
    var columns = [Int32](repeating: -1, count: votes.count)
    var values = [Int8](repeating: 0, count: votes.count)
    var repeated = 0
    for column in 0..<statements {
      for place in columnStarts[column]..<columnStarts[column + 1] {
        let person = Int(people[place])
        let next = rowEnds[person]
        if next > rowStarts[person], columns[next - 1] == Int32(column) {
          values[next - 1] = answers[place]
          repeated += 1
        } else {
          columns[next] = Int32(column)
          values[next] = answers[place]
          rowEnds[person] = next + 1
        }
      }
    }
    var starts = rowStarts
    if repeated > 0 { Self.close(&columns, &values, &starts, ends: rowEnds) }
    self.init(statements: statements, starts: starts, columns: columns, values: values)
  }

  /// - Precondition: each row's columns ascend.
  init(statements: Int, starts: [Int], columns: [Int32], values: [Int8]) {
    participants = starts.count - 1
    self.statements = statements
    self.starts = starts
    self.columns = columns
    self.values = values
    var counts = [OpinionCount](repeating: OpinionCount(), count: statements)
    for place in columns.indices { counts[Int(columns[place])].add(values[place]) }
    self.counts = counts
  }

  /// Closes the gaps that repeated votes left at the ends of rows.
  private static func close(_ columns: inout [Int32], _ values: inout [Int8], _ starts: inout [Int], ends: [Int]) {
    var next = 0
    for row in 0..<starts.count - 1 {
      let range = starts[row]..<ends[row]
      starts[row] = next
      for place in range {
        columns[next] = columns[place]
        values[next] = values[place]
        next += 1
      }
    }
    starts[starts.count - 1] = next
    columns.removeLast(columns.count - next)
    values.removeLast(values.count - next)
  }

  /// All votes that count.
  package var votes: Int { columns.count }

  /// How many statements the participant answered.
  package func answered(by participant: Int) -> Int { starts[participant + 1] - starts[participant] }

  /// What each group answered to each statement: `[group][statement]`.
  ///
  /// - Parameter group: the group of each participant; those with none are not counted.
  func counts(groups: Int, of group: [Int?]) -> [[OpinionCount]] {
    var counts = [OpinionCount](repeating: OpinionCount(), count: groups * statements)
    for participant in 0..<participants {
      guard let group = group[participant] else { continue }
      for place in starts[participant]..<starts[participant + 1] { counts[group * statements + Int(columns[place])].add(values[place]) }
    }
    return (0..<groups).map { Array(counts[$0 * statements..<($0 + 1) * statements]) }
  }
}
