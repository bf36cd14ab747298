import Testing

@testable import SocialChoice

struct ReallocationSecondTests {
  @Test func `medians, means and markets under floors, ceilings and steps agree with a count voice by voice, on a thousand small budgets`() throws {
    var random = PublicRandom(seed: "second reallocation")
    var (looked, held, stepped, tied) = (0, 0, 0, 0)
    while looked < 1_000 {
      guard let small = SmallReallocation(&random, largest: 6) else { continue }
      looked += 1
      let second = small.second
      for rule in ReallocationRule.allCases {
        let outcome = try small.outcome(rule, .ofCase(looked))
        let wishes = second.wishes(rule)
        let ideal = second.ideal(wishes)
        #expect(outcome.lines.map(\.wish) == wishes.map(\.rational), "\(looked), \(rule): \(small)")
        #expect(outcome.lines.map(\.ideal) == ideal.map(\.rational), "\(looked), \(rule): \(small)")
        let nearest = second.nearest(ideal)
        #expect(nearest.contains(outcome.amounts), "\(looked), \(rule): \(outcome.amounts), \(nearest)")
        #expect(outcome.ties.isEmpty == (nearest.count == 1), "\(looked), \(rule)")
        held += outcome.lines.contains(where: \.isHeldAtCeiling) ? 1 : 0
        stepped += small.budget.step > 1 ? 1 : 0
        tied += nearest.count > 1 ? 1 : 0
      }
      let outcome = try small.outcome(.median)
      for (line, result) in outcome.lines.enumerated() {
        let amounts = second.voices.map { $0[line] }
        let today = small.budget.lines[line].amount
        #expect(result.wantedMore == amounts.count { $0 > today } && result.wantedLess == amounts.count { $0 < today })
        #expect(result.wantedSame == amounts.count { $0 == today })
        #expect(result.medianChange == (second.median(line) - Fraction(today)).rational)
        #expect(result.meanChange == (second.mean(line) - Fraction(today)).rational)
        let distances = amounts.reduce(0) { $0 + abs($1 - outcome.amounts[line]) }
        #expect(result.meanDistance == Rational(distances, amounts.count))
        #expect(result.near == amounts.count { abs($0 - outcome.amounts[line]) * 10 <= outcome.amounts[line] })
      }
    }
    #expect(held > 250 && stepped > 1_000 && tied > 300, "\(held) \(stepped) \(tied)")
  }

  @Test func `the order of proposals, names of lines and repeating instead of weighing change nothing, under all bounds`() throws {
    var random = PublicRandom(seed: "symmetry under bounds")
    for _ in 0..<300 {
      guard var small = SmallReallocation(&random) else { continue }
      let names = random.shuffled(Array(small.budget.lines.indices))
      let renamed = try ReallocationBudget(lines: names.map { small.budget.lines[$0] }, step: small.budget.step)
      let moved = small.proposals.map { proposal in
        ReallocationProposal(changes: names.map { proposal.changes[$0] }, weight: proposal.weight)
      }
      let outcomes = try ReallocationRule.allCases.map { try small.outcome($0) }
      small.proposals = random.shuffled(
        small.proposals.flatMap { Array(repeating: ReallocationProposal(changes: $0.changes), count: $0.weight) })
      for (rule, outcome) in zip(ReallocationRule.allCases, outcomes) {
        #expect(try small.outcome(rule) == outcome)
        let other = try Reallocation.outcome(renamed, moved, rule: rule)
        #expect(other.lines.map(\.ideal) == names.map { outcome.lines[$0].ideal })
        #expect(other.ties.isEmpty == outcome.ties.isEmpty)
        if outcome.ties.isEmpty { #expect(other.amounts == names.map { outcome.amounts[$0] }) }
      }
    }
  }

  @Test func `where a result is called truthful no lie of one voice gains, whatever the floors and the weights of the others`() throws {
    var random = PublicRandom(seed: "truthful")
    var lies = 0
    for _ in 0..<1_000 {
      guard var small = SmallReallocation(&random, lines: 3, largest: 5, steps: false), small.second.money <= 6 else { continue }
      let wish = small.proposals[0].changes
      small.proposals[0] = ReallocationProposal(changes: wish)
      let honest = try small.outcome(.independentMarkets)
      guard honest.truthfulness == .truthful else { continue }
      for lie in Self.divisions(small.budget) {
        small.proposals[0] = ReallocationProposal(changes: lie)
        let told = try small.outcome(.independentMarkets)
        guard told.truthfulness == .truthful else { continue }
        #expect(Self.distance(told, wish) >= Self.distance(honest, wish), "\(small)")
        lies += 1
      }
    }
    #expect(lies > 800, "\(lies)")
  }

  static func divisions(_ budget: ReallocationBudget) -> [[Int]] {
    let money = budget.lines.reduce(0) { $0 + $1.amount - $1.floor }
    return ReallocationNaive.divisions(money, budget.lines.count).map { zip($0, budget.lines).map { $0 + $1.floor - $1.amount } }
  }

  /// From the ideal amounts, before they are rounded, to a wish.
  static func distance(_ outcome: ReallocationOutcome, _ wish: [Int]) -> Rational {
    let amounts = zip(outcome.changes, outcome.amounts).map { $1 - $0 }
    return ReallocationNaive.distance(outcome.lines.map(\.ideal), zip(wish, amounts).map { $0 + $1 })
  }
}
