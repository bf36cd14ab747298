import SocialChoice
import Testing

struct AuditTests {
  @Test func `a stranger with Python draws the same ballots`() {
    // list(itertools.islice(draws("2026-11-25", 5000), 6)) with the lines of BallotSample's documentation
    #expect(BallotSample.withReplacement(6, of: 5_000, seed: "2026-11-25") == [4793, 4016, 2704, 4965, 4589, 2611])
  }

  @Test func `drawing without replacement is the end of a shuffle, read backwards`() {
    for (size, ballots) in [(0, 5), (1, 1), (3, 10), (10, 10), (20, 10), (7, 1_000)] {
      var random = PublicRandom(seed: "s")
      let whole = random.shuffled(Array(0..<ballots))
      #expect(BallotSample.withoutReplacement(size, of: ballots, seed: "s") == Array(whole.reversed().prefix(size)))
    }
    #expect(BallotSample.withoutReplacement(3, of: 0, seed: "s").isEmpty)
    #expect(BallotSample.withReplacement(3, of: 0, seed: "s").isEmpty)
  }

  @Test func `a commitment is kept by its words alone`() throws {
    let salt = Array(0..<16).map { UInt8($0) }
    let promise = try Commitment(to: Array("seed: 314159".utf8), salt: salt)
    // hashlib.sha256(b"isegoria-commitment-1\n16\n" + bytes(range(16)) + b"seed: 314159").hexdigest()
    #expect(promise.description == "cab74b7d35deababec0a4f679c067991c0bfe9ed8b7e58e0fd4fba84f38a0c28")
    #expect(Commitment(published: promise.description) == promise)
    #expect(promise.isKept(by: Array("seed: 314159".utf8), salt: salt))
    #expect(!promise.isKept(by: Array("seed: 314158".utf8), salt: salt))
    // What moves from the words to the salt is another promise.
    #expect(!promise.isKept(by: Array("eed: 314159".utf8), salt: salt + [UInt8(ascii: "s")]))
    #expect(throws: Commitment.SaltTooShort(found: 15)) { try Commitment(to: [], salt: Array(salt.dropLast())) }
    #expect(Commitment(published: "abc") == nil)
    #expect(Commitment(published: String(repeating: "é", count: 32)) == nil)
  }

  private func ballots(_ list: [[Int: Int]]) throws -> OpenBallots {
    try OpenBallots(options: ["Library", "Park: trees\n"], ballots: list.map { OpenBallots.Ballot(marks: $0) })
  }

  @Test func `the canonical form forgets the order of ballots, and nothing else`() throws {
    let list: [[Int: Int]] = [[1: 1, 0: 2], [0: 1], [:], [0: 1]]
    let open = try ballots(list)
    #expect(
      String(decoding: open.canonicalBytes, as: UTF8.self)
        == "isegoria-ballots 1\n2\n7:Library\n12:Park: trees\n\n4\n1\n1 0=1\n1 0=1\n1 0=2 1=1\n")
    #expect(open.digest == "ccbfbe379007012c8c616cb6fbbe9f21efdfc99caf46f7a6e50a716d0f6fe9f3")
    #expect(try ballots(list.reversed()).digest == open.digest)
    #expect(try ballots(list.dropLast()).digest != open.digest)
    #expect(try ballots([[1: 1, 0: 2], [0: 1], [0: 1], [1: 1]]).digest != open.digest)
  }

  @Test func `ballots that mark what is not there are refused`() {
    #expect(throws: OpenBallots.Fault.optionTwice("a")) { try OpenBallots(options: ["a", "a"], ballots: []) }
    #expect(throws: OpenBallots.Fault.noSuchOption(ballot: 0, option: 2)) { try ballots([[2: 1]]) }
    #expect(throws: OpenBallots.Fault.weightBelowOne(ballot: 0)) { try OpenBallots(options: ["a"], ballots: [.init(weight: 0, marks: [:])]) }
  }

  @Test func `a stranger confirms a result, or names the first figure that is wrong`() throws {
    let open = try ballots([[0: 1], [0: 1], [1: 1]])
    let right = PublishedTally(digest: open.digest, lines: PublishedTally.sums(open))
    #expect(right.lines == [.init("sum of Library", "2"), .init("sum of Park: trees\n", "1"), .init("winner", "Library")])
    #expect(right.verdict(on: open, countedBy: PublishedTally.sums) == .confirmed)
    var lines = right.lines
    lines[1] = .init("sum of Park: trees\n", "3")
    #expect(
      PublishedTally(digest: open.digest, lines: lines).verdict(on: open, countedBy: PublishedTally.sums)
        == .differs(line: 1, name: "sum of Park: trees\n", published: "3", recounted: "1"))
    #expect(
      PublishedTally(digest: open.digest, lines: right.lines.dropLast()).verdict(on: open, countedBy: PublishedTally.sums)
        == .differs(line: 2, name: "winner", published: nil, recounted: "Library"))
    let other = try ballots([[0: 1], [1: 1], [1: 1]])
    #expect(right.verdict(on: other, countedBy: PublishedTally.sums) == .otherBallots(published: open.digest, found: other.digest))
  }

  @Test func `the audit's statistic is Wald's, and a pair is confirmed once it reaches one over the risk`() throws {
    // 60 against 40: a ballot for the winner is worth 6/5, one for the loser 4/5.
    var audit = try BallotPollingAudit(votes: [60, 40], winners: [0], risk: Rational(1, 20))
    for _ in 0..<16 { audit.read(0) }
    audit.read(nil)
    #expect(audit.pairs[0].statistic == (0..<16).reduce(Rational.one) { product, _ in product * Rational(6, 5) })
    #expect(!audit.isConfirmed, "1.2^16 = 18.5")
    audit.read(0)
    #expect(audit.isConfirmed, "1.2^17 = 22.2")
    #expect(audit.ballotsRead == 18)
    audit.read(1)
    #expect(audit.isConfirmed, "what is confirmed stays so")
  }

  @Test func `a wrong result is confirmed no more often than the risk limit allows`() throws {
    // Published 55 to 45, in truth a draw: at most one audit in ten may be fooled.
    var random = PublicRandom(seed: "wrong result")
    var fooled = 0
    for _ in 0..<1_000 {
      var audit = try BallotPollingAudit(votes: [550, 450], winners: [0], risk: Rational(1, 10))
      for _ in 0..<300 where !audit.isConfirmed { audit.read(random.below(2)) }
      if audit.isConfirmed { fooled += 1 }
    }
    #expect(fooled <= 125, "100 expected at most, 9.5 the deviation")
    #expect(fooled >= 20, "the test sees fooled audits")
  }

  @Test func `the expected size is what five hundred audits of a right result need`() throws {
    // 500 for the winner, 300 for the loser, 200 void.
    let size = try AuditSize(votes: [500, 300], winners: [0], risk: Rational(1, 20), ballots: 1_000)
    var random = PublicRandom(seed: "right result")
    var read: [Int] = []
    for _ in 0..<500 {
      var audit = try BallotPollingAudit(votes: [500, 300], winners: [0], risk: Rational(1, 20))
      while !audit.isConfirmed {
        let ballot = random.below(1_000)
        audit.read(ballot < 500 ? 0 : ballot < 800 ? 1 : nil)
      }
      read.append(audit.ballotsRead)
    }
    read.sort()
    let (median, nine) = (try #require(size.median), try #require(size.nineInTen))
    #expect(abs(median - read[250]) <= read[250] / 8)
    #expect(abs(nine - read[450]) <= read[450] / 8)
  }

  @Test func `sixty against forty needs what the documentation says`() throws {
    let size = try AuditSize(votes: [60_000, 40_000], winners: [0], risk: Rational(1, 20), ballots: 100_000)
    // Every course of the audit added up in exact fractions in Python.
    #expect(size.median == 117)
    #expect(size.nineInTen == 302)
  }

  @Test func `a margin too small to sample for is counted whole`() throws {
    let size = try AuditSize(votes: [501, 499], winners: [0], risk: Rational(1, 20), ballots: 1_000)
    #expect(size.median == nil && size.ninetyNineInHundred == nil)
    let clear = try AuditSize(votes: [900, 0], winners: [0], risk: Rational(1, 20), ballots: 1_000)
    #expect(clear.ninetyNineInHundred == 6, "2^5 = 32 ≥ 20: five ballots for the winner, of whom nine in ten are")
  }

  @Test func `an audit without a margin is refused`() {
    #expect(throws: BallotPollingAudit.Fault.noMargin(winner: 0, loser: 1)) {
      try BallotPollingAudit(votes: [5, 5], winners: [0], risk: Rational(1, 20))
    }
    #expect(throws: BallotPollingAudit.Fault.riskOutOfRange) { try BallotPollingAudit(votes: [5, 4], winners: [0], risk: .one) }
    #expect(throws: BallotPollingAudit.Fault.noSuchWinner(2)) { try BallotPollingAudit(votes: [5, 4], winners: [2], risk: Rational(1, 20)) }
    #expect(throws: BallotPollingAudit.Fault.noLoser) { try BallotPollingAudit(votes: [5], winners: [0], risk: Rational(1, 20)) }
  }
}
