import Testing

@testable import SocialChoice

struct GradeTests {
  @Test func `majority judgment is what sorted lists of grades give, by gauge and by value`() throws {
    for number in 0..<1_000 {
      var random = PublicRandom(seed: "grades \(number)")
      let (candidates, grades, voters) = (1 + random.below(5), 2 + random.below(4), 1 + random.below(9))
      // In every third case some voters give some candidates no grade.
      let given = (0..<candidates).map { _ in number % 3 == 0 ? 1 + random.below(4) : voters }
      let lists = given.map { given in (0..<given).map { _ in random.below(grades) } }
      let profile = try GradeProfile(gradeCount: grades, counts: lists.map { list in (0..<grades).map { grade in list.count { $0 == grade } } })
      let tieBreak = TieBreak.ofCase(number)
      let outcome = profile.majorityJudgment(tieBreak: tieBreak)
      // Shares are compared where all have as many grades: 24 can be had of one to four.
      let equal = zip(lists, given).map { list, given in number % 3 == 0 ? list.flatMap { Array(repeating: $0, count: 24 / given) } : list }
      let ranking = levels(equal.map(JudgmentNaive.gauge))
      #expect(outcome.ranking == ranking && outcome.winners == ranking[0], "case \(number)")
      #expect(profile.rankingByMajorityValue() == levels(equal.map(JudgmentNaive.value)), "case \(number)")
      let best = profile.rankingByMajorityValue().map { $0.filter { ranking[0].contains($0) } }.first { !$0.isEmpty } ?? []
      let chosen = tieBreak.order(candidates).first { best.contains($0) } ?? 0
      #expect(outcome.chosen == [chosen])
      #expect(outcome.ties == (ranking[0].count > 1 ? [Tie(round: 1, options: ranking[0], chosen: chosen)] : []), "case \(number)")
    }
  }

  private func levels(_ keys: [[Int]]) -> [[Int]] {
    Set(keys.map(\.description)).map { key in keys.indices.filter { keys[$0].description == key } }
      .sorted { keys[$0[0]].lexicographicallyPrecedes(keys[$1[0]]) }
  }

  @Test func `with shares instead of counts the result stays`() throws {
    let profile = try GradeProfile(gradeCount: 3, counts: [[2, 1, 2], [1, 3, 1]])
    let doubled = try GradeProfile(gradeCount: 3, counts: [[4, 2, 4], [1, 3, 1]])
    #expect(profile.rankingByMajorityValue() == doubled.rankingByMajorityValue())
    #expect(profile.majorityJudgment(tieBreak: .lexicographic).ranking == doubled.majorityJudgment(tieBreak: .lexicographic).ranking)
  }

  @Test func `someone without grades comes last`() throws {
    let profile = try GradeProfile(gradeCount: 2, counts: [[0, 0], [0, 3], [1, 0]])
    #expect(profile.majorityJudgment(tieBreak: .lexicographic).chosen == [2])
    #expect(profile.rankingByMajorityValue() == [[2], [1], [0]])
  }

  @Test func `quadratic votes cost their square, and who overspends is named`() throws {
    var profile = try PointProfile(candidateCount: 2)
    #expect(try profile.append(points: [9, -4], weight: 2))
    #expect(try profile.append(points: [-8, 6]))
    #expect(try profile.append(points: [-10, 1]))
    #expect(try profile.append(points: [2_000_000_000, 2_000_000_000]))
    #expect(try !profile.append(points: [.min, 0]))
    let outcome = profile.quadratic(credits: 100, tieBreak: .lexicographic)
    let count = try #require({ if case .credits(let count) = outcome.trace { count } else { nil } }() as QuadraticCount?)
    #expect(count.votes == [10, -2] && count.countedBallots == 3 && outcome.chosen == [0])
    #expect(count.overspent.map(\.ballot) == [2, 3] && count.overspent.first?.spent == 101)
  }

  @Test func `a threshold says how many are needed`() throws {
    #expect(Threshold.majority.needed(of: 10) == 6 && Threshold.majority.needed(of: 11) == 6 && Threshold.majority.needed(of: 0) == 1)
    let quarter = try #require(Threshold(1, of: 4, mustExceed: false))
    #expect(quarter.needed(of: 10) == 3 && quarter.needed(of: 8) == 2)
    #expect(Threshold(3, of: 2, mustExceed: true) == nil && Threshold(1, of: 0, mustExceed: true) == nil)
    for whole in 0..<60 {
      for (numerator, denominator) in [(1, 2), (2, 3), (3, 5), (0, 1), (1, 1)] {
        for strict in [false, true] {
          let threshold = try #require(Threshold(numerator, of: denominator, mustExceed: strict))
          for count in 0...whole {
            let enough = strict ? count * denominator > whole * numerator : count * denominator >= whole * numerator
            #expect(threshold.verdict(count, of: whole).isReached == enough)
          }
        }
      }
    }
    #expect(Quorum.people(5).verdict(participants: 5).isReached && !Quorum.part(quarter, electorate: 41).verdict(participants: 10).isReached)
    let ofAll = MajorityRule(threshold: .majority, basis: .voters)
    #expect(!ofAll.verdict(support: 5, opposition: 1, voters: 10, electorate: 100).isReached)
    #expect(MajorityRule(threshold: .majority, basis: .decided).verdict(support: 5, opposition: 1, voters: 10, electorate: 100).isReached)
  }

  @Test func `faulty ballots are refused and leave the profile as it was`() throws {
    var profile = try RankedProfile(candidateCount: 3)
    #expect(throws: ProfileFault.repeatedCandidate(1)) { try profile.append([[1], [0, 1]]) }
    #expect(throws: ProfileFault.unknownCandidate(3)) { try profile.append(order: [0, 3]) }
    #expect(throws: ProfileFault.negativeWeight(-1)) { try profile.append([[1]], weight: -1) }
    #expect(throws: ProfileFault.tooManyBallots) { try profile.append([[1]], weight: .max) }
    try profile.append([[2], [], [0]], weight: ProfileFault.largestTotal)
    #expect(throws: ProfileFault.tooManyBallots) { try profile.append([[1]]) }
    #expect(profile.ballotCount == 1 && profile.levels(of: 0) == [[2], [0]])
    // The largest electorate does not overflow.
    for rule in NamedRule.all { #expect(rule.winners(profile).contains(2), "\(rule.name)") }
  }
}
