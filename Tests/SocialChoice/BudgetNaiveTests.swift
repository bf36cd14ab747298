import Testing

@testable import SocialChoice

/// A thousand small elections each, against the definitions written plainly.
struct BudgetNaiveTests {
  private static let tieBreaks: [TieBreak] = [.lexicographic, .cheapest, .seeded("108")]

  @Test(arguments: BudgetCases.rules.indices) func `each rule takes the same, in the same order, and tells the same ties`(place: Int) throws {
    let (rule, kinds) = BudgetCases.rules[place]
    var (ties, compared) = (0, 0)
    for number in 0..<1_100 where compared < 1_000 {
      let (kind, tieBreak) = (kinds[number % kinds.count], Self.tieBreaks[number % 3])
      let (conflicts, mandatory) = (number % 4 == 0, number % 5 == 0)
      guard let election = BudgetCases.random("\(rule) \(number)", kind: kind, conflicts: conflicts, mandatory: mandatory) else { continue }
      let expected = NaiveBudgets(election, tieBreak).count(rule)
      let outcome = try BudgetTally(tieBreak: tieBreak).count(election, rule)
      if case .maximumWelfare = rule {
        #expect(Set(outcome.winners) == Set(expected.winners) && outcome.tiesEnumerated, "case \(number)")
      } else {
        #expect(outcome.winners == expected.winners, "case \(number)")
      }
      #expect(outcome.ties == expected.ties, "case \(number)")
      ties += outcome.ties.count
      compared += 1
    }
    #expect(compared == 1_000)
    #expect(ties > 20)
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

  @Test(arguments: Satisfaction.allCases) func `the certificate of maximum welfare holds, for the value of the best of all subsets`(
    satisfaction: Satisfaction
  ) throws {
    let kinds = BudgetCases.rules.first { $0.rule == .maximumWelfare(satisfaction) }?.kinds ?? []
    for number in 0..<400 {
      guard let election = BudgetCases.random("welfare \(number)", kind: kinds[number % kinds.count], conflicts: number % 3 == 0) else { continue }
      let certificate = try #require(try BudgetTally().count(election, .maximumWelfare(satisfaction)).certificate)
      let naive = NaiveBudgets(election)
      let worths = naive.worths(satisfaction)
      let best = naive.maximumWelfare(satisfaction).winners
      #expect(certificate.value == best.reduce(0) { sum, project in worths.reduce(sum) { $0 + $1[project] } }, "case \(number)")
      #expect(certificate.isValid(for: election, satisfaction), "case \(number)")
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
