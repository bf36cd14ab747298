internal import BigInt

/// Texts in an order in which more texts of one side do not push away those of another: harmonic weighting, as LiquidFeedback orders initiatives.
///
/// Each supporter shares its weight equally among the texts it supports that have no place yet. The text with the least then gets the last free place,
/// and what it has is its harmonic weight; its supporters share anew among the rest. So a group's first text counts with its whole weight, its second
/// with half, its third with a third: k clones cannot fill the top.
///
/// J. Behrens, A. Kistner, A. Nitsche, B. Swierczek, *The Principles of LiquidFeedback* (2014), chapter 4.10; LiquidFeedback core since 2.1.1, which rounds
/// weights to thousandths, where this is exact. O(T² + Σ s²) for T texts and s texts a supporter, and exact sums only where doubles cannot tell.
package struct HarmonicOrder: Sendable, Hashable {
  /// All texts, the first place first.
  package let order: [Int]
  /// For each text its harmonic weight: what its supporters had left for it when it got its place; 0 without supporters.
  package let weights: [Rational]
  /// Texts that were equal for the last free place; the one that got it is `chosen`. Rounds count from the last place up.
  package let ties: [Tie]

  /// - Parameters:
  ///   - supporters: the texts that a participant supports, each once, and its weight.
  ///   - admitted: texts that stand before all others whatever their weight, as those that have met a quorum; nil where there is no such difference.
  ///   - tieBreak: of equals the one that it prefers stands higher.
  /// - Throws: ``OrderFault``.
  package init(
    textCount: Int, supporters: [(texts: [Int], weight: Int)], admitted: Set<Int>? = nil, tieBreak: TieBreak = .lexicographic
  ) throws(OrderFault) {
    guard (0...100_000).contains(textCount) else { throw .settings }
    var shares = HarmonicShares(textCount: textCount)
    var sum = 0
    for (number, supporter) in supporters.enumerated() {
      sum = try OrderFault.sum(sum, adding: supporter.weight, voice: number)
      var seen: Set<Int> = []
      for text in supporter.texts {
        guard (0..<textCount).contains(text) else { throw .unknownText(text, voice: number) }
        guard seen.insert(text).inserted else { throw .twice(text, voice: number) }
      }
      shares.add(supporter.texts, weight: supporter.weight)
    }
    let places = tieBreak.places(count: textCount)
    let later = admitted.map { first in (0..<textCount).filter { !first.contains($0) } } ?? []
    let first = Set(0..<textCount).subtracting(later).sorted()
    var placed: [Int] = []
    var weights = [Rational](repeating: .zero, count: textCount)
    var ties: [Tie] = []
    for group in [later, first] {
      var open = group
      while !open.isEmpty {
        let least = shares.least(open)
        guard let last = least.max(by: { places[$0] < places[$1] }) else { break }
        if least.count > 1 { ties.append(Tie(round: placed.count + 1, options: least, chosen: last)) }
        weights[last] = shares.exact(last)
        shares.remove(last)
        placed.append(last)
        open.removeAll { $0 == last }
      }
    }
    self.order = placed.reversed()
    self.weights = weights
    self.ties = ties
  }
}

/// Who shares how much with whom.
private struct HarmonicShares {
  private var supporters: [(texts: [Int], weight: Int, open: Int)] = []
  private var supportersOf: [[Int]]
  private var isOpen: [Bool]
  /// For each text, at index d, the weight of those who share among d texts, this one among them.
  private var byDivisor: [[Int]]
  /// Nearest doubles; nil where they are to be computed anew.
  private var approximate: [Double?]

  init(textCount: Int) {
    supportersOf = Array(repeating: [], count: textCount)
    isOpen = Array(repeating: true, count: textCount)
    byDivisor = Array(repeating: [], count: textCount)
    approximate = Array(repeating: nil, count: textCount)
  }

  mutating func add(_ texts: [Int], weight: Int) {
    for text in texts {
      supportersOf[text].append(supporters.count)
      if byDivisor[text].count <= texts.count {
        byDivisor[text] += Array(repeating: 0, count: texts.count + 1 - byDivisor[text].count)
      }
      byDivisor[text][texts.count] += weight
    }
    supporters.append((texts, weight, texts.count))
  }

  mutating func remove(_ text: Int) {
    isOpen[text] = false
    for number in supportersOf[text] {
      let (weight, divisor) = (supporters[number].weight, supporters[number].open)
      supporters[number].open -= 1
      for other in supporters[number].texts where isOpen[other] {
        byDivisor[other][divisor] -= weight
        byDivisor[other][divisor - 1] += weight
        approximate[other] = nil
      }
    }
  }

  /// Those with the least, ascending. A sum of D quotients, none below zero, is off by at most (D + 1) · 2⁻⁵³ of itself (each quotient and each addition
  /// rounds once): twice that sorts out all that cannot be least, and the rest is compared exactly.
  mutating func least(_ texts: [Int]) -> [Int] {
    var highest = Double.infinity
    for text in texts {
      let value = value(text)
      highest = min(highest, value + value * error(text))
    }
    let near = texts.filter { text in approximate[text].map { $0 - $0 * error(text) <= highest } ?? true }
    guard near.count > 1 else { return near }
    if near.allSatisfy({ byDivisor[$0] == byDivisor[near[0]] }) { return near }
    let values = near.map(exact)
    let least = values.min()
    return zip(near, values).filter { $0.1 == least }.map(\.0)
  }

  private func error(_ text: Int) -> Double { Double(byDivisor[text].count + 2) * 0x1p-52 }

  private mutating func value(_ text: Int) -> Double {
    if let known = approximate[text] { return known }
    var sum = 0.0
    for (divisor, weight) in byDivisor[text].enumerated() where weight > 0 { sum += Double(weight) / Double(divisor) }
    approximate[text] = sum
    return sum
  }

  func exact(_ text: Int) -> Rational {
    let used = byDivisor[text].indices.filter { byDivisor[text][$0] > 0 }
    var common: BigInt = 1
    for divisor in used { common = common / common.greatestCommonDivisor(with: BigInt(divisor)) * BigInt(divisor) }
    return Rational(used.reduce(BigInt(0)) { $0 + common / BigInt($1) * BigInt(byDivisor[text][$1]) }, common)
  }
}
