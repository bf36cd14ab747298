import SocialChoice
import Testing

struct DelegationTests {
  private func tally(_ world: SmallWorld, _ limits: WeightLimits = .none) -> VoiceTally {
    VoiceTally(trust: world.trust, standings: world.standings, votes: world.votes, limits: limits)
  }

  @Test func `a thousand small worlds with rings and broken chains agree with counting person by person`() {
    var random = PublicRandom(seed: "small worlds")
    var rings = 0
    for _ in 0..<1_000 {
      let world = SmallWorld(&random)
      let tally = tally(world)
      for member in world.standings.indices {
        #expect(tally.end(of: member) == world.end(of: member))
        #expect(tally.weights[member] == world.weight(of: member))
        if case .lost(.ring) = tally.end(of: member) { rings += 1 }
      }
      #expect(tally.totals.balances(unit: 1))
      #expect(tally.totals.counted == tally.totals.direct + tally.totals.carried)
    }
    #expect(rings > 300)
  }

  @Test func `no voice is lost without a name, whatever the limits`() throws {
    var random = PublicRandom(seed: "limits")
    for round in 0..<1_000 {
      let world = SmallWorld(&random)
      let decay = WeightLimits.Decay(numerator: random.below(4), denominator: 3 + random.below(2), horizon: 1 + random.below(3))
      let limits = try WeightLimits(cap: round % 2 == 0 ? 1 + random.below(4) : nil, decay: round % 3 == 0 ? nil : decay)
      let tally = tally(world, limits)
      #expect(tally.totals.balances(unit: tally.unit))
      let shares = world.standings.indices.reduce(Rational.zero) { $0 + tally.share(of: $1) }
      #expect(shares == Rational(tally.totals.counted, tally.unit), "what each voice counts for adds up to the weight of all votes")
      if let cap = limits.cap { #expect(tally.weights.allSatisfy { $0 <= cap * tally.unit }) }
    }
  }

  @Test func `a voice fades by each delegation and counts nowhere beyond the horizon`() throws {
    // 3 → 2 → 1 → 0, who votes.
    let trust = TrustTable(memberCount: 4, delegations: (1..<4).map { Delegation(truster: $0, scope: .organization, trust: .inMember($0 - 1)) })
    let limits = try WeightLimits(decay: WeightLimits.Decay(numerator: 1, denominator: 2, horizon: 2))
    let tally = VoiceTally(trust: trust, standings: Array(repeating: .entitled, count: 4), votes: [true, false, false, false], limits: limits)
    #expect(Rational(tally.weights[0], tally.unit) == Rational(7, 4))
    #expect(tally.end(of: 3) == .lost(.beyondHorizon(voter: 0)))
    #expect(tally.carried == [3, 2, 1, 0])
  }

  @Test func `limits that make no sense or do not fit are refused`() {
    #expect(throws: WeightLimits.Fault.capBelowOne(0)) { try WeightLimits(cap: 0) }
    #expect(throws: WeightLimits.Fault.decayIsNoFraction(3, 2)) { try WeightLimits(decay: .init(numerator: 3, denominator: 2, horizon: 1)) }
    #expect(throws: WeightLimits.Fault.decayTooFine) { try WeightLimits(decay: .init(numerator: 1, denominator: 1_000, horizon: 4)) }
    #expect(throws: WeightLimits.Fault.horizonOutOfRange(0)) { try WeightLimits(decay: .init(numerator: 1, denominator: 2, horizon: 0)) }
  }

  @Test func `the narrowest word holds, and nobody is a word`() {
    var trust = TrustTable(memberCount: 4)
    trust[0, .organization] = .inMember(1)
    trust[0, .theme] = .switchedOff
    trust[0, .voting] = .inMember(3)
    #expect(trust.holding(0)?.scope == .voting)
    trust[0, .voting] = nil
    #expect(trust.holding(0)?.trust == .switchedOff)
    trust[0, .theme] = nil
    #expect(trust.holding(0)?.trust == .inMember(1))
    trust[9, .theme] = .inMember(1)
    trust[1, .theme] = .inMember(9)
    #expect(trust.holding(1) == nil)
  }

  @Test func `chains and rings of two hundred thousand members need no recursion`() {
    let count = 200_000
    let chain = (1..<count).map { Delegation(truster: $0, scope: .theme, trust: .inMember($0 - 1)) }
    let standings = [Standing](repeating: .entitled, count: count)
    var votes = [Bool](repeating: false, count: count)
    votes[0] = true
    let trust = TrustTable(memberCount: count, delegations: chain)
    let tally = VoiceTally(trust: trust, standings: standings, votes: votes)
    #expect(tally.weights[0] == count)
    #expect(tally.end(of: count - 1) == .carried(voter: 0, distance: count - 1))
    votes[0] = false
    let ring = TrustTable(memberCount: count, delegations: chain + [Delegation(truster: 0, scope: .voting, trust: .inMember(count - 1))])
    #expect(VoiceTally(trust: ring, standings: standings, votes: votes).totals.inRing == count)
    var live = LiveVoices(trust: ring, standings: standings, votes: votes)
    live.setVote(of: 7, to: true)
    #expect(live.weight(of: 7) == count)
  }

  @Test func `after every change the live weights are those of a new tally`() {
    var random = PublicRandom(seed: "live")
    for _ in 0..<1_000 {
      var world = SmallWorld(&random, most: 12)
      let count = world.standings.count
      var live = LiveVoices(trust: world.trust, standings: world.standings, votes: world.votes)
      for _ in 0..<30 {
        let member = random.below(count)
        if random.below(3) == 0 {
          world.votes[member].toggle()
          live.setVote(of: member, to: world.votes[member])
        } else {
          let word: Trust? = [nil, .switchedOff, .inMember(random.below(count)), .inMember(random.below(count))][random.below(4)]
          let scope = DelegationScope.allCases[random.below(3)]
          world.trust[member, scope] = word
          live.setTrust(of: member, scope: scope, to: word)
        }
        let fresh = tally(world)
        #expect(world.standings.indices.allSatisfy { live.weight(of: $0) == fresh.weights[$0] })
        #expect(live.counted == fresh.totals.counted)
      }
    }
  }

  @Test func `a member sees the own chain and nobody who trusts them`() {
    // 0 → 1 → 2, who votes and would trust 3; 4 → 0.
    let delegations = [(0, 1), (1, 2), (2, 3), (4, 0)].map { Delegation(truster: $0.0, scope: .organization, trust: .inMember($0.1)) }
    let trust = TrustTable(memberCount: 5, delegations: delegations)
    let chain = DelegationChain(of: 0, trust: trust, standings: Array(repeating: .entitled, count: 5)) { $0 == 2 }
    #expect(chain.travelled.map(\.member) == [0, 1, 2])
    #expect(chain.links.map(\.overridden) == [false, false, false, true])
    #expect(!chain.links.contains { $0.member == 4 })
  }

  @Test func `new numbers for the members change no weight`() {
    var random = PublicRandom(seed: "numbers")
    for _ in 0..<1_000 {
      let world = SmallWorld(&random)
      let count = world.standings.count
      let new = random.shuffled(Array(0..<count))
      let moved = world.delegations.map { word -> Delegation in
        let trust: Trust = if case .inMember(let trustee) = word.trust { .inMember(new[trustee]) } else { .switchedOff }
        return Delegation(truster: new[word.truster], scope: word.scope, trust: trust)
      }
      var (standings, votes) = (world.standings, world.votes)
      for member in 0..<count { (standings[new[member]], votes[new[member]]) = (world.standings[member], world.votes[member]) }
      let there = VoiceTally(trust: TrustTable(memberCount: count, delegations: random.shuffled(moved)), standings: standings, votes: votes)
      let here = tally(world)
      #expect((0..<count).allSatisfy { here.weights[$0] == there.weights[new[$0]] })
    }
  }
}
