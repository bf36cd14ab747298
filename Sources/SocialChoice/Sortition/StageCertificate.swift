internal import BigInt

/// The proof, in whole numbers, that the people of one stage of leximin cannot all have a larger chance.
///
/// Let x be the expected seats of each type under any lottery of panels in which the people of earlier stages keep their chance. Each x keeps the
/// size, the
/// quotas and the household limits (rows), and its own bounds. For any multipliers y of the rows and any coefficients c ≥ 0 of the stage's types
///
///     Σ cₜ·xₜ  =  Σ (c − Aᵀy)ₜ·xₜ + yᵀA x  ≤  Σₜ max over xₜ's bounds of (c − Aᵀy)ₜ·xₜ  +  Σᵣ yᵣ·(upper bound if yᵣ > 0, else lower bound)
///
/// and the left side is at least the smallest chance among them times Σ cₜ·(people of t). Whatever the multipliers, the inequality is true; a solver
/// only
/// chooses them so that it is also tight. Rounding them to integers costs a little tightness and no truth.
package struct StageCertificate: Sendable, Hashable {
  /// The unit of all its numbers is one over this.
  package static let scale: Int64 = 1 << 40
  /// The types of the stage with their coefficients, above zero.
  package let coefficients: [Int: Int64]
  /// For each row of ``PanelPolytope`` its multiplier.
  package let multipliers: [Int64]
  /// The chance that the stage's people are held to keep in later stages: a little below what the solver found.
  package let keptChance: Int64

  package init(coefficients: [Int: Int64], multipliers: [Int64], keptChance: Int64) {
    self.coefficients = coefficients
    self.multipliers = multipliers
    self.keptChance = keptChance
  }

  /// From a solver's prices.
  ///
  /// - Parameters:
  ///   - weights: for each type of the stage the price of its row.
  ///   - chance: what the solver found.
  init(weights: [(type: Int, price: Double)], rowPrices: [Double], chance: Double) {
    coefficients = Dictionary(uniqueKeysWithValues: weights.map { ($0.type, max(1, Self.scaled($0.price))) })
    multipliers = rowPrices.map(Self.scaled)
    keptChance = max(0, Self.scaled(chance - Self.play))
  }

  private static let play = 2e-9

  /// The multiple of the unit below, within ±2^22: what Int64 holds.
  private static func scaled(_ value: Double) -> Int64 {
    guard value.isFinite else { return 0 }
    let most = Double(1 << 22)
    return Int64((min(most, max(-most, value)) * Double(scale)).rounded(.down))
  }

  /// The exact bound on the smallest chance among the stage's people, at most 1; nil for what is no proof: numbers below zero where none may be, or
  /// too few.
  ///
  /// - Parameter kept: for each type of an earlier stage the chance its people keep, in the unit; zero for others.
  package func bound(_ typed: TypedPool, _ polytope: PanelPolytope, kept: [Int64]) -> Rational? {
    guard !coefficients.isEmpty, coefficients.allSatisfy({ typed.types.indices.contains($0.key) && $0.value > 0 }),
      multipliers.count == polytope.lower.count, kept.count == typed.types.count, kept.allSatisfy({ (0...Self.scale).contains($0) })
    else { return nil }
    var sum: BigInt = 0
    for (type, rows) in polytope.rowsOfType.enumerated() {
      // Sixty-four bits and a handful of rows: 128 bits hold every slope.
      let slope = rows.reduce(Int128(coefficients[type] ?? 0)) { $0 - Int128(multipliers[$1]) }
      let least = Int128(kept[type]) * Int128(typed.types[type].members.count)
      let most = Int128(polytope.limits[type]) * Int128(Self.scale)
      guard least <= most else { return nil }
      if slope != 0 { sum += BigInt(slope) * BigInt(slope > 0 ? most : least) }
    }
    for (row, multiplier) in multipliers.enumerated() where multiplier != 0 {
      sum += BigInt(multiplier) * BigInt(multiplier > 0 ? polytope.upper[row] : polytope.lower[row]) * BigInt(Self.scale)
    }
    let weight = coefficients.reduce(BigInt(0)) { $0 + BigInt($1.value) * BigInt(typed.types[$1.key].members.count) }
    return min(.one, Rational(sum, weight * BigInt(Self.scale)))
  }
}

/// The proofs of all stages, one after the other: what a stranger checks.
package struct LeximinCertificate: Sendable, Hashable {
  package let stages: [StageCertificate]

  package init(stages: [StageCertificate]) { self.stages = stages }

  /// By how much, at most, a person's chance in a lottery lies below the exact bound of their stage, from 0.
  ///
  /// - Parameters:
  ///   - bounds: what ``bounds(_:)`` gives.
  ///   - seats: for each member of the pool the panels they sit in, of so many `panels`.
  package func gap(_ typed: TypedPool, bounds: [Rational], seats: [Int], panels: Int) -> Rational {
    var gap = Rational.zero
    for (stage, bound) in zip(stages, bounds) {
      for type in stage.coefficients.keys {
        let least = typed.types[type].members.map { seats[$0] }.min() ?? 0
        gap = max(gap, bound - Rational(least, max(1, panels)))
      }
    }
    return gap
  }

  /// Whether nobody is more than one panel in a thousand below the exact bound, but for a millionth that the solver's roundings may add to it.
  package static func isCertified(gap: Rational) -> Bool { gap <= Rational(1_001, 1_000_000) }

  /// For each stage the exact bound on the smallest chance among its people, given that those of earlier stages keep theirs; nil if it proves
  /// nothing.
  package func bounds(_ typed: TypedPool) -> [Rational]? {
    let polytope = PanelPolytope(typed)
    var kept = [Int64](repeating: 0, count: typed.types.count)
    var seen = Set<Int>()
    var bounds: [Rational] = []
    for stage in stages {
      guard seen.isDisjoint(with: stage.coefficients.keys), let bound = stage.bound(typed, polytope, kept: kept) else { return nil }
      for type in stage.coefficients.keys {
        kept[type] = stage.keptChance
        seen.insert(type)
      }
      bounds.append(bound)
    }
    return bounds
  }
}
