import Testing

@testable import SocialChoice

struct AuditSecondTests {
  @Test func `the statistics of a thousand short audits are products of fractions, pair by pair`() throws {
    var random = PublicRandom(seed: "audits")
    var (confirmed, several) = (0, 0)
    for number in 0..<1_000 {
      let count = 2 + random.below(3)
      let votes = (0..<count).map { _ in random.below(7) }
      let seats = 1 + random.below(count - 1)
      let order = votes.indices.sorted { (votes[$1], $0) < (votes[$0], $1) }
      let winners = Array(order.prefix(seats))
      let risk = Rational(1, 2 + random.below(5))
      let (weakest, strongest) = (votes[order[seats - 1]], votes[order[seats]])
      guard weakest > strongest else {
        #expect(throws: BallotPollingAudit.Fault.self) { try BallotPollingAudit(votes: votes, winners: winners, risk: risk) }
        continue
      }
      var audit = try BallotPollingAudit(votes: votes, winners: winners, risk: risk)
      var statistics: [[Int]: Fraction] = [:]
      var done: Set<[Int]> = []
      for winner in winners { for loser in order.dropFirst(seats) { statistics[[winner, loser]] = Fraction(1) } }
      for _ in 0..<random.below(12) {
        let choice: Int? = random.below(5) == 0 ? nil : random.below(count)
        audit.read(choice)
        for (pair, statistic) in statistics where !done.contains(pair) {
          guard let choice, pair.contains(choice) else { continue }
          let after = statistic * Fraction(2 * votes[choice], votes[pair[0]] + votes[pair[1]])
          statistics[pair] = after
          if after.rational * risk >= .one { done.insert(pair) }
        }
      }
      for pair in audit.pairs {
        let name = [pair.winner, pair.loser]
        #expect(pair.statistic == statistics[name]?.rational, "\(number)")
        #expect(pair.isConfirmed == done.contains(name), "\(number)")
      }
      #expect(audit.pairs.count == statistics.count && audit.isConfirmed == (done.count == statistics.count))
      confirmed += audit.isConfirmed ? 1 : 0
      several += audit.pairs.count > 1 ? 1 : 0
    }
    #expect(confirmed > 30 && several > 300, "\(confirmed) \(several)")
  }

  /// The chance that the audit of two candidates has ended after so many ballots for either, all courses one by one.
  private func ended(_ votes: [Int], _ risk: Fraction, after ballots: Int, statistic: Fraction = Fraction(1)) -> Fraction {
    if statistic * risk >= Fraction(1) { return Fraction(1) }
    if ballots == 0 || statistic == .zero { return .zero }
    let all = votes[0] + votes[1]
    return votes.reduce(Fraction.zero) { sum, own in
      let part = Fraction(own, all)
      return sum + part * ended(votes, risk, after: ballots - 1, statistic: statistic * part * Fraction(2))
    }
  }

  @Test func `the expected sizes are the numbers of ballots after which so many courses have ended, all courses looked at`() throws {
    var known = 0
    for (votes, denominator) in [([3, 1], 4), ([4, 1], 10), ([2, 1], 3), ([9, 1], 20), ([1, 0], 20), ([7, 3], 4), ([5, 1], 6)] {
      let size = try AuditSize(votes: votes, winners: [0], risk: Rational(1, denominator), ballots: (votes[0] + votes[1]) * 1_000)
      // Votes of any number: only their parts count.
      let large = try AuditSize(
        votes: votes.map { $0 * 1_000 }, winners: [0], risk: Rational(1, denominator), ballots: (votes[0] + votes[1]) * 1_000)
      for (found, level) in [(large.median, Fraction(1, 2)), (large.nineInTen, Fraction(9, 10))] {
        let expected = (1...13).first { ended(votes, Fraction(1, denominator), after: $0) >= level }
        guard let expected else {
          #expect((found ?? .max) > 13)
          continue
        }
        known += 1
        #expect(found == expected, "\(votes), one in \(denominator)")
      }
      // Void ballots are read on the way: a thousand times as many.
      if let median = large.median { #expect(size.median.map { $0 == median * 1_000 } ?? true) }
    }
    #expect(known >= 7, "\(known)")
  }

  @Test func `open ballots in any order have one digest, and any other ballot, weight, mark or name has another`() throws {
    var random = PublicRandom(seed: "open ballots")
    for _ in 0..<500 {
      let count = 1 + random.below(3)
      let options = ["a", "b", "a\n1"].prefix(count).map { $0 }
      let list = (0..<1 + random.below(5)).map { _ in
        let marks = (0..<count).filter { _ in random.below(2) == 0 }.map { ($0, random.below(4) - 1) }
        return OpenBallots.Ballot(weight: 1 + random.below(3), marks: Dictionary(uniqueKeysWithValues: marks))
      }
      let open = try OpenBallots(options: options, ballots: list)
      #expect(try OpenBallots(options: options, ballots: random.shuffled(list)).digest == open.digest)
      let place = random.below(list.count)
      var (heavier, marked) = (list, list)
      heavier[place] = OpenBallots.Ballot(weight: list[place].weight + 1, marks: list[place].marks)
      var marks = list[place].marks
      marks[0] = (marks[0] ?? 7) + 1
      marked[place] = OpenBallots.Ballot(weight: list[place].weight, marks: marks)
      for other in [heavier, marked, list + [list[place]], Array(list.dropLast())] {
        #expect(try OpenBallots(options: options, ballots: other).digest != open.digest)
      }
      #expect(try OpenBallots(options: options.map { $0 + "x" }, ballots: list).digest != open.digest)
      // The plain sums that a stranger counts.
      let sums = PublishedTally.sums(open)
      let counted = options.indices.map { option in list.reduce(0) { $0 + $1.weight * ($1.marks[option] ?? 0) } }
      #expect(sums.prefix(count).map(\.value) == counted.map { "\($0)" })
      #expect(sums.dropFirst(count).map(\.value) == options.indices.filter { counted[$0] == counted.max() }.map { options[$0] })
    }
  }
}
