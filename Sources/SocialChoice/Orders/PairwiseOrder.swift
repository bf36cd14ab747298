/// The answers to "which of these two?", gathered.
package struct PairwiseComparisons: Sendable {
  package let textCount: Int
  /// One pair that was compared: half victories, a draw being one for each side.
  struct Pair: Sendable {
    let first: Int
    let second: Int
    var firstHalves: Int
    var secondHalves: Int
    var comparisons: Double { Double(firstHalves + secondHalves) / 2 }
  }
  /// Ascending by first, then second.
  let pairs: [Pair]

  /// - Parameters:
  ///   - victories: who was preferred to whom, and how many times.
  ///   - draws: pairs between which somebody would not choose, and how many times; each counts as half a victory for both.
  /// - Throws: ``OrderFault``; voices are numbered through victories, then draws.
  package init(
    textCount: Int, victories: [(winner: Int, loser: Int, count: Int)], draws: [(Int, Int, count: Int)] = []
  ) throws(OrderFault) {
    guard (0...100_000).contains(textCount) else { throw .settings }
    var gathered: [[Int]: Pair] = [:]
    var sum = 0
    let halves = victories.map { ($0.winner, $0.loser, $0.count, 2, 0) } + draws.map { ($0.0, $0.1, $0.count, 1, 1) }
    for (number, (first, second, count, mine, theirs)) in halves.enumerated() {
      sum = try OrderFault.sum(sum, adding: count, voice: number)
      for text in [first, second] where !(0..<textCount).contains(text) { throw .unknownText(text, voice: number) }
      guard first != second else { throw .itself(first) }
      let (low, high) = (min(first, second), max(first, second))
      var pair = gathered[[low, high]] ?? Pair(first: low, second: high, firstHalves: 0, secondHalves: 0)
      pair.firstHalves += count * (first == low ? mine : theirs)
      pair.secondHalves += count * (first == low ? theirs : mine)
      gathered[[low, high]] = pair
    }
    self.textCount = textCount
    pairs = gathered.values.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}

/// Texts by strength, from comparisons of two at a time: who answers more often does not count more of a text's chances, only more surely.
///
/// R. A. Bradley, M. E. Terry 1952: text i is preferred to j with probability pᵢ / (pᵢ + pⱼ). The strengths that make the answers likeliest are found by the
/// MM algorithm of D. R. Hunter (Annals of Statistics 32, 2004), in a fixed order of summation with + − × ÷ √ alone: the same on any machine.
/// O(pairs) a sweep; O(T³) for the uncertainty.
package struct PairwiseOrder: Sendable {
  /// All texts, the strongest first; equal strengths by the tie-break.
  package let order: [Int]
  /// Texts whose strengths are nearer to each other than the algorithm is to its end, the place of the first as the round.
  package let ties: [Tie]
  /// The strengths p, their mean 1 (with a prior: those of a text as strong as the prior's is 1).
  package let strengths: [Double]
  /// Logarithms of the strengths, less their mean.
  package let logStrengths: [Double]
  /// Standard errors of the log strengths from the information matrix; nil for more than 1,000 texts.
  package let standardErrors: [Double]?
  /// Covariances of the log strengths, row by row.
  private let covariance: [Double]?
  /// The largest difference that is left between a text's victories and those that the strengths foresee, as a part of the victories.
  package let residual: Double
  /// Rounds of the algorithm.
  package let sweeps: Int
  /// Whether ``residual`` is small enough for the order to be trusted.
  package var isConverged: Bool { residual <= Self.tolerance }
  private static let tolerance = 1e-10

  /// The probability that `text` is preferred to `other`.
  package func probability(_ text: Int, over other: Int) -> Double { strengths[text] / (strengths[text] + strengths[other]) }

  /// By how many standard errors `text` is above `other`: above 1.96 chance alone seldom explains it. Nil without uncertainty.
  package func certainty(_ text: Int, above other: Int) -> Double? {
    guard let covariance else { return nil }
    let count = strengths.count
    let variance = covariance[text * count + text] + covariance[other * count + other] - 2 * covariance[text * count + other]
    let difference = logStrengths[text] - logStrengths[other]
    return variance > 0 ? difference / variance.squareRoot() : nil
  }

  /// What comparisons can say.
  package enum Result: Sendable {
    case ordered(PairwiseOrder)
    /// Some texts were never, even through others, preferred both ways: no strengths exist. In each group all can be compared with each other.
    case notComparable([PairwiseGroup])
  }

  /// - Parameters:
  ///   - prior: so many victories and defeats for each text against an imagined text of strength 1, so that any comparisons give an order; it draws
  ///     strengths together and is to be told with the result. nil: the answers alone.
  ///   - tieBreak: of equal strengths the one that it prefers stands higher.
  /// - Throws: ``OrderFault`` for a prior that is no number above zero.
  package static func result(
    _ comparisons: PairwiseComparisons, prior: Double? = nil, tieBreak: TieBreak = .lexicographic
  ) throws(OrderFault) -> Result {
    if let prior { guard prior > 0, prior <= 1e6 else { throw .settings } }
    let groups = comparisons.groups
    if prior == nil, groups.count > 1 { return .notComparable(groups) }
    return .ordered(PairwiseOrder(comparisons, prior: prior ?? 0, places: tieBreak.places(count: comparisons.textCount)))
  }

  private init(_ comparisons: PairwiseComparisons, prior: Double, places: [Int]) {
    let count = comparisons.textCount
    var victories = [Double](repeating: prior, count: count)
    for pair in comparisons.pairs {
      victories[pair.first] += Double(pair.firstHalves) / 2
      victories[pair.second] += Double(pair.secondHalves) / 2
    }
    var strengths = [Double](repeating: 1, count: count)
    var (residual, sweeps) = (Double.infinity, 0)
    while residual > Self.tolerance, sweeps < 50_000 {
      var rates = strengths.map { 2 * prior / ($0 + 1) }
      for pair in comparisons.pairs {
        let rate = pair.comparisons / (strengths[pair.first] + strengths[pair.second])
        rates[pair.first] += rate
        rates[pair.second] += rate
      }
      residual = 0
      for text in 0..<count where rates[text] > 0 {
        residual = max(residual, abs(victories[text] - rates[text] * strengths[text]) / max(1, victories[text]))
        strengths[text] = victories[text] / rates[text]
      }
      if prior == 0 {
        let mean = strengths.reduce(0, +) / Double(max(count, 1))
        for text in 0..<count { strengths[text] /= mean }
      }
      sweeps += 1
    }
    let logs = strengths.map(portableLogarithm)
    let mean = logs.reduce(0, +) / Double(max(count, 1))
    self.strengths = strengths
    self.residual = count == 0 ? 0 : residual
    self.sweeps = sweeps
    logStrengths = logs.map { $0 - mean }
    (order, ties) = Self.ordered(strengths, places)
    covariance = count <= 1_000 ? Self.covariance(comparisons, strengths, prior: prior) : nil
    standardErrors = covariance.map { matrix in (0..<count).map { max(matrix[$0 * count + $0], 0).squareRoot() } }
  }

  /// Strengths that differ by less than a billionth are equal: the sweeps end at a tenth of that, and sums of like texts may differ in their last bits.
  private static func ordered(_ strengths: [Double], _ places: [Int]) -> (order: [Int], ties: [Tie]) {
    var order: [Int] = []
    var ties: [Tie] = []
    var rest = strengths.indices.sorted { (strengths[$1], $0) < (strengths[$0], $1) }[...]
    while let first = rest.first {
      let equals = rest.prefix { strengths[$0] >= strengths[first] * (1 - 1e-9) }
      rest = rest.dropFirst(equals.count)
      let level = equals.sorted { places[$0] < places[$1] }
      if level.count > 1 { ties.append(Tie(round: order.count + 1, options: level.sorted(), chosen: level[0])) }
      order += level
    }
    return (order, ties)
  }

  /// The inverse of the information about log strengths. Without a prior the information says nothing about all strengths together (their sum is set to 0):
  /// 1/T is added to each cell before inverting and taken off after.
  private static func covariance(_ comparisons: PairwiseComparisons, _ strengths: [Double], prior: Double) -> [Double]? {
    let count = comparisons.textCount
    let shift = prior == 0 ? 1 / Double(max(count, 1)) : 0
    var information = [Double](repeating: shift, count: count * count)
    for pair in comparisons.pairs {
      let (p, q) = (strengths[pair.first], strengths[pair.second])
      let value = pair.comparisons * (p / (p + q)) * (q / (p + q))
      information[pair.first * count + pair.first] += value
      information[pair.second * count + pair.second] += value
      information[pair.first * count + pair.second] -= value
      information[pair.second * count + pair.first] -= value
    }
    for text in 0..<count {
      let p = strengths[text]
      information[text * count + text] += 2 * prior * (p / (1 + p)) * (1 / (1 + p))
    }
    return PositiveMatrix.inverse(information, size: count)?.map { $0 - shift }
  }
}
