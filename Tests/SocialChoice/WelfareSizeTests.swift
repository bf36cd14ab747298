import Testing

@testable import ChoiceCommands
@testable import SocialChoice

/// Maximum welfare where values pass what 64 bits hold.
struct WelfareSizeTests {
  /// Twelve projects of hundreds of trillions and tens of thousands of people: the best is worth more than 2^63.
  private static func town(_ seed: String, larger: Int = 1) throws -> BudgetElection {
    var random = PublicRandom(seed: seed)
    let projects = (0..<12).map { BudgetProject(id: "p\($0)", cost: (1 << 45) + random.below(1 << 50)) }
    var ballots = BudgetBallots(kind: .approval)
    for _ in 0..<20 {
      let named = random.shuffled((0..<12).map { Int32($0) }).prefix(4)
      ballots.append(named, weight: larger * (1 + random.below(9_000)))
    }
    return try BudgetElection(projects: projects, budget: 3 << 50, ballots: ballots)
  }

  /// The values of all sets that the budget can pay.
  private static func best(_ election: BudgetElection) -> Int128 {
    var people = [Int128](repeating: 0, count: election.projects.count)
    for ballot in 0..<election.ballots.count {
      for place in election.ballots.range(ballot) { people[Int(election.ballots.choices[place])] += Int128(election.ballots.weights[ballot]) }
    }
    let values = (0..<(1 << people.count)).map { set -> Int128 in
      let chosen = people.indices.filter { set >> $0 & 1 == 1 }
      return election.cost(of: chosen) <= election.budget ? chosen.reduce(0) { $0 + people[$1] * Int128(election.projects[$1].cost) } : 0
    }
    return values.max() ?? 0
  }

  @Test func `what is called best is best, and what is found is never called worth more or less, above 64 bits`() throws {
    var unproven = 0
    for number in 0..<30 {
      let election = try Self.town("large \(number)")
      let best = Self.best(election)
      #expect(best > Int128(Int.max))
      let found = try #require(try BudgetTally().count(election, .maximumWelfare(.cost)).certificate)
      #expect(found.isOptimal && found.value == best && found.isValid(for: election, .cost), "\(number)")
      let hasty = try BudgetTally(workLimit: 1).count(election, .maximumWelfare(.cost))
      let claim = try #require(hasty.certificate)
      #expect(claim.value <= best && claim.bound >= best && claim.isOptimal == (claim.value == claim.bound), "\(number)")
      #expect(hasty.trace.last?.step == .optimum(value: claim.value))
      for loss in hasty.losers {
        if case .belowOptimum(let optimum, let atMost) = loss.reason { #expect(optimum == claim.value && atMost > 0) }
      }
      if claim.value < best { #expect(!claim.isOptimal && !claim.isValid(for: election, .cost), "\(number)") }
      unproven += claim.value < best ? 1 : 0
    }
    #expect(unproven > 10, "\(unproven)")
  }

  @Test func `what would not be exact is refused, and no certificate of it holds`() throws {
    let election = try Self.town("too large", larger: 1 << 20)
    #expect(throws: BudgetFault.tooLarge) { try BudgetTally().count(election, .maximumWelfare(.cost)) }
    let claim = WelfareCertificate(order: Array(0..<12), best: [], tree: [.closed], multipliers: [12], value: 0, bound: 0)
    #expect(!claim.isValid(for: election, .cost))
  }

  @Test func `large values are written to the last digit`() {
    #expect(Figures.decimal(Int128(1) << 70, unit: 1) == "1180591620717411303424")
    #expect(Figures.decimal((Int128(1) << 70) + 1, unit: 100) == "11805916207174113034.25")
    #expect(Figures.decimal(Int128(-5), unit: 100) == "-0.05")
    #expect(Figures.decimal(Int128(300), unit: 100) == "3")
  }
}
