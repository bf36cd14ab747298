/// The single transferable vote of B. L. Meek (1969), by the reference rule of the Proportional Representation Foundation.
///
/// Each elected candidate keeps of every ballot that reaches it just the part (keep factor) that brings it to the quota; the rest goes on, also to those
/// elected before. Nine decimals: what is kept is rounded up, the quota is cut and one billionth added, keep factors are rounded up. Iterated until the
/// surplus of all elected together is below one millionth or no longer falls; then the lowest is excluded. Those whose votes are within that surplus of the
/// lowest count as its equals.
enum MeekCount {
  private static let unit = TransferableCount.Method.meek.unit
  /// A surplus below this is none.
  private static let smallSurplus = 1_000

  static func run(_ ballots: TransferableBallots, candidateCount: Int, seats: Int, ties: inout TransferableTies) -> TransferableCount {
    var state = State(ballots, candidateCount: candidateCount, seats: seats)
    var action = TransferableCount.Action.firstPreferences
    while state.count.elected.count < seats, state.count.elected.count + state.standing.count > seats {
      var before = Int.max
      var isFirst = true
      while true {
        state.distribute()
        let elected = ties.byVotes(state.standing.filter { state.votes[$0] >= state.quota }, state.votes)
        if !elected.isEmpty || action != .keepFactors {
          state.elect(elected)
          state.record(action, elected: elected)
          action = .keepFactors
        }
        let surplus = state.surplus
        if !elected.isEmpty { break }
        if surplus < smallSurplus || (!isFirst && surplus >= before) {
          // What the exclusion is decided by, where keep factors have changed since the last stage.
          if !state.isRecorded { state.record(action, elected: []) }
          let candidate = state.lowest(surplus, &ties)
          state.exclude(candidate)
          action = .exclusion(of: candidate)
          break
        }
        state.updateKeepFactors()
        before = surplus
        isFirst = false
      }
    }
    // The votes after the last exclusion, or, where everyone has a seat, the first preferences.
    if action != .keepFactors {
      state.distribute()
      state.record(action, elected: [])
    }
    let rest = ties.byVotes(state.standing, state.votes)
    if state.count.elected.count < seats, !rest.isEmpty { state.record(.remaining, elected: rest) }
    return state.count
  }

  private struct State {
    /// Without some of the excluded candidates.
    private var ballots: TransferableBallots
    private let validBallots: Int
    var count: TransferableCount
    var votes: [Int]
    var quota = 0
    /// Ascending.
    private(set) var standing: [Int]
    private var keepFactors: [Int]
    /// Whether ``votes`` are what the keep factors give.
    private var isDistributed = false
    /// Whether ``votes`` stand in the last stage.
    private(set) var isRecorded = false
    /// How many are excluded and still in ``ballots``.
    private var excludedInBallots = 0

    init(_ ballots: TransferableBallots, candidateCount: Int, seats: Int) {
      self.ballots = ballots
      validBallots = ballots.valid
      count = TransferableCount(method: .meek, seats: seats, ballots: ballots)
      votes = Array(repeating: 0, count: candidateCount)
      standing = Array(0..<candidateCount)
      keepFactors = Array(repeating: unit, count: candidateCount)
    }

    /// Steps B.2.a and B.2.b of the reference rule.
    mutating func distribute() {
      if isDistributed { return }
      isDistributed = true
      isRecorded = false
      let unit = TransferableCount.Method.meek.unit
      for candidate in votes.indices { votes[candidate] = 0 }
      for (preferences, weight) in zip(ballots.preferences, ballots.weights) {
        var left = unit
        for candidate in preferences {
          let factor = keepFactors[candidate]
          if factor == 0 { continue }
          // At most 10¹⁸: fits.
          let kept = factor == unit ? left : (left * factor + unit - 1) / unit
          votes[candidate] += kept * weight
          left -= kept
          if left == 0 { break }
        }
      }
      quota = votes.reduce(0, +) / (count.seats + 1) + 1
    }

    /// Of all elected together (step B.2.d).
    var surplus: Int { max(0, count.elected.reduce(0) { $0 + votes[$1] - quota }) }

    /// Step B.2.f.
    mutating func updateKeepFactors() {
      isDistributed = false
      for candidate in count.elected where votes[candidate] > 0 {
        let product = (Int128(keepFactors[candidate]) * Int128(quota) + Int128(unit - 1)) / Int128(unit)
        let factor = (product * Int128(unit) + Int128(votes[candidate] - 1)) / Int128(votes[candidate])
        keepFactors[candidate] = Int(min(factor, Int128(unit)))
      }
    }

    mutating func elect(_ candidates: [Int]) { standing.removeAll { candidates.contains($0) } }

    mutating func exclude(_ candidate: Int) {
      standing.removeAll { $0 == candidate }
      count.exclude(candidate)
      keepFactors[candidate] = 0
      // Whom no part of a ballot reached is not missed by any.
      if votes[candidate] > 0 { isDistributed = false }
      excludedInBallots += 1
      if excludedInBallots > standing.count { removeExcluded() }
    }

    /// Each time that half of the candidates on the ballots are passed over.
    private mutating func removeExcluded() {
      ballots.remove(keepFactors.map { $0 == 0 })
      excludedInBallots = 0
    }

    mutating func record(_ action: TransferableCount.Action, elected: [Int]) {
      isRecorded = true
      let lost = validBallots * unit - votes.reduce(0, +)
      count.record(TransferableCount.Stage(action: action, votes: votes, quota: quota, lost: lost, elected: elected))
    }

    /// Step B.3.
    mutating func lowest(_ surplus: Int, _ ties: inout TransferableTies) -> Int {
      let least = standing.map { votes[$0] }.min() ?? 0
      let equals = standing.filter { votes[$0] <= least + surplus }
      guard equals.count > 1 else { return equals[0] }
      let chosen = ties.decide(equals, last: true)
      count.record(Tie(round: count.stages.count + 1, options: equals, chosen: chosen))
      return chosen
    }
  }
}
