import Testing

@testable import SocialChoice

/// Caps, decay and horizons against voices that are weighed one by one, in fractions.
struct DelegationLimitTests {
  /// What one voice counts for at a vote, before any cap: the rate once for each delegation, nothing beyond the horizon.
  private static func worth(_ end: VoiceEnd, _ decay: WeightLimits.Decay?) -> Fraction {
    switch end {
    case .direct: return Fraction(1)
    case .carried(_, let distance):
      guard let decay else { return Fraction(1) }
      let rate = Fraction(decay.numerator, decay.denominator)
      return distance > decay.horizon ? .zero : (0..<distance).reduce(Fraction(1)) { worth, _ in worth * rate }
    default: return .zero
    }
  }

  @Test func `three thousand small worlds with caps and decay are weighed as voice by voice`() throws {
    var random = PublicRandom(seed: "weighing")
    var (capped, faded, beyond) = (0, 0, 0)
    for round in 0..<3_000 {
      let world = SmallWorld(&random)
      let denominator = 2 + random.below(3)
      let decay = WeightLimits.Decay(numerator: random.below(denominator + 1), denominator: denominator, horizon: 1 + random.below(3))
      let limits = try WeightLimits(cap: round % 3 == 0 ? nil : 1 + random.below(4), decay: round % 4 == 0 ? nil : decay)
      let tally = VoiceTally(trust: world.trust, standings: world.standings, votes: world.votes, limits: limits)
      let ends = world.standings.indices.map(world.end)
      let cap = Fraction(limits.cap ?? 1_000)
      var (counted, lostToCap, lostToDecay) = (Fraction.zero, Fraction.zero, Fraction.zero)
      for voter in ends.indices {
        let carried = ends.indices.filter { if case .carried(voter, _) = ends[$0] { true } else { false } }
        let full = ends[voter] == .direct ? carried.reduce(Fraction(1)) { $0 + Self.worth(ends[$1], limits.decay) } : .zero
        let weight = min(full, cap)
        #expect(Rational(tally.weights[voter], tally.unit) == weight.rational, "\(round), member \(voter)")
        counted += weight
        lostToCap += full - weight
        for member in carried {
          // What the cap leaves beside the voter's own voice is shared in proportion.
          let worth = Self.worth(ends[member], limits.decay)
          let share = full > Fraction(1) ? worth * (weight - Fraction(1)) / (full - Fraction(1)) : worth
          #expect(tally.share(of: member) == share.rational, "\(round), member \(member)")
        }
        capped += weight < full ? 1 : 0
      }
      for (member, end) in ends.enumerated() {
        guard case .carried(let voter, let distance) = end, let decay = limits.decay else {
          #expect(tally.end(of: member) == end)
          continue
        }
        let isBeyond = distance > decay.horizon
        #expect(tally.end(of: member) == (isBeyond ? .lost(.beyondHorizon(voter: voter)) : end), "\(round), member \(member)")
        if isBeyond { beyond += 1 } else { lostToDecay += Fraction(1) - Self.worth(end, decay) }
      }
      #expect(Rational(tally.totals.counted, tally.unit) == counted.rational)
      #expect(Rational(tally.totals.aboveCap, tally.unit) == lostToCap.rational)
      #expect(Rational(tally.totals.faded, tally.unit) == lostToDecay.rational)
      faded += lostToDecay > .zero ? 1 : 0
    }
    #expect(capped > 80 && faded > 300 && beyond > 30, "\(capped) \(faded) \(beyond)")
  }

  @Test func `the account of a small world names every voice once`() {
    var random = PublicRandom(seed: "accounts")
    for _ in 0..<1_000 {
      let world = SmallWorld(&random)
      let totals = VoiceTally(trust: world.trust, standings: world.standings, votes: world.votes).totals
      var counts: [String: Int] = [:]
      for member in world.standings.indices { counts[Self.word(world.end(of: member)), default: 0] += 1 }
      let found = [
        "direct": totals.direct, "carried": totals.carried, "away": totals.away, "ring": totals.inRing, "silent": totals.atSilent,
        "off": totals.atSwitchedOff, "inactive": totals.atInactive, "unentitled": totals.atUnentitled,
      ]
      for (word, count) in found { #expect(count == counts[word] ?? 0, "\(word)") }
      #expect(totals.entitled == world.standings.count { $0 == .entitled } && totals.beyondHorizon == 0)
    }
  }

  private static func word(_ end: VoiceEnd) -> String {
    switch end {
    case .direct: "direct"
    case .carried: "carried"
    case .away: "away"
    case .barred: "barred"
    case .lost(.ring): "ring"
    case .lost(.silent): "silent"
    case .lost(.switchedOff): "off"
    case .lost(.barred(_, .inactive)): "inactive"
    case .lost(.barred): "unentitled"
    case .lost(.beyondHorizon): "beyond"
    }
  }

  @Test func `the chain that a member is shown travels as far as the voice does`() {
    var random = PublicRandom(seed: "chains")
    for _ in 0..<1_000 {
      let world = SmallWorld(&random)
      for member in world.standings.indices {
        let chain = DelegationChain(of: member, trust: world.trust, standings: world.standings) { world.votes[$0] }
        let travelled = chain.travelled.map(\.member)
        #expect(travelled.first == member)
        for (place, link) in chain.links.enumerated() {
          #expect(link.overridden == chain.links[..<place].contains(where: \.takesPart))
          #expect(link.scopeOut == (link.standing == .entitled ? world.trust.holding(link.member)?.scope : nil))
          #expect(link.scopeIn == (place > 0 ? chain.links[place - 1].scopeOut : nil))
        }
        switch world.end(of: member) {
        case .direct, .away, .barred: #expect(travelled == [member])
        case .carried(let voter, let distance): #expect(travelled.last == voter && travelled.count == distance + 1)
        case .lost(.ring(let entry)):
          #expect(chain.links.last?.member == entry && chain.links.last?.ringPlace == .repetition && !chain.links.contains(where: \.overridden))
          #expect(Set(travelled).count == travelled.count - 1)
        case .lost(.silent(let at)), .lost(.barred(let at, _)): #expect(travelled.last == at)
        case .lost(.switchedOff(let at)): #expect(travelled.last == at && chain.links.last?.switchedOff == true)
        case .lost(.beyondHorizon): Issue.record("no horizon was set")
        }
      }
    }
  }

  @Test func `a vote less carries nobody's voice to the others but those that it carried itself`() {
    var random = PublicRandom(seed: "a vote less")
    var moved = 0
    for _ in 0..<1_000 {
      var world = SmallWorld(&random)
      guard let voter = world.standings.indices.first(where: { world.end(of: $0) == .direct }) else { continue }
      let before = VoiceTally(trust: world.trust, standings: world.standings, votes: world.votes)
      world.votes[voter] = false
      let after = VoiceTally(trust: world.trust, standings: world.standings, votes: world.votes)
      for member in world.standings.indices where member != voter { #expect(after.weights[member] >= before.weights[member]) }
      #expect(after.totals.counted == before.totals.counted || after.totals.counted == before.totals.counted - before.weights[voter])
      moved += after.totals.counted == before.totals.counted ? 1 : 0
    }
    #expect(moved > 20)
  }
}
