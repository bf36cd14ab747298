/// How many ballots an audit by ``BallotPollingAudit`` will likely have to read, if the published result is right.
package struct AuditSize: Sendable, Hashable {
  /// Half of all such audits end by then, nine in ten, ninety-nine in a hundred; nil where a count of all ballots is less work.
  package let median: Int?
  /// Nine in ten such audits end by then.
  package let nineInTen: Int?
  /// Ninety-nine in a hundred do.
  package let ninetyNineInHundred: Int?

  /// The hardest pair, the smallest winner against the largest loser, decides; ballots for others and void ones are read on the way.
  ///
  /// The probabilities of every course of the audit are added up, ballot by ballot: O(n²) for n ballots of the pair, at most `mostSteps`. They are doubles
  /// (only + and ×), good to twelve figures; the audit itself stays exact.
  ///
  /// - Parameters:
  ///   - ballots: all that were cast, void ones too; at least the sum of the votes.
  /// - Throws: ``BallotPollingAudit/Fault``.
  package init(votes: [Int], winners: [Int], risk: Rational, ballots: Int, mostSteps: Int = 50_000_000) throws {
    let pairs = try BallotPollingAudit(votes: votes, winners: winners, risk: risk).pairs
    let winner = pairs.map { votes[$0.winner] }.min() ?? 1
    let loser = pairs.map { votes[$0.loser] }.max() ?? 0
    let share = Double(winner) / (Double(winner) + Double(loser))
    let ofPair = Int128(winner) + Int128(loser)
    var needed = ConfirmingBallots(share: share, risk: risk)
    var quantiles: [Int?] = [nil, nil, nil]
    let levels = [0.5, 0.9, 0.99]
    // mass[l]: probability that the audit still goes on with l ballots for the loser.
    var (mass, confirmed, read, steps) = ([1.0], 0.0, 0, 0)
    while quantiles.contains(where: { $0 == nil }), steps < mostSteps, read < ofPair {
      read += 1
      steps += mass.count
      var next = [Double](repeating: 0, count: mass.count + 1)
      for (lost, probability) in mass.enumerated() where probability > 0 {
        next[lost] += probability * share
        next[lost + 1] += probability * (1 - share)
      }
      for lost in next.indices where next[lost] > 0 && read - lost >= needed[lost] {
        confirmed += next[lost]
        next[lost] = 0
      }
      mass = next
      for (number, level) in levels.enumerated() where quantiles[number] == nil && confirmed >= level {
        // Whole ballots, rounded up.
        let total = (Int128(read) * Int128(ballots) + ofPair - 1) / ofPair
        if total < ballots { quantiles[number] = Int(total) }
      }
    }
    (median, nineInTen, ninetyNineInHundred) = (quantiles[0], quantiles[1], quantiles[2])
  }
}

/// For each number of ballots for the loser, the least number for the winner that confirms.
private struct ConfirmingBallots {
  private let up: Double
  private let down: Double
  private let goal: Double
  private var needed: [Int] = []
  private var statistic = 1.0

  init(share: Double, risk: Rational) {
    // What reaches the goal exactly does so whatever the roundings.
    (up, down, goal) = (2 * share, 2 * (1 - share), (1 - 1e-9) / risk.approximate)
  }

  /// `Int.max` where a single ballot for the loser ends all hope: the loser was published with no vote at all.
  subscript(lost: Int) -> Int {
    mutating get {
      while needed.count <= lost {
        var count = needed.last ?? 0
        if !needed.isEmpty { statistic *= down }
        while statistic > 0, statistic < goal {
          statistic *= up
          count += 1
        }
        needed.append(statistic > 0 ? count : .max)
      }
      return needed[lost]
    }
  }
}
