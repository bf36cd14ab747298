import Testing

@testable import SocialChoice

/// Whole organizations: words of other units, themes and votings must not matter, and every stage is counted person by person.
struct DelegationWorldTests {
  private struct Sample {
    var world: DelegationWorld
    let count: Int

    init(_ random: inout PublicRandom) {
      let count = 2 + random.below(6)
      self.count = count
      world = DelegationWorld(memberIDs: Array(0..<count), isActive: (0..<count).map { _ in random.below(6) > 0 })
      func some(_ share: Int, _ random: inout PublicRandom) -> [Int] { (0..<count).filter { _ in random.below(share) == 0 } }
      func words(_ scope: DelegationScope, _ random: inout PublicRandom) -> [Delegation] {
        some(2, &random).map { member in
          Delegation(truster: member, scope: scope, trust: random.below(6) == 0 ? .switchedOff : .inMember(random.below(count)))
        }
      }
      for id in 0..<2 {
        var unit = DelegationWorld.Unit(id: id, memberCount: count)
        unit.votingRights = (0..<count).map { _ in random.below(6) > 0 }
        unit.delegations = words(.organization, &random)
        world.units.append(unit)
      }
      for id in 0..<3 {
        var theme = DelegationWorld.Theme(id: id, unit: random.below(2))
        theme.participants = some(3, &random)
        theme.delegations = words(.theme, &random)
        world.themes.append(theme)
      }
      for id in 0..<3 {
        var voting = DelegationWorld.Voting(id: id, theme: random.below(3), initiativeIDs: Array(0..<1 + random.below(3)))
        voting.interested = some(2, &random)
        voting.supporters = voting.supporters.map { _ in voting.interested.filter { _ in random.below(2) == 0 } }
        for voter in some(2, &random) {
          voting.votes.append(voter: voter, grades: voting.initiativeIDs.map { _ in Int32(random.below(3) - 1) })
        }
        voting.delegations = words(.voting, &random)
        world.votings.append(voting)
      }
    }

    /// Whom the member trusts in a voting: the voting's own word, else its theme's, else its unit's.
    func trusted(_ member: Int, _ voting: DelegationWorld.Voting) -> Trust? {
      let theme = world.themes[voting.theme]
      for words in [voting.delegations, theme.delegations, world.units[theme.unit].delegations] {
        if let word = words.last(where: { $0.truster == member }) { return word.trust }
      }
      return nil
    }

    func mayVote(_ member: Int, _ voting: DelegationWorld.Voting) -> Bool {
      world.isActive[member] && world.units[world.themes[voting.theme].unit].votingRights[member]
    }

    /// By member: the voices that come to those who speak, each walked for so many steps as there are members.
    func weights(_ voting: DelegationWorld.Voting, speaking: [Int]) -> [Int] {
      var weights = [Int](repeating: 0, count: count)
      for member in 0..<count where mayVote(member, voting) {
        var at: Int? = member
        for _ in 0..<count {
          guard let here = at, mayVote(here, voting) else { break }
          if speaking.contains(here) {
            weights[here] += 1
            break
          }
          if case .inMember(let next)? = trusted(here, voting) { at = next } else { at = nil }
        }
      }
      return weights
    }
  }

  @Test func `a thousand votings of small organizations are counted as person by person, with and without delegation`() {
    var random = PublicRandom(seed: "organizations")
    var (decided, different, nothing) = (0, 0, 0)
    for round in 0..<334 {
      let sample = Sample(&random)
      for (number, voting) in sample.world.votings.enumerated() {
        let outcome = VotingOutcome(sample.world, voting: number)
        let participants = sample.world.themes[voting.theme].participants
        #expect(outcome.population.weights == sample.weights(voting, speaking: participants + voting.interested), "\(round)")
        let interest = sample.weights(voting, speaking: voting.interested)
        #expect(outcome.interest.weights == interest, "\(round)")
        let support = voting.supporters.map { $0.reduce(0) { $0 + interest[$1] } }
        #expect(outcome.supporterCounts == support)
        let admitted = support.indices.filter { support[$0] > 0 }
        #expect(outcome.admitted == admitted)
        guard outcome.admitted == admitted else { continue }
        guard !admitted.isEmpty else {
          #expect(outcome.state == .nothingAdmitted && outcome.decision == nil)
          nothing += 1
          continue
        }
        let weights = sample.weights(voting, speaking: voting.votes.voters)
        #expect(outcome.votes.weights == weights, "\(round)")
        let alone = weights.map { min($0, 1) }
        for (decision, weights) in [(outcome.decision, weights), (outcome.withoutDelegation, alone)] {
          #expect(decision?.weight == weights.reduce(0, +))
          for (place, option) in admitted.enumerated() {
            let grades = { (vote: Int) in voting.votes.grades[vote * voting.votes.optionCount + option] }
            let inFavour = voting.votes.voters.indices.reduce(0) { $0 + (grades($1) > 0 ? weights[voting.votes.voters[$1]] : 0) }
            let against = voting.votes.voters.indices.reduce(0) { $0 + (grades($1) < 0 ? weights[voting.votes.voters[$1]] : 0) }
            #expect(decision?.outcome.options[place].positive == inFavour && decision?.outcome.options[place].negative == against)
            #expect(decision?.outcome.winner != place || inFavour > against)
          }
        }
        decided += outcome.state == .withWinner ? 1 : 0
        different += outcome.decision?.outcome.winner != outcome.withoutDelegation?.outcome.winner ? 1 : 0
      }
    }
    #expect(decided > 150 && different > 20 && nothing > 50, "\(decided) \(different) \(nothing)")
  }
}
