internal import SocialChoice

/// The outcome of a world in words and tables.
enum LiquidReport {
  static func text(_ world: DelegationWorld, _ outcomes: [VotingOutcome]) -> String {
    zip(world.votings, outcomes).map { voting($0, $1, world) }.joined(separator: "\n\n")
  }

  /// The chains of one member alone.
  static func chains(of member: Int, in world: DelegationWorld) -> String {
    let id = world.memberIDs[member]
    let parts = world.votings.indices.map { number -> String in
      let outcome = VotingOutcome(world, voting: number)
      let chain = DelegationChain(
        of: member, trust: outcome.trust, standings: world.standings(inUnit: world.themes[world.votings[number].theme].unit)
      ) { outcome.votes.end(of: $0) == .direct }
      let steps = chain.travelled.map { link in
        let name = link.member == member ? "you" : "\(world.memberIDs[link.member])"
        return link.scopeIn.map { "—\($0.liquidFeedbackName)→ \(name)" } ?? name
      }
      return "Voting \(world.votings[number].id): \(steps.joined(separator: " ")): \(words(for: member, outcome, world))"
    }
    return "Chains of member \(id)\n" + parts.joined(separator: "\n")
  }

  private static func voting(_ voting: DelegationWorld.Voting, _ outcome: VotingOutcome, _ world: DelegationWorld) -> String {
    let totals = outcome.votes.totals
    var lines = ["Voting \(voting.id)"]
    lines.append(
      "  Of \(totals.entitled) who may vote, \(totals.direct) voted, \(were(totals.carried, "carried")), \(outcome.away) stayed away, "
        + "\(were(outcome.lost, "lost")).")
    lines += barLines(totals, lost: outcome.lost)
    guard let decision = outcome.decision else {
      lines.append("  Nothing to vote on: no initiative had a supporter.")
      return (lines + lostLines(outcome, world)).joined(separator: "\n")
    }
    lines += initiativeLines(voting, outcome, decision)
    lines.append("  Result: \(result(voting, outcome, decision))")
    if let alone = outcome.withoutDelegation {
      let same = alone.outcome.winner == decision.outcome.winner
      lines.append("  Without delegation (\(Plural.of(alone.weight, "vote"))): \(same ? "the same" : result(voting, outcome, alone))")
    }
    for tie in decision.outcome.ties {
      let equals = tie.options.map { "\(voting.initiativeIDs[outcome.admitted[$0]])" }.joined(separator: ", ")
      lines.append("  Tie: \(equals) were equal; the tie-break took \(voting.initiativeIDs[outcome.admitted[tie.chosen]]).")
    }
    if totals.faded > 0 { lines.append("  Faded on the way: \(voices(totals.faded, outcome.votes.unit)).") }
    if totals.aboveCap > 0 { lines.append("  Cut off by the cap: \(voices(totals.aboveCap, outcome.votes.unit)).") }
    return (lines + lostLines(outcome, world)).joined(separator: "\n")
  }

  /// The first of those whose voice was lost, and how many more there are.
  private static func lostLines(_ outcome: VotingOutcome, _ world: DelegationWorld, most: Int = 25) -> [String] {
    let lost = world.memberIDs.indices.filter { member in
      if case .lost = outcome.votes.end(of: member) { true } else { outcome.unheard.contains(member) }
    }
    let lines = lost.prefix(most).map { "  Lost: the voice of \(world.memberIDs[$0]): \(words(for: $0, outcome, world))" }
    return lost.count > most ? lines + ["  and \(lost.count - most) more: --json lists all"] : lines
  }

  private static func barLines(_ totals: VoiceTotals, lost: Int) -> [String] {
    guard totals.entitled > 0 else { return [] }
    let width = 50
    func length(_ count: Int) -> Int { count * width / totals.entitled }
    let (direct, carried, faint) = (length(totals.direct), length(totals.carried), length(lost))
    let bar = repeating("█", direct) + repeating("▓", carried) + repeating("░", faint) + repeating("·", width - direct - carried - faint)
    return ["  \(bar)  █ voted ▓ carried ░ lost · away"]
  }

  private static func initiativeLines(_ voting: DelegationWorld.Voting, _ outcome: VotingOutcome, _ decision: VotingOutcome.Decision) -> [String] {
    var lines = ["  rank  initiative      for  against  Schulze  why not"]
    let options = decision.outcome.options
    for place in options.indices.sorted(by: { options[$0].rank < options[$1].rank }) {
      let option = options[place]
      let id = voting.initiativeIDs[outcome.admitted[place]]
      lines.append(
        "  " + padded(option.rank, 4) + padded(id, 12) + padded(fraction(option.positive, outcome.votes.unit), 9)
          + padded(fraction(option.negative, outcome.votes.unit), 9) + padded(option.schulzeRank, 9) + "  "
          + (option.whyNot.map { words(for: $0, voting, outcome) } ?? "wins"))
    }
    lines.append("  The status quo has Schulze rank \(decision.outcome.statusQuoRank).")
    return lines
  }

  private static func result(_ voting: DelegationWorld.Voting, _ outcome: VotingOutcome, _ decision: VotingOutcome.Decision) -> String {
    decision.outcome.winner.map { "initiative \(voting.initiativeIDs[outcome.admitted[$0]]) wins" } ?? "no initiative wins; the status quo stays"
  }

  private static func words(for whyNot: BattleOutcome.WhyNot, _ voting: DelegationWorld.Voting, _ outcome: VotingOutcome) -> String {
    let unit = outcome.votes.unit
    func id(_ option: Int) -> Int { voting.initiativeIDs[outcome.admitted[option]] }
    switch whyNot {
    case .noDirectMajority(let inFavour, let against): return "\(fraction(inFavour, unit)) for, \(fraction(against, unit)) against: no majority"
    case .noIndirectMajority: return "no majority, nor over one that has it"
    case .notBetterThanStatusQuo(let rank, let statusQuoRank): return "rank \(rank), the status quo has \(statusQuoRank)"
    case .reverseBeatPath: return "a chain of victories leads from the status quo back to it"
    case .multistageMajority: return "a second voting could lead back to the status quo"
    case .behind(let winner, _, _): return "\(id(winner)) has the better rank"
    case .tied(let winner): return "equal to \(id(winner)), which the tie-break took"
    }
  }

  private static func were(_ count: Int, _ what: String) -> String { "\(count) \(count == 1 ? "was" : "were") \(what)" }

  /// Where a member's voice went.
  private static func words(for member: Int, _ outcome: VotingOutcome, _ world: DelegationWorld) -> String {
    func id(_ member: Int) -> Int { world.memberIDs[member] }
    if outcome.unheard.contains(member) { return "voted, but no initiative was admitted" }
    switch outcome.votes.end(of: member) {
    case .direct: return "votes"
    case .carried(let voter, let distance): return "counts in the vote of \(id(voter)), over \(Plural.of(distance, "delegation"))"
    case .away: return "neither votes nor delegates"
    case .barred(.inactive): return "is inactive"
    case .barred: return "has no right to vote here"
    case .lost(.ring(let entry)): return "the chain runs in a ring at \(id(entry))"
    case .lost(.silent(let last)) where outcome.unheard.contains(last): return "\(id(last)) voted, but no initiative was admitted"
    case .lost(.silent(let last)): return "\(id(last)) neither votes nor delegates"
    case .lost(.switchedOff(let last)): return "\(id(last)) has switched delegation off and does not vote"
    case .lost(.barred(let last, .inactive)): return "\(id(last)) is inactive"
    case .lost(.barred(let last, _)): return "\(id(last)) has no right to vote here"
    case .lost(.beyondHorizon(let voter)): return "the vote of \(id(voter)) is too far away"
    }
  }

  private static func voices(_ weight: Int, _ unit: Int) -> String { Figures.counted(Rational(weight, unit), fraction(weight, unit), "voices") }
  private static func fraction(_ weight: Int, _ unit: Int) -> String { Figures.words(Rational(weight, unit)) }
  private static func repeating(_ sign: String, _ count: Int) -> String { String(repeating: sign, count: max(count, 0)) }
  private static func padded(_ value: some CustomStringConvertible, _ width: Int) -> String { "\(value)".leftPadded(to: width) }
}
