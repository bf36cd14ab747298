/// What an initiative must reach, beside the best rank, to win against the status quo.
package struct VotingPolicy: Sendable, Hashable {
  /// A share of those who are for one of two sides.
  package struct Majority: Sendable, Hashable {
    /// The share is numerator ÷ denominator.
    package let numerator: Int
    package let denominator: Int
    /// More than the share; otherwise at least the share.
    package let isStrict: Bool
    /// The least weight in favour.
    package let leastInFavour: Int
    /// The least weight of those who are in favour or abstain.
    package let leastNotAgainst: Int

    /// - Precondition: `0 ≤ numerator ≤ denominator`, `denominator ≥ 1`.
    package init(numerator: Int, denominator: Int, isStrict: Bool, leastInFavour: Int = 0, leastNotAgainst: Int = 0) {
      precondition(denominator >= 1 && (0...denominator).contains(numerator), "a majority is a share")
      self.numerator = numerator
      self.denominator = denominator
      self.isStrict = isStrict
      self.leastInFavour = leastInFavour
      self.leastNotAgainst = leastNotAgainst
    }

    /// Of those who are for one side.
    package static let moreThanHalf = Majority(numerator: 1, denominator: 2, isStrict: true)

    /// - Parameters:
    ///   - total: weight of all votes.
    ///   - unit: what a whole voice weighs.
    func isReached(inFavour: Int, against: Int, total: Int, unit: Int) -> Bool {
      let reached = Int128(inFavour) * Int128(denominator)
      let needed = Int128(numerator) * (Int128(inFavour) + Int128(against))
      return (isStrict ? reached > needed : reached >= needed) && Int128(inFavour) >= Int128(leastInFavour) * Int128(unit)
        && Int128(total - against) >= Int128(leastNotAgainst) * Int128(unit)
    }
  }

  /// Of the initiative against the status quo.
  package let directMajority: Majority
  /// The same, or such a majority against another initiative that has it.
  package let indirectMajority: Majority
  /// No chain of victories or ties may lead from the status quo to the winner.
  package let forbidsReverseBeatPath: Bool
  /// No later voting between the winner and the others could bring the status quo back by majorities.
  package let forbidsMultistageMajority: Bool

  package init(
    directMajority: Majority = .moreThanHalf, indirectMajority: Majority = .moreThanHalf, forbidsReverseBeatPath: Bool = true,
    forbidsMultistageMajority: Bool = false
  ) {
    self.directMajority = directMajority
    self.indirectMajority = indirectMajority
    self.forbidsReverseBeatPath = forbidsReverseBeatPath
    self.forbidsMultistageMajority = forbidsMultistageMajority
  }
}
