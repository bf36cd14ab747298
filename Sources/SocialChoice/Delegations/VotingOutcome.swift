/// All that one voting of a ``DelegationWorld`` comes to: who carried whom at each stage, what was admitted, what was decided, what was lost, and what
/// would have been decided without delegation.
package struct VotingOutcome: Sendable {
  /// As LiquidFeedback calls the end of an issue.
  package enum State: String, Sendable, Hashable {
    case withWinner = "finished_with_winner"
    case withoutWinner = "finished_without_winner"
    /// No initiative had a supporter: there is nothing to vote on, and votes that were cast count nowhere.
    case nothingAdmitted = "canceled_no_initiative_admitted"
  }

  /// One decision on the admitted initiatives.
  package struct Decision: Sendable {
    /// Between the admitted initiatives, in the order of ``VotingOutcome/admitted``.
    package let battle: Battle
    package let outcome: BattleOutcome
    /// Of all votes, in 1/unit.
    package let weight: Int
  }

  /// The words that hold in this voting.
  package let trust: TrustTable
  /// Voices of the theme's participants and the interested.
  package let population: VoiceTally
  /// Voices of those who take part in the discussion.
  package let interest: VoiceTally
  /// Voices of those who voted.
  package let votes: VoiceTally
  /// By initiative: the weight of the interested who support it.
  package let supporterCounts: [Int]
  /// Initiatives that may be voted on, by number: those with a supporter's weight.
  package let admitted: [Int]
  /// Nil where nothing was admitted.
  package let decision: Decision?
  /// Members who may speak and voted although nothing was admitted: their votes count nowhere. Empty where something was.
  package let unheard: Set<Int>
  /// The same where only direct votes count, one each.
  package let withoutDelegation: Decision?

  package var state: State {
    guard let decision else { return .nothingAdmitted }
    return decision.outcome.winner == nil ? .withoutWinner : .withWinner
  }

  /// Members who neither voted nor delegated.
  package var away: Int {
    votes.totals.away
      - unheard.count { if case .away = votes.end(of: $0) { true } else { false } }
  }

  /// Members whose voice counts nowhere though they voted or delegated.
  package var lost: Int { votes.totals.lost + votes.totals.away - away }

  /// O(members + delegations + votes · initiatives²).
  ///
  /// - Parameter limits: apply to the votes; support is counted without.
  package init(
    _ world: DelegationWorld, voting number: Int, policy: VotingPolicy = VotingPolicy(), limits: WeightLimits = .none,
    tieBreak: TieBreak = .lexicographic
  ) {
    let voting = world.votings[number]
    let theme = world.themes[voting.theme]
    let standings = world.standings(inUnit: theme.unit)
    let trust = world.trust(inVoting: number)
    func flags(_ members: [Int]...) -> [Bool] {
      var flags = [Bool](repeating: false, count: world.memberIDs.count)
      for member in members.joined() { flags[member] = true }
      return flags
    }
    self.trust = trust
    population = VoiceTally(trust: trust, standings: standings, votes: flags(theme.participants, voting.interested))
    let interest = VoiceTally(trust: trust, standings: standings, votes: flags(voting.interested))
    self.interest = interest
    supporterCounts = voting.supporters.map { supporters in Set(supporters).reduce(0) { $0 + interest.weights[$1] } }
    let admitted = supporterCounts.indices.filter { [supporterCounts] in supporterCounts[$0] > 0 }
    self.admitted = admitted
    let votes = VoiceTally(trust: trust, standings: standings, votes: flags(admitted.isEmpty ? [] : voting.votes.voters), limits: limits)
    self.votes = votes
    unheard = admitted.isEmpty ? Set(voting.votes.voters.filter { standings[$0] == .entitled }) : []
    guard !admitted.isEmpty else {
      (decision, withoutDelegation) = (nil, nil)
      return
    }
    func decide(_ weights: [Int], total: Int, unit: Int) -> Decision {
      let battle = Battle(votes: voting.votes, options: admitted, weights: weights)
      return Decision(
        battle: battle, outcome: BattleOutcome(battle, totalWeight: total, unit: unit, policy: policy, tieBreak: tieBreak), weight: total)
    }
    decision = decide(votes.weights, total: votes.totals.counted, unit: votes.unit)
    let alone = votes.weights.map { $0 > 0 ? 1 : 0 }
    withoutDelegation = decide(alone, total: votes.totals.direct, unit: 1)
  }

  /// The members over whom a carried voice went in a stage, nearest first; the last is the one who takes part. Empty for voices that are not carried.
  package func trustees(of member: Int, in stage: VoiceTally) -> [Int] {
    guard case .carried(let voter, _) = stage.end(of: member) else { return [] }
    var trustees: [Int] = []
    var at = member
    while at != voter, case .inMember(let trustee)? = trust.holding(at)?.trust {
      trustees.append(trustee)
      at = trustee
    }
    return trustees
  }
}
