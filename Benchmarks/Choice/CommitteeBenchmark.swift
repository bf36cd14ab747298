import SocialChoice

/// Committees from made approval ballots: voters lean to one of several sides and approve of others now and then.
enum CommitteeBenchmark {
  static let rows: [Row] =
    [1_000, 10_000, 100_000].flatMap { voters in
      [
        row("sequential-pav, \(voters) voters, 100 candidates, 20 seats", voters, 100, 20) {
          SequentialProportionalApproval.outcome($0, workLimit: 0)
        },
        row("sequential-phragmen, the same", voters, 100, 20) { SequentialPhragmen.outcome($0, workLimit: 0) },
        row("equal-shares, the same", voters, 100, 20) { CommitteeEqualShares.outcome($0, workLimit: 0) },
      ]
    } + [
      row("pav with proof, 400 voters, 16 candidates, 5 seats", 400, 16, 5) { ProportionalApproval.outcome($0) },
      row("pav with proof, 400 voters, 30 candidates, 8 seats", 400, 30, 8) { ProportionalApproval.outcome($0) },
      row("pav with proof, 4,000 voters, 40 candidates, 10 seats", 4_000, 40, 10) { ProportionalApproval.outcome($0) },
    ]

  private static func row(
    _ name: String, _ voters: Int, _ candidates: Int, _ seats: Int, _ count: @escaping @Sendable (CommitteeElection) -> CommitteeOutcome
  ) -> Row {
    Row(engine: "committees", name: name, peer: nil, target: "") {
      let election = try election(voters: voters, candidates: candidates, seats: seats)
      return {
        let outcome = count(election)
        let proof = outcome.optimum.map { $0.isProven ? ", proven by \($0.certificate.tree.count) parts" : ", bound \($0.bound.approximate)" } ?? ""
        return "\(outcome.chosen.count) seats\(proof)"
      }
    }
  }

  static func election(voters: Int, candidates: Int, seats: Int) throws -> CommitteeElection {
    var random = PublicRandom(seed: "committees \(voters) \(candidates)")
    let ballots = (0..<voters).map { _ in
      let side = random.below(5)
      return (approved: (0..<candidates).filter { random.below(100) < ($0 % 5 == side ? 45 : 8) }, weight: 1)
    }
    return try CommitteeElection(candidateCount: candidates, seats: seats, ballots: ballots)
  }
}
