/// People by what they answered: where they stand, in which groups, and what each group and all of them hold.
///
/// After Polis (C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, *Polis: Scaling deliberation by mapping high dimensional opinion spaces*, Recerca 26, 2021):
/// principal components of the votes with empty cells filled by the statement's mean, positions stretched for those who answered few statements, two steps of k-means.
/// What is different is said at ``GroupEnsemble``.
///
/// ```swift
/// let map = OpinionMap(matrix, leavingOut: moderated)
/// map.groupOf[participant]       // 0, 1 … or nil for those without a vote
/// map.representative[0].first    // what sets the largest group apart
/// ```
package struct OpinionMap: Sendable {
  /// What can be chosen.
  package struct Options: Sendable {
    /// Draws the orders of arrival and the halves; the same seed gives the same map.
    package var seed = "isegoria"
    /// Orders of arrival drawn at first, from 1; up to four times as many (sixteen of few people) until the groups are settled.
    package var orders = 32
    package var number = GroupNumber.Rule.silhouette

    package init() {}
  }

  /// The two directions of most difference.
  package let axes: OpinionAxes
  /// For each participant the position along the two axes, in steps of 2⁻²⁰.
  package let positions: [SIMD2<Double>]
  /// Those who draw the map: seven answers, or all there are; the busiest fifteen if they are fewer. The others are placed on it.
  package let drawsMap: [Bool]
  package let number: GroupNumber
  /// From 0, the largest first; nil for those without a vote.
  package let groupOf: [Int?]
  /// The share of all orders of arrival in which the participant is in that group, from 0 to 1.
  package let certainty: [Double]
  /// For each group, how many of those who draw the map are in it.
  package let sizes: [Int]
  /// `[group][statement]`, by those who draw the map.
  package let counts: [[OpinionCount]]
  /// For each group what sets it apart, at most five statements.
  package let representative: [[RepresentativeStatement]]
  /// For each statement that is not left out, how far all groups agree; the highest group-informed consensus first.
  package let consensus: [StatementConsensus]

  /// - Parameters:
  ///   - isOut: true for each statement that is left out; all false if empty.
  ///   - earlier: the axes of an earlier state, to save time.
  package init(_ matrix: OpinionMatrix, leavingOut isOut: [Bool] = [], options: Options = Options(), startingFrom earlier: OpinionAxes? = nil) {
    let isOut = isOut.isEmpty ? [Bool](repeating: false, count: matrix.statements) : isOut
    axes = OpinionAxes(matrix, without: isOut, startingFrom: earlier)
    positions = Self.positions(matrix, axes, isOut)
    let drawsMap = Self.drawers(matrix)
    self.drawsMap = drawsMap
    let points = PlanePoints(positions, weight: drawsMap.map { $0 ? 1 : 0 })
    let stability = options.number == .stability ? GroupStability(points, seed: options.seed) : nil
    let wanted = GroupNumber.wanted(options.number, stability) ?? GroupEnsemble.mostBySilhouette
    func number(_ ensemble: GroupEnsemble) -> GroupNumber {
      GroupNumber(rule: options.number, silhouettes: ensemble.silhouettes, stability: stability, mostPossible: ensemble.most)
    }
    let ensemble = GroupEnsemble(points, orders: options.orders, upTo: max(wanted, GroupEnsemble.mostBySilhouette), seed: options.seed) {
      number($0).chosen
    }
    self.number = number(ensemble)
    let found = ensemble.majority(groups: self.number.chosen)

    let given = (0..<matrix.participants).map { matrix.answered(by: $0) > 0 ? found.groupOf[points.pointOf[$0]] : nil }
    let order = Self.largestFirst(given, drawsMap)
    groupOf = given.map { group in group.flatMap { order[$0] } }
    certainty = points.pointOf.map { found.certainty[$0] }
    let drawingGroup = zip(groupOf, drawsMap).map { group, draws in draws ? group : nil }
    var sizes = [Int](repeating: 0, count: order.count)
    for case .some(let group) in drawingGroup { sizes[group] += 1 }
    self.sizes = sizes
    counts = matrix.counts(groups: sizes.count, of: drawingGroup)
    representative = RepresentativeStatement.select(counts, without: isOut)
    consensus = StatementConsensus.all(counts, without: isOut)
  }

  /// The sum of the centred answers along each axis, stretched by √(statements ÷ answers): someone who answered little is not therefore in the middle.
  /// As in Polis a statement left out counts as answered by all, with pass: it pulls people towards the middle alike.
  private static func positions(_ matrix: OpinionMatrix, _ axes: OpinionAxes, _ isOut: [Bool]) -> [SIMD2<Double>] {
    let alive = matrix.counts.count { $0.total > 0 }
    let left = zip(matrix.counts, isOut).count { $0.total > 0 && $1 }
    return (0..<matrix.participants).map { participant in
      var position = SIMD2<Double>.zero
      var answers = left
      for place in matrix.starts[participant]..<matrix.starts[participant + 1] {
        let statement = Int(matrix.columns[place])
        if isOut[statement] { continue }
        answers += 1
        let difference = Double(matrix.values[place]) - axes.means[statement]
        position += difference * SIMD2(axes.weights[0][statement], axes.weights[1][statement])
      }
      let stretch = (Double(alive) / Double(max(answers, 1))).squareRoot()
      return onGrid(position * stretch)
    }
  }

  /// Far below what can be seen and far above what rounding does: the groups do not hang on the last bits of the axes.
  private static func onGrid(_ position: SIMD2<Double>) -> SIMD2<Double> { (position * 0x1p20).rounded(.toNearestOrEven) * 0x1p-20 }

  private static func drawers(_ matrix: OpinionMatrix) -> [Bool] {
    let enough = min(7, matrix.counts.count { $0.total > 0 })
    var draws = (0..<matrix.participants).map { matrix.answered(by: $0) >= max(1, enough) }
    let missing = 15 - draws.count { $0 }
    if missing > 0 {
      let others = draws.indices.filter { !draws[$0] && matrix.answered(by: $0) > 0 }
      for participant in others.sorted(by: { (-matrix.answered(by: $0), $0) < (-matrix.answered(by: $1), $1) }).prefix(missing) {
        draws[participant] = true
      }
    }
    return draws
  }

  /// For each number of a group its place, the largest first; groups that nobody draws have none.
  private static func largestFirst(_ groupOf: [Int?], _ draws: [Bool]) -> [Int: Int] {
    var sizes: [Int: Int] = [:]
    var first: [Int: Int] = [:]
    for (participant, group) in groupOf.enumerated() {
      guard let group, draws[participant] else { continue }
      sizes[group, default: 0] += 1
      if first[group] == nil { first[group] = participant }
    }
    let order = sizes.keys.sorted { (-sizes[$0, default: 0], first[$0, default: 0]) < (-sizes[$1, default: 0], first[$1, default: 0]) }
    return Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
  }
}
