import Testing

@testable import SocialChoice

struct CommitteeAxiomTests {
  @Test func `groups that agree are represented: strongly by proportional approval and equal shares, as a group by Phragmén`() throws {
    var elections = SmallElections(seed: "representation")
    var weak = 0
    for number in 0..<1_000 {
      let (candidates, seats, ballots) = elections.next(voters: 9)
      let election = try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots)
      let naive = CommitteeNaive(candidates, seats, ballots)
      for committee in ProportionalApproval.outcome(election).committees {
        #expect(!naive.violatesExtendedJustifiedRepresentation(committee), "\(number)")
      }
      for completion in EqualSharesCompletion.allCases {
        let chosen = CommitteeEqualShares.outcome(election, completion: completion).chosen
        // More money than the seats cost may change who is bought first: the axiom is claimed for the seats' own money.
        if completion != .increment { #expect(!naive.violatesExtendedJustifiedRepresentation(chosen), "\(number), \(completion)") }
      }
      for committee in SequentialPhragmen.outcome(election).committees {
        #expect(!naive.violatesProportionalJustifiedRepresentation(committee), "\(number)")
      }
      weak += naive.committees.contains(where: naive.violatesExtendedJustifiedRepresentation) ? 1 : 0
    }
    #expect(weak > 25)
  }

  @Test func `where parties split further, equal shares and Phragmén follow the split and proportional approval does not`() throws {
    // Peters and Skowron 2020: three voters share three candidates and have one more each; three others have three each. Twelve seats.
    let ballots = [[0, 1, 2, 3], [0, 1, 2, 4], [0, 1, 2, 5], [6, 7, 8], [9, 10, 11], [12, 13, 14]].map { (approved: $0, weight: 1) }
    let election = try CommitteeElection(candidateCount: 15, seats: 12, ballots: ballots)
    #expect(ProportionalApproval.outcome(election).committees == [[0, 1, 2] + Array(6..<15)])
    for outcome in [SequentialPhragmen.outcome(election), CommitteeEqualShares.outcome(election)] {
      #expect(outcome.ties == .enumerated)
      #expect(outcome.committees.count == 27)
      #expect(outcome.inEveryCommittee == Array(0..<6))
    }
  }

  @Test func `parties get the seats of d'Hondt from both rules of points and from Phragmén`() throws {
    // 53, 24 and 23 voters, ten seats: quotients give 6, 2, 2.
    let ballots = [(approved: Array(0..<10), weight: 53), (approved: Array(10..<20), weight: 24), (approved: Array(20..<30), weight: 23)]
    let election = try CommitteeElection(candidateCount: 30, seats: 10, ballots: ballots)
    for outcome in [SequentialProportionalApproval.outcome(election, workLimit: 0), SequentialPhragmen.outcome(election, workLimit: 0)] {
      #expect(outcome.chosen == Array(0..<6) + [10, 11, 20, 21])
      #expect(outcome.ties == .notEnumerated)
    }
    #expect(ProportionalApproval.outcome(election, workLimit: 3_000_000).chosen == Array(0..<6) + [10, 11, 20, 21])
  }

  @Test func `those who lose are told a reason that is true`() throws {
    var elections = SmallElections(seed: "reasons")
    for _ in 0..<1_000 {
      let (candidates, seats, ballots) = elections.next()
      let election = try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots)
      let naive = CommitteeNaive(candidates, seats, ballots)
      for (name, rule) in CommitteeReference.rules {
        let outcome = rule(election)
        #expect(outcome.losers.map(\.candidate) == (0..<candidates).filter { !outcome.chosen.contains($0) })
        for loser in outcome.losers {
          switch loser.reason {
          case .approvedByNobody: #expect(!naive.voters.contains { $0.contains(loser.candidate) })
          case .notAffordable(let left): #expect(left < .one && name.hasPrefix("equal"))
          case .exchangeLoses(let member, let points):
            let exchanged = outcome.chosen.filter { $0 != member } + [loser.candidate]
            #expect((naive.points(outcome.chosen) - naive.points(exchanged)).rational == points && !points.isNegative)
          case .behind(let stage, let own, let elected, let value):
            #expect(elected == outcome.rounds.last?.elected && value == outcome.rounds.last?.value)
            #expect(stage == .points || stage == .approvals ? own <= value : own >= value)
          }
        }
      }
    }
  }

  @Test func `an election that cannot be counted is refused with its reason`() {
    #expect(throws: CommitteeFault.seats(3, candidates: 2)) { try CommitteeElection(candidateCount: 2, seats: 3, ballots: []) }
    #expect(throws: CommitteeFault.seats(0, candidates: 2)) { try CommitteeElection(candidateCount: 2, seats: 0, ballots: []) }
    #expect(throws: CommitteeFault.unknownCandidate(2, ballot: 0)) { try CommitteeElection(candidateCount: 2, seats: 1, ballots: [([2], 1)]) }
    #expect(throws: CommitteeFault.weight(0, ballot: 1)) { try CommitteeElection(candidateCount: 2, seats: 1, ballots: [([0], 1), ([1], 0)]) }
    #expect(throws: CommitteeFault.tooLarge) { try CommitteeElection(candidateCount: 2, seats: 1, ballots: [([0], .max)]) }
  }

  @Test func `seats are filled even when nobody voted`() throws {
    let election = try CommitteeElection(candidateCount: 4, seats: 2, ballots: [])
    for (name, rule) in CommitteeReference.rules {
      #expect(rule(election).chosen == (name == "equal-shares none" ? [] : [0, 1]), "\(name)")
    }
  }

  @Test func `one more approval never unseats a member of the best committee`() throws {
    var elections = SmallElections(seed: "more approvals")
    for _ in 0..<1_000 {
      let (candidates, seats, ballots) = elections.next()
      let outcome = ProportionalApproval.outcome(try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots))
      let (member, place) = (outcome.chosen[0], elections.random.below(ballots.count))
      guard !ballots[place].approved.contains(member) else { continue }
      var more = ballots
      more[place].approved.append(member)
      let after = ProportionalApproval.outcome(try CommitteeElection(candidateCount: candidates, seats: seats, ballots: more))
      #expect(after.inEveryCommittee.contains(member))
    }
  }

  @Test func `with a seat more the members stay under the rules that go seat by seat, and the best committee may lose them: a failure that is known`()
    throws
  {
    // Ten voters: the first candidate pleases six of them, the two others together all ten.
    let known = [(approved: [0, 1], weight: 3), (approved: [0, 2], weight: 3), (approved: [1], weight: 2), (approved: [2], weight: 2)]
    #expect(ProportionalApproval.outcome(try CommitteeElection(candidateCount: 3, seats: 1, ballots: known)).committees == [[0]])
    #expect(ProportionalApproval.outcome(try CommitteeElection(candidateCount: 3, seats: 2, ballots: known)).committees == [[1, 2]])
    var elections = SmallElections(seed: "a seat more")
    for _ in 0..<1_000 {
      let (candidates, seats, ballots) = elections.next()
      guard seats < candidates else { continue }
      let few = try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots)
      let more = try CommitteeElection(candidateCount: candidates, seats: seats + 1, ballots: ballots)
      #expect(Set(SequentialPhragmen.outcome(more).chosen).isSuperset(of: SequentialPhragmen.outcome(few).chosen))
      #expect(Set(SequentialProportionalApproval.outcome(more).chosen).isSuperset(of: SequentialProportionalApproval.outcome(few).chosen))
    }
  }

  @Test func `one more approval never unseats whoever was elected however ties were broken, under the rules that go seat by seat`() throws {
    var elections = SmallElections(seed: "approvals seat by seat")
    var looked = 0
    for number in 0..<1_000 {
      let (candidates, seats, ballots) = elections.next(candidates: 5, voters: 5)
      let place = elections.random.below(ballots.count)
      for (name, rule) in CommitteeReference.rules {
        let before = rule(try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots))
        guard let member = before.inEveryCommittee.first(where: { !ballots[place].approved.contains($0) }) else { continue }
        var more = ballots
        more[place].approved.append(member)
        let after = rule(try CommitteeElection(candidateCount: candidates, seats: seats, ballots: more))
        #expect(after.chosen.contains(member), "\(name), \(number): \(ballots)")
        looked += 1
      }
    }
    #expect(looked > 300, "\(looked)")
  }
}
