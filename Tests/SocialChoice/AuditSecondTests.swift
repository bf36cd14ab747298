import Testing

@testable import SocialChoice

struct AuditSecondTests {
  @Test func `the statistics of a thousand short audits are products of fractions, pair by pair`() throws {
    var random = PublicRandom(seed: "audits")
    var (audited, confirmed, several) = (0, 0, 0)
    for number in 0..<3_000 where audited < 1_000 {
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
      audited += 1
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
    #expect(audited == 1_000)
    #expect(confirmed > 30 && several > 300, "\(confirmed) \(several)")
  }

  /// After how many ballots for either of two candidates so many of all courses have ended, all courses counted in whole numbers; nil beyond eighteen.
  private func ballots(_ winner: Int, _ loser: Int, _ risk: Fraction, untilEnded levels: [Fraction]) -> [Int?] {
    let all = Int128(winner + loser)
    func isConfirmed(_ won: Int, _ lost: Int) -> Bool {
      let steps = (0..<won).map { _ in 2 * winner } + (0..<lost).map { _ in 2 * loser }
      let statistic = steps.reduce((Int128(1), Int128(1))) { ($0.0 * Int128($1), $0.1 * all) }
      return statistic.0 * risk.above >= statistic.1 * risk.below
    }
    // For each number of ballots for the loser, the courses that still go on; each ballot cast is a course of its own.
    var (open, courses) = ([Int128(1)], Int128(1))
    var found = levels.map { _ in Int?.none }
    for read in 1...18 {
      courses *= all
      var next = [Int128](repeating: 0, count: read + 1)
      for (lost, number) in open.enumerated() {
        next[lost] += number * Int128(winner)
        next[lost + 1] += number * Int128(loser)
      }
      for lost in next.indices where isConfirmed(read - lost, lost) { next[lost] = 0 }
      open = next
      let ended = courses - open.reduce(0, +)
      for (number, level) in levels.enumerated() where found[number] == nil && ended * level.below >= courses * level.above { found[number] = read }
    }
    return found
  }

  @Test func `the expected sizes of a thousand audits are the numbers of ballots after which so many of all courses have ended`() throws {
    var random = PublicRandom(seed: "audit sizes")
    var (known, whole, level) = (0, 0, 0)
    for number in 0..<1_000 {
      var (loser, scale) = (random.below(5), [1, 10, 100][random.below(3)])
      var winner = loser + 1 + random.below(7)
      // Of 58 ballots, 14 for the pair, 7 take 29 readings: in doubles a little more, which is no thirtieth.
      let isOdd = random.below(4) == 0
      if isOdd { (winner, loser, scale) = (14 - loser, loser, 1) }
      // Some risks are such that a few ballots reach them exactly.
      let course = (0..<1 + random.below(3)).reduce(Fraction(1)) { product, _ in product * Fraction(2 * winner, winner + loser) }
      let isExact = random.below(3) == 0 && course > Fraction(1)
      let risk = isExact ? Fraction(1) / course : Fraction(1, 2 + random.below(19))
      let others = (0..<random.below(3)).map { _ in random.below(loser + 1) * scale }
      let votes = [winner * scale, loser * scale] + others
      let cast = isOdd ? 58 : votes.reduce(0, +) + random.below(10)
      let size = try AuditSize(votes: votes, winners: [0], risk: risk.rational, ballots: cast)
      let expected = ballots(winner, loser, risk, untilEnded: [Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)])
      for (found, own) in zip([size.median, size.nineInTen, size.ninetyNineInHundred], expected) {
        // Ballots for others and void ones are read on the way, in their part.
        let pair = (winner + loser) * scale
        let read = ((own ?? 19) * cast + pair - 1) / pair
        if own != nil {
          #expect(found == (read < cast ? read : nil), "\(number): \(votes) of \(cast), \(risk)")
        } else {
          #expect((found ?? .max) >= read, "\(number): \(votes) of \(cast), \(risk)")
        }
        known += found != nil && own != nil ? 1 : 0
        whole += found == nil ? 1 : 0
      }
      level += isExact ? 1 : 0
    }
    #expect(known > 1_000 && whole > 200 && level > 200, "\(known) \(whole) \(level)")
  }

  @Test func `open ballots in any order have one digest, and any other ballot, weight, mark or name has another`() throws {
    var random = PublicRandom(seed: "open ballots")
    for _ in 0..<1_000 {
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
