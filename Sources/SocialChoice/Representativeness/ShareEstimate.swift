/// A share of the population with the interval in which it likely lies.
package struct ShareEstimate: Sendable, Hashable {
  /// How the interval was found.
  package enum Method: Sendable, Hashable {
    /// E. B. Wilson, Journal of the American Statistical Association 22 (1927). It takes the participants for a simple random sample.
    case wilson
    /// The variance of a ratio of weighted sums, linearised (Taylor). It takes the participants for drawn independently and the weights for given; that
    /// weights follow the census makes the truth narrower where the categories explain the answers, so that it is rather too wide.
    case linearised
    /// All who count answered alike, so the linearised variance is 0: Wilson's interval for the effective size.
    case wilsonForEffectiveSize
  }

  /// From 0 to 1, as the interval from ``low`` to ``high``.
  package let share: Double
  package let low: Double
  package let high: Double
  package let method: Method
  /// Participants whose answer counts.
  package let participants: Int

  /// 95 of 100 such intervals hold the true share.
  package static let z95 = 1.959963984540054

  /// Everyone counts the same.
  ///
  /// - Parameter answers: by participant: whether they chose the option; nil for those who did not answer.
  /// - Returns: nil where nobody answered.
  package static func raw(_ answers: [Bool?], z: Double = z95) -> ShareEstimate? {
    let known = answers.compactMap { $0 }
    guard !known.isEmpty else { return nil }
    let share = Double(known.count { $0 }) / Double(known.count)
    let (low, high) = wilson(share, size: Double(known.count), z: z)
    return ShareEstimate(share: share, low: low, high: high, method: .wilson, participants: known.count)
  }

  /// Everyone counts with a weight: the result as it would stand if the participants had the census's shares.
  ///
  /// - Returns: nil where nobody with a weight above 0 answered.
  package static func weighted(_ answers: [Bool?], weights: [Double], z: Double = z95) -> ShareEstimate? {
    var (sum, inFavour, known) = (0.0, 0.0, [(chose: Double, weight: Double)]())
    for (answer, weight) in zip(answers, weights) where weight > 0 {
      guard let answer else { continue }
      known.append((answer ? 1 : 0, weight))
      sum += weight
      if answer { inFavour += weight }
    }
    guard sum > 0 else { return nil }
    let share = inFavour / sum
    var squares = 0.0
    for (chose, weight) in known {
      let residual = weight * (chose - share)
      squares += residual * residual
    }
    let size = Double(known.count)
    let variance = known.count > 1 ? squares * size / (size - 1) / (sum * sum) : 0
    if variance > 0 {
      let half = z * variance.squareRoot()
      return ShareEstimate(share: share, low: max(share - half, 0), high: min(share + half, 1), method: .linearised, participants: known.count)
    }
    let (low, high) = wilson(share, size: DesignEffect(known.map(\.weight)).effectiveSize, z: z)
    return ShareEstimate(share: share, low: low, high: high, method: .wilsonForEffectiveSize, participants: known.count)
  }

  private static func wilson(_ share: Double, size: Double, z: Double) -> (low: Double, high: Double) {
    let square = z * z
    let scale = 1 + square / size
    let centre = (share + square / (2 * size)) / scale
    let half = z / scale * (share * (1 - share) / size + square / (4 * size * size)).squareRoot()
    return (max(centre - half, 0), min(centre + half, 1))
  }
}

/// A question's answers, raw and as the census would have them, side by side.
package struct SideBySide: Sendable, Hashable {
  /// By number.
  package let option: Int
  package let raw: ShareEstimate
  /// As the census would have it; nil where weights leave nobody.
  package let weighted: ShareEstimate?

  /// One row for each option; empty where nobody answered.
  ///
  /// - Parameter answers: by participant: the option chosen; nil for none.
  package static func compare(_ answers: [Int?], optionCount: Int, weights: [Double]) -> [SideBySide] {
    (0..<max(optionCount, 0)).compactMap { option in
      let chose = answers.map { $0.map { $0 == option } }
      guard let raw = ShareEstimate.raw(chose) else { return nil }
      return SideBySide(option: option, raw: raw, weighted: .weighted(chose, weights: weights))
    }
  }
}
