import Testing

@testable import SocialChoice

struct OpinionAxesTests {
  /// The matrix itself, empty cells filled with their column's mean, centred.
  private func dense(_ matrix: OpinionMatrix, _ isOut: [Bool]) -> [[Double]] {
    (0..<matrix.participants).map { person in
      var row = [Double](repeating: 0, count: matrix.statements)
      for place in matrix.starts[person]..<matrix.starts[person + 1] {
        let column = Int(matrix.columns[place])
        let count = matrix.counts[column]
        if !isOut[column] { row[column] = Double(matrix.values[place]) - Double(count.agree - count.disagree) / Double(count.total) }
      }
      return row
    }
  }

  /// Classical Jacobi: always the largest element beside the diagonal.
  private func eigenvalues(_ rows: [[Double]]) -> [Double] {
    let n = rows.first?.count ?? 0
    var a = (0..<n).map { i in (0..<n).map { j in rows.reduce(0.0) { $0 + $1[i] * $1[j] } } }
    for _ in 0..<20 * n * n {
      var (p, q, largest) = (0, 0, 1e-13)
      for i in 0..<n {
        for j in 0..<i where abs(a[i][j]) > largest { (p, q, largest) = (i, j, abs(a[i][j])) }
      }
      if p == q { break }
      let half = (a[q][q] - a[p][p]) / (2 * a[p][q])
      let t = (half < 0 ? -1 : 1) / (abs(half) + (1 + half * half).squareRoot())
      let c = 1 / (1 + t * t).squareRoot()
      let s = t * c
      for k in 0..<n { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
      for k in 0..<n { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
    }
    return (0..<n).map { a[$0][$0] }.sorted(by: >)
  }

  @Test func `the axes are the first two eigenvectors of the filled dense matrix, on a thousand small conversations`() {
    var scatter = Scatter(seed: 11)
    for _ in 0..<1_000 {
      let people = 1 + scatter.below(9)
      let statements = 1 + scatter.below(7)
      let matrix = OpinionMatrix(
        OpinionSamples.random(&scatter, people: people, statements: statements), participants: people, statements: statements)
      let isOut = (0..<statements).map { _ in scatter.below(6) == 0 }
      let axes = OpinionAxes(matrix, without: isOut)
      let rows = dense(matrix, isOut)
      let values = eigenvalues(rows) + [0, 0]
      let total = values.reduce(0, +)
      for axis in 0..<2 {
        let value = values[axis]
        #expect(abs(axes.explainedVariance[axis] * total - value) < 1e-9 * max(1, values[0]))
        let weights = axes.weights[axis]
        let length = weights.reduce(0) { $0 + $1 * $1 }
        #expect(abs(length - (value > 1e-9 ? 1 : 0)) < 1e-9)
        let scores = rows.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
        for column in 0..<statements {
          let image = zip(rows, scores).reduce(0) { $0 + $1.0[column] * $1.1 }
          #expect(abs(image - value * weights[column]) < 1e-7 * max(1, values[0]))
        }
      }
      #expect(abs(zip(axes.weights[0], axes.weights[1]).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-9)
    }
  }

  @Test func `an axis points to where its largest weight is positive`() {
    let matrix = OpinionMatrix(OpinionSamples.camps(2, people: 40, statements: 12), participants: 40, statements: 12)
    for weights in OpinionAxes(matrix, without: [Bool](repeating: false, count: 12)).weights {
      let largest = weights.max { abs($0) < abs($1) } ?? 0
      #expect(largest > 0)
    }
  }

  @Test func `agree and disagree exchanged throughout leave the axes as they are`() {
    let votes = OpinionSamples.camps(3, people: 60, statements: 20)
    let mirrored = votes.map { OpinionSamples.vote(Int($0.participant), Int($0.statement), -Int($0.opinion.rawValue)) }
    let none = [Bool](repeating: false, count: 20)
    let one = OpinionAxes(OpinionMatrix(votes, participants: 60, statements: 20), without: none)
    let other = OpinionAxes(OpinionMatrix(mirrored, participants: 60, statements: 20), without: none)
    for (left, right) in zip(one.weights.joined(), other.weights.joined()) { #expect(abs(left - right) < 1e-8) }
  }

  @Test func `the last vote counts, and the order of the others does not`() {
    let votes = [(0, 0, 1), (1, 0, -1), (0, 1, 0), (0, 0, -1)].map { OpinionSamples.vote($0.0, $0.1, $0.2) }
    let matrix = OpinionMatrix(votes, participants: 3, statements: 2)
    #expect(matrix.counts == [OpinionCount(disagree: 2), OpinionCount(pass: 1)])
    #expect((0..<3).map { matrix.answered(by: $0) } == [2, 1, 0])
    let other = OpinionMatrix([votes[2], votes[0], votes[3], votes[1]], participants: 3, statements: 2)
    #expect(other.starts == matrix.starts && other.columns == matrix.columns && other.values == matrix.values)
  }
}
