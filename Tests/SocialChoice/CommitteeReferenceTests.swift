import ChoiceFiles
import Testing

@testable import ChoiceCommands
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
      let outcome = CommitteeEqualShares.outcome(try profile.election(), completion: .increment)
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

  @Test func `the command's rules read the files and give everyone who sits in a tied committee`() throws {
    for (name, file) in try CommitteeReference.realFiles() {
      let ballots = try BallotFile(bytes: [UInt8](CommitteeReference.bytes(name)), name: name)
      let input = RankInput(
        candidates: ballots.candidates, orders: try RankedProfile(candidateCount: 0), approvals: try #require(try ballots.approvals(levels: 1)),
        grades: ([], try GradeProfile(gradeCount: 0, counts: [])), points: try PointProfile(candidateCount: 0))
      let settings = RankSettings(
        seats: file.seats, tieBreak: .lexicographic, steps: 10_000_000, strength: .winningVotes, credits: 0, points: nil, statusQuo: nil,
        majority: try #require(Threshold(1, of: 2, mustExceed: true)), refusesReversePaths: false)
      for (rule, result) in file.rules {
        let command = try #require(CommitteeReference.otherNames[rule]).replacing(" ", with: "-")
        let report = try #require(RankRules.find(command)).rule.run(input, settings)
        func numbers(_ places: [Int]) -> [Int] { places.map { ballots.candidates[$0].number } }
        #expect(report.committees.map { $0.map(numbers) } == result.committees)
        #expect(numbers(report.winners) == Set(result.committees.joined()).sorted())
        #expect(result.committees.contains(numbers(report.chosen)) && report.tiesEnumerated)
        #expect(report.losers.count == ballots.candidates.count - report.chosen.count)
      }
    }
  }

  @Test func `reasons show short fractions as they are and long ones cut, with as many figures as tell them apart`() {
    let name = { (candidate: Int) in ["Ada", "Bo"][candidate] }
    #expect(CommitteeReason.notAffordable(left: Rational(3, 4)).words(name) == "its supporters have 3/4 of a seat's price left, together")
    let close = CommitteeReason.behind(stage: .load, own: Rational(200_003, 1_000_007), elected: 1, value: Rational(200_002, 1_000_007))
    #expect(close.words(name) == "each of its supporters would carry 0.200002 of a seat, each of Bo's 0.200001")
    #expect(
      CommitteeReason.notAffordable(left: Rational(99_999, 100_000)).words(name) == "its supporters have 0.99999 of a seat's price left, together")
  }
}
