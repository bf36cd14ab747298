import SocialChoice
import Testing

struct DelegationLiveTests {
  @Test func `after each of ten thousand changes in a thousand small worlds the weights are those of walking each chain afresh`() {
    var random = PublicRandom(seed: "live chains")
    var (moved, rings) = (0, 0)
    for number in 0..<1_000 {
      var world = SmallWorld(&random, most: 8)
      let count = world.standings.count
      var live = LiveVoices(trust: world.trust, standings: world.standings, votes: world.votes)
      var before = world.standings.indices.map(world.weight)
      for change in 0..<10 {
        let member = random.below(count)
        if random.below(4) == 0 {
          world.votes[member].toggle()
          live.setVote(of: member, to: world.votes[member])
        } else {
          let scope = DelegationScope.allCases[random.below(3)]
          let word: Trust? = [nil, .switchedOff, .inMember(random.below(count)), .inMember(random.below(count))][random.below(4)]
          world.delegations.removeAll { $0.truster == member && $0.scope == scope }
          if let word { world.delegations.append(Delegation(truster: member, scope: scope, trust: word)) }
          live.setTrust(of: member, scope: scope, to: word)
        }
        let weights = world.standings.indices.map(world.weight)
        #expect(world.standings.indices.map(live.weight) == weights && live.counted == weights.reduce(0, +), "\(number), change \(change)")
        moved += weights == before ? 0 : 1
        rings += world.standings.indices.contains { if case .lost(.ring) = world.end(of: $0) { true } else { false } } ? 1 : 0
        before = weights
      }
    }
    #expect(moved > 1_500 && rings > 1_000, "\(moved) \(rings)")
  }
}
