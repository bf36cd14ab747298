import SocialChoice

enum AuditBenchmark {
  static let rows: [Row] = [
    Row(
      engine: "audits", name: "canonical digest of 100,000 ballots of 10 marks", peer: nil, target: "",
      prepare: {
        var random = PublicRandom(seed: "ballots")
        let list = (0..<100_000).map { _ in
          OpenBallots.Ballot(marks: Dictionary((0..<10).map { _ in (random.below(100), 1) }) { first, _ in first })
        }
        let ballots = try OpenBallots(options: (0..<100).map { "project \($0)" }, ballots: list)
        return { String(ballots.digest.prefix(8)) }
      }),
    Row(
      engine: "audits", name: "size of a risk-limiting audit: 51 % against 49 % of 10,000,000 ballots, risk 5 %", peer: nil, target: "",
      prepare: {
        {
          let size = try AuditSize(votes: [5_100_000, 4_900_000], winners: [0], risk: Rational(1, 20), ballots: 10_000_000, mostSteps: 1_000_000_000)
          return "half end by \(size.median.map { "\($0)" } ?? "none"), nine in ten by \(size.nineInTen.map { "\($0)" } ?? "none")"
        }
      }),
  ]
}
