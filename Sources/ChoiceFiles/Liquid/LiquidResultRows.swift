internal import SocialChoice

/// A place in a row that holds values of several kinds.
enum LiquidCell: Encodable {
  case null
  case number(Int)
  case flag(Bool)
  case word(String)
  case list([Int])

  func encode(to encoder: any Encoder) throws {
    var place = encoder.singleValueContainer()
    switch self {
    case .null: try place.encodeNil()
    case .number(let value): try place.encode(value)
    case .flag(let value): try place.encode(value)
    case .word(let value): try place.encode(value)
    case .list(let value): try place.encode(value)
    }
  }

  static func optional(_ number: Int?) -> LiquidCell { number.map { .number($0) } ?? .null }
  static func optional(_ flag: Bool?) -> LiquidCell { flag.map { .flag($0) } ?? .null }
  static func optional(_ word: String?) -> LiquidCell { word.map { .word($0) } ?? .null }
}

struct LiquidResults: Encodable {
  let issues: [String: LiquidIssueRow]
  let chainsDuringDiscussion: [LiquidChainRow]?
}

struct LiquidChainRow: Encodable {
  let member: Int
  var unit: Int?
  var area: Int?
  var issue: Int?
  let chain: [[LiquidCell]]

  init(_ world: DelegationWorld, _ member: Int, _ scope: DelegationScope, _ number: Int) {
    self.member = world.memberIDs[member]
    switch scope {
    case .organization: unit = world.units[number].id
    case .theme: area = world.themes[number].id
    case .voting: issue = world.votings[number].id
    }
    chain = world.chain(of: member, scope, number).links.map { link in
      [
        .number(world.memberIDs[link.member]), .flag(link.standing == .entitled), scope == .organization ? .null : .flag(link.takesPart),
        .flag(link.overridden), .optional(link.scopeIn?.liquidFeedbackName), .optional(link.scopeOut?.liquidFeedbackName), .flag(link.switchedOff),
        .optional(link.ringPlace?.rawValue),
      ]
    }
  }
}

struct LiquidIssueRow: Encodable {
  let state: String
  let unitWeight: Int
  let admitted: [Int]
  let supporterCounts: [[Int]]
  let population: Int
  let populationDirect: [[Int]]
  let populationDelegating: [[LiquidCell]]
  let interestDirect: [[Int]]
  let interestDelegating: [[LiquidCell]]
  let directVoter: [[Int]]
  let delegatingVoter: [[LiquidCell]]
  let voterCount: LiquidCell
  let battle: [[LiquidCell]]
  let statusQuoSchulzeRank: LiquidCell
  let initiatives: [[String: LiquidCell]]
  let account: [String: Int]
  let lost: [[String: LiquidCell]]
  /// Votes of members who may not speak: they are not counted.
  let refusedVotes: [[String: LiquidCell]]
  let ties: [[Int]]
  /// The check that each admitted initiative failed, but for the winner.
  let whyNot: [[String: LiquidCell]]
  let withoutDelegation: LiquidDecisionRow

  init(_ world: DelegationWorld, _ voting: DelegationWorld.Voting, _ outcome: VotingOutcome) {
    func direct(_ tally: VoiceTally) -> [[Int]] {
      world.memberIDs.indices.filter { tally.end(of: $0) == .direct }.map { [world.memberIDs[$0], tally.weights[$0]] }
    }
    func delegating(_ tally: VoiceTally) -> [[LiquidCell]] {
      world.memberIDs.indices.compactMap { member in
        guard case .carried = tally.end(of: member) else { return nil }
        return [
          .number(world.memberIDs[member]), .number(tally.carried[member]),
          .optional(outcome.trust.holding(member)?.scope.liquidFeedbackName),
          .list(outcome.trustees(of: member, in: tally).map { world.memberIDs[$0] }),
        ]
      }
    }
    let decision = LiquidDecisionRow(voting, outcome.admitted, outcome.decision, state: outcome.state)
    let totals = outcome.votes.totals
    state = decision.state
    unitWeight = outcome.votes.unit
    admitted = outcome.admitted.map { voting.initiativeIDs[$0] }
    supporterCounts = zip(voting.initiativeIDs, outcome.supporterCounts).map { [$0, $1] }
    population = outcome.population.totals.counted
    populationDirect = direct(outcome.population)
    populationDelegating = delegating(outcome.population)
    interestDirect = direct(outcome.interest)
    interestDelegating = delegating(outcome.interest)
    directVoter = direct(outcome.votes)
    delegatingVoter = delegating(outcome.votes)
    voterCount = decision.voterCount
    battle = decision.battle
    statusQuoSchulzeRank = decision.statusQuoSchulzeRank
    initiatives = decision.initiatives
    account = [
      "entitled": totals.entitled, "direct": totals.direct, "carried": totals.carried, "away": outcome.away, "lost": outcome.lost,
      "counted_weight": totals.counted, "faded_weight": totals.faded, "above_cap_weight": totals.aboveCap,
    ]
    lost = world.memberIDs.indices.compactMap { member in
      if outcome.unheard.contains(member) {
        let own = LiquidCell.number(world.memberIDs[member])
        return ["member": own, "reason": .word("nothing_admitted"), "at": own]
      }
      guard case .lost(let reason) = outcome.votes.end(of: member) else { return nil }
      return ["member": .number(world.memberIDs[member]), "reason": .word(reason.reasonKey), "at": .number(world.memberIDs[reason.place])]
    }
    refusedVotes = voting.votes.voters.sorted().compactMap { member in
      guard case .barred(let standing) = outcome.votes.end(of: member) else { return nil }
      return ["member": .number(world.memberIDs[member]), "reason": .word(standing == .inactive ? "inactive" : "unentitled")]
    }
    ties = outcome.decision?.outcome.ties.map { $0.options.map { voting.initiativeIDs[outcome.admitted[$0]] } } ?? []
    whyNot =
      outcome.decision.map { decision in
        zip(outcome.admitted, decision.outcome.options).compactMap { initiative, option in
          option.whyNot.map { reason in
            reason.numbers(id: { voting.initiativeIDs[outcome.admitted[$0]] }).merging(
              ["initiative": .number(voting.initiativeIDs[initiative]), "reason": .word(reason.code)]) { _, last in last }
          }
        }
      } ?? []
    let alone: VotingOutcome.State =
      outcome.withoutDelegation.map { $0.outcome.winner == nil ? .withoutWinner : .withWinner } ?? .nothingAdmitted
    withoutDelegation = LiquidDecisionRow(voting, outcome.admitted, outcome.withoutDelegation, state: alone)
  }
}

struct LiquidDecisionRow: Encodable {
  let state: String
  let voterCount: LiquidCell
  let battle: [[LiquidCell]]
  let statusQuoSchulzeRank: LiquidCell
  let initiatives: [[String: LiquidCell]]

  init(_ voting: DelegationWorld.Voting, _ admitted: [Int], _ decision: VotingOutcome.Decision?, state: VotingOutcome.State) {
    self.state = state.rawValue
    voterCount = .optional(decision?.weight)
    statusQuoSchulzeRank = .optional(decision?.outcome.statusQuoRank)
    battle =
      decision.map { decision in
        (0...admitted.count).flatMap { preferred in
          (0...admitted.count).filter { $0 != preferred }.map { other in
            func id(_ side: Int) -> LiquidCell { side == admitted.count ? .null : .number(voting.initiativeIDs[admitted[side]]) }
            return [id(preferred), id(other), .number(decision.battle[preferred, other])]
          }
        }
      } ?? []
    initiatives = voting.initiativeIDs.indices.map { initiative in
      let option = decision.flatMap { decision in admitted.firstIndex(of: initiative).map { decision.outcome.options[$0] } }
      return [
        "id": .number(voting.initiativeIDs[initiative]), "admitted": .flag(admitted.contains(initiative)),
        "positive_votes": .optional(option?.positive), "negative_votes": .optional(option?.negative),
        "direct_majority": .optional(option?.directMajority), "indirect_majority": .optional(option?.indirectMajority),
        "schulze_rank": .optional(option?.schulzeRank), "better_than_status_quo": .optional(option?.betterThanStatusQuo),
        "worse_than_status_quo": .optional(option?.worseThanStatusQuo), "reverse_beat_path": .optional(option?.reverseBeatPath),
        "multistage_majority": .optional(option?.multistageMajority), "eligible": .optional(option?.isEligible),
        "winner": .optional(option?.isWinner), "rank": .optional(option?.rank),
      ]
    }
  }
}

extension BattleOutcome.WhyNot {
  /// The numbers of the check; weights in parts of a voice, as everywhere in the file.
  fileprivate func numbers(id: (Int) -> Int) -> [String: LiquidCell] {
    switch self {
    case .noDirectMajority(let inFavour, let against), .noIndirectMajority(let inFavour, let against):
      ["in_favour": .number(inFavour), "against": .number(against)]
    case .notBetterThanStatusQuo(let rank, let statusQuoRank):
      ["schulze_rank": .number(rank), "status_quo_schulze_rank": .number(statusQuoRank)]
    case .reverseBeatPath, .multistageMajority: [:]
    case .behind(let winner, let rank, let winnersRank):
      ["winner": .number(id(winner)), "schulze_rank": .number(rank), "winners_schulze_rank": .number(winnersRank)]
    case .tied(let winner): ["winner": .number(id(winner))]
    }
  }
}
