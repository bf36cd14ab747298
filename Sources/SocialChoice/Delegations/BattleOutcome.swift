/// What a battle decides: Schulze ranks of all options and the status quo, the checks of a policy, and the winner, if one passes them all.
package struct BattleOutcome: Sendable, Hashable {
  /// An initiative in the battle, with what each check of ``VotingPolicy`` says of it.
  package struct Option: Sendable, Hashable {
    /// Weight of those who prefer it to the status quo, and of those who prefer the status quo.
    package let positive: Int
    package let negative: Int
    /// Whether it has ``VotingPolicy/directMajority`` against the status quo.
    package let directMajority: Bool
    package fileprivate(set) var indirectMajority: Bool
    /// From 1; equal ranks are possible.
    package let schulzeRank: Int
    /// Whether its Schulze rank is better than that of the status quo, or worse; neither where they are level.
    package let betterThanStatusQuo: Bool
    package let worseThanStatusQuo: Bool
    /// Whether a path of victories and ties leads from the status quo back to it.
    package let reverseBeatPath: Bool
    package fileprivate(set) var multistageMajority: Bool
    package fileprivate(set) var isEligible = false
    package fileprivate(set) var isWinner = false
    /// The place in the published order: the winner, the other eligible ones, the others; in each by Schulze rank, then by the tie-break. From 1.
    package fileprivate(set) var rank = 0
    /// Nil for the winner.
    package fileprivate(set) var whyNot: WhyNot?
  }

  /// The first check that an option fails, with its numbers.
  package enum WhyNot: Sendable, Hashable {
    case noDirectMajority(inFavour: Int, against: Int)
    case noIndirectMajority(inFavour: Int, against: Int)
    case notBetterThanStatusQuo(rank: Int, statusQuoRank: Int)
    case reverseBeatPath
    case multistageMajority
    /// It passes all checks, but the winner has a better rank.
    case behind(winner: Int, rank: Int, winnersRank: Int)
    /// It was equal to the winner, and the tie-break took the other.
    case tied(winner: Int)

    /// The name of the check for machines: it does not change.
    package var code: String {
      switch self {
      case .noDirectMajority: "no_direct_majority"
      case .noIndirectMajority: "no_indirect_majority"
      case .notBetterThanStatusQuo: "not_better_than_status_quo"
      case .reverseBeatPath: "reverse_beat_path"
      case .multistageMajority: "multistage_majority"
      case .behind: "behind"
      case .tied: "tied"
      }
    }
  }

  /// By number in the battle.
  package let options: [Option]
  /// Its Schulze rank, from 1.
  package let statusQuoRank: Int
  /// By number in the battle; nil where the status quo stays.
  package let winner: Int?
  /// Eligible options that were equal in the best rank, if any.
  package let ties: [Tie]

  /// O(options³).
  ///
  /// - Parameters:
  ///   - totalWeight: of all votes, those who graded nothing among them.
  ///   - unit: what a whole voice weighs.
  package init(
    _ battle: Battle, totalWeight: Int, unit: Int = 1, policy: VotingPolicy = VotingPolicy(), tieBreak: TieBreak = .lexicographic
  ) {
    let paths = BeatPaths(battle)
    let ranks = paths.ranks()
    let statusQuo = battle.statusQuo
    statusQuoRank = ranks[statusQuo]
    var options = (0..<battle.optionCount).map { option in
      let (positive, negative) = (battle[option, statusQuo], battle[statusQuo, option])
      return Option(
        positive: positive, negative: negative,
        directMajority: policy.directMajority.isReached(inFavour: positive, against: negative, total: totalWeight, unit: unit),
        indirectMajority: policy.indirectMajority.isReached(inFavour: positive, against: negative, total: totalWeight, unit: unit),
        schulzeRank: ranks[option], betterThanStatusQuo: ranks[option] < ranks[statusQuo], worseThanStatusQuo: ranks[option] > ranks[statusQuo],
        reverseBeatPath: paths[statusQuo, option] >= .tie, multistageMajority: ranks[option] >= ranks[statusQuo])
    }
    Self.spreadIndirectMajority(in: &options, battle, totalWeight: totalWeight, unit: unit, policy: policy)
    Self.findMultistageMajorities(in: &options, battle)
    for place in options.indices {
      let option = options[place]
      options[place].whyNot = Self.failedCheck(option, statusQuoRank: ranks[statusQuo], policy: policy)
      options[place].isEligible = options[place].whyNot == nil
    }
    let places = tieBreak.places(count: options.count)
    let order = options.indices.sorted { a, b in
      (options[a].isEligible ? 0 : 1, ranks[a], places[a]) < (options[b].isEligible ? 0 : 1, ranks[b], places[b])
    }
    for (place, option) in order.enumerated() { options[option].rank = place + 1 }
    winner = order.first.flatMap { options[$0].isEligible ? $0 : nil }
    var ties: [Tie] = []
    if let winner {
      options[winner].isWinner = true
      for place in options.indices where options[place].isEligible && place != winner {
        options[place].whyNot =
          ranks[place] == ranks[winner] ? .tied(winner: winner) : .behind(winner: winner, rank: ranks[place], winnersRank: ranks[winner])
      }
      let equals = options.indices.filter { options[$0].isEligible && ranks[$0] == ranks[winner] }
      if equals.count > 1 { ties.append(Tie(round: 1, options: equals, chosen: winner)) }
    }
    self.ties = ties
    self.options = options
  }

  private static func failedCheck(_ option: Option, statusQuoRank: Int, policy: VotingPolicy) -> WhyNot? {
    if !option.directMajority { return .noDirectMajority(inFavour: option.positive, against: option.negative) }
    if !option.indirectMajority { return .noIndirectMajority(inFavour: option.positive, against: option.negative) }
    if !option.betterThanStatusQuo { return .notBetterThanStatusQuo(rank: option.schulzeRank, statusQuoRank: statusQuoRank) }
    if policy.forbidsMultistageMajority, option.multistageMajority { return .multistageMajority }
    if policy.forbidsReverseBeatPath, option.reverseBeatPath { return .reverseBeatPath }
    return nil
  }

  /// An option that beats one with an indirect majority by such a majority has one too, and so on.
  private static func spreadIndirectMajority(in options: inout [Option], _ battle: Battle, totalWeight: Int, unit: Int, policy: VotingPolicy) {
    var holders = options.indices.filter { options[$0].indirectMajority }
    while let holder = holders.popLast() {
      for option in options.indices where !options[option].indirectMajority {
        guard policy.indirectMajority.isReached(inFavour: battle[option, holder], against: battle[holder, option], total: totalWeight, unit: unit)
        else { continue }
        options[option].indirectMajority = true
        holders.append(option)
      }
    }
  }

  /// A better ranked option that beats this one, by more than support it against the status quo or with fewer against it than reject this one: a second
  /// voting might go from this one over the other back to the status quo.
  private static func findMultistageMajorities(in options: inout [Option], _ battle: Battle) {
    for loser in options.indices {
      for other in options.indices where options[other].schulzeRank < options[loser].schulzeRank {
        let (win, lose) = (battle[other, loser], battle[loser, other])
        if win > lose, win > options[other].positive || lose < options[loser].negative { options[loser].multistageMajority = true }
      }
    }
  }
}
