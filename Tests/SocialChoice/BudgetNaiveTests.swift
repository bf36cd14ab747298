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

  @Test func `a loser of equal shares is told what its supporters have in the end, in a thousand elections`() throws {
    var (compared, told) = (0, 0)
    for number in 0..<1_100 where compared < 1_000 {
      let satisfaction: Satisfaction = number % 2 == 0 ? .cost : .cardinality
      guard let election = BudgetCases.random("left \(number)", kind: .approval, conflicts: number % 3 == 0), election.people > 0 else { continue }
      compared += 1
      let outcome = try BudgetTally().count(election, .equalShares(satisfaction, .none))
      let worths = NaiveBudgets(election).worths(satisfaction)
      var money = [Fraction](repeating: Fraction(election.budget, worths.count), count: worths.count)
      for project in outcome.winners where election.projects[project].cost > 0 {
        let supporters = worths.indices.filter { worths[$0][project] > 0 }
        let price = try #require(NaiveBudgets.price(election.projects[project].cost, supporters.map { (money[$0], worths[$0][project]) }))
        for voter in supporters { money[voter] = max(.zero, money[voter] - price * Fraction(worths[voter][project])) }
      }
      for loss in outcome.losers {
        guard case .supportersShort(let left) = loss.reason else { continue }
        let all = worths.indices.filter { worths[$0][loss.project] > 0 }.reduce(Fraction.zero) { $0 + money[$1] }
        #expect(Fraction(left) <= all && all < Fraction(left + 1), "case \(number)")
        told += 1
      }
    }
    #expect(compared == 1_000 && told > 500, "\(compared) \(told)")
  }

  @Test func `counts left out because they are foreseen would have changed nothing`() throws {
    var (compared, counted, steps) = (0, 0, 0)
    for number in 0..<1_100 where compared < 1_000 {
      let kind: BudgetBallotKind = number % 2 == 0 ? .approval : .points
      let satisfaction: Satisfaction = number % 2 == 0 ? .cost : .points
      guard let small = BudgetCases.random("foreseen \(number)", kind: kind, voters: 12, projects: 9, conflicts: number % 3 == 0), small.people > 0
      else { continue }
      compared += 1
      var random = PublicRandom(seed: "costs \(number)")
      // What costs more takes more steps of one unit; few of the elections suffice for that.
      let unit = number % 5 == 0 ? 200 : 40
      let projects = small.projects.map { BudgetProject(id: $0.id, cost: $0.cost * unit + random.below(unit / 4)) }
      let election = try BudgetElection(projects: projects, budget: small.budget * unit, ballots: small.ballots, conflicts: small.conflicts)
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
    #expect(compared == 1_000 && counted * 2 < steps, "\(compared) \(counted) \(steps)")
  }

  @Test func `what is foreseen holds up to its very end, and not much beyond`() throws {
    var (ends, changes) = (0, 0)
    for number in 0..<1_500 where ends < 1_000 {
      let kind: BudgetBallotKind = number % 2 == 0 ? .approval : .points
      guard let election = BudgetCases.random("ends \(number)", kind: kind, voters: 12, projects: 9, conflicts: number % 3 == 0), election.people > 0
      else { continue }
      var rule = try EqualShares(election, number % 4 < 2 ? .cost : kind == .points ? .points : .cardinality, places: election.places(.lexicographic))
      let share = try #require(rule.share)
      let first = rule.count(share: share)?.winners
      let growth = rule.lookahead.growth
      guard growth > 0, growth < 1_000_000 else { continue }
      ends += 1
      let end = Rational(Int((growth * 0x1p30).rounded(.down)), 1 << 30)
      for part in [Rational(1, 3), Rational(1)] { #expect(rule.count(share: share + end * part)?.winners == first, "case \(number)") }
      if rule.count(share: share + end + Rational(1, 1 << 20))?.winners != first { changes += 1 }
    }
    #expect(ends == 1_000 && changes > 300, "\(ends) \(changes)")
  }

  @Test(arguments: Satisfaction.allCases)
  func `the certificate of maximum welfare holds, for the value of the best of all subsets, in a thousand elections`(satisfaction: Satisfaction)
    throws
  {
    let kinds = BudgetCases.rules.first { $0.rule == .maximumWelfare(satisfaction) }?.kinds ?? []
    var (compared, tied, searched) = (0, 0, 0)
    for number in 0..<1_100 where compared < 1_000 {
      // Half are larger, with costs of one and two and every ballot turned round as well: many choices are worth the same.
      let isLevel = number % 2 == 0
      let drawn = BudgetCases.random(
        "welfare \(number)", kind: kinds[number / 2 % kinds.count], voters: isLevel ? 3 : 7, projects: isLevel ? 9 : 6, costs: isLevel ? 2 : 6,
        conflicts: number % 3 == 0, mandatory: number % 7 == 0)
      guard let drawn, let election = isLevel ? BudgetCases.mirrored(drawn) : drawn else { continue }
      let certificate = try #require(try BudgetTally().count(election, .maximumWelfare(satisfaction)).certificate)
      let naive = NaiveBudgets(election)
      let worths = naive.worths(satisfaction)
      let best = naive.maximumWelfare(satisfaction)
      let chosen = best.winners.filter { !election.mandatory.contains($0) }
      #expect(certificate.value == Int128(chosen.reduce(0) { sum, project in worths.reduce(sum) { $0 + $1[project] } }), "case \(number)")
      #expect(certificate.isValid(for: election, satisfaction), "case \(number)")
      compared += 1
      tied += best.ties.isEmpty ? 0 : 1
      searched += certificate.tree.contains(.branch) ? 1 : 0
    }
    #expect(compared == 1_000 && tied > 70 && searched > 500, "\(compared) \(tied) \(searched)")
  }

  @Test func `a certificate that leaves a branch or a project out, or claims less or more, does not hold, in a thousand elections`() throws {
    var random = PublicRandom(seed: "forged welfare")
    var tampered = 0
    for number in 0..<5_000 where tampered < 1_000 {
      guard let election = BudgetCases.random("tampered \(number)", kind: .approval, conflicts: number % 3 == 0) else { continue }
      guard let honest = try BudgetTally().count(election, .maximumWelfare(.cardinality)).certificate, honest.tree.count > 2 else { continue }
      tampered += 1
      let worths = NaiveBudgets(election).worths(.cardinality)
      func forged(
        order: [Int]? = nil, best: [Int]? = nil, tree: [WelfareCertificate.Node]? = nil, multipliers: [Int32]? = nil, more: Int = 0
      ) -> WelfareCertificate {
        let best = best ?? honest.best
        // Worth what it is, so that nothing but the walk can refuse it.
        let value = more + best.reduce(0) { sum, project in worths.reduce(sum) { $0 + $1[project] } }
        return WelfareCertificate(
          order: order ?? honest.order, best: best, tree: tree ?? honest.tree, multipliers: multipliers ?? honest.multipliers, value: Int128(value),
          bound: Int128(value))
      }
      let less = Array(honest.best.dropLast())
      var forgeries = [
        forged(tree: honest.tree.dropLast()), forged(tree: honest.tree + [.end]), forged(order: honest.order.dropLast()),
        forged(order: honest.order + [honest.order[0]]), forged(best: less), forged(best: honest.best + [honest.best[0]]), forged(more: 1),
      ]
      // A lesser choice has no proof, whatever the walk and the multipliers.
      forgeries += (0...honest.order.count).map { forged(best: less, tree: [.closed], multipliers: [Int32($0)]) }
      let nodes: [WelfareCertificate.Node] = [.branch, .impossible, .closed, .end]
      for _ in 0..<10 {
        let tree = (0..<1 + random.below(9)).map { _ in nodes[random.below(4)] }
        forgeries.append(forged(best: less, tree: tree, multipliers: tree.map { _ in Int32(random.below(honest.order.count + 1)) }))
      }
      for (kind, forgery) in forgeries.enumerated() { #expect(!forgery.isValid(for: election, .cardinality), "case \(number), \(kind)") }
    }
    #expect(tampered == 1_000)
  }

  @Test func `what is worth less than nothing raises no bound in a certificate`() throws {
    var ballots = BudgetBallots(kind: .scores)
    ballots.append([0, 1], points: [10, -100])
    let projects = [BudgetProject(id: "A", cost: 5), BudgetProject(id: "N", cost: 1)]
    let election = try BudgetElection(projects: projects, budget: 6, ballots: ballots)
    let honest = try #require(try BudgetTally().count(election, .maximumWelfare(.points)).certificate)
    #expect(honest.value == 10 && honest.isValid(for: election, .points))
    let forged = WelfareCertificate(order: [0, 1], best: [], tree: [.closed], multipliers: [1], value: 0, bound: 0)
    #expect(!forged.isValid(for: election, .points))
    let padded = WelfareCertificate(
      order: honest.order, best: honest.best, tree: honest.tree, multipliers: honest.multipliers + [0], value: honest.value, bound: honest.bound)
    #expect(!padded.isValid(for: election, .points))
  }
}
