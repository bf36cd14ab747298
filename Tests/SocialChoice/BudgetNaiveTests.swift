import Testing

@testable import SocialChoice

/// A thousand small elections each, against the definitions written plainly.
struct BudgetNaiveTests {
  private func compare(_ rule: BudgetRule, kinds: [(BudgetBallotKind)], conflicts: Bool = false, _ naive: (NaiveBudgets) -> [Int]) throws {
    var (ties, compared) = (0, 0)
    for number in 0..<1_000 {
      let kind = kinds[number % kinds.count]
      guard let election = BudgetCases.random("\(rule.name) \(number)", kind: kind, conflicts: conflicts) else { continue }
      let outcome = try BudgetTally().count(election, rule)
      #expect(outcome.winners == naive(NaiveBudgets(election)), "case \(number)")
      ties += outcome.ties.count
      compared += 1
    }
    #expect(compared > 950)
    #expect(ties > 20)
  }

  @Test func `greedy takes the same, in the same order`() throws {
    try compare(.greedy(.cardinality, .valuePerCost), kinds: [.approval, .ranking]) { $0.greedy(.cardinality) }
    try compare(.greedy(.points, .valuePerCost), kinds: [.points, .scores]) { $0.greedy(.points) }
    try compare(.greedy(.borda, .valuePerCost), kinds: [.ranking], conflicts: true) { $0.greedy(.borda) }
  }

  @Test func `equal shares buys the same, in the same order`() throws {
    try compare(.equalShares(.cardinality, .none), kinds: [.approval, .ranking]) { $0.equalShares(.cardinality) }
    try compare(.equalShares(.points, .none), kinds: [.points, .scores]) { $0.equalShares(.points) }
    try compare(.equalShares(.borda, .none), kinds: [.ranking], conflicts: true) { $0.equalShares(.borda) }
    try compare(.equalShares(.cost, .none), kinds: [.approval]) { $0.equalShares(.cost) }
  }

  @Test func `equal shares with more money ends at the same`() throws {
    try compare(.equalShares(.cost, .addOne), kinds: [.approval, .scores]) { $0.addOne(.cost) }
    try compare(.equalShares(.points, .addOne), kinds: [.points]) { $0.addOne(.points) }
    try compare(.equalShares(.cardinality, .addOneGreedy), kinds: [.approval], conflicts: true) { naive in
      naive.greedy(.cardinality, from: naive.addOne(.cardinality))
    }
  }

  @Test func `counts left out because they are foreseen would have changed nothing`() throws {
    var (counted, steps) = (0, 0)
    for number in 0..<400 {
      let kind: BudgetBallotKind = number % 2 == 0 ? .approval : .points
      let satisfaction: Satisfaction = number % 2 == 0 ? .cost : .points
      guard let small = BudgetCases.random("foreseen \(number)", kind: kind, voters: 12, projects: 9, conflicts: number % 3 == 0), small.people > 0
      else { continue }
      var random = PublicRandom(seed: "costs \(number)")
      let projects = small.projects.map { BudgetProject(id: $0.id, cost: $0.cost * 200 + random.below(50)) }
      let election = try BudgetElection(projects: projects, budget: small.budget * 200, ballots: small.ballots, conflicts: small.conflicts)
      let outcome = try BudgetTally().count(election, .equalShares(satisfaction, .addOne))
      var rule = try EqualShares(election, satisfaction, places: election.places(.lexicographic))
      let share = try #require(rule.share)
      var previous = rule.beginning.winners
      for added in 0... {
        steps += 1
        guard let result = rule.count(share: share + Rational(added)) else { break }
        previous = result.winners
        if result.isExhaustive(among: rule.buyable) { break }
      }
      counted += outcome.raised?.runs ?? 0
      #expect(outcome.winners == previous, "case \(number)")
    }
    #expect(counted * 2 < steps)
  }

  @Test func `Phragmen's rule loads the same`() throws {
    try compare(.phragmen, kinds: [.approval, .ranking]) { $0.phragmen() }
  }

  @Test func `bounded overspending always takes a lowest offer`() throws {
    for number in 0..<1_000 {
      let kind: BudgetBallotKind = number % 2 == 0 ? .approval : .points
      let satisfaction: Satisfaction = number % 2 == 0 ? .cardinality : .points
      guard let election = BudgetCases.random("overspending \(number)", kind: kind, conflicts: number % 3 == 0) else { continue }
      let outcome = try BudgetTally().count(election, .boundedOverspending(satisfaction))
      #expect(NaiveBudgets(election).overspendingFaults(satisfaction, outcome.winners).isEmpty, "case \(number)")
    }
  }

  @Test func `maximum welfare is as great as the best of all subsets, and its certificate holds`() throws {
    for number in 0..<1_000 {
      let kind: BudgetBallotKind = number % 2 == 0 ? .approval : .points
      let satisfaction: Satisfaction = number % 2 == 0 ? .cost : .points
      guard let election = BudgetCases.random("welfare \(number)", kind: kind, conflicts: number % 3 == 0) else { continue }
      let outcome = try BudgetTally().count(election, .maximumWelfare(satisfaction))
      let certificate = try #require(outcome.certificate)
      #expect(certificate.value == NaiveBudgets(election).bestWelfare(satisfaction), "case \(number)")
      #expect(certificate.isValid(for: election, satisfaction), "case \(number)")
      #expect(outcome.cost <= election.budget)
      #expect(outcome.tiesEnumerated)
    }
  }

  @Test func `a certificate that leaves a branch out, or claims less, does not hold`() throws {
    var (tampered, refused) = (0, 0)
    for number in 0..<200 {
      guard let election = BudgetCases.random("tampered \(number)", kind: .approval) else { continue }
      guard let certificate = try BudgetTally().count(election, .maximumWelfare(.cardinality)).certificate, certificate.tree.count > 2 else {
        continue
      }
      let cut = WelfareCertificate(
        order: certificate.order, best: certificate.best, tree: certificate.tree.dropLast(), multipliers: certificate.multipliers,
        value: certificate.value,
        bound: certificate.bound)
      let less = WelfareCertificate(
        order: certificate.order, best: certificate.best.dropLast(), tree: certificate.tree, multipliers: certificate.multipliers,
        value: certificate.value - 1, bound: certificate.value - 1)
      tampered += 2
      for certificate in [cut, less] where !certificate.isValid(for: election, .cardinality) { refused += 1 }
    }
    #expect(tampered > 100)
    #expect(refused == tampered)
  }
}
