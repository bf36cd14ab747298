import Testing

@testable import SocialChoice

struct CommitteeReferenceTests {
  @Test(arguments: ["pav", "sequential-pav", "sequential-phragmen", "equal-shares", "equal-shares none", "equal-shares approval"])
  func `every tied committee of hundreds of generated profiles is the one that abcvoting lists`(rule: String) throws {
    let count = try #require(CommitteeReference.rules[rule])
    for (number, profile) in try CommitteeReference.generated().enumerated() {
      let outcome = count(try profile.election())
      let expected = try #require(profile.results[rule]).sorted { $0.lexicographicallyPrecedes($1) }
      #expect(outcome.committees == expected, "profile \(number)")
      if rule == "pav" { #expect(outcome.chosen == expected[0]) }
      #expect(outcome.ties == .enumerated)
      #expect(outcome.committees.contains(outcome.chosen))
    }
  }

  @Test func `increments of the funds choose as abcvoting does, which breaks ties by the smallest number`() throws {
    for (number, profile) in try CommitteeReference.generated().enumerated() {
      let outcome = EqualShares.outcome(try profile.election(), completion: .increment)
      #expect(outcome.chosen == profile.results["equal-shares increment"]?.first, "profile \(number)")
      #expect(outcome.committees.contains(outcome.chosen))
    }
  }

  @Test func `real elections give the committees of the reference`() throws {
    let files = try CommitteeReference.realFiles()
    #expect(files.count == 3)
    for (name, file) in files {
      let election = try CommitteeReference.election(name, file)
      #expect(election.voterCount == file.ballots)
      for (rule, result) in file.rules {
        let count = try #require(CommitteeReference.otherNames[rule].flatMap { CommitteeReference.rules[$0] })
        let outcome = count(election)
        #expect(outcome.committees.map { $0.map { $0 + 1 } } == result.committees, "\(name), \(rule)")
        if let score = result.score {
          #expect(outcome.optimum?.points.description == score)
          #expect(outcome.optimum?.certificate.holds(for: election) == true)
        }
      }
    }
  }
}
