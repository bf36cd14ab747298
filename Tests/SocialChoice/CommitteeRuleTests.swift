import Testing

@testable import SocialChoice

struct CommitteeRuleTests {
  private typealias Node = ProportionalApprovalCertificate.Node

  @Test func `each rule agrees with a naive second implementation on a thousand small elections with many ties`() throws {
    var elections = SmallElections(seed: "naive committees")
    var tied = 0
    for number in 0..<1_000 {
      let (candidates, seats, ballots) = elections.next(candidates: 5, voters: 5)
      let election = try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots)
      let naive = CommitteeNaive(candidates, seats, ballots)
      let tieBreak = TieBreak.ofCase(number)
      let order = tieBreak.order(candidates)
      func compare(_ outcome: CommitteeOutcome, _ step: CommitteeNaive.Step, money: Int = 0) {
        let course = naive.course(step, naive.beginning(money: money), order)
        #expect(Set(outcome.committees) == naive.everything(step, naive.beginning(money: money)) && outcome.ties == .enumerated, "\(number)")
        #expect(outcome.chosen == course.members && outcome.tiesMet == course.ties, "\(number)")
      }
      compare(SequentialProportionalApproval.outcome(election, tieBreak: tieBreak), naive.sequentialPoints)
      compare(SequentialPhragmen.outcome(election, tieBreak: tieBreak), naive.phragmen)
      for completion in [EqualSharesCompletion.none, .phragmen, .approval] {
        compare(CommitteeEqualShares.outcome(election, completion: completion, tieBreak: tieBreak), naive.equalShares(completion), money: seats)
      }
      let (raised, expected) = (CommitteeEqualShares.outcome(election, completion: .increment, tieBreak: tieBreak), naive.incremented(order))
      #expect(Set(raised.committees) == expected.all && raised.ties == .enumerated, "\(number)")
      #expect(raised.chosen == expected.members && raised.tiesMet == expected.ties, "\(number)")
      let (best, optima) = (ProportionalApproval.outcome(election, tieBreak: tieBreak), naive.optima())
      #expect(Set(best.committees) == optima && best.ties == .enumerated, "\(number)")
      // Candidate by candidate in the tie-break's order: if one of the best committees left has it, it is in.
      let chosen = order.reduce(optima) { left, candidate in left.contains { $0.contains(candidate) } ? left.filter { $0.contains(candidate) } : left
      }
      #expect([best.chosen] == Array(chosen), "\(number)")
      let open = order.filter { candidate in optima.contains { $0.contains(candidate) } && !optima.allSatisfy { $0.contains(candidate) } }
      #expect(best.tiesMet == open.first(where: best.chosen.contains).map { [Tie(round: 1, options: open.sorted(), chosen: $0)] } ?? [], "\(number)")
      tied += optima.count > 1 ? 1 : 0
    }
    #expect(tied > 200)
  }

  @Test func `the best of a thousand small elections comes with a proof that holds, and that no longer holds when anything is claimed beyond it`()
    throws
  {
    var elections = SmallElections(seed: "certificates")
    var random = PublicRandom(seed: "forged prices")
    var (tied, asked, priced) = (0, 0, 0)
    for number in 0..<1_000 {
      // One in four is larger: all committees are counted in fractions.
      let (candidates, seats, ballots) = elections.next(candidates: number % 4 == 0 ? 7 : 5)
      let election = try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots)
      let naive = CommitteeNaive(candidates, seats, ballots)
      let outcome = ProportionalApproval.outcome(election)
      let proof = try #require(outcome.optimum?.certificate)
      #expect(outcome.optimum?.isProven == true)
      #expect(proof.holds(for: election), "\(number)")
      let optima = naive.optima()
      #expect(proof.bound == naive.points(outcome.chosen).rational && optima.contains(outcome.chosen), "\(number)")
      #expect(proof.committees.map(Set.init) == optima, "\(number)")
      let less = proof.bound - Rational(1, 60)
      func forged(tree: [Node]? = nil, prices: [[Int]]? = nil, bound: Rational? = nil, committees: [[Int]]? = nil) -> ProportionalApprovalCertificate
      {
        ProportionalApprovalCertificate(
          tree: tree ?? proof.tree, prices: prices ?? proof.prices, priceUnit: proof.priceUnit, bound: bound ?? proof.bound, committees: committees)
      }
      let other = naive.committees.filter { !optima.contains($0) }.prefix(1)
      var forgeries = [
        forged(bound: less), forged(committees: outcome.committees.dropLast()), forged(tree: proof.tree.dropLast()),
        forged(tree: proof.tree + [.single]), forged(bound: proof.bound + Rational(1, 60), committees: outcome.committees),
        // A leaf over everything, which may well show the bound, but not that nobody reaches it.
        forged(tree: [.nextMember], committees: []),
      ]
      if !other.isEmpty { forgeries.append(forged(committees: outcome.committees + other)) }
      // Whatever the prices, the same for all or not, over everything or at any leaf, nothing below the best is proven.
      for kind in 0..<6 {
        let level = random.below(5) * proof.priceUnit / 4
        let prices = (0..<3).map { _ in
          election.groups.map { _ in kind % 2 == 0 ? level : random.below(proof.priceUnit * 3 / 2) - proof.priceUnit / 4 }
        }
        let tree = proof.tree.map { node in if case .question = node { node } else { Node.priced(random.below(3)) } }
        forgeries.append(forged(tree: kind < 2 ? [.priced(0)] : tree, prices: prices, bound: less))
      }
      for (kind, forgery) in forgeries.enumerated() { #expect(!forgery.holds(for: election), "\(number), \(kind)") }
      tied += optima.count > 1 ? 1 : 0
      asked += proof.tree.count > 1 ? 1 : 0
      priced += proof.prices.isEmpty ? 0 : 1
    }
    #expect(tied > 200 && asked > 200 && priced > 50, "\(tied) \(asked) \(priced)")
  }

  @Test func `a work limit leaves a committee, a bound that holds, and the word that ties were not enumerated`() throws {
    var random = PublicRandom(seed: "hard")
    let ballots = (0..<60).map { _ in (approved: (0..<24).filter { _ in random.below(3) == 0 }, weight: 1) }
    let election = try CommitteeElection(candidateCount: 24, seats: 8, ballots: ballots)
    let stopped = ProportionalApproval.outcome(election, workLimit: 10_000)
    let full = ProportionalApproval.outcome(election)
    let (some, all) = (try #require(stopped.optimum), try #require(full.optimum))
    #expect(all.isProven && full.ties == .enumerated)
    #expect(some.points <= all.points && all.points <= some.bound)
    #expect(stopped.ties == .notEnumerated && stopped.chosen.count == 8)
    #expect(some.certificate.holds(for: election))
    #expect(all.certificate.holds(for: election))
    for rule in CommitteeReference.rules.values { #expect(rule(election).chosen.count <= 8) }
  }

  @Test func `a hundred thousand equal committees are not listed, and the tie-break's own is found all the same`() throws {
    let ballots = (0..<20).map { (approved: [$0], weight: 1) }
    let election = try CommitteeElection(candidateCount: 20, seats: 10, ballots: ballots)
    let outcome = ProportionalApproval.outcome(election, workLimit: 2_000_000)
    #expect(outcome.ties == .notEnumerated)
    #expect(outcome.chosen == Array(0..<10))
    #expect(outcome.optimum?.isProven == true)
    let seeded = TieBreak.seeded("2026").places(count: 20)
    let drawn = ProportionalApproval.outcome(election, tieBreak: .seeded("2026"), workLimit: 2_000_000)
    #expect(drawn.chosen == (0..<20).filter { seeded[$0] < 10 })
    #expect(SequentialPhragmen.outcome(election, workLimit: 100_000).ties == .notEnumerated)
  }

  @Test func `names and the order of ballots change nothing, and a weight is as good as equal ballots`() throws {
    var elections = SmallElections(seed: "symmetry")
    for _ in 0..<150 {
      let (candidates, seats, ballots) = elections.next()
      let election = try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots)
      let names = elections.random.shuffled(Array(0..<candidates))
      let shuffled = elections.random.shuffled(ballots.flatMap { ballot in Array(repeating: ballot.approved, count: ballot.weight) })
      let single = try CommitteeElection(candidateCount: candidates, seats: seats, ballots: shuffled.map { ($0, 1) })
      let renamed = try CommitteeElection(
        candidateCount: candidates, seats: seats, ballots: ballots.map { ($0.approved.map { names[$0] }, $0.weight) })
      #expect(single == election)
      for rule in CommitteeReference.rules.values {
        let outcome = rule(election)
        #expect(rule(single) == outcome)
        #expect(Set(rule(renamed).committees) == Set(outcome.committees.map { $0.map { names[$0] }.sorted() }))
      }
    }
  }
}
