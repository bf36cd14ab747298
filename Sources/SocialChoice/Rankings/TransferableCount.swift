/// A count by a single transferable vote, stage by stage.
///
/// All votes are whole numbers of the smallest unit: ``decimals`` places after the point.
package struct TransferableCount: Sendable, Hashable {
  /// The rules of the count.
  package enum Method: String, Sendable, Hashable {
    case scottish = "stv-scottish"
    case meek = "stv-meek"

    /// Places after the point that the rule keeps.
    package var decimals: Int { self == .scottish ? 5 : 9 }
    /// One vote in the smallest unit.
    package var unit: Int { self == .scottish ? 100_000 : 1_000_000_000 }
  }

  /// What a stage did. Amounts in the smallest unit.
  package enum Action: Sendable, Hashable {
    case firstPreferences
    case surplus(of: Int, amount: Int)
    case exclusion(of: Int)
    /// Keep factors were found at which someone more reaches the quota, or else the lowest is excluded next (Meek).
    case keepFactors
    /// As many seats as candidates were left.
    case remaining
  }

  /// The state after one action.
  package struct Stage: Sendable, Hashable {
    package let action: Action
    /// After the action, one figure a candidate.
    package let votes: [Int]
    /// In the smallest unit; Meek lowers it as votes are lost.
    package let quota: Int
    /// Votes that can pass to nobody any more, and what was cut off in transfers.
    package let lost: Int
    /// Elected at the end of the stage, the one with the most votes first.
    package let elected: [Int]
  }

  package let method: Method
  package let seats: Int
  /// Ballots with a first preference.
  package let validBallots: Int
  /// Ballots without one: empty, or with equals on top.
  package let invalidBallots: Int
  /// In order, the first preferences first.
  package private(set) var stages: [Stage] = []
  /// In order of election.
  package private(set) var elected: [Int] = []
  /// In order of exclusion.
  package private(set) var excluded: [Int] = []
  /// Ties that nothing but the tie-break could settle.
  package private(set) var ties: [Tie] = []

  /// Meek's reference rule excludes all who still stand when the seats are full, in the order of the input. The Scottish rules leave them standing.
  package var defeatedAtTheEnd: [Int] {
    guard method == .meek, let votes = stages.last?.votes else { return [] }
    let settled = Set(elected + excluded)
    return votes.indices.filter { !settled.contains($0) }
  }

  init(method: Method, seats: Int, ballots: TransferableBallots) {
    self.method = method
    self.seats = seats
    validBallots = ballots.valid
    invalidBallots = ballots.invalid
  }

  mutating func record(_ stage: Stage) {
    stages.append(stage)
    elected += stage.elected
  }

  mutating func exclude(_ candidate: Int) { excluded.append(candidate) }

  mutating func record(_ tie: Tie) { ties.append(tie) }
}

/// The part of each ballot that a transferable count reads: preferences up to the first two equal ones, where the voter's wish is no longer clear.
struct TransferableBallots: Sendable {
  private(set) var preferences: [[Int]] = []
  private(set) var weights: [Int] = []
  private(set) var valid = 0
  private(set) var invalid = 0

  init(_ profile: RankedProfile) {
    for ballot in 0..<profile.ballotCount {
      let entries = profile.entries(of: ballot)
      var clear = entries
      // The one before a complement is its equal, too.
      if let equal = entries.firstIndex(where: { $0 < 0 }) { clear = entries[..<(equal - 1)] }
      if clear.isEmpty {
        invalid += profile.weights[ballot]
      } else {
        valid += profile.weights[ballot]
        preferences.append(clear.map { Int($0) })
        weights.append(profile.weights[ballot])
      }
    }
  }

  /// Takes candidates out of all preferences.
  mutating func remove(_ isRemoved: [Bool]) {
    for ballot in preferences.indices { preferences[ballot].removeAll { isRemoved[$0] } }
  }
}
