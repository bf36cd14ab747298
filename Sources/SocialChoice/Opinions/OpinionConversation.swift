/// A conversation that goes on: votes arrive, and the map is drawn again when someone wants to see it.
///
/// A vote costs a search in the participant's own row. The next map begins with the axes of the last one, which spares most of the passes over the votes.
/// Everything else is computed from the votes alone: the counts, means and representative statements are those of a map drawn at once from all votes, to the last
/// bit; the axes differ by less than 10⁻⁸, positions stand on a grid of 2⁻²⁰, so that the groups do not hang on the history either.
///
/// ```swift
/// var conversation = OpinionConversation()
/// conversation.add([OpinionVote(participant: 0, statement: 0, opinion: .agree)])
/// let map = conversation.map()
/// ```
package struct OpinionConversation: Sendable {
  private struct Answer: Sendable {
    let statement: Int32
    var opinion: Opinion
  }

  /// For each participant the answers by statement, ascending.
  private var rows: [[Answer]] = []
  private var statements = 0
  private var leftOut: Set<Int> = []
  private var axes: OpinionAxes?
  /// Of every map.
  package let options: OpinionMap.Options

  package init(options: OpinionMap.Options = OpinionMap.Options()) { self.options = options }

  /// Votes in the order in which they came: a later one on the same statement takes the place of the earlier. Negative numbers are ignored.
  package mutating func add(_ votes: [OpinionVote]) {
    for vote in votes where vote.participant >= 0 && vote.statement >= 0 {
      let person = Int(vote.participant)
      if person >= rows.count { rows.append(contentsOf: repeatElement([], count: person + 1 - rows.count)) }
      statements = max(statements, Int(vote.statement) + 1)
      var low = 0
      var high = rows[person].count
      while low < high {
        let middle = (low + high) / 2
        if rows[person][middle].statement < vote.statement { low = middle + 1 } else { high = middle }
      }
      if low < rows[person].count, rows[person][low].statement == vote.statement {
        rows[person][low].opinion = vote.opinion
      } else {
        rows[person].insert(Answer(statement: vote.statement, opinion: vote.opinion), at: low)
      }
    }
  }

  /// Moderation: leaves a statement out, or takes it in again.
  package mutating func leave(out statement: Int, _ isOut: Bool = true) {
    if isOut { leftOut.insert(statement) } else { leftOut.remove(statement) }
  }

  /// All votes so far.
  package var matrix: OpinionMatrix {
    var starts = [0]
    var columns: [Int32] = []
    var values: [Int8] = []
    for row in rows {
      columns.append(contentsOf: row.lazy.map(\.statement))
      values.append(contentsOf: row.lazy.map(\.opinion.rawValue))
      starts.append(columns.count)
    }
    return OpinionMatrix(statements: statements, starts: starts, columns: columns, values: values)
  }

  /// The map of all votes so far.
  package mutating func map() -> OpinionMap {
    let map = OpinionMap(matrix, leavingOut: (0..<statements).map { leftOut.contains($0) }, options: options, startingFrom: axes)
    axes = map.axes
    return map
  }
}
