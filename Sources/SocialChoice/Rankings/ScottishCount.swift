/// The single transferable vote of the Scottish Local Government Elections Order 2007, schedule 1, part III.
///
/// Quota: whole part of ballots / (seats + 1), plus one. A surplus passes on by weighted inclusive Gregory: every ballot of the elected one goes to its next
/// candidate at its value · surplus / votes, cut at five decimals. The largest surplus goes first; where there is none, the lowest is excluded and its ballots
/// pass on at their value. Equals are told apart by the last stage in which they differed, then by lot. As many seats as candidates left: all are elected.
enum ScottishCount {
  static func run(_ ballots: TransferableBallots, candidateCount: Int, seats: Int, ties: inout TransferableTies) -> TransferableCount {
    var state = State(ballots, candidateCount: candidateCount, seats: seats)
    state.close(.firstPreferences, ties)
    while state.count.elected.count < seats {
      let vacancies = seats - state.count.elected.count
      if state.standing.count <= vacancies {
        if !state.standing.isEmpty { state.electRemaining(ties) }
        break
      }
      let surpluses = state.pending
      if let largest = surpluses.map({ state.votes[$0] }).max() {
        let candidate = state.settle(surpluses.filter { state.votes[$0] == largest }, last: false, &ties)
        let amount = state.votes[candidate] - state.quota
        state.passOn(from: candidate, surplus: amount)
        state.close(.surplus(of: candidate, amount: amount), ties)
      } else {
        let lowest = state.standing.map { state.votes[$0] }.min() ?? 0
        let candidate = state.settle(state.standing.filter { state.votes[$0] == lowest }, last: true, &ties)
        state.count.exclude(candidate)
        state.exclude(candidate)
        state.close(.exclusion(of: candidate), ties)
      }
    }
    return state.count
  }

  private struct State {
    let ballots: TransferableBallots
    let quota: Int
    let unit = TransferableCount.Method.scottish.unit
    var count: TransferableCount
    var votes: [Int]
    /// Ascending.
    private(set) var standing: [Int]
    /// Elected, with votes above the quota that have not passed on.
    var pending: [Int] = []
    private var isStanding: [Bool]
    private var history: StageHistory
    private var piles: [[Int]]
    private var values: [Int]
    private var next: [Int]

    init(_ ballots: TransferableBallots, candidateCount: Int, seats: Int) {
      self.ballots = ballots
      quota = (ballots.valid / (seats + 1) + 1) * unit
      count = TransferableCount(method: .scottish, seats: seats, ballots: ballots)
      votes = Array(repeating: 0, count: candidateCount)
      standing = Array(0..<candidateCount)
      isStanding = Array(repeating: true, count: candidateCount)
      history = StageHistory(candidateCount: candidateCount)
      piles = Array(repeating: [], count: candidateCount)
      values = Array(repeating: unit, count: ballots.weights.count)
      next = Array(repeating: 1, count: ballots.weights.count)
      for (ballot, preferences) in ballots.preferences.enumerated() {
        piles[preferences[0]].append(ballot)
        votes[preferences[0]] += ballots.weights[ballot] * unit
      }
    }

    mutating func exclude(_ candidate: Int) {
      isStanding[candidate] = false
      standing.removeAll { $0 == candidate }
      passOn(from: candidate, surplus: nil)
    }

    /// All ballots of a candidate go on: at their value, or, for a surplus, at the part of it that the surplus is of the votes.
    mutating func passOn(from candidate: Int, surplus: Int?) {
      let had = votes[candidate]
      votes[candidate] = surplus == nil ? 0 : quota
      pending.removeAll { $0 == candidate }
      for ballot in piles[candidate] {
        // 10⁵ · 4·10¹⁴ does not fit into 64 bits.
        if let surplus { values[ballot] = Int(Int128(values[ballot]) * Int128(surplus) / Int128(max(had, 1))) }
        let preferences = ballots.preferences[ballot]
        while next[ballot] < preferences.count, !isStanding[preferences[next[ballot]]] { next[ballot] += 1 }
        guard next[ballot] < preferences.count else { continue }
        let receiver = preferences[next[ballot]]
        votes[receiver] += values[ballot] * ballots.weights[ballot]
        piles[receiver].append(ballot)
      }
      piles[candidate] = []
    }

    /// Ends a stage: those who reach the quota are elected.
    mutating func close(_ action: TransferableCount.Action, _ ties: TransferableTies) {
      let elected = ties.byVotes(standing.filter { votes[$0] >= quota }, votes)
      for candidate in elected {
        isStanding[candidate] = false
        if votes[candidate] > quota { pending.append(candidate) }
      }
      if !elected.isEmpty { standing.removeAll { !isStanding[$0] } }
      record(action, elected)
    }

    mutating func electRemaining(_ ties: TransferableTies) { record(.remaining, ties.byVotes(standing, votes)) }

    private mutating func record(_ action: TransferableCount.Action, _ elected: [Int]) {
      history.add(votes)
      let lost = ballots.valid * unit - votes.reduce(0, +)
      count.record(TransferableCount.Stage(action: action, votes: votes, quota: quota, lost: lost, elected: elected))
    }

    /// One of several equals: by the last stage in which they differed, then by the tie-break.
    mutating func settle(_ equals: [Int], last: Bool, _ ties: inout TransferableTies) -> Int {
      let left = history.extremes(of: equals.sorted(), lowest: last)
      guard left.count > 1 else { return left[0] }
      let chosen = ties.decide(left, last: last)
      count.record(Tie(round: count.stages.count + 1, options: left, chosen: chosen))
      return chosen
    }
  }
}
