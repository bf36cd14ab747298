import Testing

@testable import SocialChoice

struct BudgetIndicatorTests {
  /// A small election whose projects have themes and districts.
  private static func sample(_ random: inout PublicRandom) throws -> (election: BudgetElection, winners: [Int]) {
    let kind = BudgetBallotKind.allCases[random.below(4)]
    let count = 1 + random.below(6)
    let projects = (0..<count).map { number in
      BudgetProject(
        id: "\(number)", cost: random.below(8), categories: ["green", "sport", "art"].filter { _ in random.below(3) == 0 },
        district: [nil, "north", "south"][random.below(3)])
    }
    var ballots = BudgetBallots(kind: kind)
    for _ in 0..<random.below(7) {
      let named = random.shuffled((0..<count).map { Int32($0) }).prefix(random.below(count + 1))
      ballots.append(named, points: named.map { _ in random.below(4) - 1 }, weight: 1 + random.below(3))
    }
    let winners = random.shuffled(Array(0..<count)).filter { _ in random.below(2) == 0 }
    return (try BudgetElection(projects: projects, budget: 100, ballots: ballots), winners)
  }

  @Test func `the indicators of a thousand small outcomes are what asking each person gives`() throws {
    var random = PublicRandom(seed: "indicators")
    var (excluded, empty) = (0, 0)
    for number in 0..<1_000 {
      let (election, winners) = try Self.sample(&random)
      let found = BudgetIndicators(election, winners: winners)
      var people: [Set<Int>] = []
      for ballot in 0..<election.ballots.count {
        let places = election.ballots.range(ballot).filter { !election.ballots.hasPoints || election.ballots.points[$0] > 0 }
        people += Array(repeating: Set(places.map { Int(election.ballots.choices[$0]) }), count: election.ballots.weights[ballot])
      }
      #expect(found.people == people.count)
      #expect(found.excluded == people.count { $0.isDisjoint(with: winners) }, "\(number)")
      for (funded, satisfied) in found.satisfied.enumerated() { #expect(satisfied == people.count { $0.intersection(winners).count == funded }) }
      #expect(found.satisfied.reduce(0, +) == people.count)
      #expect(abs(found.exclusionRatio - (people.isEmpty ? 0 : Double(found.excluded) / Double(people.count))) < 1e-15)
      let mentions = people.reduce(0) { $0 + $1.intersection(winners).count }
      #expect(abs(found.meanSatisfied * Double(max(people.count, 1)) - Double(mentions)) < 1e-9)
      func cost(_ projects: some Sequence<Int>) -> Int { projects.reduce(0) { $0 + election.projects[$1].cost } }
      #expect(found.spentForPeople == Int128(people.reduce(0) { $0 + cost($1.intersection(winners)) }))
      #expect(found.efforts.map(\.project) == winners)
      for effort in found.efforts { #expect(effort.supporters == people.count { $0.contains(effort.project) }) }
      func check(_ parts: [BudgetIndicators.Part], _ names: (BudgetProject) -> [String]) {
        let all = election.projects.flatMap(names)
        #expect(parts.map(\.name) == all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
        for part in parts {
          let members = election.projects.indices.filter { names(election.projects[$0]).contains(part.name) }
          #expect(part.projects == members.count && part.funded == members.count(where: winners.contains))
          #expect(part.asked == cost(members) && part.spent == cost(members.filter(winners.contains)))
          #expect(part.mentions == people.reduce(0) { $0 + $1.intersection(members).count })
        }
      }
      check(found.themes) { $0.categories }
      check(found.districts) { $0.district.map { [$0] } ?? [] }
      excluded += found.excluded > 0 ? 1 : 0
      empty += people.isEmpty ? 1 : 0
    }
    #expect(excluded > 500 && empty > 100)
  }

  @Test func `one project funded more excludes nobody, and repeating ballots or shuffling them changes no figure`() throws {
    var random = PublicRandom(seed: "one project more")
    for number in 0..<1_000 {
      let (election, winners) = try Self.sample(&random)
      let found = BudgetIndicators(election, winners: winners)
      var ballots = BudgetBallots(kind: election.ballots.kind)
      for ballot in random.shuffled(Array(0..<election.ballots.count)) {
        let range = election.ballots.range(ballot)
        for _ in 0..<election.ballots.weights[ballot] {
          ballots.append(election.ballots.choices[range], points: election.ballots.hasPoints ? Array(election.ballots.points[range]) : [])
        }
      }
      let single = try BudgetElection(projects: election.projects, budget: 100, ballots: ballots)
      #expect(BudgetIndicators(single, winners: winners) == found, "\(number)")
      guard let more = election.projects.indices.first(where: { !winners.contains($0) }) else { continue }
      let after = BudgetIndicators(election, winners: winners + [more])
      #expect(after.excluded <= found.excluded && after.meanSatisfied >= found.meanSatisfied && after.spentForPeople >= found.spentForPeople)
    }
  }
}
