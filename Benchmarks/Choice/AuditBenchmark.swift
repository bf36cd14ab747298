import SocialChoice

enum AuditBenchmark {
  static let rows: [Row] = [1_000, 10_000, 100_000].map { digest(ballots: $0) } + [1_000_000, 10_000_000].map { size(ballots: $0) }

  private static func digest(ballots count: Int) -> Row {
    Row(engine: "audits", name: "canonical digest of \(count) ballots of 10 marks", peer: nil, target: "") {
      var random = PublicRandom(seed: "ballots")
      let list = (0..<count).map { _ in
        OpenBallots.Ballot(marks: Dictionary((0..<10).map { _ in (random.below(100), 1) }) { first, _ in first })
      }
      let ballots = try OpenBallots(options: (0..<100).map { "project \($0)" }, ballots: list)
      return { String(ballots.digest.prefix(8)) }
    }
  }

  private static func size(ballots: Int) -> Row {
    Row(engine: "audits", name: "size of a risk-limiting audit: 51 % against 49 % of \(ballots) ballots, risk 5 %", peer: nil, target: "") {
      {
        let votes = [ballots / 100 * 51, ballots / 100 * 49]
        let size = try AuditSize(votes: votes, winners: [0], risk: Rational(1, 20), ballots: ballots, mostSteps: 1_000_000_000)
        return "half end by \(size.median.map { "\($0)" } ?? "none"), nine in ten by \(size.nineInTen.map { "\($0)" } ?? "none")"
      }
    }
  }
}
