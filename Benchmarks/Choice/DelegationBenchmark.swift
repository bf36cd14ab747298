import SocialChoice

/// A made organization: members of whom most vote, delegations in three scopes with long-tailed trust (a few are trusted by many), votes on a few options.
private struct MadeWorld: Sendable {
  let words: [Delegation]
  let standings: [Standing]
  let votes: [Bool]
  let graded: GradedVotes

  /// - Parameter voting: of a thousand members, how many vote themselves.
  init(members: Int, delegations: Int, voting: Int, options: Int, seed: String) {
    var random = PublicRandom(seed: seed)
    var words: [Delegation] = []
    words.reserveCapacity(delegations)
    for number in 0..<delegations {
      // The lesser of three draws: low numbers are trusted more.
      let trustee = min(random.below(members), random.below(members), random.below(members))
      words.append(
        Delegation(
          truster: random.below(members), scope: DelegationScope.allCases[number % 3], trust: number % 50 == 0 ? .switchedOff : .inMember(trustee)))
    }
    var bits = random.next()
    var votes = [Bool](repeating: false, count: members)
    var standings = [Standing](repeating: .entitled, count: members)
    var graded = GradedVotes(optionCount: options)
    for member in 0..<members {
      // A generator of its own for the mass of votes (xorshift), seeded by the public one: the figures measured are not those of SHA-256.
      bits ^= bits << 13
      bits ^= bits >> 7
      bits ^= bits << 17
      if bits % 97 == 0 { standings[member] = .inactive }
      guard Int(bits >> 20) % 1_000 < voting else { continue }
      votes[member] = true
      graded.append(voter: member, grades: (0..<options).map { Int32(truncatingIfNeeded: (bits >> (UInt64($0) * 3 + 1)) & 7) - 3 })
    }
    self.words = words
    (self.standings, self.votes, self.graded) = (standings, votes, graded)
  }

  var trust: TrustTable { TrustTable(memberCount: standings.count, delegations: words) }

  /// From the members' words to the winner.
  func tally() -> String {
    let tally = VoiceTally(trust: trust, standings: standings, votes: votes)
    let battle = Battle(votes: graded, options: Array(0..<graded.optionCount), weights: tally.weights)
    let outcome = BattleOutcome(battle, totalWeight: tally.totals.counted)
    return "winner \(outcome.winner.map { "\($0)" } ?? "none"), \(tally.totals.carried) carried, \(tally.totals.lost) lost"
  }
}

enum DelegationBenchmark {
  static let rows: [Row] =
    [
      Row(
        engine: "delegation", name: "one snapshot: 5,000 members, 10,464 delegations", peer: (12, "LiquidFeedback core 2.2.4"), target: "",
        prepare: {
          let world = MadeWorld(members: 5_000, delegations: 10_464, voting: 200, options: 5, seed: "5000")
          return { world.tally() }
        })
    ]
    + [(10_000, 2_000), (100_000, 20_000), (1_000_000, 200_000)].map { members, delegations in
      Row(
        engine: "delegation", name: "\(members) members, \(delegations) delegations in three scopes, 600 in 1,000 vote on 5 options", peer: nil,
        target: members == 1_000_000 ? "under 1 s" : "linear",
        prepare: {
          let world = MadeWorld(members: members, delegations: delegations, voting: 600, options: 5, seed: "million")
          return { world.tally() }
        })
    } + [
      Row(
        engine: "delegation", name: "1,000,000 members, each trusts the next", peer: nil, target: "under 1 s, no recursion",
        prepare: {
          let count = 1_000_000
          let chain = TrustTable(
            memberCount: count, delegations: (1..<count).map { Delegation(truster: $0, scope: .theme, trust: .inMember($0 - 1)) })
          let standings = [Standing](repeating: .entitled, count: count)
          let votes = (0..<count).map { $0 == 0 }
          return { "one vote weighs \(VoiceTally(trust: chain, standings: standings, votes: votes).weights[0])" }
        }),
      Row(
        engine: "delegation", name: "1,000 changes of a delegation among 1,000,000 members, one by one", peer: nil, target: "no new tally",
        prepare: {
          let world = MadeWorld(members: 1_000_000, delegations: 200_000, voting: 600, options: 1, seed: "live")
          let live = LiveVoices(trust: world.trust, standings: world.standings, votes: world.votes)
          return {
            var changed = live
            var random = PublicRandom(seed: "changes")
            for _ in 0..<1_000 { changed.setTrust(of: random.below(1_000_000), scope: .voting, to: .inMember(random.below(1_000_000))) }
            return "\(changed.counted) voices count"
          }
        }),
    ]
}
