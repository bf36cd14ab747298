/// A part that must be reached or passed: "more than half", "at least a quarter".
///
/// Quorum and majority are asked apart from the rule that counts: a winner stands first among the options, a threshold says whether that is enough.
package struct Threshold: Sendable, Hashable {
  /// The part is numerator ÷ denominator.
  package let numerator: Int
  package let denominator: Int
  /// Whether exactly the part is not enough.
  package let mustExceed: Bool

  /// Nil unless 0 ≤ numerator ≤ denominator ≤ 1,000,000 and the denominator is above 0.
  package init?(_ numerator: Int, of denominator: Int, mustExceed: Bool) {
    guard denominator > 0, denominator <= 1_000_000, (0...denominator).contains(numerator) else { return nil }
    self.numerator = numerator
    self.denominator = denominator
    self.mustExceed = mustExceed
  }

  private init(half mustExceed: Bool) { (numerator, denominator, self.mustExceed) = (1, 2, mustExceed) }

  /// More than half.
  package static let majority = Threshold(half: true)

  /// The smallest whole number that is enough, out of `whole` (0 to 4·10⁹).
  ///
  /// Example: more than half of 10 is 6; at least a quarter of 10 is 3.
  package func needed(of whole: Int) -> Int {
    let part = Int128(whole) * Int128(numerator)
    let (quotient, rest) = part.quotientAndRemainder(dividingBy: Int128(denominator))
    return Int(quotient) + (mustExceed || rest > 0 ? 1 : 0)
  }

  /// - Parameter whole: what the part is taken of, from 0 to 4·10⁹.
  package func verdict(_ count: Int, of whole: Int) -> ThresholdVerdict { ThresholdVerdict(count: count, needed: needed(of: whole), whole: whole) }
}

/// Whether a threshold was reached, with the numbers.
package struct ThresholdVerdict: Sendable, Hashable {
  /// Those who took part or agreed, and how many were needed.
  package let count: Int
  package let needed: Int
  /// What the part was taken of.
  package let whole: Int
  package var isReached: Bool { count >= needed }
}

/// How many must take part for a vote to bind.
package enum Quorum: Sendable, Hashable {
  /// So many people.
  case people(Int)
  /// A part of those entitled to vote.
  case part(Threshold, electorate: Int)

  /// Whether so many people are enough.
  package func verdict(participants: Int) -> ThresholdVerdict {
    switch self {
    case .people(let needed): ThresholdVerdict(count: participants, needed: needed, whole: needed)
    case .part(let threshold, let electorate): threshold.verdict(participants, of: electorate)
    }
  }
}

/// Whose votes a majority is taken of.
package enum MajorityBasis: String, Sendable, Hashable {
  /// Those for and those against; who abstains does not count.
  case decided
  /// All who voted: who abstains counts as not for.
  case voters
  /// All who may vote.
  case electorate
}

/// Whether a proposal has the majority it needs.
package struct MajorityRule: Sendable, Hashable {
  package let threshold: Threshold
  package let basis: MajorityBasis

  package init(threshold: Threshold, basis: MajorityBasis) {
    self.threshold = threshold
    self.basis = basis
  }

  /// All in people; which of them count hangs on ``basis``.
  package func verdict(support: Int, opposition: Int, voters: Int, electorate: Int) -> ThresholdVerdict {
    switch basis {
    case .decided: threshold.verdict(support, of: support + opposition)
    case .voters: threshold.verdict(support, of: voters)
    case .electorate: threshold.verdict(support, of: electorate)
    }
  }
}
